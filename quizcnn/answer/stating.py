"""What a check computes, as a deck states it."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.answer.formula import formula, listed, tupled
from quizcnn.check.value import Array, Value
from quizcnn.check.wording import number
from quizcnn.deck.model import Variant


def expressed(met: Sequence[Variant], values: Sequence[Value]) -> str:
    """A formula for the values, or the one that all have; "" where none is found."""
    if len({repr(value) for value in values}) == 1:
        return literal(values[0])
    return formula([variant.values for variant in met], values) or ""


def literal(value: Value) -> str:
    """A computed value as a deck states it.

    >>> literal((6, 6)), literal(True), literal(2.5)
    ('(6, 6)', 'true', '2.5')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return tupled([str(each) for each in value])
    if isinstance(value, Array):
        return listed([number(each) for each in value.data or ()], value.shape)
    return str(value) if isinstance(value, int | float) else ""
