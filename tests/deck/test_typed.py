"""A typed given is the given that a deck would have there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.deck.loader import read_deck
from quizcnn.deck.typed import NotAGiven, as_typed, typed_given


def in_deck(text: str) -> object:
    """What the loader makes of a value without quotes."""
    head = "schema: 1\ndeck: d\ntitle: D\nquestions:\n  - id: q\n    kind: number\n    ask: a\n"
    deck, problems = read_deck(
        f"{head}    answer: 1\n    check: 1\n    given:\n      n: {text}\n".encode(), Path("d.yaml")
    )
    assert deck is not None, problems
    return deck.questions[0].given["n"]


NUMBERS = ["8", "-3", "+4", "012", "0x1F", "0o17", "1_000", "2.50", ".5", "1e3", "true", "True"]
WORDS = [
    "no",
    "on",
    "3:30",
    "max_pool2d",
    "np.array([[1, 2], [3, 4]])",
    "Conv2d(1, 1, 3)",
    "n // 2",
    "5 .bits",
]
NONE = ["", "  ", "~", "null", ".inf", "1e400", "1\n2", "a\u200bb", "\x1b"]


@pytest.mark.parametrize("text", NUMBERS + WORDS)
def test_it_is_read_as_the_loader_reads_it(text: str) -> None:
    typed, loaded = typed_given(text), in_deck(text)
    assert (type(typed), typed) == (type(loaded), loaded)


@given(st.one_of(st.integers(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False)))
def test_a_number_is_typed_as_it_is_shown(value: float) -> None:
    if abs(value) < 2**512:
        found = typed_given(as_typed(value))
        assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_given_is_told(text: str) -> None:
    with pytest.raises(NotAGiven):
        typed_given(text)


@given(st.text())
def test_no_text_does_worse_than_that(text: str) -> None:
    try:
        typed_given(text)
    except NotAGiven as error:
        assert str(error)
