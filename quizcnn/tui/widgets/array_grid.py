"""An array at full size, to scroll through and to point at its values."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from quizcnn.check.value import Array
from quizcnn.pictures.arrays import ArrayPicture, Style, View, style_for
from quizcnn.pictures.colours import Depth
from quizcnn.tui.widgets.picture_view import CLASSES, Inks, depth_of, tones_of

PAGE = 10
"""Rows that Page Up and Page Down go."""


class ArrayGrid(ScrollView, can_focus=True):
    """Draws an array's values and marks the one that is pointed at by arrow keys or mouse."""

    COMPONENT_CLASSES: ClassVar[set[str]] = CLASSES
    DEFAULT_CSS = "ArrayGrid { height: 1fr; scrollbar-size: 1 1; }" + tones_of("ArrayGrid")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", "up", show=False),
        Binding("down", "move(1, 0)", "down", show=False),
        Binding("left", "move(0, -1)", "left", show=False),
        Binding("right", "move(0, 1)", "right", show=False),
        Binding("pageup", f"move(-{PAGE}, 0)", "page up", show=False),
        Binding("pagedown", f"move({PAGE}, 0)", "page down", show=False),
        Binding("home", "move(0, -1000000)", "first", show=False),
        Binding("end", "move(0, 1000000)", "last", show=False),
    ]

    class Pointed(Message):
        """Another value is pointed at."""

    def __init__(self, array: Array, steps: tuple[int, ...] = ()) -> None:
        super().__init__()
        self.array = array
        self._steps = steps
        self.index = 0
        self._values: bool | None = None
        self._picture: ArrayPicture | None = None
        self._strips: dict[int, Strip] = {}
        self._inks: Inks | None = None

    def turn_values(self) -> None:
        """Numbers instead of colours, or colours instead of numbers."""
        self._values = self.picture.style is not Style.NUMBERS
        self._lay_out()
        self._show_cursor()

    @property
    def picture(self) -> ArrayPicture:
        """The array as it is laid out now."""
        if self._picture is None:
            self._lay_out()
        assert self._picture is not None
        return self._picture

    @property
    def place(self) -> tuple[int, ...]:
        """The index of the value that is pointed at."""
        found: list[int] = []
        rest = self.index
        for side in reversed(self.array.shape):
            rest, part = divmod(rest, side)
            found.insert(0, part)
        return tuple(found)

    def render_line(self, y: int) -> Strip:
        across, down = self.scroll_offset
        width, line = self.size.width, y + down
        layout = self.picture.layout
        if line >= layout.height:
            return Strip.blank(width, self.rich_style)
        if line not in self._strips:
            self._inks = self._inks or Inks(self)
            self._strips[line] = self._inks.strip(self.picture.line(line))
        drawn = self._strips[line]
        x, at = layout.spot(self.index)
        if at == line:
            before, here, after = drawn.divide([x, x + layout.cell, max(drawn.cell_length, x + 1)])
            drawn = Strip.join([before, self._marked(here), after])
        return drawn.crop_extend(across, across + width, self.rich_style)

    def _marked(self, here: Strip) -> Strip:
        """The cells of the value that is pointed at."""
        if self.picture.layout.halves:
            half = "▀" if self.picture.layout.place(self.index)[1] % 2 == 0 else "▄"
            return Strip([Segment(half, RichStyle(color="white", bgcolor="black", bold=True))])
        marked = RichStyle(reverse=True, bold=True)
        if self.picture.style is not Style.NUMBERS and depth_of(self.app) is Depth.NONE:
            # A shade in reverse is only another shade.
            return Strip([Segment("◆".ljust(self.picture.layout.cell), marked)])
        return Strip([Segment(text, (style or RichStyle()) + marked) for text, style, _ in here])

    def notify_style_update(self) -> None:
        self._strips.clear()
        self._inks = None
        super().notify_style_update()

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out()
        self._show_cursor()

    def on_click(self, event: events.Click) -> None:
        across, down = self.scroll_offset
        found = self.picture.layout.at(event.x + across, event.y + down)
        if found is not None:
            self._point(found)

    def action_move(self, down: int, right: int) -> None:
        """Point at another value; beyond the edge at the last one before it."""
        layout = self.picture.layout
        if abs(right) > 1:
            slice_, row, _ = layout.place(self.index)
            there = layout.columns - 1 if right > 0 else 0
            found = layout.index(slice_, row, there)
            self._point(layout.values - 1 if found is None else found)
        else:
            self._point(layout.moved(self.index, down, right))

    def _point(self, index: int) -> None:
        self.index = index
        self._show_cursor()
        self.post_message(self.Pointed())

    def _show_cursor(self) -> None:
        layout = self.picture.layout
        x, y = layout.spot(self.index)
        # At the edge the labels are brought into view as well.
        _, row, column = layout.place(self.index)
        left = 0 if column == 0 else x
        top = max(y - layout.head, 0) if row < 2 else y
        self.scroll_to_region(
            Region(left, top, x + layout.cell - left, y + 1 - top), animate=False, force=True
        )
        self.refresh()

    def _lay_out(self) -> None:
        width = max(self.scrollable_content_region.width, 1)
        depth = depth_of(self.app)
        if self._values is None:
            style = style_for(self.array, width, View(depth))
        else:
            coloured = style_for(self.array, width, View(depth, values=False))
            style = Style.NUMBERS if self._values else coloured
        self._picture = ArrayPicture(self.array, width, depth, style, self._steps)
        self._strips.clear()
        self.virtual_size = Size(self._picture.layout.width, self._picture.layout.height)
        self.refresh()
