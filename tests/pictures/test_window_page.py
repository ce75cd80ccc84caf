"""A sliding window drawn: in numbers where they fit, else as a picture, else cut."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.check.job import Job
from quizcnn.check.language import run_job
from quizcnn.check.sliding import LeftOut, Sliding
from quizcnn.pictures.colours import Depth
from quizcnn.pictures.pieces import Line, Tone
from quizcnn.pictures.window_cells import Scene
from quizcnn.pictures.window_layout import WindowLayout
from quizcnn.pictures.window_page import WindowPage, left_out_lines
from quizcnn.pictures.window_stage import WindowStage


def scene(code: str) -> Scene:
    (found,) = run_job(Job(code, trace=True)).windows
    assert isinstance(found, Sliding)
    return Scene(found)


def text(line: Line) -> str:
    return "".join(piece.text for piece in line).rstrip()


def drawn(
    code: str, step: int, size: tuple[int, int] = (78, 12), depth: Depth = Depth.TRUE
) -> list[str]:
    shown = scene(code)
    return list(map(text, WindowStage(shown, *size, depth).lines(shown.at(step))))


def test_input_products_and_output_stand_side_by_side() -> None:
    """The window is in brackets, padding is dots, what is not filled yet is a line below."""
    assert drawn("conv2d([[1, 2], [3, 4]], [[1, 0], [0, -1]], padding=1)", 3) == [
        " input 2×2      products       output 3×3",
        "  ·  ·  ·  ·      0×1   1×0     −1  −2   0",
        " [·][1] 2  ·      0×0  3×−1    [−3]  _   _",
        " [·][3] 4  ·                     _   _   _",
        "  ·  ·  ·  ·",
    ]


def test_the_winner_of_a_max_pool_has_stars() -> None:
    """In the input and in the window."""
    assert drawn("max_pool2d([[1, 7], [3, 5]], 2)", 0) == [
        " input    window   output",
        " [1]*7*    1 *7*   [7]",
        " [3][5]    3  5",
    ]


def test_a_dilated_window_has_gaps() -> None:
    """Each of its cells has brackets of its own."""
    assert drawn("conv1d([1, 2, 3, 4], [5, 6], dilation=2)", 1)[1] == (
        "  1 [2] 3 [4]    2×5  4×6     23 [34]"
    )


def test_a_stamp_is_marked_on_the_output_while_it_accumulates() -> None:
    """Of a transposed convolution the cell and what it adds to; what was cut off is dots."""
    code = "conv_transpose2d([[1, 2], [3, 4]], [[1, 1], [1, 2]], padding=((0, 1), (0, 0)))"
    assert drawn(code, 2) == [
        " input    stamp        output 2×3",
        "  1  2     3×1  3×1      1   3   2",
        " [3] 4     3×1  3×2    [ 4][ 7]  4",
        "                       [ ·][ ·]  ·",
    ]


def test_where_there_is_room_the_kernel_itself_stands_before_the_products() -> None:
    """From 80 columns on; on fewer the picture is what it was."""
    code = "conv2d([[1, 2], [3, 4]], [[1, 0], [0, -1]], padding=1)"
    assert drawn(code, 3, (80, 12)) == [
        " input 2×2      kernel     products       output 3×3",
        "  ·  ·  ·  ·      1   0      0×1   1×0     −1  −2   0",
        " [·][1] 2  ·      0  −1      0×0  3×−1    [−3]  _   _",
        " [·][3] 4  ·                                _   _   _",
        "  ·  ·  ·  ·",
    ]
    assert "kernel" not in drawn(code, 3, (79, 12))[0]


def test_a_kernel_that_was_turned_says_so() -> None:
    """What slides in a true convolution is the kernel turned round."""
    lines = drawn("convolve2d([[1, 2, 3]], [[1, 10]], mode='valid')", 0, (80, 12))
    assert lines == [
        " input 1×3   turned     products       output 1×2",
        " [1][2] 3     10   1     1×10   2×1    [12]  _",
    ]


def test_each_channel_has_its_own_kernel() -> None:
    """And each filter its own: the second is shown while its channel of the output fills."""
    code = "conv1d([[1, 2], [3, 4]], [[[1, 2], [3, 4]], [[5, 6], [7, 8]]])"
    assert drawn(code, 1, (80, 12)) == [
        " ch 0     kernel   channel 0    output 1",
        " [1][2]    5  6     1×5  2×6    [70]",
        " ch 1     kernel   channel 1",
        " [3][4]    7  8     3×7  4×8",
    ]


@given(st.data())
@settings(max_examples=60)
def test_the_kernel_takes_no_room_from_the_rest(data: st.DataObject) -> None:
    """All other parts are drawn as they are without it."""
    shown = data.draw(st.sampled_from([one for one in SCENES if one.sliding.kernel is not None]))
    width, height = data.draw(st.integers(80, 150)), data.draw(st.integers(1, 45))
    boxes = WindowLayout(shown, width, height, Depth.TRUE).boxes
    others = [box for box in boxes if box.part != "kernel"]
    with patch("quizcnn.pictures.window_layout.ROOMY", 1_000):
        plain = WindowLayout(shown, width, height, Depth.TRUE).boxes
    assert [replace(box, x=0) for box in others] == [replace(box, x=0) for box in plain]
    right = 0
    for box in boxes:
        if box.part == "input":
            right = 0
        assert box.x >= right
        right = box.x + box.width
        assert right <= width


def test_a_global_pool_shows_its_input_once() -> None:
    """The window is all of it, so nothing stands between it and the output."""
    assert drawn("global_max_pool2d([[[1, 7], [3, 5]], [[2, 0], [0, 0]]])", 1) == [
        " input    output",
        " *2*[0]   [2]",
        " [0][0]",
    ]


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (
            110,
            "output channel 0 from rows 0 to 6, columns 0 to 6 of the input   1 of 83, the first ",
        ),
        (80, "output channel 0   1 of 83, the first 83 of 512 channels"),
        (40, "output channel 0   1 of 83"),
    ],
)
def test_that_only_some_channels_are_played_is_said_where_there_is_room(
    width: int, said: str
) -> None:
    """Before it is told which cells the window sees."""
    shown = scene("global_avg_pool2d(ramp(512, 7, 7))")
    lines = WindowPage(shown, width, 22, Depth.TRUE).lines(shown.at(0))
    assert text(lines[-1]).strip().startswith(said)


def test_an_image_under_a_global_pool_keeps_its_shades() -> None:
    """Only the winner is marked where the whole picture would be, in colours and without."""
    code = "global_max_pool2d(dot(20, 20, 3, 4))"
    for depth, size, row in ((Depth.NONE, (34, 22), 4), (Depth.TRUE, (34, 12), 2)):
        lines = drawn(code, 0, size, depth)
        assert [line.count("*") for line in lines].index(1) == row
        assert lines[row].index("*") == 5
        assert not any("#" in line[:22] for line in lines)


def test_a_cut_global_pool_shows_its_winner() -> None:
    """Wherever it stands in a picture that is too large for the room."""
    for row, column in product((0, 30, 63), repeat=2):
        lines = drawn(f"global_max_pool2d(dot(64, 64, {row}, {column}))", 0, (40, 8))
        assert sum(line.count("*") for line in lines) == 1


def test_a_window_that_is_smaller_than_others_has_no_more_cells() -> None:
    """Of five columns three adaptive windows see two, three and two."""
    code = "adaptive_avg_pool2d([[2, 4, 6, 8, 10]], (1, 3))"
    assert [drawn(code, step)[1] for step in range(3)] == [
        " [ 2][ 4]  6   8  10      2   4        [3] _  _",
        "   2 [ 4][ 6][ 8] 10      4   6   8     3 [6] _",
        "   2   4   6 [ 8][10]     8  10         3  6 [9]",
    ]


def test_several_channels_stand_below_one_another() -> None:
    """Each with its products; the output is theirs together."""
    assert drawn("conv1d([[1, 2], [3, 4]], [[[1, 1], [2, 2]]], [5])", 0) == [
        " ch 0     channel 0    output 1",
        " [1][2]    1×1  2×1    [22]",
        " ch 1     channel 1",
        " [3][4]    3×2  4×2",
    ]


def test_where_not_all_channels_fit_one_is_chosen() -> None:
    """Any of them, with its own products."""
    shown = scene("conv2d(ramp(3, 4, 4), ones(1, 3, 3, 3))")
    stage = WindowStage(shown, 60, 6, Depth.TRUE)
    assert stage.choices == 3
    tops = [text(stage.lines(shown.at(0), channel)[1]).split()[0] for channel in range(3)]
    assert tops == ["[", "[16][17][18]", "[32][33][34]"]


def test_an_image_is_drawn_in_half_blocks_where_numbers_do_not_fit() -> None:
    """Two rows in a line, the window in full colour, the rest pale."""
    shown = scene("conv2d(ramp(20, 20), ones(3, 3)).shape")
    stage = WindowStage(shown, 80, 14, Depth.TRUE)
    drawn_as = {box.part: box.style for box in stage.boxes}
    assert drawn_as == {
        "input": "halves",
        "kernel": "numbers",
        "terms": "numbers",
        "output": "halves",
    }
    first, second, *_ = stage.lines(shown.at(0))[1:]
    shades = [piece.foreground for piece in first if "▀" in piece.text]
    greys = [max(shade or ()) - min(shade or ()) for shade in shades]
    assert max(greys[3:6]) < min(greys[:3])
    assert text(second).startswith(" ▀▀▀")


def test_without_colours_an_image_is_shade_characters() -> None:
    """The window is # then, and each row has a line of its own."""
    lines = drawn("conv2d(ramp(20, 20), ones(3, 3)).shape", 0, (80, 23), depth=Depth.NONE)
    assert [line[:9] for line in lines[1:5]] == [" ###     ", " ###     ", " ###     ", "         "]
    assert lines[20].startswith(" ███")


