"""Values in words."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.check.value import Array, Name, Record, Value
from quizcnn.check.wording import inline, number, rows


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1, "1"),
        (-3, "-3"),
        (138_357_544, "138357544"),
        (2.0, "2"),
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.333333"),
        (1e-12, "1e-12"),
        (1.5e20, "1.5e+20"),
        (-0.0, "0"),
        (math.nan, "nan"),
        (-math.inf, "-inf"),
        (True, "true"),
        (False, "false"),
    ],
)
def test_numbers(value: float, words: str) -> None:
    """Six digits, nothing superfluous."""
    assert number(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ((), "()"),
        ((3,), "(3,)"),
        ((6, 6), "(6, 6)"),
        ((1.0, (True, "a")), "(1, (true, a))"),
        (None, "nothing"),
        ("two\nlines\x1b[0m", "two lines\N{REPLACEMENT CHARACTER}[0m"),
        (Name("max_pool2d"), "max_pool2d"),
        (Record("Fit", (("rank", 2), ("residual", 0.5))), "Fit(rank=2, residual=0.5)"),
        (Record("Wrapped", (("w", Array((2,), "float64", (1.0, 0.5))),)), "Wrapped(w=[1 0.5])"),
        (Array((), "float64", (2.5,)), "2.5"),
        (Array((3,), "int64", (1, 2, 3)), "[1 2 3]"),
        (Array((2, 2), "bool", (True, False, False, True)), "[true false; false true]"),
        (Array((0, 3), "float64", ()), "array (0, 3)"),
        (Array((2, 1, 2), "int64", (1, 2, 3, 4), 1, 4), "array (2, 1, 2), values from 1 to 4"),
        (Array((9, 9), "float64", (0.0,) * 81, 0.0, 0.0), "array (9, 9), every value 0"),
        (Array((500, 500), "float64", None, -1.0, 1.0), "array (500, 500), values from -1 to 1"),
    ],
)  # fmt: skip
def test_values_on_one_line(value: Value, words: str) -> None:
    """Every kind of value has its words."""
    assert inline(value) == words


def test_width_is_kept() -> None:
    """What is too long is told shortly, or cut with an ellipsis."""
    long = Array((20,), "float64", tuple(float(i) / 7 for i in range(20)), 0.0, 19 / 7)
    assert inline(long, 40) == "array (20,), values from 0 to 2.71429"
    assert inline(tuple(range(100)), 20) == "(0, 1, 2, 3, 4, 5, …"


@given(st.integers(1, 200))
def test_no_line_is_longer_than_asked(width: int) -> None:
    """Whatever the value."""
    for value in (tuple(range(90)), "x" * 300, Name("y" * 300), Array((3, 3), "int64", (7,) * 9)):
        assert len(inline(value, width)) <= width


def test_rows_are_aligned_at_the_point() -> None:
    """Each column by itself."""
    array = Array((2, 3), "float64", (1.0, 22.5, -3.25, 100.0, 0.125, 4.0), -3.25, 100.0)
    assert rows(array) == ["  1 22.5   -3.25", "100  0.125  4   "]
    assert rows(Array((3,), "int64", (1, 20, 3), 1, 20)) == ["1 20 3"]
    assert rows(Array((), "float64", (2.5,), 2.5, 2.5)) == ["2.5"]


def test_images_of_a_stack_have_headings() -> None:
    """With more than two axes, slice by slice."""
    array = Array((1, 2, 2, 1), "int64", (1, 2, 3, 4), 1, 4)
    assert rows(array) == ["[0, 0]", "1", "2", "[0, 1]", "3", "4"]


def test_rows_of_what_is_not_there() -> None:
    """An array without values, or with too many, is told in one line."""
    assert rows(Array((0, 3), "float64", ())) == ["array (0, 3)"]
    assert rows(Array((999, 999), "float64", None, 0.0, 1.0)) == [
        "array (999, 999), values from 0 to 1"
    ]


def test_all_rows_of_a_matrix_are_equally_wide() -> None:
    """So that they can be drawn below each other."""
    data = (math.nan, math.inf, 1e-9, 123456.789, -2.0, 0.5)
    assert len({len(row) for row in rows(Array((3, 2), "float64", data, -2.0, 123456.789))}) == 1
