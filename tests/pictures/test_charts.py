"""Curves, bars and networks as lines of text, worked out by hand, and never too wide."""

from __future__ import annotations

import math
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.check.proof import Network, NetworkRow
from quizcnn.check.value import Array, Sample
from quizcnn.pictures.arrays import View
from quizcnn.pictures.bars import Bars, draw_bars
from quizcnn.pictures.colours import Depth
from quizcnn.pictures.drawing import drawn
from quizcnn.pictures.network import draw_network, network_lines
from quizcnn.pictures.pieces import Line, width_of
from quizcnn.pictures.plot import plot


def texts(lines: list[Line]) -> list[str]:
    return ["".join(piece.text for piece in line).rstrip() for line in lines]


def test_columns_stand_on_zero() -> None:
    """Three lines for 0 to 6: a cell is worth 2, an eighth of it 0.25."""
    assert texts(plot([0, 1, 2, 4.5, 6], 24, height=3)) == [
        "6 ┤            ▂▂▂ ███",
        "  │            ███ ███",
        "0 ┼    ▄▄▄ ███ ███ ███",
        "   0                  4",
    ]


def test_negative_values_hang_from_zero() -> None:
    assert texts(plot([2, -2], 20, height=2)) == [
        " 2 ┼█████",
        "−2 ┤      █████",
        "    0          1",
    ]


def test_values_far_from_zero_are_points_and_their_axis_says_so() -> None:
    assert texts(plot([0.9, 1.0], 20, height=2)) == [
        "  1 ┤      ▀▀▀▀▀",
        "0.9 ┼▄▄▄▄▄",
        "     0          1",
    ]


def test_values_that_are_all_alike_are_told() -> None:
    assert texts(plot([3, 3, 3], 40)) == ["everywhere 3"]


def test_many_values_share_columns_that_show_their_spread() -> None:
    lines = texts(plot([0, 4, 4, 4, -4, 0, -4, -4] * 5, 24, height=2))
    assert lines[0] == " 4 ┼" + ("▒█  " * 5).rstrip()
    assert lines[1] == "−4 ┤" + "  ▒█" * 5
    assert lines[2] == "    0" + "39".rjust(19)
    told = "40 values, 2 to a column: full to their smallest, grey to their largest"
    assert " ".join(lines[3:]) == told


def test_what_is_no_number_is_told_apart_from_nothing() -> None:
    assert texts(plot([math.nan, 0, 2], 20, height=1))[0] == "2 ┼????      ████"


@settings(max_examples=60)
@given(
    st.lists(st.floats(width=32) | st.integers(-(2**500), 2**500), min_size=1, max_size=300),
    st.integers(16, 120),
    st.integers(1, 9),
)
def test_no_plot_is_wider_than_it_may_be(values: list[float], width: int, height: int) -> None:
    lines = plot(values, width, height)
    assert max(map(width_of, lines), default=0) <= width
    assert len(lines) <= height + 7


def test_bars_are_as_long_as_their_numbers() -> None:
    """Six cells for the largest: a half of it is three, the smallest is seen."""
    bars = Bars((("plain", 0.5), ("畳み", 1.0), ("none", 0), ("small", 0.01)))
    assert texts(draw_bars(bars, 18)) == [
        "plain  ━━━ 0.5",
        "畳み   ━━━━━━ 1",
        "none   0",
        "small  ╸ 0.01",
    ]


def test_large_counts_have_their_thousands_told_apart() -> None:
    assert texts(draw_bars(Bars((("VGG-16", 138_357_544), ("tiny", 9999))), 40)) == [
        "VGG-16  ━━━━━━━━━━━━━━━━━━━━ 138,357,544",
        "tiny    ╸ 9999",
    ]


SMALL = Network(
    "net",
    (1, 32, 32),
    (
        NetworkRow("Conv2d(1, 6, 5), ReLU()", (6, 28, 28), 156, 117_600, (5,)),
        NetworkRow("MaxPool2d(2)", (6, 14, 14), 0, 0, (6,)),
        NetworkRow("Linear(1176, 1)", (1,), 1177, 1176, None),
    ),
)


