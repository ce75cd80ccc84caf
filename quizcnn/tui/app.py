"""The app: decks in, screens out. It owns the checker and the sessions under way."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from quizcnn.check.job import Checker
from quizcnn.deck.model import Deck, Problem, Question, SourceEntry
from quizcnn.study.findings import findings
from quizcnn.study.session import Session
from quizcnn.tui.checker import LateChecker
from quizcnn.tui.screens.findings import FindingsScreen
from quizcnn.tui.screens.home import ALL, HomeScreen
from quizcnn.tui.screens.keys import KeysScreen
from quizcnn.tui.screens.practice import PracticeScreen
from quizcnn.tui.screens.summary import SummaryScreen
from quizcnn.tui.sitting import Sitting

MISSED = ": the missed ones"


class QuizApp(App[None]):
    """Practice in the terminal.

    `make_checker` is called once, after the first frame and in a thread. `start` names decks to
    practise at once; None opens the home screen.
    """

    TITLE = "quizcnn"
    CSS_PATH = "app.tcss"
    COMMAND_PALETTE_BINDING = "colon"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  (Textual declares it as an instance variable)
        (0, "-narrow"),
        (60, "-medium"),
        (110, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("colon", "command_palette", "commands", show=False, key_display=":"),
    ]

    def __init__(
        self,
        decks: Sequence[Deck],
        problems: Sequence[Problem],
        make_checker: Callable[[], Checker],
        sources: Sequence[SourceEntry] = (),
        start: tuple[str, ...] | None = None,
        rng: random.Random | None = None,
    ) -> None:
        super().__init__()
        self._decks = tuple(decks)
        self._problems = tuple(problems)
        self._checker = LateChecker(make_checker)
        self._start = start
        self._rng = rng or random.Random()
        self._sittings: dict[str, Sitting] = {}
        self._findings = findings(
            (question for deck in self._decks for question in deck.questions), sources
        )

    def get_default_screen(self) -> Screen[None]:
        return HomeScreen(self._decks, self._problems, len(self._findings), self._sittings)

    def on_mount(self) -> None:
        if self._start is not None:
            self.practise(*self._start)
        self.call_after_refresh(self._warm_up)

    async def on_unmount(self) -> None:
        await asyncio.to_thread(self._checker.close)

    def practise(self, *names: str) -> None:
        """Practise decks by name, or all of them, going on where they were left."""
        decks = [deck for deck in self._decks if ALL in names or deck.name in names]
        several = "All decks" if len(decks) == len(self._decks) else "Some decks"
        title = decks[0].title if len(decks) == 1 else several
        questions = [question for deck in decks for question in deck.questions]
        self.practise_questions("+".join(names), title, questions)

    def practise_questions(self, name: str, title: str, questions: Sequence[Question]) -> None:
        """Practise these questions, going on where the session of this name was left."""
        if name not in self._sittings:
            session = Session(questions, self._checker, self._rng)
            self._sittings[name] = Sitting(name, title, session)
        self.push_screen(PracticeScreen(self._sittings[name], self._finish))

    def repeat(self, title: str, questions: Sequence[Question]) -> None:
        """Practise missed questions once more, in place of the summary that lists them."""
        title = title.removesuffix(MISSED) + MISSED
        self.pop_screen()
        self._sittings.pop(title, None)
        self.practise_questions(title, title, questions)

    def show_findings(self) -> None:
        """Show what the document gets wrong."""
        self.push_screen(FindingsScreen(self._findings))

    def action_help(self) -> None:
        self.push_screen(KeysScreen())

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The commands of the palette: those of the question first."""
        if isinstance(screen, PracticeScreen):
            if screen.check_action("hint", ()):
                yield SystemCommand("Hint", "Show the question's hint", screen.action_hint)
            if screen.check_action("skip", ()):
                yield SystemCommand("Skip", "Leave this question out", screen.action_skip)
            yield SystemCommand("Home", "Leave; the deck goes on here later", screen.action_home)
        yield SystemCommand("Theme", "Choose light, dark or another look", self.action_change_theme)
        yield SystemCommand("Keys", "All keys on one page", self.action_help)
        yield SystemCommand("Quit", "Leave quizcnn", self.action_quit)

    def _finish(self, sitting: Sitting) -> None:
        self._sittings.pop(sitting.name, None)
        self.switch_screen(SummaryScreen(sitting.title, sitting.session.summary()))

    def _warm_up(self) -> None:
        self.run_worker(self._checker.warm_up, thread=True, group="checker")
