"""When two values are the same answer, and how an answer is written."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.answer.comparing import SLACK, fits, same, shown, words
from quizcnn.answer.graded import Read
from quizcnn.answer.reading import read
from quizcnn.check.value import Array, Name
from quizcnn.deck.model import Kind, Option, Place, Tolerance

PLACE = Place("deck.yaml", 1)
NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("kind", "a", "b"),
    [
        ("number", 6, 6),
        ("number", 6.0, 6),
        ("number", 0.25, 0.25),
        ("number", 2**300, 2**300),
        ("number", Array((), "float64", (6.0,)), 6),
        ("shape", (6, 6), (6, 6)),
        ("shape", (6.0, 6), Array((2,), "int64", (6, 6))),
        ("shape", 25088, (25088,)),
        ("array", ((1, 2), (3, 4)), Array((2, 2), "int64", (1, 2, 3, 4))),
        ("array", ((1.0, 2),), Array((1, 2), "float64", (1.0, 2.0))),
        ("array", (), Array((0,), "float64", ())),
        ("array", 5, Array((), "float64", (5.0,))),
        ("array", (True, False), Array((2,), "bool", (True, False))),
        ("true_false", True, Array((), "bool", (True,))),
        ("text", "Max Pooling", ("average pooling", "max-pooling")),
        ("order", ("a", "B"), ("A", "b")),
        ("order", (Name("relu"), 3), ("relu", "3")),
        ("choice", ("a", "b"), ("b", "a")),
    ],
)
def test_what_is_the_same(kind, a, b):
    """Values that mean the same are the same, either way round."""
    assert same(Kind(kind), a, b)
    assert same(Kind(kind), b, a)


@pytest.mark.parametrize(
    ("kind", "a", "b"),
    [
        ("number", 6, 7),
        ("number", 1, True),
        ("number", True, True),
        ("number", 2**60, 2**60 + 1),
        ("number", float(2**60), 2**60 + 1),
        ("number", 0.1 + 0.2, 0.3),
        ("number", NAN, NAN),
        ("number", INF, INF),
        ("number", "6", 6),
        ("number", None, None),
        ("shape", (6, 6), (6, 6, 1)),
        ("shape", (6, 6), (6, 5)),
        ("shape", (1, 6), (True, 6)),
        ("shape", (6.5, 6), (6.5, 6)),
        ("shape", Array((1, 2), "int64", (6, 6)), (6, 6)),
        ("array", (1, 2), ((1, 2),)),
        ("array", ((1, 2), (3,)), ((1, 2), (3,))),
        ("array", (1, 0), Array((2,), "bool", (True, False))),
        ("array", Array((20_000,), "float64", None), Array((20_000,), "float64", None)),
        ("array", (NAN,), (NAN,)),
        ("true_false", 1, True),
        ("true_false", True, False),
        ("text", "max pooling", ("average pooling",)),
        ("text", "-1", "1"),
        ("order", ("a", "b"), ("b", "a")),
        ("order", "ab", ("a", "b")),
        ("choice", ("a",), ("a", "b")),
        ("recall", "x", "x"),
    ],
)
def test_what_is_not_the_same(kind, a, b):
    """Values that differ, and values of the wrong kind, are not the same, either way round."""
    assert not same(Kind(kind), a, b)
    assert not same(Kind(kind), b, a)


@pytest.mark.parametrize(
    ("a", "b", "tolerance", "within"),
    [
        (0.4, 0.3, Tolerance(abs=0.1), True),
        (0.41, 0.3, Tolerance(abs=0.1), False),
        (101, 100, Tolerance(rel=0.01), True),
        (102, 100, Tolerance(rel=0.01), False),
        (-101, -100, Tolerance(rel=0.01), True),
        (1, -1, Tolerance(rel=0.5), False),
        (0.0001, 0, Tolerance(rel=0.5), False),
        (0.0001, 0, Tolerance(abs=0.001), True),
        (0.1 + 0.2, 0.3, Tolerance(abs=1e-9), True),
        (NAN, 0.0, Tolerance(abs=INF), False),
        (True, 1, Tolerance(abs=5), False),
    ],
)
def test_the_tolerance(a, b, tolerance, within):
    """A number is the same up to the tolerance, and no further."""
    assert same(Kind.NUMBER, a, b, tolerance) is within
    assert same(Kind.ARRAY, (0, a), (0, b), tolerance) is within


@pytest.mark.parametrize(
    ("kind", "value", "fitting"),
    [
        ("number", 6, True),
        ("number", True, False),
        ("number", INF, False),
        ("shape", (6, 6), True),
        ("shape", (6, "x"), False),
        ("array", ((1, 2), (3,)), False),
        ("array", (NAN,), False),
        ("true_false", 1, False),
        ("text", "", False),
        ("text", ("a", "b"), True),
        ("order", ("a", "b"), True),
        ("order", "ab", False),
        ("choice", (), False),
    ],
)
def test_what_can_be_an_answer(kind, value, fitting):
    """A value fits a kind when it can be an answer of that kind."""
    assert fits(Kind(kind), value) is fitting


@pytest.mark.parametrize(
    ("kind", "value", "written", "on_screen", "fields"),
    [
        ("number", 61706, "61706", "61 706 parameters", {"unit": "parameters"}),
        ("number", 6.0, "6", "6", {}),
        ("number", 1 / 3, "0.3333333333333333", "0.3333333333333333", {}),
        ("number", 1 / 3, "0.333333", "0.333333", {"tolerance": Tolerance(abs=0.01)}),
        ("number", 99.2, "99.2", "99.2%", {"unit": "%"}),
        ("shape", (6, 6), "6×6", "6×6", {}),
        ("shape", (25088,), "(25088,)", "(25088,)", {}),
        ("shape", (), "()", "()", {}),
        ("array", Array((2, 2), "float64", (1.0, 2.0, 3.0, 4.5)), "1 2; 3 4.5", "1 2; 3 4.5", {}),
        ("array", (1, 2), "1 2", "1 2", {}),
        ("array", ((1, 2),), "[[1, 2]]", "[[1, 2]]", {}),
        ("array", ((True,), (False,)), "true; false", "true; false", {}),
        ("true_false", False, "false", "false", {}),
        ("text", ("max pooling", "pooling"), "max pooling", "max pooling", {}),
        ("order", ("conv", "pool"), "conv; pool", "conv → pool", {}),
        ("choice", ("max", "min"), "max; min", "max; min", {}),
    ],
)
def test_answers_in_words(question, kind, value, written, on_screen, fields):
    """An answer is written as a person types it, and shown with its unit."""
    asked = question(kind, **fields)
    assert words(asked, value) == written
    assert shown(asked, value) == on_screen


FINITE = st.floats(allow_nan=False, allow_infinity=False)
NUMBERS = st.integers(-(2**300), 2**300) | FINITE
TOLERANCES = st.none() | st.builds(Tolerance, abs=st.floats(0, 10), rel=st.floats(0, 0.5))


@given(NUMBERS, TOLERANCES, st.sampled_from([None, "parameters", "%", "million steps", "MB"]))
def test_a_number_survives_being_typed(asked, value, tolerance, unit):
    """Written in words and read again a number is the same, whatever unit and tolerance."""
    number = asked("number", tolerance=tolerance, unit=unit)
    for typed in (words(number.question, value), shown(number.question, value)):
        reading = read(number, typed)
        assert isinstance(reading, Read)
        assert same(Kind.NUMBER, reading.value, value, tolerance)


@given(st.lists(st.integers(0, 10**9), max_size=6).map(tuple))
def test_a_shape_survives_being_typed(asked, value):
    """Written in words and read again a shape is the same."""
    question = asked("shape")
    reading = read(question, words(question.question, value))
    assert reading == Read(reading.text, value, words(question.question, value))


@st.composite
def arrays(draw):
    """An array of up to four axes of numbers or truth values, none of them empty but the last."""
    shape = tuple(draw(st.lists(st.integers(1, 3), max_size=4)))
    size = list(accumulate(shape, lambda a, b: a * b, initial=1))[-1]
    cell = draw(st.sampled_from([NUMBERS, st.booleans()]))
    return Array(shape, "float64", tuple(draw(st.lists(cell, min_size=size, max_size=size))))


@given(arrays(), TOLERANCES)
def test_an_array_survives_being_typed(asked, value, tolerance):
    """Written in words and read again an array is the same, its shape included."""
    question = asked("array", tolerance=tolerance)
    reading = read(question, words(question.question, value))
    assert isinstance(reading, Read)
    assert same(Kind.ARRAY, reading.value, value, tolerance)


@given(st.booleans())
def test_a_truth_value_survives_being_typed(asked, value):
    """True and false are read as they are written."""
    question = asked("true_false")
    assert read(question, words(question.question, value)).value is value


TEXTS = st.text("abcdxyz ABC-,;()3×é", min_size=2, max_size=12).filter(
    lambda text: sum(letter.isalpha() for letter in text) > 4
)
SEVERAL = st.lists(
    TEXTS, min_size=2, max_size=5, unique_by=lambda text: "".join(text.casefold().split())
)


@given(TEXTS)
def test_a_text_survives_being_typed(asked, value):
    """A spelling is the same as itself."""
    question = asked("text", answer=(value,))
    assert same(Kind.TEXT, read(question, words(question.question, (value,))).value, value)


@given(
    st.lists(
        st.sampled_from(["conv", "pool", "a, b", "x; y", "(6, 6)", "ReLU"]), unique=True, min_size=2
    )
)
def test_options_and_orders_survive_being_typed(asked, texts):
    """Options and items joined by semicolons are read as the same ones, commas inside included."""
    order = asked("order", answer=tuple(texts))
    reading = read(order, words(order.question, tuple(texts)))
    assert isinstance(reading, Read)
    assert [order.options[index] for index in reading.value] == texts
    choice = asked("choice", answer=tuple(Option(text, {}, PLACE) for text in texts))
    reading = read(choice, words(choice.question, tuple(texts[:2])))
    assert isinstance(reading, Read)
    assert {choice.options[index] for index in reading.value} == set(texts[:2])


@given(
    a=st.floats(allow_nan=False, allow_infinity=False),
    b=st.floats(allow_nan=False, allow_infinity=False),
    share=st.sampled_from([0.0, 0.5, 1 - 1e-9, 1.0, 1 + 1e-10, 1 + 1e-8, 2.0]),
    tolerance=st.floats(1e-12, 1e3),
    relative=st.booleans(),
)
def test_what_lies_within_a_tolerance_is_told_exactly(
    a: float, b: float, share: float, tolerance: float, relative: bool
) -> None:
    """Floats decide where they can, fractions where it is close: as fractions alone would."""
    limit = Tolerance(rel=tolerance) if relative else Tolerance(abs=tolerance)
    reach = max(Fraction(limit.abs), Fraction(limit.rel) * abs(Fraction(b))) * (1 + SLACK)
    near = b + share * max(limit.abs, limit.rel * abs(b))
    for value in (a, near):
        if isfinite(value):
            within = abs(Fraction(value) - Fraction(b)) <= reach
            assert same(Kind.NUMBER, value, b, limit) is within