def test_a_network_is_a_table_with_the_share_of_each_layer() -> None:
    assert texts(draw_network(SMALL, 84)) == [
        "                          output  parameters              multiply-adds",
        "Conv2d(1, 6, 5), ReLU()  6×28×28         156 ━╸                 117,600 ━━━━━━━━━━━",
        "MaxPool2d(2)             6×14×14           0                          0",
        "Linear(1176, 1)                1       1,177 ━━━━━━━━━━━          1,176 ╸",
        "total                                  1,333                    118,776",
    ]


def test_without_an_input_a_network_has_parameters_only() -> None:
    rows = tuple(replace(row, output_shape=None, multiply_adds=None) for row in SMALL.rows)
    assert texts(draw_network(Network("net", None, rows), 60)) == [
        "                         sees  parameters",
        "Conv2d(1, 6, 5), ReLU()   5×5         156 ━━",
        "MaxPool2d(2)              6×6           0",
        "Linear(1176, 1)           all       1.18k ━━━━━━━━━━━━━━",
        "total                               1.33k",
    ]


def test_on_a_wide_terminal_it_says_how_many_pixels_an_output_sees() -> None:
    lines = texts(draw_network(SMALL, 120))
    assert lines[1].startswith("Conv2d(1, 6, 5), ReLU()  6×28×28   5×5  ")
    assert lines[3].startswith("Linear(1176, 1)                1   all  ")


def test_where_there_is_little_room_counts_stand_under_each_layer() -> None:
    assert texts(draw_network(SMALL, 36)) == [
        "parameters and multiply-adds of each",
        "layer:",
        "Conv2d(1, 6, 5), ReLU() → 6×28×28",
        "     156 ━         118k ━━━━━━━",
        "MaxPool2d(2) → 6×14×14",
        "       0              0",
        "Linear(1176, 1) → 1",
        "   1.18k ━━━━━━━  1.18k ╸",
        "total",
        "   1.33k           119k",
    ]


def test_a_network_is_told_in_sentences() -> None:
    assert list(network_lines(SMALL)) == [
        "net, for an input of 1×32×32: 1,333 parameters, 118,776 multiply-adds",
        "  1. Conv2d(1, 6, 5), ReLU(): output 6×28×28; 156 parameters (12%), "
        "117,600 multiply-adds (99%)",
        "  2. MaxPool2d(2): output 6×14×14; 0 parameters, 0 multiply-adds",
        "  3. Linear(1176, 1): output 1; 1,177 parameters (88%), 1,176 multiply-adds (1%)",
    ]


ROWS = st.lists(
    st.builds(
        NetworkRow,
        st.text("Convd2(), 1×", min_size=1, max_size=60),
        st.lists(st.integers(1, 4096), min_size=1, max_size=4).map(tuple),
        st.integers(0, 10**12),
        st.integers(0, 10**13),
        st.none() | st.tuples(st.integers(1, 9999)),
    ),
    min_size=1,
    max_size=5,
).map(tuple)


@settings(max_examples=60)
@given(ROWS, st.integers(30, 140))
def test_no_network_is_wider_than_it_may_be(rows: tuple[NetworkRow, ...], width: int) -> None:
    lines = draw_network(Network("net", (3, 224, 224), rows), width)
    assert max(map(width_of, lines)) <= width


def test_a_sample_is_drawn_and_said_to_be_one() -> None:
    some = Sample((2, 3), (50, 4), (0, 1, 2, 3, 4, 5))
    large = Array((100, 12), "int64", None, 0, 9, some)
    assert texts(list(drawn(large, 40, View(Depth.NONE)))) == [
        "    ░░",
        "░░▒▒▒▒",
        "0      ░░░░░▒▒▒▒▓▓▓▓▓█████ 9",
        "a sample: every 50th row, every 4th",
        "column",
    ]


def test_slices_of_a_sample_have_their_numbers_in_the_whole_array() -> None:
    some = Sample((2, 1, 2), (70, 1, 1), (0, 1, 2, 3))
    large = Array((100, 1, 2), "int64", None, 0, 9, some)
    assert texts(list(drawn(large, 40, View(Depth.NONE))))[0] == "[0]   [70]"


def test_of_an_array_that_is_the_same_everywhere_no_picture_is_needed() -> None:
    some = Sample((2, 2), (90, 90), (5, 5, 5, 5))
    large = Array((180, 180), "int64", None, 5, 5, some)
    assert texts(list(drawn(large, 60, View()))) == ["everywhere 5"]
