"""Givens as a person types them, read as a deck's file reads them."""

from __future__ import annotations

from quizcnn.check.job import Given
from quizcnn.deck.characters import unseen_in
from quizcnn.deck.messages import Problems
from quizcnn.deck.model import Place
from quizcnn.deck.nodes import ScalarNode
from quizcnn.deck.scalars import core


class NotAGiven(ValueError):  # noqa: N818 - it says what the text is
    """The text is no given; the message says why, for the person who typed it."""


def typed_given(text: str) -> Given:
    """A given from what was typed: a number or truth value, all else an expression as text.

    It is read as a value without quotes after `n:` in a deck: no text needs quoting here, and what
    is an expression is evaluated only by the check's worker. Raises NotAGiven.

    >>> typed_given(" 8 "), typed_given("0x10"), typed_given("2.5e1"), typed_given("true")
    (8, 16, 25.0, True)
    >>> typed_given("MaxPool2d(2)"), typed_given("[1, 2]"), typed_given("no")
    ('MaxPool2d(2)', '[1, 2]', 'no')
    """
    place, problems = Place("", 1, 1), Problems()
    found = unseen_in(text)
    for character in (each for each in text if each in found):
        raise NotAGiven(f"U+{ord(character):04X}, {found[character]}, has no place here")
    if "\n" in text:
        raise NotAGiven("a given stands on one line")
    value = core(ScalarNode(text, "plain", place, place, exact=True, one_line=True), problems)
    if value is None:
        [problem] = problems.sorted()
        raise NotAGiven(problem.message)
    return value


def as_typed(given: Given) -> str:
    """A given as one would type it: `typed_given` of it is the given, or evaluates to the same.

    >>> as_typed(8), as_typed(True), as_typed("f // 2")
    ('8', 'true', 'f // 2')
    """
    if isinstance(given, bool):
        return str(given).lower()
    return " ".join(given.split("\n")) if isinstance(given, str) else repr(given)
