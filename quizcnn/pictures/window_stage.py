"""A sliding window laid out for a room of the screen: which parts stand where, and how.

Side by side stand the input with its padding, what is under the window, and the output; with
several channels of the input one row of them for each. What does not fit in numbers is drawn as a
heatmap, and what does not fit at all is cut to the surroundings of the window. Plain data.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Literal, TypeAlias

from quizcnn.check.sliding import Sliding
from quizcnn.check.value import Array
from quizcnn.check.windows import Place
from quizcnn.pictures.colours import Depth
from quizcnn.pictures.pieces import Line, Piece, Tone
from quizcnn.pictures.window_cells import Cells, Moment, Scene
from quizcnn.pictures.window_pens import PENS, Ink, Row, Style, beside, merged

Part: TypeAlias = Literal["input", "terms", "output"]

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


class WindowStage:
    """Draws the steps of one sliding window into a room of `width` × `height` characters."""

    def __init__(self, scene: Scene, width: int, height: int, depth: Depth) -> None:
        self._scene, self._depth = scene, depth
        self._room = (max(width - 1, 1), max(height, 1))
        self._styles = self._ways()
        self.boxes = self._choose()
        sliding = scene.sliding
        self._inks = {
            "input": Ink(sliding.input, depth, fades=sliding.kind != "spread"),
            "terms": Ink(_products(sliding), depth, fades=False),
            "output": Ink(sliding.output, depth, fades=False),
        }
        self._drawn: dict[Hashable, Line] = {}
        self._before: dict[Hashable, Line] = {}

    @property
    def height(self) -> int:
        """The lines that it takes."""
        return max((box.y + box.height for box in self.boxes), default=0)

    @property
    def choices(self) -> int:
        """Of how many channels of the input one is shown; 1 where all of them are."""
        return 1 if any(box.channel for box in self.boxes) else self._channels

    def lines(self, moment: Moment, channel: int = 0) -> list[Line]:
        """A step drawn; where one channel of the input is shown, this one of them."""
        return [tuple(beside(row)) for row in self.rows(moment, channel)]

    def rows(self, moment: Moment, channel: int = 0) -> list[Row]:
        """The lines in their parts. A part that has not changed is the same object as before."""
        rows: list[list[tuple[int, Line]]] = [[] for _ in range(self.height)]
        self._before, self._drawn = self._drawn, {}
        for number, box in enumerate(self.boxes):
            title: Line = (Piece(self._title(box, channel), Tone.QUIET),)
            self._drawn[title] = self._before.get(title, title)
            rows[box.y - 1].append((box.x, self._drawn[title]))
            cells = self._cells(box, moment, channel)
            for y, line in enumerate(self._drawn_box(number, cells, moment), start=box.y):
                rows[y].append((box.x, line))
        return [tuple(sorted(parts, key=itemgetter(0))) for parts in rows]

    def hit(self, moment: Moment, x: int, y: int) -> tuple[Part, Place] | None:
        """The cell of the input or output at a point of the drawing."""
        for box in self.boxes:
            if box.part == "terms":
                continue
            rows, columns = self._visible(box, self._cells(box, moment, 0), moment)
            down = (y - box.y) * (2 if box.style == "halves" else 1)
            across = (x - box.x) // box.cell
            if 0 <= down < len(rows) and 0 <= across < len(columns):
                place = replace(moment.place, row=rows[down], column=columns[across])
                return box.part, place
        return None

    # Choosing what fits

    @property
    def _channels(self) -> int:
        return self._scene.sliding.input.shape[1] // self._scene.sliding.groups

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
            terms = self._box("terms", channel, input_.x + input_.width + GAP, y, self._under())
            yield from (input_, terms)
            y += max(input_.height, terms.height) + 1
            right = terms.x + terms.width + GAP
        yield self._box("output", 0, right, 1, style)

    def _box(self, part: Part, channel: int, x: int, y: int, style: Style) -> Box:
        cells = self._whole(part)
        width = {"numbers": cells.width + 2, "squares": 2}.get(style, 1)
        return Box(part, channel, x, y, style, width, len(cells.rows), len(cells.columns))

    def _whole(self, part: Part) -> Cells:
        moment = self._scene.at(0)
        if part == "output":
            return moment.output()
        return moment.input(0) if part == "input" else moment.terms(moment.channels[0])

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
        terms = _shrunk(self._box("terms", 0, 0, 1, self._under()), width - 1, height - 1)
        left = width - 1 - terms.width - GAP
        input_ = self._part("input", int(left * WIDE))
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

    # Drawing

    def _cells(self, box: Box, moment: Moment, channel: int) -> Cells:
        if box.part == "output":
            return moment.output()
        number = moment.channels[self._shown(box, channel)]
        return moment.input(number) if box.part == "input" else moment.terms(number)

    def _shown(self, box: Box, channel: int) -> int:
        """Which channel a box shows: its own, or the one that was chosen."""
        return box.channel if self.choices == 1 else channel

    def _title(self, box: Box, channel: int) -> str:
        """What stands above a part: as much as there is room for."""
        told = titles(self._scene.sliding)[box.part]
        if self._channels > 1 and box.part != "output":
            shown = f"channel {self._shown(box, channel)}"
            told = (*(f"{shown}, {each}" for each in told[:-2]), shown, shown.replace("annel", ""))
        room = min(box.width + GAP - 1, self._room[0] - box.x)
        return next((each for each in told if len(each) <= room), told[-1][:room])

    def _drawn_box(self, number: int, cells: Cells, moment: Moment) -> Iterator[Line]:
        box = self.boxes[number]
        rows, columns = self._visible(box, cells, moment)
        ink, pen = self._inks[box.part], PENS[box.style]
        step = 2 if box.style == "halves" else 1
        for first in range(0, len(rows), step):
            some = rows[first : first + step]
            key = (number, columns[0], *((row, cells.key(row)) for row in some))
            line = self._before.get(key)
            if line is None:
                drawn = [[cells.cell(row, column) for column in columns] for row in some]
                line = tuple(merged(pen(drawn, box.cell, ink)))
            self._drawn[key] = line
            yield line

    def _visible(self, box: Box, cells: Cells, moment: Moment) -> tuple[range, range]:
        """The rows and columns of a part that are shown at a step."""
        rows, columns = self._focus(box, moment)
        return _section(cells.rows, box.rows, rows), _section(cells.columns, box.columns, columns)

    def _focus(self, box: Box, moment: Moment) -> tuple[Sequence[int], Sequence[int]]:
        """The rows and columns of a part in which something happens."""
        sliding, place = self._scene.sliding, moment.place
        if box.part == "terms":
            return (0,), (0,)
        if box.part == "output" and moment.stamped:
            stamped = moment.stamped
            return [cell.row for cell in stamped], [cell.column for cell in stamped]
        if box.part == "output" or moment.stamped:
            return (place.row,), (place.column,)
        seen = (sliding.seen(0)[place.row], sliding.seen(1)[place.column])
        rows, columns = ([cell for _, cell in cells] for cells in seen)
        return rows, columns


def _shrunk(box: Box, width: int, height: int) -> Box:
    """A part cut to what has room."""
    rows = max(height, 1) * (2 if box.style == "halves" else 1)
    return replace(
        box, rows=min(box.rows, rows), columns=min(box.columns, max(width, 0) // box.cell)
    )


def _section(cells: range, shown: int, focus: Sequence[int]) -> range:
    """So many of the cells, those that matter among them.

    It moves in leaps, so that the picture stands still while the window slides.

    >>> _section(range(10), 4, [4, 5])
    range(3, 7)
    """
    if shown >= len(cells):
        return cells
    first, last = max(min(focus), cells.start), min(max(focus), cells.stop - 1)
    leap = max(shown - (last - first), 1)
    start = cells.start + (first - cells.start) // leap * leap
    start = min(start, cells.stop - shown)
    return range(start, start + shown)


def _products(sliding: Sliding) -> Array:
    """The range that products of an input and a kernel can lie in."""
    if sliding.kernel is None:
        return sliding.input
    ends = [
        abs(end or 0)
        for array in (sliding.input, sliding.kernel)
        for end in (array.low, array.high)
    ]
    most = max(ends[:2]) * max(ends[2:])
    signed = min(sliding.input.low or 0, sliding.kernel.low or 0) < 0
    return replace(sliding.input, low=-most if signed else 0, high=most)


def titles(sliding: Sliding) -> dict[Part, tuple[str, ...]]:
    """What stands above each part, in words and in fewer."""
    under = {"sum": "products", "spread": "stamp"}.get(sliding.kind, "window")
    input_, output = (_size(sliding, array.shape) for array in (sliding.input, sliding.output))
    padded = (f"input {input_}{_padding(sliding)}", f"input {input_}", "input", "in")
    return {"input": padded, "terms": (under,), "output": (f"output {output}", "output", "out")}


def _size(sliding: Sliding, shape: tuple[int, ...]) -> str:
    rows, columns = shape[-2:]
    return f"{columns}" if sliding.signal else f"{rows}×{columns}"


def _padding(sliding: Sliding) -> str:
    """How it is padded; what a spread cuts off is told of its output."""
    around = {cells for pair in sliding.sides[sliding.signal :] for cells in pair}
    if sliding.kind == "spread" or around == {0}:
        return ""
    return f", padding {around.pop()}" if len(around) == 1 else ", with padding"
