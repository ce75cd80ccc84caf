"""A sliding window drawn into a room of the screen, step by step.

What does not fit is cut to the surroundings of the window. Plain data.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

from quizcnn.check.sliding import Sliding
from quizcnn.check.value import Array
from quizcnn.check.windows import Place
from quizcnn.pictures.colours import Depth
from quizcnn.pictures.pieces import Line, Piece, Tone
from quizcnn.pictures.window_cells import Moment, Scene
from quizcnn.pictures.window_layout import GAP, Box, Part, WindowLayout, cells_of
from quizcnn.pictures.window_marks import Cells
from quizcnn.pictures.window_pens import PENS, Ink, Row, beside, merged
from quizcnn.pictures.window_titles import titles


class WindowStage:
    """Draws the steps of one sliding window into a room of `width` × `height` characters."""

    def __init__(self, scene: Scene, width: int, height: int, depth: Depth) -> None:
        self._scene, self._width = scene, max(width - 1, 1)
        self.boxes = WindowLayout(scene, width, height, depth).boxes
        sliding = scene.sliding
        self._channels = sliding.input.shape[1] // sliding.groups
        self._inks = {
            "input": Ink(sliding.input, depth, fades=_fades(sliding)),
            "kernel": Ink(sliding.kernel or sliding.input, depth, fades=False),
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
            if box.part in ("kernel", "terms"):
                continue
            rows, columns = self._visible(box, self._cells(box, moment, 0), moment)
            down = (y - box.y) * (2 if box.style == "halves" else 1)
            across = (x - box.x) // box.cell
            if 0 <= down < len(rows) and 0 <= across < len(columns):
                place = replace(moment.place, row=rows[down], column=columns[across])
                return box.part, place
        return None

    # Drawing

    def _cells(self, box: Box, moment: Moment, channel: int) -> Cells:
        return cells_of(box.part, moment, moment.channels[self._shown(box, channel)])

    def _shown(self, box: Box, channel: int) -> int:
        """Which channel a box shows: its own, or the one that was chosen."""
        return box.channel if self.choices == 1 else channel

    def _title(self, box: Box, channel: int) -> str:
        """What stands above a part: as much as there is room for."""
        told = titles(self._scene.sliding)[box.part]
        if self._channels > 1 and box.part in ("input", "terms"):
            shown = f"channel {self._shown(box, channel)}"
            told = (*(f"{shown}, {each}" for each in told[:-2]), shown, shown.replace("annel", ""))
        room = min(box.width + GAP - 1, self._width - box.x)
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
        if box.part in ("kernel", "terms"):
            return (0,), (0,)
        if box.part == "output" and moment.stamped:
            stamped = moment.stamped
            return [cell.row for cell in stamped], [cell.column for cell in stamped]
        if box.part == "output" or moment.stamped:
            return (place.row,), (place.column,)
        if sliding.laid == "whole" and moment.winner is not None:
            return (moment.winner.row,), (moment.winner.column,)
        seen = (sliding.seen(0)[place.row], sliding.seen(1)[place.column])
        rows, columns = ([cell for _, cell in cells] for cells in seen)
        return rows, columns


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


def _fades(sliding: Sliding) -> bool:
    """Whether the input has values outside of the window, which are pale."""
    return sliding.kind != "spread" and sliding.laid != "whole"


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
