"""Grades, undo, cram, exam: what the screens make of a session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from shelf import Learner, Shelf

from quizcnn.deck.model import Deck
from quizcnn.study.records import Grade, Mode, Request
from quizcnn.study.settings.model import Settings
from quizcnn.study.store.store import UnwritableError
from quizcnn.tui.screens.home import HomeScreen
from quizcnn.tui.screens.practice import PracticeScreen
from quizcnn.tui.screens.proof import ProofScreen
from quizcnn.tui.screens.settings import SettingsScreen
from quizcnn.tui.screens.statistics import StatisticsScreen
from quizcnn.tui.screens.summary import SummaryScreen
from quizcnn.tui.widgets.grade_bar import GradeBar

Sit = Callable[..., Any]
Decks = dict[str, Deck]


def learner_of(decks: Decks, *ids: str, settings: Settings | None = None) -> Learner:
    """A learner with some questions of the deck `practice`."""
    deck = decks["practice"]
    chosen = tuple(q for name in ids for q in deck.questions if q.id == name)
    return Learner(Shelf(replace(deck, questions=chosen)), settings)


async def test_the_app_begins_with_the_question_and_home_is_gone_to(sit: Sit, decks: Decks) -> None:
    """There is no empty screen before the question, and home is there when it is left."""
    learner = learner_of(decks, "truth")
    async with sit(learner=learner, start=Request()) as seat:
        assert [type(screen) for screen in seat.app.screen_stack] == [PracticeScreen]
        await seat.press("q")
        assert [type(screen) for screen in seat.app.screen_stack] == [HomeScreen]
        assert "under way: 1 left" in seat.text
        await seat.press("end", "enter")
        assert "Does a bright dot" in seat.text
        await seat.press("q")
        assert [type(screen) for screen in seat.app.screen_stack] == [HomeScreen]


async def test_where_no_session_can_be_opened_the_app_begins_at_home_and_says_why(
    sit: Sit, decks: Decks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Progress that cannot be written to is told of, and the decks are shown all the same."""

    def refuse(*_: object) -> None:
        raise UnwritableError("There is no room left on the disk.")

    learner = learner_of(decks, "truth")
    monkeypatch.setattr(learner.study, "open", refuse)
    async with sit(learner=learner, start=Request()) as seat:
        assert isinstance(seat.app.screen, HomeScreen)
        assert seat.toasts == ["There is no room left on the disk."]


async def test_the_grades_stand_under_the_verdict_and_can_be_altered(
    sit: Sit, decks: Decks
) -> None:
    learner = learner_of(decks, "shape")
    async with sit(learner=learner, start=Request()) as seat:
        await seat.answer("6x6")
        assert "1 again 1 min 2 hard 6 min 3 good 10 min ✓ 4 easy 8 d" in seat.text
        await seat.press("4")
        assert "3 good 10 min 4 easy 8 d ✓" in seat.text
        await seat.pilot.click(GradeBar, offset=(26, 0))
        await seat.settle()
        assert "2 hard 6 min ✓" in seat.text
    assert learner.log() == [("practice/shape", 1, Grade.HARD, "6x6")]


async def test_a_card_is_graded_and_the_next_one_comes(sit: Sit, decks: Decks) -> None:
    learner = learner_of(decks, "recall", "truth")
    async with sit(learner=learner, start=Request()) as seat:
        await seat.press("enter")
        assert "1 again 1 min" in seat.text
        assert "✓" not in str(seat.app.screen.query_one(GradeBar).render())
        await seat.press("1")
        assert "Does a bright dot" in seat.text
    assert learner.log() == [("practice/recall", 0, Grade.AGAIN, "")]


async def test_a_question_returns_after_its_learning_step(sit: Sit, decks: Decks) -> None:
    learner = learner_of(decks, "truth")
    async with sit(learner=learner, start=Request()) as seat:
        await seat.press("f", "enter", "n")
        assert "1 left" in seat.text  # a minute early, as nothing else is left
        await seat.press("t", "enter")
        learner.clock.wait(minutes=10)
        await seat.press("n", "t", "enter", "n")
        assert "2 of 3 right." in seat.text


async def test_undo_goes_back_question_by_question_and_from_the_summary(
    sit: Sit, decks: Decks
) -> None:
    async with sit("truth", "choice") as seat:
        await seat.press("t", "enter", "n", "a", "enter", "n")
        assert isinstance(seat.app.screen, SummaryScreen)
        await seat.press("u")
        assert isinstance(seat.app.screen, PracticeScreen)
        assert "Which layer" in seat.text
        await seat.press("u")
        assert "Does a bright dot" in seat.text
        assert "2 left ✓ 0 ✗ 0" in seat.text
        assert "u" not in seat.keys


async def test_undo_reaches_back_over_a_restart(sit: Sit, decks: Decks) -> None:
    settings = Settings(fuzz=False, learning_steps=())
    learner = learner_of(decks, "truth", settings=settings)
    async with sit(learner=learner, start=Request()) as seat:
        await seat.press("f", "enter", "n")
        assert "0 of 1 right." in seat.text
    learner.sit_down()
    async with sit(learner=learner) as seat:
        assert "done for today" in seat.text
        await seat.press("u")
        assert "Does a bright dot" in seat.text
        await seat.press("t", "enter", "n", "enter")
        assert isinstance(seat.app.screen, HomeScreen)
    assert [row[:2] for row in learner.log()] == [("practice/truth", 1)]


