"""The lab: a question's givens and check, changed by hand, its proof computed anew at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Select, Static, TextArea

from quizcnn.answer.graded import Graded
from quizcnn.answer.gridding import Sweep, sweep
from quizcnn.answer.laboratory import (
    Bench,
    Setup,
    Trial,
    as_python,
    asked_words,
    begin,
    bench_of,
    options_of,
    trial,
    with_slip,
)
from quizcnn.answer.watching import Watched
from quizcnn.check.job import Checker
from quizcnn.tui.background import start
from quizcnn.tui.prose import plain
from quizcnn.tui.screens.lab_question import LabQuestionScreen
from quizcnn.tui.screens.window import WindowScreen
from quizcnn.tui.widgets.check_editor import CheckEditor
from quizcnn.tui.widgets.given_fields import GivenField, GivenFields
from quizcnn.tui.widgets.key_bar import KeyBar
from quizcnn.tui.widgets.lab_outcome import FaultLine, OutcomeLine
from quizcnn.tui.widgets.proof_panel import ProofPanel
from quizcnn.tui.widgets.title_bar import TitleBar
from quizcnn.tui.widgets.trial_parts import trial_parts
from quizcnn.verify.proposing import propose

PAUSE = 0.2
"""Seconds after the last change before it is computed."""

PATIENCE = 0.6
"""Seconds after the last change before it is said that it is being computed."""


class LabScreen(Screen[None]):
    """Hands what is typed to the laboratory, and draws what comes of it."""

    CSS_PATH = "lab.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "fields", "givens"),
        Binding("e", "editor", "check"),
        Binding("w", "watch", "watch"),
        Binding("c", "copy", "copy as Python"),
        Binding("s", "save", "save as question"),
        Binding("y", "slip", "your slip"),
        Binding("r", "reset", "as it was"),
        Binding("question_mark", "app.help", "keys", key_display="?"),
        Binding("q,escape", "app.pop_screen", "back", key_display="Esc"),
    ]

    def __init__(self, taken: Graded | Bench, checker: Checker) -> None:
        super().__init__()
        bench = bench_of(taken) if isinstance(taken, Graded) else taken
        self._bench = bench
        self._checker = checker
        self._began = begin(bench)
        self._shown: Trial | None = None
        self._sweep: Sweep | None = None
        self._swept = ""
        self._run = 0
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        bench, setup = self._bench, self._began
        yield TitleBar("Lab", bench.question.key)
        with Container(id="lab"):
            with Vertical(id="bench"):
                yield Static(plain(asked_words(bench)), markup=False, id="lab-ask")
                options = options_of(bench)
                if options:
                    texts = [(plain(one.text), at) for at, one in enumerate(options)]
                    yield Select(
                        texts, value=setup.option, allow_blank=False, compact=True, id="option"
                    )
                yield GivenFields(setup.given)
                yield CheckEditor(setup.code)
                yield FaultLine()
            with Vertical(id="outcome"):
                yield FaultLine()  # under the editor too, where the bench is above
                yield OutcomeLine()
                yield ProofPanel()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(ProofPanel).border_title = "What it comes to"
        self.action_fields()
        self._compute()

    @property
    def setup(self) -> Setup:
        """What stands in the lab now."""
        chosen = self.query("#option")
        option = chosen.first(Select).value if chosen else 0
        code = self.query_one(CheckEditor).text
        given = self.query_one(GivenFields).typed
        return Setup(given, code, option if isinstance(option, int) else 0)

    # Computing: after a pause, in a thread; what comes too late is dropped

    def on_given_fields_changed(self) -> None:
        self._changed()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._changed()

    async def on_select_changed(self, event: Select.Changed) -> None:
        event.stop()
        if isinstance(event.value, int) and event.value != self._began.option:
            code = self.query_one(CheckEditor).text
            self._began = begin(self._bench, event.value)
            await self._put(replace(self._began, code=code))

    def _changed(self) -> None:
        """Grey what stands there, and compute once the person pauses."""
        same = self._shown is not None and self._shown.setup == self.setup
        self._run += 1
        if self._pause is not None:
            self._pause.stop()
        self.query_one("#outcome").set_class(not same, "-stale")
        if not same:
            self._pause = self.set_timer(PAUSE, self._compute)
            self.set_timer(PATIENCE, self._say_running)

    def _say_running(self) -> None:
        """Say in words, too, that what stands there is old."""
        if self.query_one("#outcome").has_class("-stale"):
            self.query_one(TitleBar).show("computing …")

    def _compute(self) -> None:
        self._run += 1
        # not exclusive: a thread goes on to its end, what it finds only counts no more
        start(self, partial(self._computed, self._run), group="lab")

    async def _computed(self, run: int) -> None:
        setup = self.setup
        found = await asyncio.to_thread(trial, self._bench, setup, self._checker)
        if not self._wanted(run) or setup != self.setup:  # typed, and not yet told of it
            return
        self._shown = found
        self._draw(found)
        if found.fault is None and setup.code != self._swept:
            self._sweep = None
            self._draw_outcome()
            question = self._bench.question
            swept = await asyncio.to_thread(
                sweep, question, setup.code, self._checker, lambda: self._wanted(run)
            )
            if swept is None or not self._wanted(run):
                return
            self._sweep, self._swept = swept, setup.code
            self._draw_outcome()

    def _wanted(self, run: int) -> bool:
        return run == self._run and self.is_running

    # Drawing

    def _draw(self, found: Trial) -> None:
        fault = found.fault
        with self.app.batch_update():
            self.query_one("#outcome").remove_class("-stale")
            self.query_one(TitleBar).show(self._bench.question.key)
            for line in self.query(FaultLine):
                line.show(fault)
            self.query_one(CheckEditor).mark(fault.line if fault and not fault.given else None)
            fields = self.query_one(GivenFields)
            fields.mark(fault.given if fault else "")
            fields.show_seed(found.proof.random)
            self.query_one("#lab-ask", Static).update(plain(asked_words(self._bench, found)))
            self._draw_outcome()
            self.refresh_bindings()
            self.query_one(ProofPanel).redraw(trial_parts(self._bench, found))

    def _draw_outcome(self) -> None:
        if self._shown is not None:
            current = self._shown.setup.code == self._swept
            self.query_one(OutcomeLine).show(self._shown, self._sweep if current else None)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There may be no slip to make, and no window to watch."""
        if action == "watch":
            return self._shown is not None and bool(self._shown.proof.windows)
        return action != "slip" or self._bench.slip is not None

    def action_leave_field(self) -> None:
        self.add_class("-looking")
        self.query_one(ProofPanel).focus()

    def action_fields(self) -> None:
        fields = [field for field in self.query(GivenField) if field.display]
        self._enter(fields[0] if fields else self.query_one(CheckEditor))

    def action_editor(self) -> None:
        self._enter(self.query_one(CheckEditor))

    def _enter(self, place: Widget) -> None:
        self.remove_class("-looking")
        place.focus(scroll_visible=False)
        self.call_after_refresh(place.scroll_visible, animate=False)

    def action_watch(self) -> None:
        if self._shown is not None:
            self.app.push_screen(WindowScreen([*map(Watched, self._shown.proof.windows)]))

    def action_copy(self) -> None:
        code = as_python(self._bench, self.setup)
        self.app.copy_to_clipboard(code)
        self.notify(f"Copied: {len(code.splitlines())} lines of Python.", markup=False)

    def action_save(self) -> None:
        start(self, self._save, exclusive=True, group="save")

    async def _save(self) -> None:
        setup = self.setup
        self.query_one(TitleBar).show("verifying …")
        proposal = await asyncio.to_thread(propose, self._bench, setup, self._checker)
        self.query_one(TitleBar).show(self._bench.question.key)
        self.app.push_screen(LabQuestionScreen(proposal))

    async def action_slip(self) -> None:
        if self._bench.slip is not None:
            await self._put(with_slip(self._bench, self._bench.slip))

    async def action_reset(self) -> None:
        await self._put(self._began)

    async def _put(self, setup: Setup) -> None:
        await self.query_one(GivenFields).put(setup.given)
        editor = self.query_one(CheckEditor)
        if editor.text != setup.code:
            editor.text = setup.code
        self._changed()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
