"""From values inside a check to the plain data of a proof."""

from __future__ import annotations

import ast
import math
from functools import cache
from typing import Any

import numpy as np

from quizcnn import nn
from quizcnn.check.kinds import (
    Inside,
    describe,
    field_value,
    fields_of,
    is_function,
    is_record,
    weigh,
)
from quizcnn.check.limits import Budget, CheckError, LimitError, RefusedError
from quizcnn.check.value import SAMPLED, SHOWN, Array, Name, Number, Record, Sample, Value

VALUE_SHOWN = 4 * SHOWN
"""Numbers in one value: those of its arrays and those of its lists together."""
LETTERS = 8
"""Characters of a text that take the room of one number."""
STEPS_SHOWN = 16 * SHOWN
"""Numbers in all steps of a proof; after that arrays are told by shape and extremes."""
FEW = 100
"""Values whose extremes Python finds before NumPy has begun."""
LONE = frozenset((bool, int, float, type(None)))
"""Types whose values are shown as they are, and take no room."""
DEPTH = 8
"""How deep lists and records of a value may stand inside each other."""


class Shown:
    """Turns values into plain data, with an eye on how much a proof holds already."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._left = STEPS_SHOWN
        self._room = 0
        self._sampling = False

    def step(self, value: Inside) -> Value:
        """A step's value: shortened where it is too much."""
        if type(value) in LONE:
            return value  # type: ignore[no-any-return]
        self._room = before = min(VALUE_SHOWN, self._left)
        self._sampling = True
        try:
            return self._value(value, 0)
        except LimitError:
            return Name(describe(value))
        finally:
            self._left -= before - self._room
            self._sampling = False

    def final(self, value: Inside) -> Value:
        """The computed value: whole, or a LimitError."""
        if type(value) is complex or (isinstance(value, np.generic) and value.dtype.kind == "c"):
            raise RefusedError("the value is complex: take np.real(...) or np.abs(...) of it")
        self._room = VALUE_SHOWN
        return self._value(value, 0)

    def _value(self, value: Inside, depth: int) -> Value:
        kind = type(value)
        if kind in LONE:
            return value  # type: ignore[no-any-return]
        if kind is str:
            return self._text(value)
        if kind is np.ndarray:
            return self._array(value)
        if isinstance(value, np.generic):
            return self._value(value.item(), depth)
        if kind is complex:
            return f"{value.real:.6g}{value.imag:+.6g}i"
        if kind is range or is_function(value) or isinstance(value, nn.Layer):
            weigh(value, self._budget)
            return Name(self._text(repr(value)[:200]))
        if depth > DEPTH:
            raise LimitError(f"{describe(value)} nests too deep to show")
        if kind in (list, tuple):
            return self._items(value, depth)
        if is_record(value):
            return self._record(value, depth)
        raise RefusedError(f"write list({value.text}): {value.text} is gone after one use")

    def _take(self, value: Inside, places: int) -> None:
        if places > self._room:
            raise LimitError(f"{describe(value)} is too much to show: sum it up")
        self._room -= places

    def _text(self, text: str) -> str:
        self._take(text, len(text) // LETTERS)
        return text

    def _items(self, value: Inside, depth: int) -> Value:
        self._take(value, len(value))
        return tuple(self._value(item, depth + 1) for item in value)

    def _record(self, value: Inside, depth: int) -> Value:
        kind = type(value)
        self._take(value, len(fields_of(kind)))
        fields = [(name, field_value(value, name, self._budget)) for name in fields_of(kind)]
        shown = tuple((name, self._value(field, depth + 1)) for name, field in fields)
        return Record(kind.__name__, shown)

    def _array(self, array: np.ndarray[Any, Any]) -> Value:
        if array.dtype.kind == "c":
            real, imag = self._array(array.real), self._array(array.imag)
            return Record("complex", (("real", real), ("imag", imag)))
        data = sample = None
        if array.size <= min(self._room, SHOWN):
            data = tuple(array.ravel().tolist())
            self._room -= array.size
        elif self._sampling and self._room >= SAMPLED:
            sample = _sample(array)
            self._room -= len(sample.data)
        low, high = _extremes(array, data)
        return Array(array.shape, _name(array.dtype), data, low, high, sample)


def _sample(array: np.ndarray[Any, Any]) -> Sample:
    """Values spread evenly over an array; the axis that has most left gives way first."""
    steps = [1] * array.ndim
    left = list(array.shape)
    while math.prod(left) > SAMPLED:
        axis = left.index(max(left))
        steps[axis] += 1
        left[axis] = -(-array.shape[axis] // steps[axis])
    some = array[tuple(slice(None, None, step) for step in steps)]
    return Sample(tuple(left), tuple(steps), tuple(some.ravel().tolist()))


@cache
def _name(dtype: np.dtype[Any]) -> str:
    """A dtype's name, which NumPy would put together anew each time."""
    return dtype.name


def _extremes(
    array: np.ndarray[Any, Any], data: tuple[Number, ...] | None
) -> tuple[Number | None, Number | None]:
    """The smallest and the largest finite value, None where there are none."""
    if not array.size:
        return None, None
    if data is not None and len(data) <= FEW and math.isfinite(sum(data)):
        return min(data), max(data)
    low, high = array.min().item(), array.max().item()
    if math.isfinite(low) and math.isfinite(high):
        return low, high
    finite = array[np.isfinite(array)]
    return (finite.min().item(), finite.max().item()) if finite.size else (None, None)


def place(error: CheckError, source: str) -> tuple[int | None, int | None]:
    """Line and column of an error in its source, both from 1; columns count characters."""
    node = error.node
    if not isinstance(node, ast.expr | ast.stmt | ast.arg | ast.keyword):
        return None, None
    lines = source.splitlines() or [""]
    line = lines[min(node.lineno, len(lines)) - 1]
    return node.lineno, len(line.encode()[: node.col_offset].decode(errors="ignore")) + 1
