"""A question from the list: its answer and its proof, computed when it is looked at."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from quizcnn.answer.graded import Graded, Ungraded
from quizcnn.answer.watching import watchable, watched
from quizcnn.check.job import Checker
from quizcnn.deck.model import Question
from quizcnn.study.records import Mode, Request
from quizcnn.tui.background import start
from quizcnn.tui.prose import CAUTION, QUIET, join, lines, plain
from quizcnn.tui.widgets.key_bar import KeyBar
from quizcnn.tui.widgets.proof_panel import ProofPanel
from quizcnn.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from quizcnn.tui.app import QuizApp

RUNNING = "Running the check …"


class QuestionScreen(Screen[None]):
    """The question, its answer, the proof; from here it is practised, edited, taken to the lab."""

    app: QuizApp

    CSS_PATH = "browse.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "practise", "practise this", key_display="Enter"),
        Binding("w", "watch", "watch"),
        Binding("l", "lab", "lab"),
        Binding("e", "edit", "edit"),
        Binding("question_mark", "app.help", "keys", key_display="?"),
        Binding("q,escape", "app.pop_screen", "back", key_display="q"),
    ]

    def __init__(self, question: Question, checker: Checker) -> None:
        super().__init__()
        self._question = question
        self._checker = checker
        self._graded: Graded | Ungraded | None = None

    def compose(self) -> ComposeResult:
        yield TitleBar(self._question.key, str(self._question.kind))
        with VerticalScroll(id="question", can_focus=False):
            yield Static(plain(self._question.ask), markup=False, id="prompt")
        yield Static(plain(RUNNING, QUIET), markup=False, id="solution")
        yield ProofPanel()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(ProofPanel).focus(scroll_visible=False)
        start(self, self._solve)

    async def _solve(self) -> None:
        from quizcnn.answer.solved import solve  # noqa: PLC0415 - imported behind the screen

        graded = await asyncio.to_thread(solve, self._question, self._checker)
        self._graded = graded
        with self.app.batch_update():
            self.query_one("#prompt", Static).update(plain(graded.asked.prompt))
            self.query_one("#solution", Static).update(_solution(graded))
            self.query_one(ProofPanel).show(graded)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What was computed may have a window to watch, and can be taken to the lab."""
        if action in ("watch", "lab"):
            graded = self._graded
            return isinstance(graded, Graded) and (action == "lab" or watchable(graded))
        return True

    def action_practise(self) -> None:
        self.app.practise(Request(Mode.CRAM, keys=(self._question.key,)), self._question.key)

    def action_watch(self) -> None:
        from quizcnn.tui.screens.window import WindowScreen  # noqa: PLC0415 - few watch

        if self._graded is not None:
            self.app.push_screen(WindowScreen(watched(self._graded)))

    def action_lab(self) -> None:
        if isinstance(self._graded, Graded):
            self.app.open_lab(self._graded)

    def action_edit(self) -> None:
        self.app.edit(self._question)


def _solution(graded: Graded | Ungraded) -> Content:
    """The stored answer and the computed one, or why there is none."""
    if isinstance(graded, Ungraded):
        return plain(f"⚠ Not confirmed: {graded.reason}", CAUTION)
    named = [("the answer  ", graded.stored), ("computed    ", graded.computed)]
    return lines([join((name, QUIET), words) for name, words in named if words])
