"""How many values NumPy's functions make."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from quizcnn.check.extents import (
    UNBOUNDED,
    Arguments,
    broadcast,
    count,
    dimensions,
    extent,
    first,
    largest,
    product,
    volume,
)
from quizcnn.check.kinds import Inside, is_array
from quizcnn.check.limits import RaisedError


def _shape(a: Arguments) -> int:
    return product(dimensions(a["shape"]))


def _all(a: Arguments) -> int:
    return sum(volume(value) for value in a.values() if extent(value) or is_array(value))


def _as_list(a: Arguments) -> int:
    """A number of Python's takes four times the room of NumPy's."""
    return 4 * volume(first(a))


def _broadcast(a: Arguments) -> int:
    return broadcast([extent(value) for value in a.values()])


def _broadcast_items(a: Arguments) -> int:
    """The items of the first argument, which are broadcast together."""
    items = first(a)
    several = items if type(items) in (list, tuple) else [items]
    return max(len(several), 1) * broadcast([extent(item) for item in several])


def _triangle(a: Arguments) -> int:
    shape = extent(a["m"])
    return product(shape) if len(shape) > 1 else product(shape) ** 2


def _sections(a: Arguments) -> int:
    sections = a["indices_or_sections"]
    return volume(a["ary"]) + max(count(sections), volume(sections))


def _length(a: Arguments) -> int:
    return count(first(a))


def _eye(a: Arguments) -> int:
    rows = count(first(a))
    return rows * (count(a["M"]) if a.get("M") is not None else rows)


def _arange(a: Arguments) -> int:
    start, stop = (0, a["start"]) if a.get("stop") is None else (a["start"], a["stop"])
    step = 1 if a.get("step") is None else a["step"]
    if not all(type(value) in (bool, int, float) or is_array(value) for value in (start, stop)):
        raise RaisedError("np.arange goes from one real number to another")
    try:
        length = abs((float(stop) - float(start)) / float(step))
    except ZeroDivisionError:
        return 0  # NumPy says so itself
    return math.ceil(length) if math.isfinite(length) else UNBOUNDED


def _linspace(a: Arguments) -> int:
    ends = [extent(a[name]) for name in ("start", "stop", "base") if name in a]
    return max(count(a["num"]), 1) * broadcast(ends)


def _indices(a: Arguments) -> int:
    sides = dimensions(a["dimensions"])
    return len(sides) * product(sides)


def _meshgrid(a: Arguments) -> int:
    return len(a["xi"]) * product(volume(vector) for vector in a["xi"])


def _pad(a: Arguments) -> int:
    """Every axis grows by its two borders, which NumPy broadcasts to two for each axis."""
    shape = extent(a["array"])
    widths = a["pad_width"]
    if volume(widths) > 2 * max(len(shape), 1):
        return UNBOUNDED
    borders = np.broadcast_to(np.asarray(widths), (len(shape), 2)).tolist()
    grown = (side + sum(map(count, both)) for side, both in zip(shape, borders, strict=True))
    return product(grown)


def _tile(a: Arguments) -> int:
    """As often along each axis as it says; 0 counts as 1, as the other axes may come first."""
    return volume(a["A"]) * product(dimensions(a["reps"]))


def _repeat(a: Arguments) -> int:
    return volume(first(a)) * largest(a["repeats"])


def _other_sides(value: Inside) -> int:
    """The most values that all axes but one have together."""
    shape = extent(value)
    return product(shape) // max(min(shape, default=1), 1)


def _take(a: Arguments) -> int:
    if a.get("axis") is None:
        return volume(a["indices"])
    return volume(a["indices"]) * _other_sides(first(a))


def _insert(a: Arguments) -> int:
    many = max(volume(a["obj"]), volume(a["values"]))
    return volume(a["arr"]) + many * (1 if a.get("axis") is None else _other_sides(a["arr"]))


def _diag(a: Arguments) -> int:
    shape = extent(a["v"])
    return (shape[0] + abs(int(a["k"]))) ** 2 if len(shape) == 1 else product(shape)


def _largest_value(a: Arguments) -> int:
    return max(volume(a["x"]), largest(a["x"]) + 1, count(a["minlength"]))


def _bins(a: Arguments) -> int:
    return volume(a["a"]) + 2 * max(count(a["bins"]), volume(a["bins"])) + 1


def _rank(a: Arguments) -> int:
    """For each value that is not 0 its place along each axis."""
    return volume(first(a)) * max(len(extent(first(a))), 1)


def _where(a: Arguments) -> int:
    """Two values to choose from, or none: then it finds places."""
    both = a.get("x") is not None or a.get("y") is not None
    return _broadcast(a) if both else _rank(a)


def _rank_of_shape(a: Arguments) -> int:
    return volume(a["indices"]) * max(len(dimensions(a["shape"])), 1)


NUMPY_RULES: Mapping[str, Callable[[Arguments], int]] = {
    "": _all,
    "shape": _shape,
    "broadcast": _broadcast,
    "sections": _sections,
    "eye": _eye,
    "length": _length,
    "arange": _arange,
    "linspace": _linspace,
    "indices": _indices,
    "meshgrid": _meshgrid,
    "pad": _pad,
    "tile": _tile,
    "repeat": _repeat,
    "take": _take,
    "insert": _insert,
    "diag": _diag,
    "largest value": _largest_value,
    "bins": _bins,
    "rank": _rank,
    "where": _where,
    "as list": _as_list,
    "broadcast items": _broadcast_items,
    "triangle": _triangle,
    "rank of shape": _rank_of_shape,
}