def test_what_does_not_fit_is_cut_to_the_surroundings_of_the_window() -> None:
    """The picture moves with the window, in leaps, and shows all of it."""
    shown = scene("conv2d(ramp(30, 30), ones(3, 3), padding=1)")
    stage = WindowStage(shown, 50, 7, Depth.TRUE)
    for step in range(0, shown.sliding.steps, 7):
        lines = list(map(text, stage.lines(shown.at(step))))
        assert len(lines) <= 7
        assert max(map(len, lines)) <= 50


CODES = (
    "conv2d(ramp(3, 9, 9), ones(2, 3, 3, 3), padding=2, stride=2)",
    "conv2d(normal(20, 20), normal(7, 7, seed=1))",
    "conv_transpose2d(ramp(2, 5, 5), ones(2, 2, 3, 3), stride=3, padding=2)",
    "conv_transpose1d(ramp(30), ones(3), stride=2)",
    "max_pool2d(normal(2, 15, 15), 3, padding=1, ceil_mode=True)",
    "avg_pool1d(ramp(100), 4)",
    "conv1d(ramp(3, 5) / 7, ones(2, 3, 2), [0.1, 0.2])",
    "conv2d(ramp(12, 12), normal(9, 9), padding=4)",
    "global_max_pool2d(normal(2, 40, 40))",
    "global_avg_pool2d(ramp(3, 4))",
    "adaptive_avg_pool2d(ramp(2, 13, 11), (5, 4))",
    "adaptive_max_pool2d(normal(30, 30), 7)",
    "lp_pool2d(normal(6, 6), 3, 2)",
)
SCENES = [scene(code) for code in CODES]


