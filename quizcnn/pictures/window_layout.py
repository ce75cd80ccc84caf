"""Which parts of a sliding window stand where in a room of the screen, and how they are drawn.

Side by side stand the input with its padding, the kernel where there is room for it, what is under
the window, and the output; with several channels of the input one row of them for each. Of a window
over all of the input only the input itself. What does not fit in numbers is drawn as a heatmap, and
what does not fit at all is cut. Plain data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from quizcnn.pictures.colours import Depth
from quizcnn.pictures.window_cells import Moment, Scene
from quizcnn.pictures.window_marks import Cells
from quizcnn.pictures.window_pens import Style

Part: TypeAlias = Literal["input", "kernel", "terms", "output"]

GAP = 3
"""Columns between two parts."""
WIDE = 0.6
"""The share of the input in the room that is left beside what is under the window."""
LEAST = 4
"""Columns of a part that is cut: fewer show nothing."""
ENOUGH = 0.5
"""The share of a part's rows and columns that is worth showing in numbers."""
PIXELS = 12
"""From so many rows or columns on an array is a picture, and drawn as one where need be."""
NARROW = 60
"""Where there are fewer columns, what is under the window may take them all."""
ROOMY = 80
"""From so many columns on the kernel itself is drawn too, where it takes nothing from the rest."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part in its place: `x` and `y` of its first cell, how many rows and columns of it show.

    `channel` counts from the first of those that the output is made of. A title stands above.
    """

    part: Part
    channel: int
    x: int
    y: int
    style: Style
    cell: int
    rows: int
    columns: int

    @property
    def height(self) -> int:
        """Its lines, without the title."""
        return -(-self.rows // 2) if self.style == "halves" else self.rows

    @property
    def width(self) -> int:
        """Its characters in a line."""
        return max(self.columns * self.cell, len(self.part))


def cells_of(part: Part, moment: Moment, channel: int) -> Cells:
    """What is drawn of a part: of the input, the kernel and the terms in one of the channels."""
    match part:
        case "input":
            return moment.input(channel)
        case "kernel":
            return moment.kernel(channel)
        case "terms":
            return moment.terms(channel)
    return moment.output()


class WindowLayout:
    """The parts of a scene in a room of `width` × `height` characters."""

    def __init__(self, scene: Scene, width: int, height: int, depth: Depth) -> None:
        self._scene, self._depth = scene, depth
        self._room = (max(width - 1, 1), max(height, 1))
        self._channels = scene.sliding.input.shape[1] // scene.sliding.groups
        self._styles = self._ways()
        self.boxes = self._with_kernels(self._choose())

    def _choose(self) -> tuple[Box, ...]:
        for style in self._styles:
            for channels in dict.fromkeys((self._channels, 1)):
                boxes = tuple(self._side_by_side(channels, style))
                if self._fit(boxes):
                    return boxes
        return tuple(self._cut())

    def _ways(self) -> Sequence[Style]:
        """The styles from the most telling one; few pixels are no picture."""
        wholes = (self._whole("input"), self._whole("output"))
        sides = [len(cells) for whole in wholes for cells in (whole.rows, whole.columns)]
        small: tuple[Style, ...] = ("numbers", "squares")
        return (
            small
            if max(sides) < PIXELS
            else (*small, "shades" if self._depth is Depth.NONE else "halves")
        )

    def _fit(self, boxes: Sequence[Box]) -> bool:
        width, height = self._room
        return all(box.x + box.width <= width and box.y + box.height <= height for box in boxes)

    def _side_by_side(self, channels: int, style: Style) -> Iterator[Box]:
        y, right = 1, 0
        for channel in range(min(channels, self._room[1])):
            input_ = self._box("input", channel, 1, y, style)
            drawn = [input_]
            if not self._repeats:
                x = input_.x + input_.width + GAP
                drawn.append(self._box("terms", channel, x, y, self._under()))
            yield from drawn
            y += max(box.height for box in drawn) + 1
            right = drawn[-1].x + drawn[-1].width + GAP
        yield self._box("output", 0, right, 1, style)

    def _box(self, part: Part, channel: int, x: int, y: int, style: Style) -> Box:
        cells = self._whole(part)
        width = {"numbers": cells.width + 2, "squares": 2}.get(style, 1)
        return Box(part, channel, x, y, style, width, len(cells.rows), len(cells.columns))

    def _whole(self, part: Part) -> Cells:
        moment = self._scene.at(0)
        return cells_of(part, moment, moment.channels[0])

    @property
    def _repeats(self) -> bool:
        """Whether what is under the window is all of the input, and no use beside it."""
        return self._scene.sliding.laid == "whole"

    def _with_kernels(self, boxes: Sequence[Box]) -> tuple[Box, ...]:
        """The parts with the kernel before what is under the window, if all stay as they are."""
        terms = [box for box in boxes if box.part == "terms"]
        if self._scene.sliding.kernel is None or self._room[0] + 1 < ROOMY or not terms:
            return tuple(boxes)
        tallest = max(box.height for box in boxes if box.channel == 0 and box.part != "output")
        ways: tuple[Style, ...] = ("numbers", terms[0].style)
        for style in ways:
            kernel = self._box("kernel", 0, 0, 1, style)
            placed = tuple(_inserted(boxes, kernel))
            if kernel.height <= tallest and self._fit(placed):
                return placed
        return tuple(boxes)

    def _under(self) -> Style:
        """How what is under the window is drawn: in numbers, unless the kernel is too large."""
        width, height = self._room
        numbers = self._box("terms", 0, 0, 1, "numbers")
        most = width - 1 if width < NARROW else width // 2
        if numbers.width <= most and numbers.height <= max(height - 1, 1):
            return "numbers"
        squares = self._box("terms", 0, 0, 1, "squares")
        fit = squares.width <= width // 3 and squares.height <= height - 1
        return "squares" if fit else self._styles[-1]

    def _cut(self) -> Iterator[Box]:
        """As much of each part as there is room for, what is under the window first."""
        width, height = self._room
        terms, left, share = None, width - 1, WIDE
        if self._repeats:
            share = 1 - (self._box("output", 0, 0, 1, "numbers").width + GAP) / max(left, 1)
        else:
            terms = _shrunk(self._box("terms", 0, 0, 1, self._under()), width - 1, height - 1)
            left -= terms.width + GAP
        input_ = self._part("input", int(left * share))
        output = self._part("output", left - (input_.width + GAP if input_ else 0))
        x = 1
        for box in (input_, terms, output):
            if box is not None:
                yield replace(box, x=x)
                x += box.width + GAP

    def _part(self, part: Part, width: int) -> Box | None:
        """A part in the first style that shows enough of it, as much as there is room for."""
        for style in (*self._styles, self._styles[-1]):
            whole = self._box(part, 0, 0, 1, style)
            box = _shrunk(whole, width, self._room[1] - 1)
            if box.columns >= ENOUGH * whole.columns and box.rows >= ENOUGH * whole.rows:
                return box
        return box if box.columns >= LEAST else None


def _inserted(boxes: Sequence[Box], kernel: Box) -> Iterator[Box]:
    """The parts with a kernel before each of the terms; what stands to the right makes room."""
    for box in boxes:
        if box.part == "terms":
            yield replace(kernel, channel=box.channel, x=box.x, y=box.y)
        yield box if box.part == "input" else replace(box, x=box.x + kernel.width + GAP)


def _shrunk(box: Box, width: int, height: int) -> Box:
    """A part cut to what has room."""
    rows = max(height, 1) * (2 if box.style == "halves" else 1)
    return replace(
        box, rows=min(box.rows, rows), columns=min(box.columns, max(width, 0) // box.cell)
    )
