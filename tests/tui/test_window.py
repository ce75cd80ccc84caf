"""Watching a sliding window: from an answer to its proof's windows, by keys and mouse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from shelf import Learner, Shelf
from textual.widgets import Static

from quizcnn.answer.watching import Watched
from quizcnn.check.job import Job
from quizcnn.check.language import run_job
from quizcnn.deck.model import Deck
from quizcnn.study.records import Request
from quizcnn.study.settings.model import Settings
from quizcnn.study.summary import Outcome
from quizcnn.tui.screens.proof import ProofScreen
from quizcnn.tui.screens.window import WindowScreen
from quizcnn.tui.widgets.window_player import SPEEDS, WindowPlayer

from .host import Visit

Sit = Callable[..., Any]
Decks = dict[str, Deck]

IMAGE = "[[1, 2, 3], [4, 5, 6], [7, 8, 9]]"
CONVOLVED = f"conv2d({IMAGE}, [[1, 0], [0, 10]])"


def screen_of(code: str) -> WindowScreen:
    """The screen of a check's windows."""
    proof = run_job(Job(code, trace=True))
    assert proof.failure is None
    return WindowScreen([*map(Watched, proof.windows)])


def player_of(sight: Any) -> WindowPlayer:
    player: WindowPlayer = sight.app.screen.query_one(WindowPlayer)
    return player


async def test_from_an_answer_to_its_window_and_back(sit: Sit) -> None:
    """w after the answer; step, jump, play, pause; Esc leads back to the proof."""
    async with sit("shape") as seat:
        assert "w" not in seat.keys
        await seat.answer("6x6")
        seat.app.animation_level = "full"
        await seat.press("w")
        assert isinstance(seat.app.screen, WindowScreen)
        assert "conv2d(image, ones(3, 3))" in seat.text
        assert "0×1 + 1×1 + 2×1 + 8×1 + 9×1 + 10×1 + 16×1 + 17×1 + 18×1 = 81" in seat.text
        await seat.press("right")
        assert "output row 0, column 1 from rows 0 to 2, columns 1 to 3" in seat.text
        await seat.press("down", "left", "end")
        assert "36 of 36" in seat.text
        await seat.press("home", "plus", "space")
        player = player_of(seat)
        assert player.playing
        assert "▶ 4 a second" in seat.text
        player.advance()
        await seat.settle()
        assert "2 of 36" in seat.text
        await seat.press("space")
        assert not player.playing
        assert "⏸ 4 a second" in seat.text
        await seat.press("escape")
        assert "✓ Right." in seat.practice.query_one("#verdict", Static).render().plain


async def test_the_window_of_a_slip_is_played_too(sit: Sit) -> None:
    """After the check's own: a transposed convolution, taken for a plain one, stamps 10×10."""
    async with sit("shape") as seat:
        await seat.answer("10x10")
        await seat.press("w")
        assert seat.lines()[0].strip().startswith("The check")
        assert "1 of 2" in seat.text
        assert "conv2d(image, ones(3, 3))" in seat.text
        await seat.press("tab")
        slip = "Slip: transposed instead of plain convolution"
        assert seat.lines()[0].strip().startswith(slip)
        assert "2 of 2" in seat.text
        assert "conv_transpose2d(image, ones(3, 3))" in seat.text
        assert "0 × the kernel adds 0, 0, 0, 0, 0, 0, 0, 0, 0" in seat.text
        await seat.press("tab")
        assert seat.lines()[0].strip().startswith("The check")


async def test_a_small_terminal_tells_the_slip_as_well(sit: Sit) -> None:
    """In as many words as have room."""
    async with sit("shape", size=(40, 12)) as seat:
        await seat.answer("10x10")
        await seat.press("w", "tab")
        assert seat.lines()[0].strip().startswith("Slip: transposed")
        assert "2 of 2" in seat.lines()[0]


async def test_without_a_slip_there_is_only_the_window_of_the_check(sit: Sit) -> None:
    """Also where a wrong answer is one that no slip gives."""
    async with sit("shape") as seat:
        await seat.answer("77x77")
        await seat.press("w")
        assert seat.lines()[0].strip().startswith("Window ")
        assert "of 2" not in seat.lines()[0]


async def test_a_proof_that_is_looked_at_again_plays_its_slip(sit: Sit) -> None:
    """As after the answer."""
    async with sit("shape") as seat:
        await seat.answer("10x10")
        graded = seat.practice._session.graded
        await seat.app.push_screen(ProofScreen(graded, Outcome.WRONG))
        await seat.press("w", "tab")
        assert seat.lines()[0].strip().startswith("Slip: transposed")


