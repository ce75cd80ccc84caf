"""What of a proof is worth a picture, and which: decided by the values alone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from quizcnn.check.proof import Network, Step
from quizcnn.check.value import SHOWN, Array, Number, Record, Value
from quizcnn.pictures.bars import Bars


@dataclass(frozen=True, slots=True)
class Curve:
    """A row of numbers."""

    values: tuple[Number, ...]


Picture: TypeAlias = Array | Curve | Bars | Network


class Labelled(NamedTuple):
    """A picture, and what it is called; "" where it is the value itself."""

    label: str
    picture: Picture


LEAST = 5
"""Numbers in a list that are worth a curve; fewer are read as quickly."""
MOST_APART = 6
"""Arrays of unlike shapes in one list that are drawn."""


def pictures_of(value: Value) -> tuple[Labelled, ...]:
    """The pictures of one value.

    Arrays are drawn, and lists of arrays of one shape side by side; lists of numbers are a curve;
    numbers paired with names are bars; of a result its arrays are drawn, of a spectrum the size.

    >>> pictures_of((1, 2, 4, 8, 16))
    (Labelled(label='', picture=Curve(values=(1, 2, 4, 8, 16))),)
    >>> pictures_of((6, 6)), pictures_of("max")
    ((), ())
    """
    if isinstance(value, Array):
        return (Labelled("", value),) if value.shape else ()
    if isinstance(value, Record):
        return tuple(_of_record(value))
    if isinstance(value, tuple):
        return tuple(_of_several(value))
    return ()


def step_pictures(steps: Sequence[Step]) -> list[tuple[Labelled, ...]]:
    """The pictures of each step; what several steps tell together stands with the last of them."""
    names = [texts for step in steps if (texts := _texts(step.value))]
    shares = [(number, step) for number, step in enumerate(steps) if _shares(step.value)]
    found: list[tuple[Labelled, ...]] = []
    for number, step in enumerate(steps):
        pictures = pictures_of(step.value)
        numbers = _numbers(step.value)
        named = next((texts for texts in names if numbers and len(texts) == len(numbers)), ())
        if named and numbers and min(numbers) >= 0:
            pictures = (Labelled("", Bars(tuple(zip(named, numbers, strict=True)))),)
        if shares and number == shares[-1][0]:
            pictures = (*pictures, Labelled("", _accuracies([each for _, each in shares])))
        found.append(pictures)
    return found


def _of_several(values: tuple[Value, ...]) -> Iterator[Labelled]:
    numbers = _numbers(values)
    if numbers is not None:
        if len(numbers) >= LEAST:
            yield Labelled("", Curve(numbers))
        return
    pairs = _pairs(values)
    if pairs:
        yield Labelled("", Bars(pairs))
        return
    arrays = [value for value in values if isinstance(value, Array)]
    if len(arrays) < len(values) or not arrays:
        return
    stacked = _stacked(arrays)
    if stacked:
        yield Labelled("", stacked)
    else:
        yield from (Labelled(f"[{i}]", each) for i, each in enumerate(arrays[:MOST_APART]))


def _numbers(value: Value) -> tuple[Number, ...] | None:
    """A list of numbers, None for anything else; truth values are none here."""
    if not isinstance(value, tuple):
        return None
    numbers = tuple(v for v in value if isinstance(v, int | float) and not isinstance(v, bool))
    return numbers if numbers and len(numbers) == len(value) else None


def _texts(value: Value) -> tuple[str, ...] | None:
    """A list of two different texts or more."""
    if not isinstance(value, tuple):
        return None
    texts = tuple(text for text in value if isinstance(text, str))
    return texts if len(texts) == len(value) == len(set(texts)) > 1 else None


def _pairs(values: tuple[Value, ...]) -> tuple[tuple[str, Number], ...]:
    """Names with their numbers, where all values are such pairs; no bar can be negative."""
    found: list[tuple[str, Number]] = []
    for value in values:
        match value:
            case (bool(), _) | (_, bool()):
                return ()
            case (int() | float() as number, str() as name):
                found.append((name, number))
            case (str() as name, int() | float() as number):
                found.append((name, number))
            case _:
                return ()
    fine = len(found) > 1 and all(math.isfinite(n) and n >= 0 for _, n in found)
    return tuple(found) if fine else ()


def _stacked(arrays: Sequence[Array]) -> Array | None:
    """Arrays of one shape as one, with an axis more; None where they are too much or unlike."""
    first = arrays[0]
    if any(array.shape != first.shape or array.data is None for array in arrays):
        return None
    data = tuple(number for array in arrays for number in array.data or ())
    ends = [end for array in arrays for end in (array.low, array.high) if end is not None]
    if not data or len(data) > SHOWN or not ends or not first.shape:
        return None
    return Array((len(arrays), *first.shape), first.dtype, data, min(ends), max(ends))


def _of_record(record: Record) -> Iterator[Labelled]:
    fields = dict(record.fields)
    real, imag = fields.get("real"), fields.get("imag")
    if isinstance(real, Array) and isinstance(imag, Array) and len(fields) == 2:
        size = _magnitude(real, imag)
        if size:
            yield Labelled(": magnitude", size)
        return
    for name, value in record.fields:
        if isinstance(value, Array) and value.shape and value.shape != (1,):
            yield Labelled(f".{name}", value)


def _magnitude(real: Array, imag: Array) -> Array | None:
    """How large the values of a complex array are: of a spectrum, how much of each frequency."""
    if real.data is None or imag.data is None or not real.data:
        return None
    data = tuple(math.hypot(a, b) for a, b in zip(real.data, imag.data, strict=True))
    finite = [size for size in data if math.isfinite(size)]
    if not finite or not real.shape:
        return None
    return Array(real.shape, "float64", data, min(finite), max(finite))


def _shares(value: Value) -> tuple[tuple[str, Number], ...]:
    """The fields of a result that are shares from 0 to 1, such as accuracies; two or more."""
    if not isinstance(value, Record):
        return ()
    found = tuple(
        (name, field)
        for name, field in value.fields
        if isinstance(field, float) and 0 <= field <= 1
    )
    return found if len(found) > 1 else ()


def _accuracies(steps: Sequence[Step]) -> Bars:
    """The shares of several results under one another, on a scale from 0 to 1."""
    rows = [
        (f"{step.name or ''} {name}".strip(), share)
        for step in steps
        for name, share in _shares(step.value)
    ]
    return Bars(tuple(rows), most=1)
