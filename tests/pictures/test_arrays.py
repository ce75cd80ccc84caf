"""Arrays are drawn as numbers where they fit, else as heatmaps, else described."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.check.value import SHOWN, Array, Number
from quizcnn.pictures.arrays import MOST_LINES, ArrayPicture, Style, View, draw
from quizcnn.pictures.colours import (
    BLACK,
    COOL_TO_WARM,
    VIRIDIS,
    WHITE,
    Depth,
    colouring,
    shade,
)
from quizcnn.pictures.drawing import drawn
from quizcnn.pictures.numerals import numerals
from quizcnn.pictures.pieces import Tone, width_of

BARE = View(Depth.NONE)


def array(shape: tuple[int, ...], values: Sequence[Number]) -> Array:
    finite = [value for value in values if math.isfinite(value)]
    low, high = (min(finite), max(finite)) if finite else (None, None)
    data = tuple(values) if len(values) <= SHOWN else None
    return Array(shape, "float64", data, low, high)


def ramp(*shape: int, start: int = 0) -> Array:
    return array(shape, range(start, start + math.prod(shape)))


def texts(shown: Array, width: int = 76, view: View = BARE) -> list[str]:
    return ["".join(piece.text for piece in line) for line in draw(shown, width, view)]


def test_numbers_stand_in_aligned_columns_with_their_rows_and_columns_told() -> None:
    assert texts(array((2, 3), [0, 10, -2, 3, 4, 500])) == [
        "     0   1   2",
        "0│   0  10  −2",
        "1│   3   4 500",
    ]


def test_in_colours_numbers_have_room_round_them() -> None:
    assert texts(array((2, 3), [0, 10, -2, 3, 4, 50]), view=View()) == [
        "    0   1   2 ",
        "0│  0  10  −2 ",
        "1│  3   4  50 ",
    ]


def test_labels_give_way_where_there_is_no_room_for_them() -> None:
    wide = array((2, 4), [11, 12, 13, 14, 21, 22, 23, 24])
    assert texts(wide, 14)[1] == "0│ 11 12 13 14"
    assert texts(wide, 13) == [" 11 12 13 14", " 21 22 23 24"]


def test_a_vector_is_a_row_and_numbered_where_numbers_and_values_look_different() -> None:
    assert texts(ramp(3)) == [" 0 1 2"]
    assert texts(ramp(3), view=View()) == [" 0  1  2 ", " 0  1  2 "]
    assert texts(array((3,), [7, 7, 7]), view=View()) == [" 7 7 7"]


def test_a_long_vector_is_folded_into_rows_that_are_easy_to_count() -> None:
    folded = [each.rstrip() for each in texts(ramp(23), 36)]
    assert folded == [
        "     0  1  2  3  4  5  6  7  8  9",
        " 0│  0  1  2  3  4  5  6  7  8  9",
        "10│ 10 11 12 13 14 15 16 17 18 19",
        "20│ 20 21 22",
    ]


def test_a_single_value_is_a_number() -> None:
    assert texts(array((), [2.5])) == ["2.5"]


def test_slices_stand_side_by_side_under_their_indices() -> None:
    assert texts(ramp(2, 1, 2)) == ["[0]   [1] ", " 0 1   2 3"]
    assert texts(ramp(1, 2, 1, 2)) == ["[0, 0]  [0, 1]", " 0 1     2 3  "]


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
    assert "".join(piece.text for piece in lines[0]) == "▀" * 50
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
    tinted = [piece for line in list(draw(ramp(2, 2), 40))[1:] for piece in line[1:]]
    assert all(piece.background for piece in tinted)
    assert {piece.foreground for piece in tinted} == {BLACK, WHITE}
    assert not any(piece.background for line in draw(array((2, 2), [1] * 4), 40) for piece in line)


def test_values_that_are_no_numbers_are_drawn_too() -> None:
    assert texts(array((1, 3), [math.nan, math.inf, 1.0]))[1] == "0│ nan inf   1"
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


VIEWS = st.builds(View, st.sampled_from(Depth), st.booleans())


@settings(max_examples=80)
@given(SHAPES, st.lists(VALUES, min_size=1, max_size=7), st.integers(12, 120), VIEWS)
def test_no_line_is_wider_than_it_may_be(
    shape: list[int], some: list[Number], width: int, view: View
) -> None:
    shown = array(tuple(shape), [some[i % len(some)] for i in range(math.prod(shape))])
    lines = draw(shown, width, view)
    assert 0 < max(width_of(line) for line in lines) <= width
    assert len(lines) <= MOST_LINES + 4


@settings(max_examples=40)
@given(SHAPES, st.integers(1, 120), st.sampled_from(Style), st.sampled_from(Depth))
def test_each_value_stands_in_one_place_and_is_found_there(
    shape: list[int], width: int, style: Style, depth: Depth
) -> None:
    shown = ramp(*shape)
    picture = ArrayPicture(shown, width, depth, style)
    layout = picture.layout
    spots = [layout.spot(index) for index in range(layout.values)]
    found = [layout.at(x + layout.cell - 1, y) for x, y in spots]
    upper = [i for i in range(layout.values) if not layout.halves or layout.place(i)[1] % 2 == 0]
    assert [found[index] for index in upper] == upper
    assert len(set(spots)) == len(upper)
    assert all(x + layout.cell <= layout.width and y < layout.height for x, y in spots)
    assert {width_of(picture.line(y)) for y in range(layout.height)} <= {
        layout.width,
        width_of(picture.line(layout.height - 1)),
    }


@settings(max_examples=40)
@given(SHAPES, st.integers(10, 120))
def test_each_number_is_printed_once(shape: list[int], width: int) -> None:
    picture = ArrayPicture(ramp(*shape), width, Depth.NONE, Style.NUMBERS)
    layout = picture.layout
    told: list[int] = []
    for y in range(layout.height):
        if y % layout.block_height >= layout.head:
            text = "".join(piece.text for piece in picture.line(y) if piece.tone is Tone.PLAIN)
            told += map(int, text.split())
    assert sorted(told) == list(range(layout.values))


ENDS = st.none() | VALUES | st.floats()


@settings(max_examples=150)
@given(SHAPES, st.lists(VALUES | st.floats(), min_size=1, max_size=9), ENDS, ENDS, VIEWS)
def test_an_array_whose_range_is_a_lie_is_drawn_all_the_same(
    shape: list[int], some: list[Number], low: Number | None, high: Number | None, view: View
) -> None:
    """A worker that was taken over may send anything that has the right types."""
    data = tuple(some[i % len(some)] for i in range(math.prod(shape)))
    shown = Array(tuple(shape), "float64", data, low, high)
    assert drawn(shown, 60, view)
    for style in Style:
        picture = ArrayPicture(shown, 60, view.depth, style)
        assert [picture.line(y) for y in range(picture.layout.height)]