async def test_what_cannot_be_played_says_why(sit: Sit, decks: Decks) -> None:
    """Rather than that there is no key: here the check slides over a volume."""
    question = replace(
        next(question for question in decks["practice"].questions if question.id == "number"),
        check="conv3d(ramp(3, 3, 3), ones(2, 2, 2)).size * 28",
    )
    deck = replace(decks["practice"], questions=(question,))
    async with sit(decks=[deck], start=Request()) as seat:
        await seat.answer("224")
        assert "✓ Right." in seat.text
        await seat.press("w")
        assert "is not played: it slides over a volume" in seat.text


async def test_w_is_there_only_where_something_slides(sit: Sit) -> None:
    """A count of parameters has nothing to play."""
    async with sit("number") as seat:
        await seat.answer("224")
        assert "✓ Right." in seat.text
        assert "w" not in seat.keys
        await seat.press("w")
        assert seat.practice is not None


async def test_the_palette_offers_to_watch(sit: Sit) -> None:
    """By name, for those who know no key."""
    async with sit("shape") as seat:
        assert "Watch" not in commands(seat)
        await seat.answer("6x6")
        assert "Watch" in commands(seat)


def commands(seat: Any) -> list[str]:
    return [command.title for command in seat.app.get_system_commands(seat.app.screen)]


async def test_a_proof_that_is_looked_at_again_plays_too(sit: Sit) -> None:
    """w works on the proof's own screen as well, where there is something to play."""
    async with sit("shape", "number") as seat:
        for answer, plays in (("6x6", True), ("224", False)):
            await seat.answer(answer)
            graded = seat.practice._session.graded
            await seat.app.push_screen(ProofScreen(graded, Outcome.RIGHT))
            assert ("w" in seat.keys) is plays
            await seat.press("w")
            assert ("output row 0, column 0" in seat.text) is plays
            await seat.press("escape", *(["escape"] if plays else []), "n")


async def test_arrows_step_and_leap_by_rows() -> None:
    """→ goes on to the next row at a row's end; ↓ stays in its column, and nowhere beyond."""
    async with Visit(screen_of(CONVOLVED)) as sight:
        player = player_of(sight)
        steps = []
        for key in ("right", "right", "up", "up", "down", "down", "left", "left", "end", "right"):
            await sight.press(key)
            steps.append(player.step)
        assert steps == [1, 2, 0, 0, 2, 2, 1, 0, 3, 3]


async def test_the_output_fills_as_the_window_goes() -> None:
    """What was not reached is not told."""
    async with Visit(screen_of(CONVOLVED)) as sight:
        assert "[51] _" in sight.text
        await sight.press("right", "right")
        assert "51 62 " in sight.text
        assert "[84] _" in sight.text
        await sight.press("home")
        assert "62" not in sight.text


async def test_a_click_on_the_output_jumps_there() -> None:
    """Also to a cell that is not filled yet; a click elsewhere does nothing."""
    async with Visit(screen_of(CONVOLVED)) as sight:
        player = player_of(sight)
        lines = [strip.text for strip in sight.app.screen._compositor.render_strips()]
        row = next(number for number, line in enumerate(lines) if "[51]" in line)
        column = lines[row].index("[51]")
        await sight.pilot.click(WindowPlayer, (column + 5, row + 1 - player.region.y))
        assert player.step == 3
        await sight.pilot.click(WindowPlayer, (2, row - player.region.y))
        assert player.step == 3


async def test_a_click_on_a_stamp_jumps_to_the_step_that_completes_it() -> None:
    """In a transposed convolution a cell of the output gets several stamps."""
    async with Visit(screen_of("conv_transpose1d([1, 2], [1, 10, 100])")) as sight:
        player = player_of(sight)
        assert "[ 1][ 10][100] _" in sight.text.replace("  ", " ")
        row = next(n for n, line in enumerate(sight.lines) if "[100]" in line)
        column = sight.lines[row].index("[100]")
        await sight.pilot.click(WindowPlayer, (column + 1, row - player.region.y))
        assert player.step == 1
        assert "2 × the kernel adds 2, 20, 200" in sight.text
        assert "120" in sight.text


async def test_tab_goes_to_the_next_window() -> None:
    """Of a check that slides several, those included that are too large to be played."""
    code = f"x = {CONVOLVED}\ny = max_pool2d(x, 2)\nconv2d(ones(70, 70), ones(2, 2)).sum() + y"
    async with Visit(screen_of(code)) as sight:
        assert "1 of 3" in sight.text
        await sight.press("tab")
        assert "max_pool2d(x, 2)" in sight.text
        assert "the largest of 51, 62, 84, 95 is 95" in sight.text
        await sight.press("tab")
        assert "is not played: its input has 70×70; up to 64×64 is played" in sight.text
        await sight.press("right", "down", "end", "c", "space", "shift+tab", "shift+tab")
        assert "1 of 3" in sight.text