async def test_undo_with_nothing_to_undo_says_so(sit: Sit) -> None:
    async with sit("truth", start=None) as seat:
        await seat.press("u")
        assert seat.toasts == ["There is nothing to undo."]
        assert isinstance(seat.app.screen, HomeScreen)


async def test_a_question_is_set_aside_until_tomorrow_or_for_good(sit: Sit, decks: Decks) -> None:
    learner = learner_of(decks, "truth", "choice", "recall")
    async with sit(learner=learner, start=Request()) as seat:
        await seat.press("minus")
        assert seat.toasts == ["Set aside until tomorrow. u: undo"]
        await seat.press("x")
        assert "Set aside for good. u: undo" in seat.toasts
        assert "1 left" in seat.text
    assert learner.store.card("practice/truth").buried == learner.calendar.tomorrow(learner.clock())
    assert learner.store.card("practice/choice").suspended


async def test_cram_asks_all_and_leaves_the_schedule_alone(sit: Sit, decks: Decks) -> None:
    learner = learner_of(decks, "truth")
    async with sit(learner=learner) as seat:
        await seat.press("c")
        assert "Practice [deck]: cram" in seat.text
        await seat.press("t", "enter")
        assert "1 again" not in seat.text
        await seat.press("n", "enter")
        assert "1 new" in seat.text
    assert learner.store.card("practice/truth").memory is None


async def test_an_exam_shows_the_clock_and_the_proofs_at_the_end(sit: Sit, decks: Decks) -> None:
    learner = learner_of(decks, "truth", "shape", "recall")
    request = Request(Mode.EXAM, questions=2, seconds=90)
    async with sit(learner=learner, start=request) as seat:
        assert "1:30 left" in seat.text
        if seat.app.screen.query("#field"):
            await seat.press("escape")
        assert not {"i", "minus", "x"} & set(seat.keys)
        for _ in range(2):
            if seat.app.screen.query("#field"):
                await seat.answer("8x8")
            else:
                await seat.press("t", "enter")
        assert "1 of 2 right." in seat.text
        await seat.press("tab", "down", "up", "enter")
        assert isinstance(seat.app.screen, ProofScreen)
        assert "The check, step by step" in seat.text
        await seat.press("escape", "escape")
        assert isinstance(seat.app.screen, HomeScreen)


async def test_an_exam_ends_when_its_time_is_over(sit: Sit, decks: Decks) -> None:
    learner = learner_of(decks, "truth", "shape")
    async with sit(learner=learner, start=Request(Mode.EXAM, questions=2, seconds=90)) as seat:
        learner.clock.wait(seconds=90)
        seat.practice._tick()
        await seat.settle()
        assert "0 of 2 right." in seat.text
        assert "The time was over." in seat.text


async def test_where_nothing_is_due_it_is_said_and_when_the_next_one_comes(
    sit: Sit, decks: Decks
) -> None:
    learner = learner_of(decks, "truth", settings=Settings(fuzz=False, learning_steps=()))
    async with sit(learner=learner, start=Request()) as seat:
        await seat.press("t", "enter", "n")
        assert "The next one is due in 2 d." in seat.text
        await seat.press("enter", "enter")
        assert "Nothing was asked." in seat.text


async def test_what_cannot_be_saved_is_said_and_the_next_question_comes(
    sit: Sit, decks: Decks, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner = learner_of(decks, "truth", "choice")

    def full(*_: object) -> None:
        raise UnwritableError("There is no room left on the disk [here].")

    monkeypatch.setattr(learner.store, "answer", full)
    async with sit(learner=learner, start=Request()) as seat:
        await seat.press("t", "enter")
        assert "✓ Right." in seat.text
        assert "Not saved. There is no room left on the disk [here]." in seat.text
        await seat.press("n")
        assert "Which layer" in seat.text


async def test_settings_hold_from_the_next_question_on(
    sit: Sit, decks: Decks, tmp_path: Path
) -> None:
    path = tmp_path / "settings.toml"
    learner = learner_of(decks, "truth", "choice", "recall")
    async with sit(learner=learner, settings=path) as seat:
        assert "3 new" in seat.text
        await seat.press("o", "down", "enter")
        assert isinstance(seat.app.screen, SettingsScreen)
        await seat.press("2", "enter", "escape")
        assert "2 new" in seat.text
    assert "new_per_day = 2" in path.read_text(encoding="utf-8")


async def test_statistics_open_from_home(sit: Sit) -> None:
    async with sit("truth", start=None) as seat:
        await seat.press("enter", "t", "enter", "q", "s")
        assert isinstance(seat.app.screen, StatisticsScreen)
        assert "1 answer" in seat.text
        await seat.press("q")
        assert isinstance(seat.app.screen, HomeScreen)


async def test_a_notice_at_the_beginning_is_shown_as_it_is(sit: Sit) -> None:
    async with sit("truth", start=None, notice="Nothing will be saved in [/x].") as seat:
        assert "⚠ Nothing will be saved in [/x]." in seat.text
    async with sit("truth", notice="Nothing will be saved.") as seat:
        assert seat.toasts == ["Nothing will be saved."]
