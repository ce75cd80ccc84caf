"""A proof's pictures: numbers on and off, full size, pointing at values, and back to practice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rich.color import Color, ColorSystem

from quizcnn.check.proof import Network, NetworkRow, Proof, Step
from quizcnn.check.value import Array, Sample
from quizcnn.pictures.choosing import Curve, Labelled
from quizcnn.pictures.colours import COOL_TO_WARM, SIXTEEN_SIGNED, SIXTEEN_UP, VIRIDIS, Depth
from quizcnn.study.turn import Phase
from quizcnn.tui.screens.pictures import PicturesScreen, where
from quizcnn.tui.widgets.array_grid import ArrayGrid
from quizcnn.tui.widgets.picture_view import depth_of
from quizcnn.tui.widgets.proof_column import ProofColumn
from quizcnn.tui.widgets.proof_parts import steps_parts

from .host import Visit

Sit = Callable[..., Any]


def ramp(*shape: int) -> Array:
    size = 1
    for side in shape:
        size *= side
    return Array(shape, "int64", tuple(range(size)), 0, size - 1)


async def test_from_practice_a_picture_opens_and_leads_back(sit: Sit) -> None:
    async with sit("array") as seat:
        assert not {"v", "o"} & set(seat.keys)
        await seat.answer("[[3]]")
        assert {"v", "o"} <= set(seat.keys)
        assert "0 1 0│ 0 1 1│ 2 3" in seat.text
        await seat.press("v")
        assert "0│" not in seat.text
        await seat.press("v", "o")
        assert isinstance(seat.app.screen, PicturesScreen)
        assert "row 0, column 0: 0" in seat.text
        await seat.press("down", "right", "1", "n")
        assert "row 1, column 1: 3" in seat.text
        await seat.press("q")
        assert seat.practice._session.phase is Phase.DONE
        await seat.press("n")
        assert not isinstance(seat.app.screen, PicturesScreen)


async def test_a_click_opens_the_picture_that_it_hits(sit: Sit) -> None:
    async with sit("array") as seat:
        await seat.answer("[[3]]")
        column = seat.app.screen.query(ProofColumn).first()
        first, last = (labelled.picture for labelled in column.pictures)
        line = next(y for y, told in enumerate(seat.lines()) if "max_pool2d(image, 2)" in told)
        await seat.pilot.click(offset=(8, line))  # the step's words
        assert seat.practice
        await seat.pilot.click(offset=(8, line + 1))
        await seat.settle()
        assert "max_pool2d(image, 2)" in seat.text
        assert seat.app.screen.query_one(ArrayGrid).array == last
        await seat.press("left_square_bracket")
        assert seat.app.screen.query_one(ArrayGrid).array == first


async def test_a_large_image_scrolls_to_whatever_is_pointed_at() -> None:
    screen = PicturesScreen([Labelled("image", ramp(90, 200))])
    async with Visit(screen, (60, 20)) as sight:
        grid = screen.query_one(ArrayGrid)
        assert grid.virtual_size == (200, 45)
        await sight.press("end", "pagedown", "pagedown", "pagedown", "pagedown", "down")
        assert "row 41, column 199: 8399" in sight.text
        assert grid.scroll_offset.x == grid.max_scroll_x > 100
        assert 0 < grid.scroll_offset.y <= 20
        await sight.press("home", *["pageup"] * 5)
        assert grid.scroll_offset == (0, 0)


async def test_values_of_an_image_are_numbers_when_they_are_wanted() -> None:
    screen = PicturesScreen([Labelled("image", ramp(20, 30))])
    async with Visit(screen, (60, 20)) as sight:
        assert "▀" in sight.text
        await sight.press("v")
        assert "▀" not in sight.text
        assert " 0│   0    1    2    3 " in "\n".join(sight.lines)
        await sight.press("v")
        assert "▀" in sight.text


async def test_the_mouse_points_at_a_value() -> None:
    screen = PicturesScreen([Labelled("slices", ramp(3, 2, 2))])
    async with Visit(screen, (60, 12)) as sight:
        grid = screen.query_one(ArrayGrid)
        x, y = grid.picture.layout.spot(9)
        await sight.pilot.click(grid, offset=(x, y))
        await sight.settle()
        assert "[2], row 0, column 1: 9" in sight.text
        await sight.pilot.click(grid, offset=(x, y + 5))
        await sight.settle()
        assert "[2], row 0, column 1: 9" in sight.text


async def test_the_pictures_of_a_proof_follow_one_another() -> None:
    row = NetworkRow("Linear(2, 3)", (3,), 9, 6, None)
    network = Labelled("the net", Network("net", (2,), (row, row)))
    curve = Labelled("losses", Curve((8.0, 4.0, 2.0, 1.0, 0.5)))
    async with Visit(PicturesScreen([curve, network]), (70, 12)) as sight:
        assert "1 of 2" in sight.text
        assert "number 0: 8" in sight.text
        await sight.press("right_square_bracket")
        assert "the net 2 of 2" in sight.text
        assert "Linear(2, 3)" in sight.text
        assert "number 0" not in sight.text
        await sight.press("v", "right_square_bracket")
        assert "losses 1 of 2" in sight.text


async def test_of_a_sample_the_places_are_those_of_the_whole_array() -> None:
    some = Sample((2, 3), (50, 4), (0, 1, 2, 3, 4, 5))
    large = Array((100, 12), "int64", None, 0, 9, some)
    async with Visit(PicturesScreen([Labelled("large", large)]), (70, 12)) as sight:
        await sight.press("down", "right")
        assert "row 50, column 4: 4 a sample: every 50th row" in sight.text
        before = sight.lines
        await sight.press("v")
        assert sight.lines == before


def test_places_are_told_in_words() -> None:
    assert where((1, 0)) == "row 1, column 0"


@pytest.mark.parametrize(
    ("variables", "depth"),
    [
        ({"NO_COLOR": "1"}, Depth.NONE),
        ({"TEXTUAL_COLOR_SYSTEM": "standard"}, Depth.SIXTEEN),
        ({"TEXTUAL_COLOR_SYSTEM": "256"}, Depth.MANY),
        ({"TEXTUAL_COLOR_SYSTEM": "truecolor"}, Depth.TRUE),
    ],
)
async def test_pictures_are_drawn_in_the_colours_that_the_terminal_has(
    variables: dict[str, str], depth: Depth, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    system = variables.get("TEXTUAL_COLOR_SYSTEM", "truecolor")
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", system)
    screen = PicturesScreen([Labelled("image", ramp(14, 20))])
    async with Visit(screen, (60, 22)) as sight:
        assert depth_of(sight.app) is depth
        line = screen.query_one(ArrayGrid).render_line(5)
        shown = {
            segment.style.bgcolor for segment in line if segment.style and segment.text.strip()
        }
        colours = {tuple(colour.triplet) for colour in shown if colour and colour.triplet}
        if depth is Depth.NONE:
            assert set(line.text.strip()) <= set(" ░▒▓█")
            assert screen.query_one(ArrayGrid).render_line(0).text.startswith("◆")
        elif depth is Depth.SIXTEEN:
            assert colours & set(SIXTEEN_UP)
            assert not colours & set(VIRIDIS)
        else:
            assert len(colours) > 1


@pytest.mark.parametrize("colours", [SIXTEEN_UP, SIXTEEN_SIGNED])
def test_of_sixteen_colours_each_stays_what_it_is(colours: tuple[Any, ...]) -> None:
    """What the terminal is sent for them are as many different colours of the sixteen."""
    sent = {Color.from_rgb(*each).downgrade(ColorSystem.STANDARD).number for each in colours}
    assert len(sent) == len(colours)


@pytest.mark.parametrize("scale", [VIRIDIS, COOL_TO_WARM])
def test_in_256_colours_the_steps_of_a_scale_stay_apart(scale: tuple[Any, ...]) -> None:
    sent = [Color.from_rgb(*each).downgrade(ColorSystem.EIGHT_BIT).number for each in scale]
    assert len(set(sent)) == len(sent)


def test_an_array_that_only_its_name_tells_again_is_not_drawn_twice() -> None:
    """A check's last line is often the name of what the line before it made."""
    steps = (Step("x = ramp(2, 3)", 1, "x", ramp(2, 3)), Step("x", 2, None, ramp(2, 3)))
    parts = list(steps_parts(Proof(steps=steps)))
    assert [part.label for part in parts if isinstance(part, Labelled)] == ["x"]
    assert str(parts[-1]).endswith(", as above")
    other = Step("x", 2, None, ramp(3, 2))
    assert isinstance(list(steps_parts(Proof(steps=(steps[0], other))))[-1], Labelled)
