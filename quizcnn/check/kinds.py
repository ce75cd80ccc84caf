"""What a value inside a check can be, and looking at every value that comes in."""

from __future__ import annotations

import dataclasses
import math
import operator
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np

from quizcnn.check.limits import (
    AXES,
    ELEMENTS,
    ITEMS,
    Budget,
    LimitError,
    RaisedError,
    RefusedError,
    short,
    whole,
)

Inside: TypeAlias = Any
"""A value inside a check: checked by `admit`, so of one of the types below."""

NUMERIC = "biufc"
PLAIN = (bool, float, complex, type(None))


class Function:
    """An operation passed on by name, or a lambda of the check."""

    @property
    def text(self) -> str:
        """How it is written."""
        raise NotImplementedError

    def __call__(self, /, *args: Inside, **keywords: Inside) -> Inside:
        """Its value, with everything looked at."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return self.text


class Stream:
    """Items to go through once: zip(...), enumerate(...), (x for x in ...)."""

    __slots__ = ("items", "text")

    def __init__(self, text: str, items: Iterator[Inside]) -> None:
        self.text = text
        self.items = items


def is_array(value: Inside) -> bool:
    """Whether `value` is an array or one of NumPy's numbers."""
    return type(value) is np.ndarray or isinstance(value, np.generic)


def is_number(value: Inside) -> bool:
    """Whether `value` is a number or truth value, Python's or NumPy's."""
    return type(value) in (bool, int, float, complex) or isinstance(value, np.generic)


def is_function(value: Inside) -> bool:
    """Whether `value` is an operation or a lambda of the check."""
    return isinstance(value, Function)


_RECORDS: dict[type, bool] = {}
"""What `is_record` found of each type."""


def is_record(value: Inside) -> bool:
    """Whether `value` is a layer or a result with named fields, as quizcnn.nn makes them."""
    kind = type(value)
    known = _RECORDS.get(kind)
    if known is None:
        known = dataclasses.is_dataclass(kind) and kind.__module__.startswith("quizcnn.nn")
        _RECORDS[kind] = known
    return known


_GETTERS: dict[type, dict[str, Callable[[Any], Any]]] = {}


def fields_of(kind: type) -> dict[str, Callable[[Any], Any]]:
    """For each named field of a record's type, what reads it. Built from the type alone."""
    if kind not in _GETTERS:
        _GETTERS[kind] = {
            field.name: operator.attrgetter(field.name)
            for field in dataclasses.fields(kind)
            if not field.name.startswith("_")
        }
    return _GETTERS[kind]


def field_value(record: Inside, name: str, budget: Budget) -> Inside:
    """A record's field. Its arrays cannot be written to: they belong to the record."""
    value = fields_of(type(record))[name](record)
    value = admit(value, budget, (value,))
    if type(value) is np.ndarray:
        value = value.view()
        value.flags.writeable = False
    return list(value) if type(value) is list else value


def admit(value: Inside, budget: Budget, owners: Sequence[Inside] = (), depth: int = 0) -> Inside:
    """`value` if a check can hold it, with subclasses of tuple made plain tuples.

    Its arrays count as made, unless they show the memory of one of the `owners`.
    """
    kind = type(value)
    if kind is np.ndarray:
        return _admit_array(value, budget, owners)
    if kind in PLAIN:
        return value
    if kind is int:
        return whole(value)
    if kind is str:
        return short(value)
    if isinstance(value, np.generic):
        if value.dtype.kind not in NUMERIC:
            raise RefusedError(f"a check cannot hold a value of type {kind.__name__}")
        return value
    if isinstance(value, tuple) or kind is list:
        if depth > 20:
            raise LimitError("this nests too deep")
        if len(value) > ITEMS:
            raise LimitError(f"a list or tuple may hold {ITEMS:,} values")
        budget.look(len(value))
        items = list(_admitted(value, budget, owners, depth + 1))
        if kind is list:
            value[:] = items
            return value
        return tuple(items)
    if kind is range or kind is Stream or is_function(value):
        return value
    if is_record(value):
        for read in fields_of(kind).values():
            field = read(value)
            if type(field) is np.ndarray:
                _admit_array(field, budget, owners)
        return value
    raise RefusedError(f"a check cannot hold a value of type {kind.__name__}")


