"""Every question can be found as one types, and looked at with its proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.widgets import Input

from quizcnn.deck.model import Deck
from quizcnn.tui.screens.browse import MOST, BrowseScreen, HitList
from quizcnn.tui.screens.home import HomeScreen
from quizcnn.tui.screens.practice import PracticeScreen
from quizcnn.tui.screens.question import QuestionScreen

Sit = Callable[..., Any]
Decks = dict[str, Deck]


async def test_from_a_search_to_a_proof_to_practice_and_back(sit: Sit) -> None:
    async with sit() as seat:
        await seat.press("b")
        assert isinstance(seat.app.screen, BrowseScreen)
        assert "9 in all" in seat.text
        await seat.type("parameters")
        assert "1 found" in seat.text
        await seat.press("enter")
        assert isinstance(seat.app.screen, QuestionScreen)
        assert "▌ the answer 224 ▌ computed 224" in seat.text
        assert "The check, step by step" in seat.text
        await seat.press("enter")
        assert isinstance(seat.app.screen, PracticeScreen)
        await seat.answer("224")
        assert "✓ Right." in seat.text
        await seat.press("q", "q")
        assert isinstance(seat.app.screen, BrowseScreen)
        assert seat.app.screen.query_one(Input).value == "parameters"
        await seat.press("down", "escape")
        assert isinstance(seat.app.screen, HomeScreen)


async def test_looking_at_a_question_leaves_the_schedule_alone(sit: Sit) -> None:
    async with sit() as seat:
        await seat.press("slash", "down", "enter", "escape", "q")
        assert "9 questions 9 new" in seat.text


async def test_what_is_not_there_is_said_and_escape_leads_back(sit: Sit) -> None:
    async with sit() as seat:
        await seat.press("b")
        await seat.type("zebra")
        assert "No question has all of this." in seat.text
        assert "0 found" in seat.text
        await seat.press("enter")
        assert isinstance(seat.app.screen, BrowseScreen)
        await seat.press("escape")
        assert isinstance(seat.app.screen, HomeScreen)


async def test_a_question_whose_check_fails_says_why(sit: Sit) -> None:
    async with sit(deck="broken") as seat:
        await seat.press("b", "enter")
        assert "⚠ Not confirmed: The check cannot be computed" in seat.text
        assert not {"w", "l"} & set(seat.keys)


async def test_of_many_questions_only_the_first_are_listed(sit: Sit, decks: Decks) -> None:
    (truth,) = (each for each in decks["practice"].questions if each.id == "truth")
    many = tuple(replace(truth, id=f"truth-{n}") for n in range(MOST + 50))
    async with sit(decks=(replace(decks["practice"], questions=many),)) as seat:
        await seat.press("b", "down", "end")
        assert seat.app.screen.query_one(HitList).option_count == MOST
        assert f"These are the first {MOST}" in seat.text


@pytest.mark.parametrize("size", [(40, 12), (140, 40)])
async def test_it_can_be_clicked_at_every_size(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size=size) as seat:
        await seat.press("b")
        row = next(n for n, line in enumerate(seat.lines()) if "What size has" in line)
        await seat.pilot.click(offset=(4, row))
        await seat.settle()
        assert isinstance(seat.app.screen, QuestionScreen)
        assert "What size has" in seat.text
        assert "the answer 6×6" in seat.text
