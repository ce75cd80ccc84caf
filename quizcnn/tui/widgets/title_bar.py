"""The one line at the top of each screen: where one is, and how it goes."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from quizcnn.tui.prose import plain


class TitleBar(Horizontal):
    """A title to the left, the state of things to the right."""

    def __init__(self, title: str, state: str = "") -> None:
        super().__init__(id="title-bar")
        self._title = title
        self._state = state

    def compose(self) -> ComposeResult:
        yield Static(plain(self._title), markup=False, id="title")
        yield Static(plain(self._state), markup=False, id="state")

    def show(self, state: str) -> None:
        """Change what stands to the right."""
        self.query_one("#state", Static).update(plain(state))
