"""Apps on small decks, driven by keys, and what can be seen of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from shelf import Learner, Shelf
from textual.pilot import Pilot
from textual.widgets import Input

from quizcnn.check.client import Worker
from quizcnn.check.job import Checker, Job
from quizcnn.check.proof import Proof
from quizcnn.deck.loader import load_deck
from quizcnn.deck.model import Deck
from quizcnn.study.records import Request
from quizcnn.study.settings.model import Settings
from quizcnn.tui.app import QuizApp
from quizcnn.tui.screens.practice import PracticeScreen

from .host import work_done

EACH_ONCE = Settings(fuzz=False, learning_steps=())
"""Without learning steps a question comes back another day."""

HERE = Path(__file__).parent


class Shared:
    """One worker for all tests: an app that closes its checker closes nothing."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    def run(self, jobs: list[Job], timeout: float = 2.0) -> list[Proof]:
        return self._worker.run(jobs, timeout)


class Seat:
    """An app under test: keys go in, what stands on the screen comes out."""

    def __init__(self, app: QuizApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys one after another, each when all that came of the last is done."""
        for key in keys:
            await self.pilot.press(key)
            await work_done(self.app)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text into whatever has the focus."""
        await self.pilot.press(*text)
        await self.settle()

    async def answer(self, text: str) -> None:
        """Paste an answer into the field and hand it in."""
        self.app.screen.query_one(Input).value = text
        await self.press("enter")

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        await work_done(self.app)
        await self.pilot.pause()

    @property
    def practice(self) -> PracticeScreen:
        """The practice screen."""
        assert isinstance(self.app.screen, PracticeScreen)
        return self.app.screen

    def key_of(self, option: str) -> str:
        """The letter under which an option is shown."""
        (line,) = (
            line for line in self.lines() if re.search(rf" [a-h]  {re.escape(option)}", line)
        )
        found = re.search(rf" ([a-h])  {re.escape(option)}", line)
        assert found is not None
        return found[1]

    def lines(self) -> list[str]:
        """What stands on the screen, line by line."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        """What stands on the screen, wrapped lines joined by one space."""
        return " ".join(" ".join(self.lines()).split())

    @property
    def toasts(self) -> list[str]:
        """The notices that stand on the screen, or are about to."""
        return [notice.message for notice in self.app._notifications]

    @property
    def keys(self) -> dict[str, str]:
        """The keys that the footer shows, with what they do."""
        return {
            key: active.binding.description
            for key, active in self.app.screen.active_bindings.items()
            if active.binding.show and active.enabled
        }


class Sitter:
    """Makes a `Seat`: `async with sitter(...) as seat`."""

    def __init__(self, app: QuizApp, size: tuple[int, int]) -> None:
        self._app = app
        self._test = app.run_test(size=size)

    async def __aenter__(self) -> Seat:
        seat = Seat(self._app, await self._test.__aenter__())
        await seat.settle()
        return seat

    async def __aexit__(self, *error: Any) -> None:
        await self._test.__aexit__(*error)


@pytest.fixture(scope="session")
def worker() -> Iterator[Worker]:
    """The process that computes checks."""
    with Worker() as worker:
        yield worker


def read_deck(name: str) -> Deck:
    """A deck beside this file."""
    deck, problems = load_deck(HERE / f"{name}.yaml")
    assert not problems
    assert deck is not None
    return deck


@pytest.fixture(scope="session")
def decks() -> dict[str, Deck]:
    """The decks beside this file."""
    return {name: read_deck(name) for name in ("practice", "broken")}


@pytest.fixture
def sit(
    worker: Worker, decks: dict[str, Deck], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Sitter]:
    """Opens an app: at home, or in practice of the questions named."""
    monkeypatch.delenv("NO_COLOR", raising=False)

    def open_app(
        *ids: str,
        deck: str = "practice",
        size: tuple[int, int] = (80, 24),
        make: Callable[[], Checker] = lambda: Shared(worker),  # type: ignore[arg-type, return-value]
        **options: Any,
    ) -> Sitter:
        shown = [decks[deck]]
        if ids:
            questions = {question.id: question for question in decks[deck].questions}
            shown = [replace(decks[deck], questions=tuple(questions[name] for name in ids))]
            options.setdefault("start", Request())
        shelf = Shelf(*options.pop("decks", shown))
        learner = options.pop("learner", None) or Learner(shelf, EACH_ONCE)
        app = QuizApp(learner.study, learner.shelf, make, **options)
        app.animation_level = "none"
        return Sitter(app, size)

    return open_app
