"""Givens in prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.check.value import Array, Name, Value
from quizcnn.deck.prose import fill, in_prose, placeholders


def test_givens_are_put_in_and_double_braces_become_single() -> None:
    assert fill("{n}×{ n } in {{n}}", {"n": 8}) == "8×8 in {n}"


def test_a_value_with_braces_is_not_filled_again() -> None:
    assert fill("{a}", {"a": "{b}", "b": 1}) == "{b}"


def test_a_name_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        fill("{m}", {"n": 8})


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (8, "8"),
        (10**30, "1" + "0" * 30),
        (8.0, "8"),
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.333333"),
        (True, "true"),
        ("bars", "bars"),
        ((2, 3), "(2, 3)"),
        (((1, 2.5), Name("relu")), "((1, 2.5), relu)"),
        (Name("Conv2d(1, 1, 3)"), "Conv2d(1, 1, 3)"),
        (Array((3,), "float64", (1.0, 2.5, 3.0)), "[1 2.5 3]"),
    ],
)
def test_a_value_is_shown_as_a_sentence_would(value: Value, shown: str) -> None:
    assert in_prose(value) == shown


@given(st.text(st.characters(exclude_characters="{}")), st.text())
def test_text_without_braces_stays_as_it_is(text: str, other: str) -> None:
    """Whatever the values are."""
    assert fill(text, {"n": other}) == text
    assert not list(placeholders(text))


@given(st.text())
def test_text_with_doubled_braces_comes_back(text: str) -> None:
    assert fill(text.replace("{", "{{").replace("}", "}}"), {}) == text
