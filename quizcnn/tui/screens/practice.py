"""Practice: a question, its answer, its proof, the next one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Button, Footer, Static

from quizcnn.answer.graded import Asked, Blank, Malformed
from quizcnn.deck.model import Kind
from quizcnn.study.session import Phase
from quizcnn.tui.prose import QUIET, join, plain
from quizcnn.tui.sitting import Sitting
from quizcnn.tui.widgets.answers import AnswerArea, OutButton, area_for
from quizcnn.tui.widgets.proof_panel import ProofPanel
from quizcnn.tui.widgets.title_bar import TitleBar
from quizcnn.tui.widgets.verdict import VerdictBox

CHOOSING = Binding.Group("choose", compact=True)

PHASES: dict[str, tuple[Phase, ...]] = {
    "submit": (Phase.ASKING,),
    "turn": (Phase.ASKING,),
    "choose": (Phase.ASKING,),
    "choose_truth": (Phase.ASKING,),
    "take_back": (Phase.ASKING,),
    "hint": (Phase.ASKING,),
    "skip": (Phase.ASKING,),
    "judge": (Phase.JUDGING,),
    "next": (Phase.DONE,),
    "proof": (Phase.JUDGING, Phase.DONE),
}
"""The phases in which an action is possible; actions not named here always are."""

PATIENCE = 0.2
"""Seconds that a check may run before the screen says that it runs."""

BLANK = {
    Kind.CHOICE: "Choose an option first, by its letter. Or s to skip.",
    Kind.TRUE_FALSE: "Choose first: t or f. Or s to skip.",
    Kind.ORDER: "Give the letters first, one after another. Or s to skip.",
}
BLANK_FIELD = "Type an answer first. Or leave the field with Esc, then s to skip."


class PracticeScreen(Screen[None]):
    """Draws a sitting's current question and hands keys to it; the session decides everything."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "submit", "answer", key_display="Enter"),
        Binding("enter,space", "turn", "turn the card", key_display="Enter"),
        *(Binding(key, f"choose('{key}')", "choose", group=CHOOSING) for key in "abcdefgh"),
        *(Binding(key, f"choose_truth('{key}')", "choose", group=CHOOSING) for key in "tf"),
        Binding("backspace", "take_back", "take back", key_display="Backspace"),
        Binding("y", "judge(True)", "I knew it"),
        Binding("n", "judge(False)", "I did not"),
        Binding("n,enter,space", "next", "next", key_display="n/Enter"),
        Binding("i", "hint", "hint"),
        Binding("s", "skip", "skip"),
        Binding("p", "proof", "proof"),
        Binding("question_mark", "app.help", "keys", key_display="?"),
        Binding("q,escape", "home", "home", key_display="q"),
    ]

    def __init__(self, sitting: Sitting, finish: Callable[[Sitting], None]) -> None:
        super().__init__()
        self._sitting = sitting
        self._session = sitting.session
        self._finish = finish
        self._area: AnswerArea | None = None
        self._asked: Asked | None = None
        self._busy = True
        self._patience: Timer | None = None

    def compose(self) -> ComposeResult:
        yield TitleBar(self._sitting.title)
        with VerticalScroll(id="body", can_focus=False):
            with VerticalScroll(id="side", can_focus=False):
                with Vertical(id="question"):
                    yield Static(id="prompt", markup=False)
                    yield Container(id="answer-place")
                    yield Static(id="hint", markup=False)
                    with Horizontal(id="outs"):
                        yield OutButton("Hint (i)", id="hint-button", compact=True)
                        yield OutButton("Skip (s)", id="skip-button", compact=True)
                yield VerdictBox()
            yield ProofPanel()
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        self._meet()

    # Drawing

    def _meet(self) -> None:
        """Draw the current question, or what already came of it."""
        self._begin()
        self.run_worker(self._pose(), exclusive=True)

    async def _pose(self) -> None:
        asked = await asyncio.to_thread(self._sitting.pose)
        if asked is None:
            self._finish(self._sitting)
            return
        self._asked = asked if isinstance(asked, Asked) else asked.asked
        with self.app.batch_update():
            self.remove_class("-proof-large")
            self.query_one("#prompt", Static).update(plain(self._asked.prompt))
            self.query_one("#hint", Static).update("")
            self.query_one("#hint-button").display = self._asked.hint is not None
            place = self.query_one("#answer-place", Container)
            await place.remove_children()
            self._area = area_for(self._asked)
            await place.mount(self._area)
            self._area.restore(self._sitting.draft)
            await self._draw()

    async def _draw(self) -> None:
        """Draw the phase that the session is in."""
        session, graded = self._session, self._session.graded
        self._draw_state()
        self.set_class(graded is not None, "-answered")
        self._end()
        if graded is None:
            await self.query_one(ProofPanel).empty()
            if self._area is not None:
                self._area.enter()
            return
        self.query_one(VerdictBox).show(graded, session.outcome)
        await self.query_one(ProofPanel).show(graded)
        self.query_one(ProofPanel).focus(scroll_visible=False)
        self.query_one("#side").scroll_home(animate=False)
        self.query_one("#body").scroll_home(animate=False)

    def _draw_state(self) -> None:
        session, summary = self._session, self._session.summary()
        number = min(session.position, session.total)
        self.query_one(TitleBar).show(
            f"{number} of {session.total}   ✓ {summary.right}  ✗ {summary.wrong}"
        )

    # Waiting for a check: it takes no answers meanwhile, and says so if it takes long

    def _begin(self) -> None:
        self._busy = True
        self._patience = self.set_timer(PATIENCE, self._say_running)

    def _say_running(self) -> None:
        if not self._busy:  # the timer may have rung just before it was stopped
            return
        self.query_one(VerdictBox).wait()
        self.add_class("-running")
        self.refresh_bindings()

    def _end(self) -> None:
        self._busy = False
        if self._patience is not None:
            self._patience.stop()
        self.remove_class("-running")
        self.refresh_bindings()

    # Answering

    def on_answer_area_submitted(self, event: AnswerArea.Submitted) -> None:
        if not self._busy and self._session.phase is Phase.ASKING:
            self._begin()
            self.run_worker(self._answer(event.text), exclusive=True)

    async def _answer(self, text: str) -> None:
        self._sitting.draft = text
        answered = await asyncio.to_thread(self._sitting.answer, text)
        if isinstance(answered, Blank | Malformed):
            self._end()
            self._complain(answered)
            return
        self._sitting.draft = ""
        await self._draw()

    def _complain(self, answered: Blank | Malformed) -> None:
        if self._area is None or self._asked is None:
            return
        kind = self._asked.question.kind
        if isinstance(answered, Malformed):
            self._area.complain(answered.message)
        else:
            self._area.complain(BLANK.get(kind, BLANK_FIELD))

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys work now: this is what the footer shows."""
        if action not in PHASES:
            return True
        if self._asked is None or self._busy or self._session.phase not in PHASES[action]:
            return False
        kind = self._asked.question.kind
        match action:
            case "turn":
                return kind is Kind.RECALL
            case "submit":
                return kind is not Kind.RECALL
            case "choose":
                shown = len(self._asked.options)
                return str(parameters[0]) in "abcdefgh"[:shown]
            case "choose_truth":
                return kind is Kind.TRUE_FALSE
            case "take_back":
                return kind is Kind.ORDER
            case "hint":
                return self._asked.hint is not None
            case _:
                return True

    def action_submit(self) -> None:
        if self._area is not None:
            self._area.submit()

    def action_turn(self) -> None:
        self.action_submit()

    def action_choose(self, key: str) -> None:
        if self._area is not None:
            self._area.choose(key)

    def action_choose_truth(self, key: str) -> None:
        self.action_choose(key)

    def action_take_back(self) -> None:
        if self._area is not None:
            self._area.take_back()

    def action_judge(self, right: bool) -> None:
        self._session.judge(right)
        self.run_worker(self._draw(), exclusive=True)

    def action_next(self) -> None:
        self._session.next()
        self._meet()

    def action_hint(self) -> None:
        if self._asked is not None and self._asked.hint is not None:
            hint = self.query_one("#hint", Static)
            hint.update(join(("hint  ", QUIET), self._asked.hint))
            self.call_after_refresh(hint.scroll_visible, animate=False)
            if self._area is not None:
                self._area.enter()

    def action_skip(self) -> None:
        self._sitting.draft = ""
        self._session.skip()
        self.action_next()

    def action_proof(self) -> None:
        self.toggle_class("-proof-large")
        self.query_one(ProofPanel).focus(scroll_visible=False)

    def action_home(self) -> None:
        if self._area is not None and self._session.graded is None and not self._busy:
            self._sitting.draft = self._area.text
        self.app.pop_screen()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The buttons do what their keys do, also for a hand on the mouse."""
        event.stop()
        action = "hint" if event.button.id == "hint-button" else "skip"
        if self.check_action(action, ()):
            self.action_hint() if action == "hint" else self.action_skip()
