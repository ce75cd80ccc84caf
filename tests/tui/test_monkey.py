"""Whatever is pressed, clicked and resized, the app stays and its screen can be drawn."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from textual.command import CommandPalette

from quizcnn.deck.model import Deck

Sit = Callable[..., Any]

KEYS = (
    *"abcdefghtfnisxupwlevoqrcmdyz/?:-+1234 6×[]",
    *("enter", "escape", "tab", "shift+tab", "backspace", "space"),
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
)
LIKELY = ("enter", "n", "t", "f", "a", "1", "escape", "down")
"""Keys that lead on: without them a monkey seldom gets past the first question."""

SIZES = ((80, 24), (40, 12), (140, 40), (20, 5), (61, 19), (110, 21), (3, 2))
NAMES = {"/": "slash", "?": "question_mark", ":": "colon", "-": "minus", "+": "plus", " ": "space"}


async def stay() -> None:
    """In place of quitting."""


async def play(sit: Sit, decks: dict[str, Deck], seed: int, steps: int) -> list[str]:
    """Do so many random things; what was done, for the message when something breaks."""
    chance = random.Random(seed)
    done: list[str] = []
    async with sit(decks=tuple(decks.values()), start=None) as seat:
        seat.app.edit = lambda question: None  # no editor in a test
        seat.app.action_quit = stay
        for _ in range(steps):
            what = chance.random()
            width, height = seat.app.size
            if what < 0.86:
                key = chance.choice(LIKELY if chance.random() < 0.5 else KEYS)
                done.append(key)
                seat.app.simulate_key(NAMES.get(key, key))
            elif what < 0.96:
                at = (chance.randrange(max(width, 1)), chance.randrange(max(height, 1)))
                done.append(f"click {at}")
                await seat.pilot.pause()  # where nothing is drawn yet the pilot cannot click
                await seat.pilot.click(offset=at)
            else:
                size = chance.choice(SIZES)
                done.append(f"size {size}")
                await seat.pilot.resize_terminal(*size)
            if chance.random() < 0.3:
                await seat.pilot.pause()
            if isinstance(seat.app.screen, CommandPalette):
                await seat.pilot.press("escape")  # its commands open editors, and quit
            assert seat.app.is_running, done[-20:]
        await seat.pilot.resize_terminal(80, 24)
        await seat.settle()
        assert seat.lines(), done[-20:]
        assert seat.app._exception is None, (seed, done[-20:])
    return done


async def test_a_monkey_does_no_harm(sit: Sit, decks: dict[str, Deck]) -> None:
    assert len(await play(sit, decks, seed=7, steps=120)) > 100


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
async def test_eight_monkeys_do_no_harm(sit: Sit, decks: dict[str, Deck], seed: int) -> None:
    await play(sit, decks, seed, steps=800)
