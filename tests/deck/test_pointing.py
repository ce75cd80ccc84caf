"""A line of a file is quoted with a caret under the place, whatever stands in the line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizcnn.deck.model import Place, Problem
from quizcnn.deck.pointing import NARROWEST, Pointer, _cells, quote


def test_a_problem_is_told_with_its_line_and_a_caret(tmp_path):
    """The place, the message, the hint; below it the line, and the caret under its column."""
    file = tmp_path / "deck.yaml"
    file.write_text("schema: 1\ndeck: Sizes\n", encoding="utf-8")
    problem = Problem(Place(str(file), 2, 7), "`Sizes` cannot be a name", "write `sizes`")
    assert Pointer(200).problem(problem) == [
        f"{file}:2:7: `Sizes` cannot be a name (write `sizes`)",
        "    2 | deck: Sizes",
        "      |       ^",
    ]


def test_no_line_is_quoted_where_there_is_none(tmp_path):
    """A file that is not there, a line beyond its end and an empty line are only named."""
    file = tmp_path / "deck.yaml"
    file.write_text("schema: 1\n\n", encoding="utf-8")
    pointer = Pointer(80)
    for place in (Place(str(file), 2), Place(str(file), 9), Place(str(tmp_path / "no.yaml"), 1)):
        assert pointer.lines(place) == []


def test_a_folder_or_pipe_is_not_read(tmp_path):
    """Only plain files are quoted."""
    assert Pointer(80).lines(Place(str(tmp_path), 1)) == []


def test_a_tab_takes_four_cells():
    """The caret stands under what follows the tab, as it is shown."""
    assert quote("\tn: 8", 2, 40) == ("    n: 8", 4)


def test_wide_characters_take_two_cells_and_accents_none():
    """The caret stands under its character in a terminal."""
    assert quote("図: 8", 4, 40) == ("図: 8", 4)
    assert quote("e\u0301: 8", 5, 40) == ("e\u0301: 8", 3)


def test_control_characters_are_not_passed_on():
    """What could steer a terminal is replaced, one cell each."""
    assert quote("\x1b[31m: x\u202e", 8, 40) == ("�[31m: x�", 7)


def test_a_long_line_is_cut_on_both_sides():
    """What is round the column stays."""
    assert quote("." * 500 + "here" + "." * 500, 501, 20) == ("….........here.....…", 10)


@given(
    st.text(st.sampled_from("ab 図\t\x1b\u0301é"), max_size=300),
    st.integers(1, 310),
    st.integers(4, 90),
)
def test_a_quoted_line_keeps_to_the_width_and_the_caret_to_its_character(line, column, width):
    """However long the line and wherever the place, it fits, and the caret points at the place."""
    shown, before = quote(line, column, width)
    assert "\x1b" not in shown
    assert sum(map(_cells, shown)) <= width
    assert before <= width
    if column <= len(line) and line[column - 1] in "ab":
        cells = "".join(
            each if _cells(each) == 1 else each + "\0" for each in shown if _cells(each)
        )
        assert cells[before] == line[column - 1]


def test_a_terminal_of_no_width_still_gets_a_line():
    """Where the width is not known or absurd, a sensible one is taken."""
    assert Pointer(0)._width == NARROWEST
