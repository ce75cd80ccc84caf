"""What a person types at a question: blank, malformed or read, never worse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.answer.graded import Blank, Malformed, Read
from quizcnn.answer.reading import read
from quizcnn.deck.model import Kind, Option, Place

PLACE = Place("deck.yaml", 1)
KINDS = [kind.value for kind in Kind]
LAYERS = tuple(
    Option(text, {}, PLACE)
    for text in ("max pooling", "a dense layer", "(6, 6)", "3×3 convolution")
)


def test_nothing_typed_is_blank(asked):
    """Spaces alone are Blank for every kind that has an answer to type."""
    for kind in KINDS:
        if kind != "recall":
            assert read(asked(kind), " \t ") == Blank()


def test_a_recall_card_reads_anything(asked):
    """A card is turned by anything, nothing included."""
    assert read(asked("recall"), "") == Read("", "", "")
    assert read(asked("recall"), " it shrinks ") == Read("it shrinks", "it shrinks", "it shrinks")


@pytest.mark.parametrize(
    ("kind", "text", "echo", "fields"),
    [
        ("number", "61.706k", "61 706 parameters", {"unit": "parameters"}),
        ("number", "1/3", "0.3333333333333333", {}),
        ("number", "-12000", "-12 000", {}),
        ("number", "99.2 %", "99.2%", {"unit": "%"}),
        ("shape", "(6, 6)", "6×6", {}),
        ("shape", "25088", "(25088,)", {}),
        ("array", "[[1,2],[3,4]]", "1 2; 3 4", {}),
        ("array", "[5]", "[5]", {}),
        ("true_false", "T", "true", {}),
        ("true_false", "no", "false", {}),
        ("text", " Max  Pooling ", "Max  Pooling", {}),
    ],
)
def test_the_reading_is_echoed(asked, kind, text, echo, fields):
    """What was read is said back in its usual form, with the unit."""
    reading = read(asked(kind, **fields), text)
    assert isinstance(reading, Read)
    assert reading.echo == echo


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("number", "1,5", "decimal"),
        ("number", "six", "one number"),
        ("shape", "6 by", "6×6"),
        ("array", "1 2; 3", "row 2"),
        ("true_false", "maybe", "true or false"),
        ("text", "--", "a word"),
        ("order", "ab", "leaves out c"),
        ("order", "aab", "twice"),
        ("choice", "z", "a to a"),
    ],
)
def test_a_malformed_answer_says_what_was_read_and_what_is_expected(asked, kind, text, expected):
    """The message quotes what was typed and says how to write it."""
    reading = read(asked(kind), text)
    assert isinstance(reading, Malformed)
    assert f"“{text}”" in reading.message
    assert expected in reading.message


def test_the_unit_is_part_of_what_is_expected(asked):
    """A malformed number is told the unit."""
    reading = read(asked("number", unit="parameters"), "5 apples")
    assert isinstance(reading, Malformed)
    assert "(parameters)" in reading.message


def test_a_layout_fixes_how_many_sides_a_shape_has(asked):
    """Where the axes are named, a shape of another length is malformed and says which."""
    reading = read(asked("shape", layout="C×H×W"), "6x6")
    assert isinstance(reading, Malformed)
    assert "C×H×W" in reading.message
    assert read(asked("shape", layout="C×H×W"), "3x6x6") == Read("3x6x6", (3, 6, 6), "3×6×6")


@pytest.mark.parametrize("kind", KINDS)
def test_a_very_long_answer_is_malformed(asked, kind):
    """Input is bounded for every kind."""
    assert isinstance(read(asked(kind), "1 " * 50_000), Malformed)


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("max pooling", {"max pooling"}),
        ("MAX-POOLING", {"max pooling"}),
        ("3x3 convolution", {"3×3 convolution"}),
        ("(6, 6)", {"(6, 6)"}),
        ("(6, 6), max pooling", {"(6, 6)", "max pooling"}),
        ("a dense layer; a dense layer", {"a dense layer"}),
    ],
)
def test_options_are_named_by_their_words(asked, text, texts):
    """Options are read by their own words, several between commas, even where they hold commas."""
    question = asked("choice", answer=LAYERS)
    reading = read(question, text)
    assert isinstance(reading, Read)
    assert {question.options[index] for index in reading.value} == texts


@pytest.mark.parametrize("text", ["ac", "ca", "a, c", "C and A", "a c a", "(a) (c)"])
def test_options_are_picked_by_letters_in_any_order(asked, text):
    """Letters name options; their order and repetitions do not matter."""
    reading = read(asked("choice", answer=LAYERS), text)
    assert isinstance(reading, Read)
    assert reading.value == (0, 2)


def test_an_order_is_read_by_letters_and_by_words(asked):
    """Letters and words give the same order, echoed with arrows."""
    question = asked("order")
    letters = {text: "abc"[index] for index, text in enumerate(question.options)}
    typed = "".join(letters[text] for text in ("convolution", "ReLU", "pooling"))
    by_letters = read(question, typed)
    by_words = read(question, "convolution -> relu -> Pooling")
    assert isinstance(by_letters, Read)
    assert isinstance(by_words, Read)
    assert by_letters.value == by_words.value
    assert by_letters.echo == "convolution → ReLU → pooling"


@given(st.sampled_from(KINDS), st.text(max_size=60))
def test_any_text_has_a_reading(asked, kind, text):
    """No text at all makes reading fail."""
    assert isinstance(read(asked(kind), text), Blank | Malformed | Read)
