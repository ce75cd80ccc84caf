"""What every operation asks of its arguments, and the errors it answers with."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[Any]
Pair: TypeAlias = int | Sequence[int]
"""One whole number for height and width alike, or one for each."""

Padding: TypeAlias = Pair | Literal["same", "valid"]
Sides: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
"""Cells added before and after: ((top, bottom), (left, right))."""


def numeric(operation: str, x: ArrayLike, what: str = "input") -> Array:
    """`x` as an array of real numbers; truth values become the integers 0 and 1.

    Raises ValueError for anything else (text, complex numbers, rows of unequal length, integers
    beyond 64 bits).

    >>> numeric("relu", [True, False])
    array([1, 0])
    >>> numeric("relu", "seven")
    Traceback (most recent call last):
    ValueError: relu: the input must be numbers, but is <U5
    """
    if type(x) is np.ndarray:
        array: Array = x
    else:
        try:
            array = np.asarray(x)
        except ValueError as error:
            raise ValueError(f"{operation}: the {what} is not an array ({error})") from error
    kind = array.dtype.kind
    if kind in "fiu":
        return array
    if kind == "b":
        return array.astype(np.int64)
    raise ValueError(f"{operation}: the {what} must be numbers, but is {array.dtype}")


def whole(operation: str, name: str, value: object, least: int) -> int:
    """`value` as a whole number of at least `least`.

    >>> whole("box", "size", 0, 1)
    Traceback (most recent call last):
    ValueError: box: size must be at least 1, but is 0
    """
    number = _index(value)
    if number is None:
        raise ValueError(f"{operation}: {name} must be a whole number, but is {value!r}")
    if number < least:
        raise ValueError(f"{operation}: {name} must be at least {least}, but is {number}")
    return number


def pair(operation: str, name: str, value: object, least: int) -> tuple[int, int]:
    """`value` for height and width: a whole number counts for both, a pair gives each.

    >>> pair("conv2d", "stride", 2, least=1)
    (2, 2)
    >>> pair("conv2d", "stride", (2, 0), least=1)
    Traceback (most recent call last):
    ValueError: conv2d: stride must be at least 1, but is (2, 0)
    """
    both = (value, value) if type(value) is int else _two(operation, name, value)
    if both[0] < least or both[1] < least:
        raise ValueError(f"{operation}: {name} must be at least {least}, but is {value!r}")
    return both


def _two(operation: str, name: str, value: object) -> tuple[int, int]:
    number = _index(value)
    if number is not None:
        return (number, number)
    if isinstance(value, (tuple, list, np.ndarray)) and len(value) == 2:
        first, second = _index(value[0]), _index(value[1])
        if first is not None and second is not None:
            return (first, second)
    raise ValueError(
        f"{operation}: {name} must be a whole number or a pair of them (height, width), "
        f"but is {value!r}"
    )


def _index(value: object) -> int | None:
    if isinstance(value, (bool, np.bool_)):
        return None
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        return None


def maps(operation: str, x: ArrayLike) -> Array:
    """`x` as feature maps: (H, W), (C, H, W) or (N, C, H, W), none of the sides H and W empty.

    >>> maps("max_pool2d", [1, 2, 3])
    Traceback (most recent call last):
    ValueError: max_pool2d: the input has shape (3,), expected (H, W), (C, H, W) or (N, C, H, W)
    """
    array = numeric(operation, x)
    if not 2 <= array.ndim <= 4:
        raise ValueError(
            f"{operation}: the input has shape {array.shape}, "
            "expected (H, W), (C, H, W) or (N, C, H, W)"
        )
    if 0 in array.shape[-2:]:
        raise ValueError(f"{operation}: the input of shape {array.shape} has no pixels")
    return array


def sliding_size(
    operation: str,
    size: tuple[int, int],
    kernel: tuple[int, int],
    stride: tuple[int, int] = (1, 1),
    sides: Sides = ((0, 0), (0, 0)),
    dilation: tuple[int, int] = (1, 1),
) -> tuple[int, int]:
    """In how many places, down and across, a window can stand on an image of height × width `size`.

    Along each side: ⌊(n + padding − dilation·(k − 1) − 1) / stride⌋ + 1. Raises ValueError where
    the window is larger than the padded image.

    >>> sliding_size("conv2d", (8, 8), (3, 3))
    (6, 6)
    >>> sliding_size("conv2d", (7, 7), (3, 3), stride=(2, 2), sides=((1, 1), (1, 1)))
    (4, 4)
    >>> sliding_size("conv2d", (2, 8), (3, 3))
    Traceback (most recent call last):
    ValueError: conv2d: a kernel of 3×3 does not fit into an input of 2×8
    """
    height = size[0] + sides[0][0] + sides[0][1]
    width = size[1] + sides[1][0] + sides[1][1]
    rows = height - dilation[0] * (kernel[0] - 1) - 1
    columns = width - dilation[1] * (kernel[1] - 1) - 1
    if rows < 0 or columns < 0:
        window = f"a kernel of {kernel[0]}×{kernel[1]}"
        if dilation != (1, 1):
            span = (height - rows, width - columns)
            window += f" (dilated to {span[0]}×{span[1]})"
        image = f"an input of {size[0]}×{size[1]}"
        if (height, width) != size:
            image += f" (padded to {height}×{width})"
        raise ValueError(f"{operation}: {window} does not fit into {image}")
    return (rows // stride[0] + 1, columns // stride[1] + 1)


def padded(x: Array, sides: Sides, value: float = 0) -> Array:
    """`x` with cells of `value` around its last two axes, or `x` itself where none are to add."""
    (top, bottom), (left, right) = sides
    if not (top or bottom or left or right):
        return x
    height, width = x.shape[-2:]
    frame = (*x.shape[:-2], height + top + bottom, width + left + right)
    framed: Array = np.full(frame, value, x.dtype)
    framed[..., top : top + height, left : left + width] = x
    return framed
