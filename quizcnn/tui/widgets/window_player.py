"""A sliding window on the screen, step by step or by itself."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from quizcnn.check.sliding import LeftOut, Sliding
from quizcnn.pictures.pieces import Line, Tone
from quizcnn.pictures.window_cells import Scene
from quizcnn.pictures.window_page import WindowPage, left_out_lines
from quizcnn.tui.widgets.picture_view import depth_of, strip

SPEEDS = (0.5, 1, 2, 4, 8, 16, 30)
"""Steps in a second."""
KEPT = 2_000
"""Lines that are kept as they are shown."""
USUAL = 2
"""The number of the speed to begin with."""


class WindowPlayer(Widget, can_focus=True):
    """Plays one window. It stands still until it is told to move."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"picture--{tone.value}" for tone in Tone}
    DEFAULT_CSS = """
    WindowPlayer {
        height: 1fr;
        & > .picture--window { background: $primary 45%; color: $foreground; text-style: bold; }
        & > .picture--winner { background: $success 60%; color: $foreground; text-style: bold; }
        & > .picture--none { color: $foreground 50%; }
        & > .picture--bar { color: $text-primary; }
        & > .picture--strong { text-style: bold; }
        & > .picture--quiet { color: $foreground 70%; }
    }
    """

    class Changed(Message):
        """Another step, speed or window is shown, or it began or ceased to move."""

    def __init__(self, shown: Sliding | LeftOut) -> None:
        super().__init__()
        self.step = 0
        self.speed = USUAL
        self.channel = 0
        """Which of the input's channels is shown where there is room for one."""
        self._timer: Timer | None = None
        self._strips: list[Strip] = []
        self._page: WindowPage | None = None
        self._known: dict[Line, Strip] = {}
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
        if y >= len(self._strips):
            return Strip.blank(self.size.width, self.rich_style)
        return self._strips[y]

    def notify_style_update(self) -> None:
        super().notify_style_update()
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
        self._strips = []
        self._known.clear()
        self._draw()

    def _draw(self) -> None:
        """Draw the lines that are other ones now."""
        if not self.size:
            return
        before, self._strips = self._strips, list(map(self._strip, self._lines()))
        if len(before) == len(self._strips):
            pairs = enumerate(zip(before, self._strips, strict=True))
            other = [Region(0, y, self.size.width, 1) for y, (old, new) in pairs if old is not new]
            if other:
                self.refresh(*other)
        else:
            self.refresh()
        self.post_message(self.Changed())

    def _lines(self) -> list[Line]:
        if self._page is not None and self._scene is not None:
            return self._page.lines(self._scene.at(self.step), self.channel)
        assert isinstance(self.shown, LeftOut)
        return left_out_lines(self.shown, self.size.width)

    def _strip(self, line: Line) -> Strip:
        if line not in self._known:
            if len(self._known) > KEPT:
                self._known.clear()
            drawn = strip(self, line).adjust_cell_length(self.size.width, self.rich_style)
            self._known[line] = drawn
        return self._known[line]
