"""A sliding window on the screen, step by step or by itself."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from quizcnn.check.sliding import LeftOut, Sliding
from quizcnn.pictures.pieces import Line
from quizcnn.pictures.window_cells import Scene
from quizcnn.pictures.window_page import WindowPage, left_out_lines
from quizcnn.pictures.window_pens import Row
from quizcnn.tui.widgets.picture_view import CLASSES, Inks, depth_of, tones_of

SPEEDS = (0.5, 1, 2, 4, 8, 16, 30)
"""Steps in a second."""
USUAL = 2
"""The number of the speed to begin with."""


class WindowPlayer(Widget, can_focus=True):
    """Plays one window. It stands still until it is told to move."""

    COMPONENT_CLASSES: ClassVar[set[str]] = CLASSES
    DEFAULT_CSS = "WindowPlayer { height: 1fr; }" + tones_of("WindowPlayer")

    class Changed(Message):
        """Another step, speed or window is shown, or it began or ceased to move."""

    def __init__(self, shown: Sliding | LeftOut) -> None:
        super().__init__()
        self.step = 0
        self.speed = USUAL
        self.channel = 0
        """Which of the input's channels is shown where there is room for one."""
        self._timer: Timer | None = None
        self._rows: list[Row] = []
        self._page: WindowPage | None = None
        self._inks: Inks | None = None
        self._known: dict[int, tuple[Line, list[Segment]]] = {}
        self._put(shown)

    def _put(self, shown: Sliding | LeftOut) -> None:
        self.shown = shown
        self._scene = Scene(shown) if isinstance(shown, Sliding) else None

    # Going through it

    @property
    def sliding(self) -> Sliding | None:
        """The window that is played, None where it is left out."""
        return self.shown if isinstance(self.shown, Sliding) else None

    @property
    def channels(self) -> int:
        """Of how many of the input's channels one is shown."""
        return 1 if self._page is None else self._page.choices

    def show(self, shown: Sliding | LeftOut) -> None:
        """Show another window from its beginning, or why there is none."""
        self.pause()
        self._put(shown)
        self.step = self.channel = 0
        self._draw_all()

    def go(self, step: int) -> None:
        """Show a step; one beyond the ends is the end."""
        if self.sliding is not None:
            self.step = min(max(step, 0), self.sliding.steps - 1)
            self._draw()

    def leap(self, steps: int) -> None:
        """Go so many steps on, or back, if there are as many."""
        if self.sliding is not None and 0 <= self.step + steps < self.sliding.steps:
            self.go(self.step + steps)

    def look(self) -> None:
        """Show the next channel of the input, where not all are shown."""
        self.channel = (self.channel + 1) % self.channels
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """Jump to the cell that is clicked on."""
        if self._page is None or self._scene is None:
            return
        step = self._page.step_at(self._scene.at(self.step), event.x, event.y)
        if step is not None:
            self.pause()
            self.go(step)

    # Playing it

    @property
    def playing(self) -> bool:
        """Whether it moves by itself."""
        return self._timer is not None

    def play(self) -> None:
        """Move by itself, from the beginning again if it is at the end."""
        if self.sliding is None or self.playing:
            return
        if self.step == self.sliding.steps - 1:
            self.step = 0
        self._timer = self.set_interval(1 / SPEEDS[self.speed], self.advance)
        self._draw()

    def pause(self) -> None:
        """Stand still."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
            self.post_message(self.Changed())

    def advance(self) -> None:
        """One step by itself; at the end it stands still."""
        self.leap(1)
        if self.sliding is not None and self.step == self.sliding.steps - 1:
            self.pause()

    def accelerate(self, by: int) -> None:
        """Play faster or slower."""
        self.speed = min(max(self.speed + by, 0), len(SPEEDS) - 1)
        if self._timer is not None:
            self._timer.stop()
            self._timer = self.set_interval(1 / SPEEDS[self.speed], self.advance)
        self.post_message(self.Changed())

    # Drawing

    def render_line(self, y: int) -> Strip:
        if self._inks is None:
            self._inks = Inks(self)
        base = self._inks.base
        if y >= len(self._rows):
            return Strip.blank(self.size.width, base)
        segments: list[Segment] = []
        at = 0
        for x, line in self._rows[y]:
            if x > at:
                segments.append(Segment(" " * (x - at), base))
            segments += self._segments(line, self._inks)
            at = max(x, at) + sum(len(piece.text) for piece in line)
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._inks = None
        self._draw_all()

    def _on_resize(self, event: events.Resize) -> None:
        self._draw_all()

    def _draw_all(self) -> None:
        """Lay the page out anew: another size, another look or another window."""
        if not self.size:
            return
        self._page = None
        if self._scene is not None:
            self._page = WindowPage(self._scene, *self.size, depth_of(self.app))
            self.channel = min(self.channel, self._page.choices - 1)
        self._rows = []
        self._known.clear()
        self._draw()

    def _draw(self) -> None:
        """Draw the lines that are other ones now."""
        if not self.size:
            return
        before, self._rows = self._rows, self._told()
        shown = {id(line) for row in self._rows for _, line in row}
        self._known = {number: known for number, known in self._known.items() if number in shown}
        if len(before) == len(self._rows):
            pairs = enumerate(zip(before, self._rows, strict=True))
            other = [Region(0, y, self.size.width, 1) for y, (old, new) in pairs if old != new]
            if other:
                self.refresh(*other)
        else:
            self.refresh()
        self.post_message(self.Changed())

    def _told(self) -> list[Row]:
        if self._page is not None and self._scene is not None:
            return self._page.rows(self._scene.at(self.step), self.channel)
        assert isinstance(self.shown, LeftOut)
        return [((0, line),) for line in left_out_lines(self.shown, self.size.width)]

    def _segments(self, line: Line, inks: Inks) -> list[Segment]:
        """A part of a line as it is shown; parts stay the same from step to step."""
        if id(line) not in self._known:
            self._known[id(line)] = (
                line,
                list(inks.strip(line)),
            )  # the line stays, and so its id
        return self._known[id(line)][1]
