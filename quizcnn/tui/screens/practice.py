"""Practice: a question, its answer, its proof, the next one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from quizcnn.answer.graded import Asked, Blank, Graded, Malformed, Ungraded
from quizcnn.answer.unexplained import seekable
from quizcnn.answer.watching import watched
from quizcnn.deck.model import Question
from quizcnn.display import clean
from quizcnn.study.records import Grade
from quizcnn.study.store.errors import StoreError
from quizcnn.study.turn import Phase
from quizcnn.tui.background import start
from quizcnn.tui.prose import QUIET, join, plain
from quizcnn.tui.screens.practice_keys import BINDINGS, PHASES, blank, has_hint, possible
from quizcnn.tui.sitting import Sitting
from quizcnn.tui.widgets.answers import AnswerArea, OutButton, area_for
from quizcnn.tui.widgets.grade_bar import GradeBar
from quizcnn.tui.widgets.key_bar import KeyBar
from quizcnn.tui.widgets.proof_panel import ProofPanel
from quizcnn.tui.widgets.title_bar import TitleBar
from quizcnn.tui.widgets.verdict import VerdictBox

if TYPE_CHECKING:
    from quizcnn.tui.app import QuizApp

FEW = 3
"""Fewer right answers in a row are not worth a word."""

PATIENCE = 0.2
"""Seconds that a check may run before the screen says that it runs."""


class PracticeScreen(Screen[None]):
    """Draws a sitting's current question and hands keys to it; the session decides everything.

    With `at_once` the first question is posed before anything is drawn, where no check has to be
    run for that: the app then begins with it, and not with an empty screen.
    """

    app: QuizApp

    AUTO_FOCUS = ""  # the answer's area takes the focus when it is there

    BINDINGS: ClassVar[list[BindingType]] = BINDINGS

    def __init__(
        self,
        sitting: Sitting,
        finish: Callable[[Sitting], None],
        edit: Callable[[Question], None],
        at_once: bool = False,
    ) -> None:
        super().__init__()
        self._edit = edit
        self._sitting = sitting
        self._session = sitting.session
        self._finish = finish
        self._at_once = at_once
        self._area: AnswerArea | None = None
        self._asked: Asked | None = None
        self._sought: Graded | Ungraded | None = None
        self._busy = True
        self._over = False
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
                        yield OutButton("Hint (i)", "hint")
                        yield OutButton("Skip (s)", "skip")
                yield VerdictBox()
                yield GradeBar()
            yield ProofPanel()
        yield KeyBar()

    async def on_mount(self) -> None:
        if self._session.seconds_left is not None:
            self.set_interval(1, self._tick)
        asked = None
        if self._at_once:
            with suppress(StoreError):  # told when it is posed once more
                asked = self._sitting.pose_at_once()
        if asked is None:
            self._meet()
        else:
            await self._show(asked)

    def on_screen_resume(self) -> None:
        if self._over:
            self._conclude()

    def _conclude(self) -> None:
        """Show what came of the session, once nothing else stands over it."""
        self._over = self.app.screen is not self
        if not self._over:
            self._finish(self._sitting)

    # Drawing

    def _meet(self) -> None:
        """Draw the current question, or what already came of it."""
        self._begin()
        start(self, self._pose, exclusive=True)

    async def _pose(self) -> None:
        try:
            asked = await asyncio.to_thread(self._sitting.pose)
        except StoreError as error:
            self._give_up(error)
            return
        if asked is None:
            self._conclude()
            return
        if isinstance(asked, Ungraded) and not self._session.reveals:
            self.action_next()
            return
        await self._show(asked if isinstance(asked, Asked) else asked.asked)

    async def _show(self, asked: Asked) -> None:
        self._asked = asked
        with self.app.batch_update():
            self.remove_class("-proof-large")
            self.query_one("#prompt", Static).update(plain(asked.prompt))
            self.query_one("#hint", Static).update("")
            self.query_one("#hint-button").display = has_hint(self._session, asked)
            place = self.query_one("#answer-place", Container)
            await place.remove_children()
            self._area = area_for(asked)
            await place.mount(self._area)
            self._area.restore(self._sitting.draft)
            self._draw()
        self.call_after_refresh(self.app.warm_up)

    def _draw(self) -> None:
        """Draw the phase that the session is in."""
        session, graded = self._session, self._session.graded
        self._draw_state()
        self.set_class(graded is not None, "-answered")
        self._end()
        if graded is None:
            self.query_one(ProofPanel).empty()
            if self._area is not None:
                self._area.enter()
            return
        self._draw_verdict()
        self.query_one(GradeBar).show(session.outlook(), session.grade)
        self.query_one(ProofPanel).show(graded)
        self.query_one(ProofPanel).focus(scroll_visible=False)
        self.query_one("#side").scroll_home(animate=False)
        self.query_one("#body").scroll_home(animate=False)
        if graded is not self._sought:
            self._sought = graded
            start(self, self._seek_slip, exclusive=True, group="slip")

    def _draw_verdict(self) -> None:
        session, graded = self._session, self._session.graded
        if graded is not None:
            seeking = isinstance(graded, Graded) and seekable(graded)
            self.query_one(VerdictBox).show(
                graded, session.outcome, session.notice, session.remark, seeking
            )

    async def _seek_slip(self) -> None:
        """Look for the slip behind a wrong answer; dropped when the learner goes on."""
        graded = self._session.graded
        if not isinstance(graded, Graded) or not seekable(graded):
            return
        slip = await asyncio.to_thread(self._session.seek_slip, lambda: self.is_running)
        if slip is not None and self._session.keep_slip(graded, slip):
            self._draw_verdict()
            self.refresh_bindings()
            self.query_one(ProofPanel).show_slip(replace(graded, slip=slip))

    def _draw_state(self) -> None:
        right, wrong = self._session.score
        run = self._session.run
        score = f"✓ {right}  ✗ {wrong}" + (f"  {run} in a row" if run >= FEW else "")
        told = score if self._session.reveals else self._sitting.clock_words
        self.query_one(TitleBar).show(f"{self._sitting.waiting.all} left   {told}")

    def _tick(self) -> None:
        """Show an exam's clock, and end the exam when its time is over."""
        if self._sitting.over:
            self._session.end()
            self._conclude()
        elif not self._busy:
            self._draw_state()

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
            start(self, partial(self._answer, event.text), exclusive=True)

    async def _answer(self, text: str) -> None:
        self._sitting.draft = text
        answered = await asyncio.to_thread(self._sitting.answer, text)
        if isinstance(answered, Blank | Malformed):
            self._end()
            self._complain(answered)
            return
        self._sitting.draft = ""
        if self._session.reveals:
            self._draw()
        else:
            self.action_next()

    def _complain(self, answered: Blank | Malformed) -> None:
        if self._area is None or self._asked is None:
            return
        if isinstance(answered, Malformed):
            self._area.complain(answered.message)
        else:
            self._area.complain(blank(self._asked.question.kind))

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys work now: this is what the footer shows."""
        if action not in PHASES:
            return True
        if self._asked is None or self._busy:
            return False
        return possible(action, parameters, self._session, self._asked)

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

    def action_grade(self, grade: int) -> None:
        card = self._session.phase is Phase.JUDGING
        self._session.judge(Grade(grade))
        if card and not self._session.notice and not self._session.remark:
            self.action_next()  # the card has been read already
        else:
            self._draw()

    def on_grade_bar_chosen(self, event: GradeBar.Chosen) -> None:
        if self.check_action("grade", (event.grade,)):
            self.action_grade(event.grade)

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
        self._leave(self._session.skip)

    def action_bury(self) -> None:
        self._leave(self._session.bury, "Set aside until tomorrow. u: undo")

    def action_suspend(self) -> None:
        self._leave(self._session.suspend, "Set aside for good. u: undo")

    def _leave(self, leave: Callable[[], None], said: str = "") -> None:
        self._sitting.draft = ""
        leave()
        said = self._session.notice or said
        if said:
            self.notify(clean(said), markup=False)
        self.action_next()

    def action_undo(self) -> None:
        self._begin()
        start(self, self._undo, exclusive=True)

    async def _undo(self) -> None:
        try:
            await asyncio.to_thread(self._sitting.undo)
        except StoreError as error:
            self.notify(clean(str(error)), severity="warning", markup=False)
        self._sitting.draft = ""
        await self._pose()

    def _give_up(self, error: StoreError) -> None:
        """The progress cannot even be read any more."""
        self._end()
        if self.app.screen is self:
            self.app.pop_screen()
        self.app.notify(clean(str(error)), severity="error", markup=False)

    def action_proof(self) -> None:
        self.toggle_class("-proof-large")
        self.query_one(ProofPanel).focus(scroll_visible=False)

    def action_watch(self) -> None:
        from quizcnn.tui.screens.window import WindowScreen  # noqa: PLC0415 - few watch

        if self._session.graded is not None:
            self.app.push_screen(WindowScreen(watched(self._session.graded)))

    def action_lab(self) -> None:
        if isinstance(self._session.graded, Graded):
            self.app.open_lab(self._session.graded)

    def action_edit(self) -> None:
        if self._asked is not None:
            self._edit(self._asked.question)

    def action_home(self) -> None:
        if self._area is not None and self._session.graded is None and not self._busy:
            self._sitting.draft = self._area.text
        self.app.pop_screen()

    def on_out_button_pressed(self, event: OutButton.Pressed) -> None:
        """The ways out do what their keys do, also for a hand on the mouse."""
        if self.check_action(event.out, ()):
            self.action_hint() if event.out == "hint" else self.action_skip()
