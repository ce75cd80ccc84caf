"""Images, kernels and random arrays to compute with, and comparisons that give plain truth values.

Arrays are float64 unless said otherwise. A shape is given side by side, `ones(3, 3)`, or as one
tuple, `ones(x.shape)`.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, numeric, whole
from quizcnn.nn.seeding import generator

__all__ = [
    "allclose",
    "box",
    "checkerboard",
    "count_nonzero",
    "dot",
    "equal",
    "eye",
    "full",
    "integers",
    "normal",
    "ones",
    "ramp",
    "square",
    "step_edge",
    "uniform",
    "zeros",
]


def ramp(*shape: int | tuple[int, ...]) -> Array:
    """0, 1, 2, … row by row: every value is different, so nothing can be mixed up.

    >>> ramp(2, 3)
    array([[0., 1., 2.],
           [3., 4., 5.]])
    """
    sides = _sides("ramp", shape)
    return np.arange(math.prod(sides), dtype=np.float64).reshape(sides)


def ones(*shape: int | tuple[int, ...]) -> Array:
    """An array of ones.

    >>> ones(3)
    array([1., 1., 1.])
    """
    return np.ones(_sides("ones", shape))


def zeros(*shape: int | tuple[int, ...]) -> Array:
    """An array of zeros.

    >>> zeros(1, 2)
    array([[0., 0.]])
    """
    return np.zeros(_sides("zeros", shape))


def full(shape: int | tuple[int, ...], value: float) -> Array:
    """An array of this shape in which every value is `value`.

    >>> full((1, 2), 7)
    array([[7., 7.]])
    """
    return np.full(_sides("full", (shape,)), _number("full", "value", value))


def eye(size: int) -> Array:
    """The identity matrix: ones on the diagonal, zeros elsewhere.

    >>> eye(2)
    array([[1., 0.],
           [0., 1.]])
    """
    return np.eye(whole("eye", "size", size, 0))


def normal(*shape: int | tuple[int, ...], seed: int = 0) -> Array:
    """Random values from the standard normal distribution (mean 0, standard deviation 1).

    >>> normal(2, 3).shape, equal(normal(2, 3), normal(2, 3)), equal(normal(9), normal(9, seed=1))
    ((2, 3), True, False)
    """
    return generator("normal", seed).standard_normal(_sides("normal", shape))


def uniform(
    *shape: int | tuple[int, ...], low: float = 0.0, high: float = 1.0, seed: int = 0
) -> Array:
    """Random values spread evenly over low ≤ value < high.

    >>> x = uniform(100, low=-1.0)
    >>> bool(x.min() >= -1 and x.max() < 1)
    True
    """
    low, high = _number("uniform", "low", low), _number("uniform", "high", high)
    if not (math.isfinite(high - low) and low <= high):
        raise ValueError(f"uniform: low ({low}) must not be above high ({high}), both finite")
    return generator("uniform", seed).uniform(low, high, _sides("uniform", shape))


def integers(*shape: int | tuple[int, ...], low: int = 0, high: int = 10, seed: int = 0) -> Array:
    """Random whole numbers (int64), low ≤ value < high.

    >>> x = integers(100, low=3, high=5)
    >>> int(x.min()), int(x.max()), x.dtype
    (3, 4, dtype('int64'))
    """
    low = whole("integers", "low", low, -(2**63))
    high = whole("integers", "high", high, -(2**63))
    if not low < high <= 2**63:
        raise ValueError(f"integers: high ({high}) must be above low ({low}) and at most 2**63")
    return generator("integers", seed).integers(low, high, _sides("integers", shape))


def checkerboard(height: int, width: int) -> Array:
    """Zeros and ones taking turns, 0 in the top left corner.

    >>> checkerboard(2, 3)
    array([[0., 1., 0.],
           [1., 0., 1.]])
    """
    height, width = _size("checkerboard", height, width)
    rows, columns = np.ogrid[:height, :width]
    board: Array = ((rows + columns) % 2).astype(np.float64)
    return board


def dot(height: int, width: int, row: int, column: int, value: float = 1.0) -> Array:
    """A dark image with a single pixel of brightness `value`; rows and columns count from 0.

    >>> dot(2, 3, 1, 0)
    array([[0., 0., 0.],
           [1., 0., 0.]])
    """
    image = np.zeros(_size("dot", height, width))
    row, column = whole("dot", "row", row, 0), whole("dot", "column", column, 0)
    if row >= height or column >= width:
        raise ValueError(
            f"dot: row {row}, column {column} lies outside an image of {height}×{width}"
        )
    image[row, column] = _number("dot", "value", value)
    return image


def square(height: int, width: int, top: int, left: int, size: int, value: float = 1.0) -> Array:
    """A dark image with a filled square of brightness `value`, its top left corner at (top, left).

    >>> square(3, 4, 1, 2, 2)
    array([[0., 0., 0., 0.],
           [0., 0., 1., 1.],
           [0., 0., 1., 1.]])
    """
    image = np.zeros(_size("square", height, width))
    top, left = whole("square", "top", top, 0), whole("square", "left", left, 0)
    size = whole("square", "size", size, 1)
    if top + size > height or left + size > width:
        raise ValueError(
            f"square: {size}×{size} at row {top}, column {left} reaches outside "
            f"an image of {height}×{width}"
        )
    image[top : top + size, left : left + size] = _number("square", "value", value)
    return image


def step_edge(height: int, width: int, column: int) -> Array:
    """An image that is 0 left of `column` and 1 from there on.

    >>> step_edge(1, 4, 3)
    array([[0., 0., 0., 1.]])
    """
    image = np.zeros(_size("step_edge", height, width))
    column = whole("step_edge", "column", column, 0)
    if column > width:
        raise ValueError(f"step_edge: column {column} lies outside an image of {height}×{width}")
    image[:, column:] = 1.0
    return image


def box(size: int) -> Array:
    """The mean kernel: size × size weights of 1/size² each.

    >>> box(2)
    array([[0.25, 0.25],
           [0.25, 0.25]])
    """
    size = whole("box", "size", size, 1)
    return np.full((size, size), 1 / size**2)


def count_nonzero(x: ArrayLike) -> int:
    """How many values are not 0 (NaN is not 0).

    >>> count_nonzero([[0, 1], [2, 0]])
    2
    """
    return int(np.count_nonzero(numeric("count_nonzero", x)))


def allclose(a: ArrayLike, b: ArrayLike, tolerance: float = 1e-9) -> bool:
    """Whether everywhere |a − b| ≤ tolerance · (1 + |b|); NaN is close to nothing.

    Either may be a single number. Raises ValueError for two different shapes, so that a mistake in
    the shapes is not taken for a difference in the values.

    >>> allclose(0.1 + 0.2, 0.3), allclose([1.0, 2.0], [1.0, 2.1]), allclose(ones(2, 2), 1)
    (True, False, True)
    """
    first, second = numeric("allclose", a, "first array"), numeric("allclose", b, "second array")
    tolerance = _number("allclose", "tolerance", tolerance)
    if not tolerance >= 0:
        raise ValueError(f"allclose: tolerance must not be negative, but is {tolerance}")
    if first.shape != second.shape and first.ndim and second.ndim:
        raise ValueError(f"allclose: shapes {first.shape} and {second.shape} differ")
    return bool(np.allclose(first, second, rtol=tolerance, atol=tolerance))


def equal(a: ArrayLike, b: ArrayLike) -> bool:
    """Whether both have the same shape and exactly the same values; NaN equals nothing.

    >>> equal([1, 2], [1.0, 2.0]), equal([1, 2], [1, 3]), equal([1, 1], 1)
    (True, False, False)
    """
    first, second = numeric("equal", a, "first array"), numeric("equal", b, "second array")
    return bool(np.array_equal(first, second))


def _sides(operation: str, shape: tuple[int | tuple[int, ...], ...]) -> tuple[int, ...]:
    only = shape[0] if len(shape) == 1 else shape
    sides = only if isinstance(only, (tuple, list)) else (only,)
    if not shape:
        raise ValueError(f"{operation}: give the shape, for example {operation}(3, 3)")
    return tuple(whole(operation, "each side of the shape", side, 0) for side in sides)


def _size(operation: str, height: int, width: int) -> tuple[int, int]:
    return whole(operation, "height", height, 1), whole(operation, "width", width, 1)


def _number(operation: str, name: str, value: float) -> float:
    number = numeric(operation, value, name)
    if number.ndim:
        raise ValueError(f"{operation}: {name} must be one number, but has shape {number.shape}")
    return float(number)