def _admitted(
    values: Sequence[Inside], budget: Budget, owners: Sequence[Inside], depth: int
) -> Iterator[Inside]:
    """Each of the values admitted; arrays that share their memory count once."""
    known = list(owners)
    for value in values:
        before = budget.elements
        yield admit(value, budget, known, depth)
        if budget.elements != before and type(value) is np.ndarray:
            known.append(value)


def memory(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The array whose memory `array` shows: itself, or what it is a view of."""
    while type(array.base) is np.ndarray:
        array = array.base
    return array


def _admit_array(
    array: np.ndarray[Any, Any], budget: Budget, owners: Sequence[Inside]
) -> np.ndarray[Any, Any]:
    size = array.size
    if array.dtype.kind not in NUMERIC:
        raise RefusedError(
            "this makes an array that is not of numbers: are all its rows equally long, and its "
            "integers below 2**63?"
        )
    if size > ELEMENTS:
        raise LimitError(f"an array may have {ELEMENTS:,} values, this one has {size:,}")
    if size == 0 and math.prod(max(side, 1) for side in array.shape) > ELEMENTS:
        # Sums along its empty axis would have that many values.
        raise LimitError(f"an array's other sides may have {ELEMENTS:,} places in all")
    if array.ndim > AXES:
        raise LimitError(f"an array may have {AXES} axes, this one has {array.ndim}")
    shown = array if array.base is None else memory(array)
    for owner in owners:
        if type(owner) is np.ndarray and (owner if owner.base is None else memory(owner)) is shown:
            return array
    budget.spend(shown.size * max(shown.itemsize // 8, 1))  # a complex value counts as two
    return array


def describe(value: Inside) -> str:
    """What a value is, for a message: `an array of shape (4, 4)`."""
    kind = type(value)
    if kind is np.ndarray:
        return f"an array of shape {value.shape}"
    if isinstance(value, np.generic):
        value = value.item()
        kind = type(value)
    if kind in (bool, float, complex, type(None)) or (kind is int and value.bit_length() < 64):
        return f"{value}"
    if kind is int:
        return "an integer"
    if kind is str:
        return f'the text "{value[:20]}"'
    if kind in (list, tuple):
        return f"a {kind.__name__} of {len(value)}"
    if is_function(value):
        return f"the function {value.text[:40]}"
    if kind is Stream:
        return str(value.text)
    return f"a {kind.__name__}"


def truth(value: Inside) -> bool:
    """Whether `value` counts as true in if, and, or, not, assert."""
    kind = type(value)
    if kind is np.ndarray and value.size != 1:
        raise RaisedError(
            f"{describe(value)} is neither true nor false: put np.all(...) or np.any(...) round it"
        )
    if kind in (bool, int, float, complex, str, type(None), tuple, list, range, np.ndarray):
        return bool(value)
    if isinstance(value, np.generic):
        return bool(value)
    raise RaisedError(f"{describe(value)} is neither true nor false")


def verdict(value: Inside, what: str) -> bool:
    """A claim's value, which must be a real truth value."""
    if type(value) is bool:
        return value
    if type(value) is np.bool_ or (
        type(value) is np.ndarray and value.shape == () and value.dtype.kind == "b"
    ):
        return bool(value)
    raise RaisedError(f"{what} must be True or False; this is {describe(value)}")


def weigh(value: Inside, budget: Budget) -> int:
    """How many values `value` holds, nested ones each time they occur; counts as many steps.

    Called before anything goes through a whole value at once.
    """
    total = 0
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if type(item) in (list, tuple):
            budget.look(len(item))
            waiting.extend(item)
            total += len(item)
            if total > ITEMS:
                raise LimitError(f"a list or tuple may hold {ITEMS:,} values in all")
        elif is_record(item):
            fields = fields_of(type(item))
            budget.step()
            waiting.extend(read(item) for read in fields.values())
            total += 1
            if total > ITEMS:
                raise LimitError(f"a value may hold {ITEMS:,} others in all")
        elif type(item) is np.ndarray:
            total += int(item.size)
        else:
            total += 1
    return total


def holds(value: Inside, target: Inside) -> bool:
    """Whether `target` (by identity) is `value` or anywhere inside it."""
    seen: set[int] = set()
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if item is target:
            return True
        if id(item) in seen:
            continue
        seen.add(id(item))
        if type(item) in (list, tuple):
            waiting.extend(item)
        elif is_record(item):
            waiting.extend(read(item) for read in fields_of(type(item)).values())
    return False
