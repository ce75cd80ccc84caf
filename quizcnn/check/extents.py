"""Reading sizes off arguments that may be anything: shapes, counts, how many values."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from quizcnn.check.kinds import Inside, is_array

Arguments = Mapping[str, Inside]
Shape = tuple[int, ...]


def count(value: Inside, default: int = 0) -> int:
    """A whole number that is not negative; anything else counts as `default`."""
    if type(value) in (bool, int) or (isinstance(value, np.integer)):
        return max(int(value), 0)
    if type(value) is np.ndarray and value.size == 1 and value.dtype.kind in "iu":
        return max(int(value.item()), 0)
    return default


def extent(value: Inside) -> Shape:
    """The shape that an array of `value` would have; of ragged lists the largest sides."""
    if is_array(value):
        return tuple(value.shape)
    if type(value) in (list, tuple):
        inner = [extent(item) for item in value]
        rank = max(map(len, inner), default=0)
        sides = (max((s[axis] for s in inner if axis < len(s)), default=0) for axis in range(rank))
        return (len(value), *sides)
    return (len(value),) if type(value) is range else ()


def volume(value: Inside) -> int:
    """How many values an array of `value` would have."""
    return math.prod(extent(value))


def broadcast(shapes: list[Shape]) -> int:
    """How many values shapes have when broadcast together; too many if they do not fit."""
    rank = max(map(len, shapes), default=0)
    return math.prod(
        max((s[len(s) - axis] for s in shapes if axis <= len(s)), default=1)
        if all(s[len(s) - axis] for s in shapes if axis <= len(s))
        else 0
        for axis in range(1, rank + 1)
    )


def first(a: Arguments) -> Inside:
    """The first argument."""
    return next(iter(a.values()))


def dimensions(value: Inside) -> list[int]:
    """The numbers of a shape argument: 3, (3, 4), [3, 4], or the tuple of `*shape`."""
    if type(value) in (list, tuple):
        if len(value) == 1 and type(value[0]) in (list, tuple):
            return dimensions(value[0])
        return [count(side) for side in value]
    if type(value) is np.ndarray:
        return [max(int(side), 0) for side in value.ravel()[:64] if np.isfinite(side)]
    return [count(value)]