async def test_channels_are_gone_through_where_one_is_shown() -> None:
    """c shows another channel of the input, Page Down another one of the output."""
    code = "conv2d(ramp(3, 5, 5), ones(2, 3, 3, 3)).shape"
    async with Visit(screen_of(code)) as sight:
        assert "channel 0" in sight.text
        await sight.press("c")
        assert "channel 1" in sight.text
        await sight.press("pagedown")
        assert "channel 1, row 0, column 0" in sight.text
        assert player_of(sight).step == 9
    async with Visit(screen_of(code), size=(140, 40)) as sight:
        assert {"channel 0", "channel 1", "channel 2"} <= set(sight.text.split("  ")) or all(
            f"channel {number}" in sight.text for number in range(3)
        )


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (140, 40), (20, 6)])
async def test_the_sum_is_told_at_every_size(size: tuple[int, int]) -> None:
    """However small the terminal, the numbers of the window and its result stand there."""
    async with Visit(screen_of(CONVOLVED), size=size) as sight:
        if size != (20, 6):
            assert "1×1 + 2×0 + 4×0 + 5×10 = 51" in sight.text
        await sight.press("end")
        assert "95" in sight.text


async def test_it_lives_through_any_size() -> None:
    """Resizing at any moment is safe, and the step stays."""
    async with Visit(screen_of("conv2d(ramp(28, 28), ones(3, 3), padding=1).shape")) as sight:
        await sight.press("down", "right")
        for size in ((40, 12), (10, 4), (1, 1), (140, 40), (300, 9), (80, 24)):
            await sight.pilot.resize_terminal(*size)
            await sight.press("right", "left")
        assert player_of(sight).step == 29
        assert "output row 1, column 1" in sight.text


async def test_playing_ends_at_the_end_and_begins_again() -> None:
    """At the last step it stands still; Space then starts from the first."""
    async with Visit(screen_of(CONVOLVED)) as sight:
        sight.app.animation_level = "full"
        await sight.press("end", "left", "space")
        player = player_of(sight)
        assert player.playing
        player.advance()
        assert (player.step, player.playing) == (3, False)
        await sight.press("space")
        assert (player.step, player.playing) == (0, True)
        await sight.press("right")
        assert not player.playing


async def test_speeds_have_ends() -> None:
    """Faster and slower, as far as it goes."""
    async with Visit(screen_of(CONVOLVED)) as sight:
        sight.app.animation_level = "full"
        await sight.press(*["plus"] * 9)
        assert SPEEDS[player_of(sight).speed] == SPEEDS[-1]
        await sight.press(*["minus"] * 9)
        assert "0.5 a second" in sight.text


async def test_nothing_moves_where_no_motion_is_wished() -> None:
    """Space says so, and the arrows still step."""
    async with Visit(screen_of(CONVOLVED)) as sight:
        assert sight.app.animation_level == "none"
        await sight.press("space")
        assert not player_of(sight).playing
        assert "no motion" in sight.text
        assert "Motion is off" in next(notice.message for notice in sight.app._notifications)
        await sight.press("right")
        assert player_of(sight).step == 1


async def test_the_settings_can_wish_for_no_motion(sit: Sit, decks: Decks) -> None:
    """`motion = false` in the settings file stills the app."""
    learner = Learner(Shelf(decks["practice"]), Settings(motion=False))
    async with sit(learner=learner) as seat:
        assert seat.app.animation_level == "none"


async def test_a_change_of_the_settings_counts_at_once(
    sit: Sit, decks: Decks, tmp_path: Path
) -> None:
    """Off, and on again, as the environment allows."""
    async with sit(settings=tmp_path / "settings.toml") as seat:
        seat.app._level = "full"
        for motion, level in ((True, "full"), (False, "none"), (True, "full")):
            assert seat.app._change(Settings(motion=motion)) is None
            assert seat.app.animation_level == level


async def test_without_colours_the_marks_are_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Brackets round the window, stars round the winner, dots for padding."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with Visit(screen_of("max_pool2d([[1, 7], [3, 5]], 2, padding=1)")) as sight:
        assert "[·][·]" in sight.text
        assert "*1*" in sight.text
        await sight.press("right")
        assert "*7*" in sight.text


async def test_the_line_of_keys_tells_each_key_once() -> None:
    """Also on a narrow terminal, where ? leads to the rest."""
    async with Visit(screen_of(CONVOLVED), size=(40, 12)) as sight:
        sight.app.animation_level = "full"
        await sight.press("space", "space")
        assert sight.lines[-1].split("  ") == [" Space play", "←→ step", "−+ speed", "? keys"]
