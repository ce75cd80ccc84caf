"""From values inside a check to the plain data of a proof."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from quizcnn.check.kinds import (
    Inside,
    Stream,
    describe,
    field_value,
    fields_of,
    is_function,
    is_record,
)
from quizcnn.check.limits import Budget, CheckError, LimitError, RefusedError
from quizcnn.check.value import SHOWN, Array, Name, Record, Value

STEPS_SHOWN = 16 * SHOWN
"""Values in all steps of a proof together; after that arrays are told by shape and extremes."""


class Shown:
    """Turns values into plain data, with an eye on how much a proof holds already."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._left = STEPS_SHOWN

    def step(self, value: Inside) -> Value:
        """A step's value: shortened where it is too much."""
        try:
            return self._value(value, min(max(self._left, 0), SHOWN), 0)
        except LimitError:
            return Name(describe(value))

    def final(self, value: Inside) -> Value:
        """The computed value: whole, or a LimitError."""
        if type(value) is complex or (isinstance(value, np.generic) and value.dtype.kind == "c"):
            raise RefusedError("the value is complex: take np.real(...) or np.abs(...) of it")
        return self._value(value, SHOWN, 0)

    def _value(self, value: Inside, room: int, depth: int) -> Value:
        kind = type(value)
        if kind in (bool, int, float, str, type(None)):
            return value  # type: ignore[no-any-return]
        if kind is np.ndarray:
            return self._array(value, room)
        if isinstance(value, np.generic):
            return self._value(value.item(), room, depth)
        if kind is complex:
            return f"{value.real:.6g}{value.imag:+.6g}i"
        if kind in (list, tuple):
            return self._items(value, room, depth)
        if kind is range:
            return Name(repr(value))
        if is_function(value):
            return Name(value.text[:200])
        if is_record(value):
            return self._record(value, room, depth)
        assert kind is Stream
        raise RefusedError(f"write list({value.text}): {value.text} is gone after one use")

    def _items(self, value: Inside, room: int, depth: int) -> Value:
        if len(value) > max(room, 16) or depth > 8:
            raise LimitError(f"{describe(value)} is too much to show: sum it up")
        self._left -= len(value)
        shown = []
        for item in value:
            self._budget.step()
            shown.append(self._value(item, min(room, max(self._left, 0)), depth + 1))
        return tuple(shown)

    def _record(self, value: Inside, room: int, depth: int) -> Value:
        kind = type(value)
        written = repr(value) if is_layer(value) else ""
        if written:
            return Name(written[:200])
        if depth > 8:
            raise LimitError(f"{describe(value)} is too much to show")
        return Record(
            kind.__name__,
            tuple(
                (name, self._value(field_value(value, name, self._budget), room, depth + 1))
                for name in fields_of(kind)
            ),
        )

    def _array(self, array: np.ndarray[Any, Any], room: int) -> Value:
        if array.dtype.kind == "c":
            parts = (
                ("real", self._array(array.real, room)),
                ("imag", self._array(array.imag, room)),
            )
            return Record("complex", parts)
        data = None
        if array.size <= min(room, SHOWN):
            data = tuple(array.ravel().tolist())
            self._left -= array.size
        finite = array[np.isfinite(array)] if array.dtype.kind == "f" else array
        low, high = (finite.min().item(), finite.max().item()) if finite.size else (None, None)
        return Array(tuple(array.shape), array.dtype.name, data, low, high)


def is_layer(value: Inside) -> bool:
    """Whether a record reads as one writes it: `Conv2d(1, 6, 5)`."""
    return any(kind.__name__ == "Layer" for kind in type(value).__mro__)


def place(error: CheckError, source: str) -> tuple[int | None, int | None]:
    """Line and column of an error in its source, both from 1; columns count characters."""
    node = error.node
    if not isinstance(node, ast.expr | ast.stmt | ast.arg | ast.keyword):
        return None, None
    lines = source.splitlines() or [""]
    line = lines[min(node.lineno, len(lines)) - 1]
    return node.lineno, len(line.encode()[: node.col_offset].decode(errors="ignore")) + 1
