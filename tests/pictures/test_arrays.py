"""Arrays are drawn as numbers where they fit, else as heatmaps, else described."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.check.value import SHOWN, Array, Number
from quizcnn.pictures.arrays import MOST_LINES, draw
from quizcnn.pictures.colours import COOL_TO_WARM, VIRIDIS, colouring, shade
from quizcnn.pictures.numerals import numerals
from quizcnn.pictures.pieces import width_of


def array(shape: tuple[int, ...], values: Sequence[Number]) -> Array:
    finite = [value for value in values if math.isfinite(value)]
    low, high = (min(finite), max(finite)) if finite else (None, None)
    data = tuple(values) if len(values) <= SHOWN else None
    return Array(shape, "float64", data, low, high)


def ramp(*shape: int, start: int = 0) -> Array:
    return array(shape, range(start, start + math.prod(shape)))


def texts(shown: Array, width: int = 76, colours: bool = False) -> list[str]:
    return ["".join(piece.text for piece in line) for line in draw(shown, width, colours)]


def test_numbers_stand_in_aligned_columns() -> None:
    assert texts(array((2, 3), [0, 10, -2, 3, 4, 500])) == ["   0  10  −2", "   3   4 500"]


def test_a_vector_is_a_row() -> None:
    assert texts(ramp(3)) == [" 0 1 2"]


def test_a_single_value_is_a_number() -> None:
    assert texts(array((), [2.5])) == ["2.5"]


def test_slices_stand_side_by_side_under_their_indices() -> None:
    assert texts(ramp(2, 1, 2)) == ["[0]   [1] ", " 0 1   2 3"]


def test_slices_that_do_not_fit_beside_stand_beneath() -> None:
    assert texts(ramp(2, 1, 2), width=8) == ["[0] ", " 0 1", "[1] ", " 2 3"]


def test_what_is_too_large_is_told_by_its_extremes() -> None:
    assert texts(Array((300, 300), "float64", None, -1.0, 2.5)) == [
        "not drawn: values from −1 to 2.5"
    ]
    assert texts(Array((0, 3), "float64", ())) == ["empty"]


def test_an_image_without_colours_is_shaded_and_its_signs_stay_apart() -> None:
    drawn = texts(array((13, 2), [-4, 4] * 13))
    assert drawn[:13] == ["=█"] * 13
    assert drawn[13].startswith("−4 =")
    assert drawn[13].endswith("█ 4")


def test_an_image_in_colours_is_made_of_half_blocks_in_the_scale_of_its_values() -> None:
    lines = draw(ramp(14, 50), 76)
    assert [piece.text for piece in lines[0]] == ["▀"] * 50
    assert len(lines) == 7 + 1
    assert lines[0][0].foreground == VIRIDIS[0]
    assert lines[6][-1].background == VIRIDIS[-1]


def test_an_odd_last_row_has_nothing_beneath_it() -> None:
    assert {piece.background for piece in draw(ramp(13, 50), 76)[6]} == {None}


def test_signed_data_is_neutral_at_zero() -> None:
    colour = colouring(-1, 4)
    assert colour(0) == COOL_TO_WARM[4]
    assert colour(4) == COOL_TO_WARM[-1]
    assert colour(-4) == COOL_TO_WARM[0]


def test_numbers_are_tinted_but_a_constant_array_is_not() -> None:
    assert all(piece.background for line in draw(ramp(2, 2), 40) for piece in line)
    assert not any(piece.background for line in draw(array((2, 2), [1] * 4), 40) for piece in line)


def test_values_that_are_no_numbers_are_drawn_too() -> None:
    assert texts(array((1, 3), [math.nan, math.inf, 1.0])) == [" nan inf   1"]
    assert draw(array((1, 2), [math.nan, 1.0]), 40)
    assert shade(0, 1)(math.nan) == "?"


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ((True, False), ["1", "0"]),
        ((1.0, -3.0), ["1", "−3"]),
        ((0.5, 2.0), ["0.5", "2.0"]),
        ((1 / 3, -2 / 3), ["0.333", "−0.667"]),
        ((-1e-17, 1.0), ["0.0", "1.0"]),
        ((1e-9, 0.0), ["1.0e−09", "0.0e+00"]),
        ((123456.7, 0.1), ["123456.7", "0.1"]),
        ((2.5e8, 1.5), ["2.5e+08", "1.5e+00"]),
    ],
)
def test_numerals_have_as_many_decimals_as_they_need(
    values: tuple[Number, ...], shown: list[str]
) -> None:
    assert numerals(values) == shown


SHAPES = st.lists(st.integers(1, 12), min_size=1, max_size=4).filter(lambda s: math.prod(s) < 2000)
VALUES = st.floats(allow_nan=True, allow_infinity=True, width=32) | st.integers(-300, 300)


@settings(deadline=None, max_examples=60)
@given(SHAPES, st.lists(VALUES, min_size=1, max_size=7), st.integers(12, 120), st.booleans())
def test_no_line_is_wider_than_it_may_be(
    shape: list[int], some: list[Number], width: int, colours: bool
) -> None:
    shown = array(tuple(shape), [some[i % len(some)] for i in range(math.prod(shape))])
    lines = draw(shown, width, colours)
    assert 0 < max(width_of(line) for line in lines) <= width
    assert len(lines) <= MOST_LINES + 3
