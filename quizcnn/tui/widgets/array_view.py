"""An array on the screen, drawn line by line from cached strips."""

from __future__ import annotations

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from quizcnn.check.value import Array
from quizcnn.pictures.arrays import draw
from quizcnn.pictures.pieces import Colour, Line, Piece


class ArrayView(Widget):
    """Draws an `Array` in whatever width it is given, in colours where the terminal has them."""

    DEFAULT_CSS = "ArrayView { height: auto; width: 1fr; }"

    def __init__(self, array: Array) -> None:
        super().__init__()
        self._array = array
        self._drawn: tuple[int, list[Line]] = (0, [])
        self._strips: dict[int, Strip] = {}

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        lines = self._lines(self.size.width)
        if y >= len(lines):
            return Strip.blank(self.size.width, self.rich_style)
        if y not in self._strips:
            base = self.rich_style
            segments = [Segment(piece.text, base + _style(piece)) for piece in lines[y]]
            self._strips[y] = Strip(segments).adjust_cell_length(self.size.width, base)
        return self._strips[y]

    def notify_style_update(self) -> None:
        self._strips.clear()
        super().notify_style_update()

    def _on_resize(self, event: events.Resize) -> None:
        self._strips.clear()

    def _lines(self, width: int) -> list[Line]:
        if self._drawn[0] != width:
            self._drawn = width, draw(self._array, width, self._has_colours())
            self._strips.clear()
        return self._drawn[1]

    def _has_colours(self) -> bool:
        return not self.app.no_color and self.app.console.color_system in ("truecolor", "256")


def _style(piece: Piece) -> Style:
    return Style(color=_rich(piece.foreground), bgcolor=_rich(piece.background))


def _rich(colour: Colour | None) -> Color | None:
    return None if colour is None else Color.from_rgb(*colour)
