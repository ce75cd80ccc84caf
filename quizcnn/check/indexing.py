"""Reading from and writing to places: `x[2, 3]`, `x[1:3]`, `x[x > 0]`."""

from __future__ import annotations

import math

import numpy as np

from quizcnn.check.extents import broadcast, extent, volume
from quizcnn.check.kinds import Inside, admit, describe, holds, is_array, is_number
from quizcnn.check.limits import Budget, RaisedError, RefusedError
from quizcnn.check.operators import numbers_only

SEQUENCES = (list, tuple, str, range)


def get_item(value: Inside, index: Inside, budget: Budget) -> Inside:
    """`value[index]`."""
    if type(value) in SEQUENCES:
        _sequence_index(index)
        picked = value[index]
        if type(index) is slice and type(value) is not range:
            budget.look(len(picked))
        return picked
    if not is_array(value):
        raise RaisedError(f"{describe(value)} has no places to pick from")
    budget.room(_picked(value, index, budget))
    return admit(value[index], budget, (value,))


def set_item(value: Inside, index: Inside, item: Inside, budget: Budget) -> None:
    """`value[index] = item`, in an array or list of the check's own."""
    if type(value) is list:
        if type(index) is slice:
            raise RefusedError("a list's slice cannot be replaced: make a new list")
        _sequence_index(index)
        if holds(item, value):
            raise RefusedError("a list cannot hold itself")
        value[index] = item
        return
    if type(value) is not np.ndarray:
        raise RaisedError(f"{describe(value)} has no places to write to")
    if not value.flags.writeable:
        raise RaisedError("this array belongs to another value: write np.copy(...) of it first")
    if type(item) in (list, tuple):
        numbers_only(item, budget)
    elif not (is_number(item) or is_array(item)):
        raise RaisedError(f"an array holds numbers, not {describe(item)}")
    places = _picked(value, index, budget)
    budget.room(max(places, math.prod(extent(item))))
    value[index] = item


def _sequence_index(index: Inside) -> None:
    """An index into a list: a whole number, or a slice of whole numbers."""
    parts = (index.start, index.stop, index.step) if type(index) is slice else (index,)
    for part in parts:
        whole = type(part) in (bool, int) or isinstance(part, np.integer)
        if not whole and not (part is None and type(index) is slice):
            raise RaisedError(f"a place in a list is a whole number, not {describe(part)}")


def _picked(array: Inside, index: Inside, budget: Budget) -> int:
    """The most values that `array[index]` has."""
    parts = index if type(index) is tuple else (index,)
    shapes: list[tuple[int, ...]] = []
    used = 0
    for part in parts:
        if part is None or part is ...:
            continue
        if type(part) is slice:
            _slice(part)
        elif type(part) in (list, tuple) or type(part) is np.ndarray:
            used += _index_array(part, shapes, budget)
        elif is_number(part):
            used += 0 if type(part) in (bool, np.bool_) else 1
        else:
            raise RaisedError(f"a place in an array is a whole number, not {describe(part)}")
    if not shapes:
        return 0  # a view of what is there
    # An upper bound: the axes that index arrays use up may be the shortest ones.
    rest = math.prod(sorted(array.shape)[min(used, array.ndim) :])
    return int(broadcast(shapes) * rest)


def _index_array(part: Inside, shapes: list[tuple[int, ...]], budget: Budget) -> int:
    """Note the shape of an index array; return how many axes it uses up."""
    if type(part) in (list, tuple):
        numbers_only(part, budget)
        budget.room(volume(part))
        part = np.asarray(part)  # what a list of some truth values and some numbers is, NumPy says
    if part.dtype.kind != "b":
        shapes.append(part.shape)
        return 1
    shapes.append((int(np.count_nonzero(part)),))
    return int(part.ndim)


def _slice(part: slice) -> None:
    for bound in (part.start, part.stop, part.step):
        if bound is None or type(bound) in (bool, int) or isinstance(bound, np.integer):
            continue
        raise RaisedError(f"a slice's bounds are whole numbers, not {describe(bound)}")
