"""A proof to look at again, with the verdict on the answer that was given."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from quizcnn.answer.graded import Graded
from quizcnn.answer.unexplained import seekable
from quizcnn.answer.watching import watchable, watched
from quizcnn.study.summary import Outcome
from quizcnn.tui.background import start
from quizcnn.tui.prose import plain
from quizcnn.tui.screens.window import WindowScreen
from quizcnn.tui.widgets.key_bar import KeyBar
from quizcnn.tui.widgets.proof_panel import ProofPanel
from quizcnn.tui.widgets.title_bar import TitleBar
from quizcnn.tui.widgets.verdict import VerdictBox

if TYPE_CHECKING:
    from quizcnn.tui.app import QuizApp


class ProofScreen(Screen[None]):
    """The question, the verdict, the proof."""

    app: QuizApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "watch", "watch"),
        Binding("l", "lab", "lab"),
        Binding("question_mark", "app.help", "keys", key_display="?"),
        Binding("enter,space,q,escape", "app.pop_screen", "back", key_display="Enter"),
    ]

    def __init__(self, graded: Graded, outcome: Outcome) -> None:
        super().__init__()
        self._graded = graded
        self._outcome = outcome

    def compose(self) -> ComposeResult:
        yield TitleBar("Proof", self._graded.asked.question.key)
        with Vertical(id="question"):
            yield Static(plain(self._graded.asked.prompt), markup=False, id="prompt")
        yield VerdictBox()
        yield ProofPanel()
        yield KeyBar()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether there is a window to be watched."""
        return action != "watch" or watchable(self._graded)

    def action_watch(self) -> None:
        self.app.push_screen(WindowScreen(watched(self._graded)))

    async def on_mount(self) -> None:
        seeking = seekable(self._graded)
        self.query_one(VerdictBox).show(self._graded, self._outcome, seeking=seeking)
        self.query_one(ProofPanel).show(self._graded)
        self.query_one(ProofPanel).focus(scroll_visible=False)
        if seeking:  # an exam has not looked for the slip yet
            start(self, self._seek_slip)

    async def _seek_slip(self) -> None:
        seek = self.app.slip_behind
        slip = await asyncio.to_thread(seek, self._graded, lambda: self.is_running)
        if slip is not None and self.is_running:
            self._graded = replace(self._graded, slip=slip)
            self.query_one(VerdictBox).show(self._graded, self._outcome)
            self.refresh_bindings()
            self.query_one(ProofPanel).show_slip(self._graded)

    def action_lab(self) -> None:
        self.app.open_lab(self._graded)
