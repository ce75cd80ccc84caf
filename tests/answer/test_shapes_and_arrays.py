"""Shapes and arrays as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.answer.arrays import NotAnArray, array
from quizcnn.answer.shapes import NotAShape, axes_of, shape


@pytest.mark.parametrize(
    "text",
    [
        "6x6",
        "6×6",
        "6*6",
        "6X6",
        "6 x 6",
        "(6, 6)",
        "[6,6]",
        "(6,6,)",
        "6, 6",
        "6,6",
        "6 6",
        "6 by 6",
    ],
)
def test_what_a_shape_may_look_like(text):
    """Each of the usual spellings of 6×6 is read as 6×6."""
    assert shape(text) == (6, 6)


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("3x224x224", (3, 224, 224)),
        ("(1, 3, 6, 5)", (1, 3, 6, 5)),
        ("25088", (25088,)),
        ("(25088,)", (25088,)),
        ("[25088]", (25088,)),
        ("25_088", (25088,)),
        ("()", ()),
        ("0x4", (0, 4)),
    ],
)
def test_shapes_of_other_lengths(text, sides):
    """Shapes may have any number of axes; a lone number is one axis."""
    assert shape(text) == sides


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("6x", "missing"),
        ("6,,6", "missing"),
        ("(6, 6", "“)” is missing"),
        ("6, 6]", "“[” is missing"),
        ("6x6, 3", "not a whole number"),
        ("-1x6", "never negative"),
        ("6.5x6", "whole numbers"),
        ("six", "“six”"),
        ("6×6 pixels", "“pixels”"),
        ("25 088", "one large number"),
        ("25,088", "one large number"),
        ("x".join("123456789"), "9 sides"),
        ("9" * 40, "too large"),
        ("n - f + 1", "not a whole number"),
    ],
)
def test_what_a_shape_may_not_look_like(text, why):
    """What is no shape is refused with its reason."""
    with pytest.raises(NotAShape) as error:
        shape(text)
    assert why in str(error.value)


@pytest.mark.parametrize(
    ("layout", "axes"),
    [("C×H×W", ("C", "H", "W")), ("H x W", ("H", "W")), ("height × width", None), (None, None)],
)
def test_axes_of_a_layout(layout, axes):
    """A layout of letters names its axes; prose does not."""
    assert axes_of(layout) == axes


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[[1,2],[3,4]]", ((1, 2), (3, 4))),
        ("1 2; 3 4", ((1, 2), (3, 4))),
        ("1, 2; 3, 4;", ((1, 2), (3, 4))),
        ("1 2\n3 4", ((1, 2), (3, 4))),
        ("((1, 2), (3, 4))", ((1, 2), (3, 4))),
        ("[[1. 2.]\n [3. 4.]]", ((1, 2), (3, 4))),
        ("array([1, 2])", (1, 2)),
        ("1 2 3", (1, 2, 3)),
        ("1; 2", ((1,), (2,))),
        ("[5]", (5,)),
        ("5", 5),
        ("[]", ()),
        ("[[[1], [2]]]", (((1,), (2,)),)),
        ("1/4 −3 1e-3", (0.25, -3, 0.001)),
        ("true false; f t", ((True, False), (False, True))),
    ],
)
def test_what_an_array_may_look_like(text, value):
    """Brackets as Python and NumPy write them, or rows between semicolons or lines."""
    assert array(text) == value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1 2; 3", "row 2 has 1 value, row 1 has 2 values"),
        ("[[1, 2], [3]]", "row 2 has 1 value, row 1 has 2 values"),
        ("[1, [2]]", "row 2 has 1 value, row 1 has no brackets"),
        ("[[1, 2], [3, 4]", "“]” is missing"),
        ("[1, 2)", "“)” closes"),
        ("[1, 2] 3", "after the last bracket"),
        ("[1,, 2]", "missing before a comma"),
        ("1 2; ; 3 4", "missing"),
        ("1 x", "“x”"),
        ("1 nan", "finite"),
        ("[" * 9 + "1" + "]" * 9, "deeper"),
        ("", "missing"),
    ],
)
def test_what_an_array_may_not_look_like(text, why):
    """Ragged rows, stray brackets and things that are no numbers are refused with their reason."""
    with pytest.raises(NotAnArray) as error:
        array(text)
    assert why in str(error.value)


@given(st.text(max_size=40) | st.text("0123456789 ,x×()[];.-\n", max_size=30))
def test_any_text_is_read_or_refused(text):
    """No text makes the readers fail in another way."""
    for reader, refusal in ((shape, NotAShape), (array, NotAnArray)):
        try:
            reader(text)
        except refusal as error:
            assert str(error)