@given(
    st.sampled_from(SCENES),
    st.integers(0, 150),
    st.integers(0, 45),
    st.sampled_from(Depth),
    st.data(),
)
@settings(max_examples=80)
def test_any_room_will_do(
    shown: Scene, width: int, height: int, depth: Depth, data: st.DataObject
) -> None:
    """Whatever the room, the result stands on the page, and a click leads to a step or nowhere."""
    page = WindowPage(shown, width, height, depth)
    step = data.draw(st.integers(0, shown.sliding.steps - 1))
    moment = shown.at(step)
    lines = page.lines(moment, data.draw(st.integers(0, page.choices - 1)))
    if width >= 40 and height >= 10:
        assert len(lines) <= height
        assert max(len(text(line)) for line in lines) <= width
        assert any(piece.tone is Tone.STRONG for line in lines for piece in line)
    x, y = data.draw(st.integers(0, 150)), data.draw(st.integers(0, 45))
    found = page.step_at(moment, x, y)
    assert found is None or 0 <= found < shown.sliding.steps


@pytest.mark.parametrize("code", [CODES[0], CODES[3], CODES[4]])
def test_a_click_on_a_cell_of_the_output_leads_to_its_step(code: str) -> None:
    """Wherever the cell is drawn; of a transposed convolution to its last stamp."""
    shown = scene(code)
    page = WindowPage(shown, 140, 40, Depth.TRUE)
    moment = shown.at(0)
    (box,) = (box for box in page._stage.boxes if box.part == "output")
    height, width = shown.sliding.output.shape[2:]
    points = product(range(box.height), range(0, box.columns * box.cell))
    found = [page.step_at(moment, box.x + x, box.y + y + len(page._head)) for y, x in points]
    steps = [step for step in found if step is not None]
    if shown.sliding.kind == "spread":
        assert set(steps) == set(range(30))  # of 61 cells each belongs to one of 30 stamps
    else:
        assert steps == [step for step in range(height * width) for _ in range(box.cell)]


def test_what_is_left_out_is_told_in_words() -> None:
    """With its reason, wrapped."""
    lines = left_out_lines(LeftOut(3, "conv2d(x, k)", "its input has 99×99"), 30)
    assert list(map(text, lines)) == [
        " conv2d(x, k) (line 3) is not",
        " played: its input has 99×99",
    ]
