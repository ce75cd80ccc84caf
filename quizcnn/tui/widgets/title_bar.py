"""The one line at the top of each screen: where one is, and how it goes."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from quizcnn.tui.prose import plain

LEAST = 8
"""Columns that a title keeps beside a long state."""


class TitleBar(Widget):
    """A title to the left, the state of things to the right; the title gives way."""

    def __init__(self, title: str, state: str = "") -> None:
        super().__init__(id="title-bar")
        self._title = title
        self._state = state

    def render(self) -> Content:
        width = self.content_size.width
        state = plain(self._state).truncate(max(width - LEAST - 1, 0), ellipsis=True)
        room = max(width - state.cell_length - 1, 0)
        title = plain(self._title, "bold").truncate(room, ellipsis=True, pad=True)
        return Content("").join([title, Content(" "), state])

    def show(self, state: str) -> None:
        """Change what stands to the right."""
        if state != self._state:
            self._state = state
            self.refresh()

    def call(self, title: str) -> None:
        """Change the title."""
        self._title = title
        self.refresh()
