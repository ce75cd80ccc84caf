"""A proof as one widget drawn line by line: to mount one for each text and picture takes long."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from quizcnn.pictures.arrays import View
from quizcnn.pictures.choosing import Labelled
from quizcnn.pictures.drawing import drawn
from quizcnn.pictures.lines import Lines
from quizcnn.tui.prose import lines
from quizcnn.tui.widgets.picture_view import CLASSES, Inks, depth_of, tones_of
from quizcnn.tui.widgets.proof_parts import Part

MARGIN = 4
"""Cells to the left of a picture."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A text or a picture as it is laid out: a text's lines are strips already."""

    top: int
    drawn: Lines | list[Strip]
    picture: int = -1


class ProofColumn(Widget):
    """Parts beneath one another; of its pictures only what is seen is drawn. A click opens one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = CLASSES
    DEFAULT_CSS = "ProofColumn { height: auto; width: 1fr; }" + tones_of("ProofColumn")

    class Opened(Message):
        """Somebody wants to see a picture at full size."""

        def __init__(self, labelled: Labelled) -> None:
            super().__init__()
            self.labelled = labelled

    def __init__(self, classes: str = "") -> None:
        super().__init__(classes=classes)
        self.pictures: tuple[Labelled, ...] = ()
        self._parts: list[Content | Labelled] = []
        self._values = True
        self._width = -1
        self._height = 0
        self._blocks: list[_Block] = []
        self._strips: dict[int, Strip] = {}
        self._inks: Inks | None = None

    def put(self, parts: Iterable[Part], values: bool) -> None:
        """Show these parts; `values`: numbers stand in pictures where they fit."""
        self._parts = list(_joined(parts))
        self.pictures = tuple(part for part in self._parts if isinstance(part, Labelled))
        self.show_values(values)

    def show_values(self, values: bool) -> None:
        """Draw numbers where they fit, or only colours."""
        self._values = values
        self._forget()
        self.refresh(layout=True)

    def first_from(self, line: int) -> int | None:
        """The number of the first picture of which something stands on this line or below it."""
        seen = (each for each in self._blocks if each.top + len(each.drawn) > line)
        return next((each.picture for each in seen if each.picture >= 0), None)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        self._lay_out(width)
        return self._height

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        self._lay_out(width)
        if y not in self._strips:
            self._inks = self._inks or Inks(self)
            self._strips[y] = self._drawn(y, self._inks).adjust_cell_length(width, self._inks.base)
        return self._strips[y]

    def _drawn(self, y: int, inks: Inks) -> Strip:
        block = self._block(y)
        if block is None:
            return Strip([])
        if isinstance(block.drawn, list):
            return block.drawn[y - block.top]
        return Strip([*Strip.blank(MARGIN, inks.base), *inks.strip(block.drawn[y - block.top])])

    def _block(self, y: int) -> _Block | None:
        """What stands on a line."""
        at = bisect_right(self._blocks, y, key=lambda block: block.top) - 1
        return self._blocks[at] if at >= 0 and y < self._height else None

    def _lay_out(self, width: int) -> None:
        if width == self._width:
            return
        self._forget()
        self._width = width
        view = View(depth_of(self.app), self._values)
        pictures = 0
        for part in self._parts:
            if isinstance(part, Labelled):
                block = _Block(self._height, drawn(part.picture, width - MARGIN, view), pictures)
                pictures += 1
            else:
                strips = Visual.to_strips(self, part, width, None, self.visual_style)
                block = _Block(self._height, strips)
            self._blocks.append(block)
            self._height += len(block.drawn)

    def _forget(self) -> None:
        """Lay out anew when it is next looked at."""
        self._width, self._height = -1, 0
        self._blocks.clear()
        self._strips.clear()

    def notify_style_update(self) -> None:
        self._forget()
        self._inks = None
        super().notify_style_update()

    def on_click(self, event: events.Click) -> None:
        content = event.get_content_offset(self)
        block = None if content is None else self._block(content.y)
        if block is not None and block.picture >= 0:
            self.post_message(self.Opened(self.pictures[block.picture]))


def _joined(parts: Iterable[Part]) -> Iterable[Content | Labelled]:
    """The parts, texts that follow one another made one."""
    for is_text, run in groupby(parts, lambda part: isinstance(part, Content)):
        if is_text:
            yield lines([part for part in run if isinstance(part, Content)])
        else:
            yield from (part for part in run if isinstance(part, Labelled))
