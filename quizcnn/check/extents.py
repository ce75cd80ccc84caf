"""Reading sizes off arguments that may be anything: shapes, counts, how many values."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np

from quizcnn.check.kinds import Inside, is_array

Arguments = Mapping[str, Inside]
Shape = tuple[int, ...]

EXPANDING = 8
"""How much longer a sum may be than an array is large: its terms are not all there at once."""

UNBOUNDED = 10**30
"""More than there is room for."""


def count(value: Inside, default: int = 0) -> int:
    """A number that is not negative, rounded up; anything else counts as `default`."""
    if type(value) is int:
        return max(value, 0)
    if (type(value) is np.ndarray and value.size == 1) or isinstance(value, np.generic):
        value = value.item()
    if type(value) is float:
        return min(math.ceil(value), UNBOUNDED) if 0 < value < math.inf else _endless(value)
    return max(int(value), 0) if type(value) in (bool, int) else default


def _endless(value: float) -> int:
    return UNBOUNDED if value == math.inf else 0


def largest(value: Inside) -> int:
    """The largest whole number anywhere in a value, 0 where there is none."""
    if type(value) in (list, tuple):
        return max(map(largest, value), default=0)
    if type(value) is range:
        return max(count(value[0]), count(value[-1])) if value else 0
    if type(value) is np.ndarray and value.size and value.dtype.kind in "biuf":
        return count(np.nanmax(value))
    return count(value)


def extent(value: Inside) -> Shape:
    """The shape that an array of `value` would have; of ragged lists the largest sides."""
    if is_array(value):
        shape: Shape = value.shape
        return shape
    if type(value) in (list, tuple):
        inner = [extent(item) for item in value]
        rank = max(map(len, inner), default=0)
        sides = (max((s[axis] for s in inner if axis < len(s)), default=0) for axis in range(rank))
        return (len(value), *sides)
    return (len(value),) if type(value) is range else ()


def volume(value: Inside) -> int:
    """How many values an array of `value` would have; empty axes count as 1.

    So it bounds the sums along an axis, also along an empty one.
    """
    if type(value) is np.ndarray and value.size:
        return value.size
    return product(extent(value))


def product(sides: Iterable[int]) -> int:
    """The sides multiplied; an empty one counts as 1."""
    total = 1
    for side in sides:
        total *= side if side > 1 else 1
    return total


def broadcast(shapes: list[Shape]) -> int:
    """How many values shapes have when broadcast together; too many if they do not fit."""
    rank = max(map(len, shapes), default=0)
    return product(
        max((s[len(s) - axis] for s in shapes if axis <= len(s)), default=1)
        for axis in range(1, rank + 1)
    )


def first(a: Arguments) -> Inside:
    """The first argument."""
    return next(iter(a.values()))


def dimensions(value: Inside) -> list[int]:
    """The numbers of a shape argument: 3, (3, 4), [3, 4], or the tuple of `*shape`."""
    if type(value) in (list, tuple):
        if len(value) == 1 and type(value[0]) in (list, tuple, range, np.ndarray):
            return dimensions(value[0])
        return [max(side, 0) if type(side) is int else largest(side) for side in value]
    if type(value) is range:
        return [count(side) for side in value[:64]]
    if type(value) is np.ndarray:
        return [count(side) for side in value.ravel()[:64]]
    return [count(value)]


def sides_of(value: Inside, default: int = 0) -> tuple[int, int]:
    """Height and width of an argument that is one number for both or a pair."""
    if type(value) is int:
        return max(value, 0), max(value, 0)
    if type(value) in (list, tuple, range) or type(value) is np.ndarray:
        sides = [count(side, default) for side in list(value)[:2]] if len(extent(value)) else []
        return (sides[0], sides[-1]) if sides else (count(value, default), count(value, default))
    return count(value, default), count(value, default)


def padded(a: Arguments) -> tuple[int, int, int]:
    """Everything before the last two axes multiplied, then height and width with padding."""
    shape = (1, 1, *extent(a["x"]))
    top, left = sides_of(a["padding"])
    return product(shape[:-2]), shape[-2] + 2 * top, shape[-1] + 2 * left
