"""A picture on the screen, drawn line by line from cached strips."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from quizcnn.pictures.arrays import View
from quizcnn.pictures.choosing import Picture
from quizcnn.pictures.colours import Depth
from quizcnn.pictures.drawing import drawn
from quizcnn.pictures.lines import Lines, fixed
from quizcnn.pictures.pieces import Colour, Line

STYLES = {
    "strong": "text-style: bold;",
    "quiet": "color: $foreground 70%;",
    "none": "color: $foreground 35%;",
    "bar": "color: $primary;",
    "good": "color: $text-success;",
    "poor": "color: $text-warning;",
    "window": "background: $block-cursor-background; color: $block-cursor-foreground;",
    "winner": "background: $success; color: black; text-style: bold;",
}
"""What tones look like; a tone that is not here looks like plain text."""

CLASSES = {f"picture--{tone}" for tone in STYLES}


def tones_of(widget: str) -> str:
    """The rules of a widget's tones."""
    rules = (f"{widget} .picture--{tone} {{ {style} }}" for tone, style in STYLES.items())
    return "\n".join(rules)


class LinesView(Widget):
    """Lines of pieces, drawn for whatever width there is, in strips that are kept."""

    COMPONENT_CLASSES: ClassVar[set[str]] = CLASSES
    DEFAULT_CSS = "LinesView { height: auto; width: 1fr; }" + tones_of("LinesView")

    def __init__(self) -> None:
        super().__init__()
        self._drawn: tuple[int, Lines] = (0, fixed([]))
        self._strips: dict[int, Strip] = {}
        self._inks: Inks | None = None

    def draw(self, width: int) -> Lines:
        """The lines in so many cells."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw anew: something else is to be seen."""
        self._drawn = 0, fixed([])
        self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        if y not in self._strips:
            width, lines = self.size.width, self._lines(self.size.width)
            self._inks = self._inks or Inks(self)
            drawn = self._inks.strip(lines[y] if y < len(lines) else ())
            self._strips[y] = drawn.adjust_cell_length(width, self._inks.base)
        return self._strips[y]

    def notify_style_update(self) -> None:
        self._strips.clear()
        self._inks = None
        super().notify_style_update()

    def _on_resize(self, event: events.Resize) -> None:
        self._strips.clear()

    def _lines(self, width: int) -> Lines:
        if self._drawn[0] != width:
            self._drawn = width, self.draw(width)
            self._strips.clear()
        return self._drawn[1]


class PictureView(LinesView):
    """A picture, in as many colours as the terminal has."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self.picture = picture

    def draw(self, width: int) -> Lines:
        """The picture's lines."""
        return drawn(self.picture, width, View(depth_of(self.app)))


def depth_of(app: App[object]) -> Depth:
    """How many colours the app's terminal has."""
    if app.no_color:
        return Depth.NONE
    match app.console.color_system:
        case "truecolor":
            return Depth.TRUE
        case "256":
            return Depth.MANY
        case None:
            return Depth.NONE
    return Depth.SIXTEEN


class Inks:
    """What a widget's tones look like, looked up once and not for every line."""

    def __init__(self, widget: Widget) -> None:
        self.base = widget.rich_style
        self._tones = {
            tone: self.base + widget.get_component_rich_style(f"picture--{tone}", partial=True)
            for tone in STYLES
        }

    def strip(self, line: Line) -> Strip:
        """A line in the styles of its tones and the colours of its pieces."""
        segments = []
        for piece in line:
            style = self._tones.get(piece.tone.value, self.base)
            if piece.foreground or piece.background:
                style += _coloured(piece.foreground, piece.background)
            segments.append(Segment(piece.text, style))
        return Strip(segments)


def strip(widget: Widget, line: Line) -> Strip:
    """A single line of a widget; who draws many keeps its `Inks`."""
    return Inks(widget).strip(line)


@lru_cache(4096)
def _coloured(foreground: Colour | None, background: Colour | None) -> Style:
    return Style(color=_rich(foreground), bgcolor=_rich(background))


def _rich(colour: Colour | None) -> Color | None:
    return None if colour is None else Color.from_rgb(*colour)
