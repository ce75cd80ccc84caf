"""Questions as bytes: what comes back is what went in."""

from __future__ import annotations

import json
import zlib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.deck.codec import DamagedError, decode, encode
from quizcnn.deck.loader import load_deck
from quizcnn.deck.model import (
    Claim,
    Contrast,
    Deck,
    Equivalent,
    Kind,
    Option,
    Pick,
    Place,
    Question,
    Source,
    Tolerance,
    Verdict,
    Wrong,
)

FOLDER = Path(__file__).parents[2] / "questions"
FILE = "decks/x.yaml"


def written(value: object) -> str:
    """A value's text: 1, 1.0 and True are equal in Python and differ in a check."""
    return repr(value)


@pytest.mark.parametrize("file", sorted(FOLDER.glob("[!s]*.yaml")), ids=lambda file: file.name)
def test_every_built_in_question_comes_back(file: Path) -> None:
    deck, problems = load_deck(file)
    assert deck is not None, problems
    for question in deck.questions:
        again = decode(encode(question), str(file))
        assert again == question
        assert written(again) == written(question)


def test_every_field_comes_back(deck: Deck) -> None:
    """The good deck of these tests has every kind and every field."""
    for question in deck.questions:
        assert written(decode(encode(question), str(deck.path))) == written(question)


TEXT = st.text(max_size=6)
PLACE = st.builds(Place, st.just(FILE), st.integers(1, 9999), st.integers(1, 300))
GIVEN = st.one_of(
    st.booleans(),
    st.integers(-(2**512), 2**512),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXT,
)
GIVENS = st.dictionaries(TEXT, GIVEN, max_size=3)
VALUES = st.one_of(
    st.lists(GIVEN, max_size=4).map(tuple),
    st.builds(range, st.integers(-9, 9), st.integers(-9, 99)),
)
MAYBE = st.none() | TEXT
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "deck": TEXT,
    "id": TEXT,
    "kind": st.sampled_from(Kind),
    "ask": TEXT,
    "check": TEXT,
    "answer": st.one_of(
        TEXT,
        st.booleans(),
        TEXTS,
        st.lists(st.builds(Option, TEXT, GIVENS, PLACE), max_size=3).map(tuple),
    ),
    "place": PLACE,
    "places": st.dictionaries(TEXT, PLACE, max_size=4),
    "check_place": PLACE,
    "given": GIVENS,
    "vary": st.dictionaries(TEXT, VALUES, max_size=3),
    "where": MAYBE,
    "wrong": st.lists(
        st.builds(Wrong, because=TEXT, place=PLACE, expression=MAYBE, text=MAYBE, given=GIVENS),
        max_size=3,
    ).map(tuple),
    "contrast": st.lists(
        st.builds(
            Contrast,
            because=TEXT,
            place=PLACE,
            given=GIVENS,
            check=MAYBE,
            check_place=st.none() | PLACE,
        ),
        max_size=3,
    ).map(tuple),
    "claims": st.lists(st.builds(Claim, TEXT, TEXT, PLACE), max_size=3).map(tuple),
    "pick": st.sampled_from(Pick),
    "tolerance": st.none() | st.builds(Tolerance, abs=st.floats(0, 1e9), rel=st.floats(0, 1e9)),
    "unit": MAYBE,
    "layout": MAYBE,
    "hint": MAYBE,
    "explain": MAYBE,
    "tags": TEXTS,
    "level": st.none() | st.integers(1, 3),
    "needs": TEXTS,
    "source": st.none()
    | st.builds(
        Source, ref=TEXT, verdict=st.none() | st.sampled_from(Verdict), says=TEXT, correction=TEXT
    ),
    "timeout": st.floats(0.001, 30),
    "was": TEXTS,
    "revision": st.integers(1, 99),
    "allow": st.dictionaries(TEXT, TEXT, max_size=2),
    "equivalent": st.lists(st.builds(Equivalent, TEXT, TEXT, PLACE), max_size=3).map(tuple),
}
QUESTION = st.builds(Question, **FIELDS)


def test_the_property_below_makes_every_field() -> None:
    """A field that is added to the model has to be added there and to the codec."""
    assert set(FIELDS) == {field.name for field in fields(Question)}


@settings(max_examples=100)
@given(QUESTION)
def test_any_question_comes_back(question: Question) -> None:
    """With types, order, ranges and all places, whatever the texts hold."""
    again = decode(encode(question), FILE)
    assert again == question
    assert written(again) == written(question)


def test_places_are_those_of_the_file_that_is_named(deck: Deck) -> None:
    """A deck that has moved, or is named by another path, is the same content."""
    again = decode(encode(deck.questions[0]), "elsewhere.yaml")
    assert again.places["answer"] == deck.questions[0].places["answer"]._replace(
        file="elsewhere.yaml"
    )


def damaged(question: Question, **altered: object) -> bytes:
    kept: dict[str, Any] = json.loads(zlib.decompress(encode(question)))
    return zlib.compress(json.dumps({**kept, **altered}).encode())


@pytest.mark.parametrize(
    "altered",
    [
        {"ask": 5},
        {"kind": "riddle"},
        {"answer": None},
        {"answer": {"items": [[1, {}, [1, 1]]]}},
        {"place": [1]},
        {"place": ["1", 1]},
        {"places": [1]},
        {"given": {"n": None}},
        {"given": {"n": [1]}},
        {"vary": {"n": {"from": 1}}},
        {"wrong": [["because"]]},
        {"level": True},
        {"tolerance": [1]},
        {"source": ["ref", "so-so", "", ""]},
        {"timeout": "long"},
        {"tags": [1]},
    ],
)
def test_a_field_of_another_form_is_damage(deck: Deck, altered: dict[str, object]) -> None:
    with pytest.raises(DamagedError):
        decode(damaged(deck.questions[0], **altered), FILE)


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_any_byte_that_has_changed_is_noticed(position: int, change: int) -> None:
    """Or what comes back is still the same: zlib has a checksum."""
    question = Question(
        "a", "b", Kind.RECALL, "ask", "1", "It is.", Place(FILE, 1), {}, Place(FILE, 2)
    )
    data = bytearray(encode(question))
    data[position % len(data)] ^= change
    try:
        found = decode(bytes(data), FILE)
    except DamagedError:
        return
    assert found == question


@pytest.mark.parametrize("data", [b"", b"{}", zlib.compress(b"[]"), zlib.compress(b"{}")])
def test_bytes_that_are_no_question_are_damage(data: bytes) -> None:
    with pytest.raises(DamagedError):
        decode(data, FILE)
