"""Statistics: days, retention, what is coming up, mastery, hard questions, slips and time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from quizcnn.pictures.pieces import count
from quizcnn.study.pictures.page import NOTHING, sections
from quizcnn.study.statistics.records import Statistics
from quizcnn.study.store.errors import StoreError
from quizcnn.tui.background import start
from quizcnn.tui.prose import CAUTION, QUIET, plain
from quizcnn.tui.widgets.key_bar import KeyBar
from quizcnn.tui.widgets.picture import painted
from quizcnn.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from quizcnn.tui.app import QuizApp

COUNTING = "Counting your answers …"
WIDEST = 140
"""Columns beyond which lines are no easier to read."""


class StatisticsScreen(Screen[None]):
    """The pictures of a learner's statistics, one under the other.

    `load` counts them. It is called in a thread, and may raise StoreError.
    """

    app: QuizApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "app.help", "keys", key_display="?"),
        Binding("q,escape", "app.pop_screen", "home", key_display="q"),
    ]

    def __init__(self, load: Callable[[], Statistics]) -> None:
        super().__init__()
        self._load = load
        self._found: Statistics | None = None
        self._width = 0

    def compose(self) -> ComposeResult:
        yield TitleBar("Statistics")
        with VerticalScroll(id="statistics"):
            yield Static(plain(COUNTING, QUIET), markup=False, classes="part")
        yield KeyBar()

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda theme: self._redraw())
        self.query_one("#statistics").focus()
        start(self, self._count, exclusive=True)

    async def _count(self) -> None:
        try:
            self._found = await asyncio.to_thread(self._load)
        except StoreError as error:
            self.query_one(".part", Static).update(plain(str(error), CAUTION))
            return
        if self._found.streak:
            run = f"{count(self._found.streak, 'day', 'days')} in a row"
            self.query_one(TitleBar).show(run)
        self._redraw()

    def on_resize(self) -> None:
        """Pictures are as wide as the screen."""
        if self._room() != self._width:
            self._redraw()

    def _room(self) -> int:
        page = self.query_one("#statistics")
        return max(min(page.scrollable_content_region.width, WIDEST), 24)

    def _redraw(self) -> None:
        if self._found is None:
            return
        self._width = self._room()
        dark = self.app.current_theme.dark
        parts = [painted(section, dark) for section in sections(self._found, self._width)]
        parts = parts or [plain(NOTHING)]
        page = self.query_one("#statistics")
        with self.app.batch_update():
            shown = list(page.query(Static))
            for part, static in zip(parts, shown, strict=False):
                static.update(part)
            page.mount_all(
                Static(part, markup=False, classes="part") for part in parts[len(shown) :]
            )
