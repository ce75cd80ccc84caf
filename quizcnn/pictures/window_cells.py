"""The cells that a sliding window is drawn with: the input's, what is under it, the output's.

Plain data: each cell is a text, a mark and a value. `WindowStage` lays them out.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from quizcnn.check.playing import Stamped, filled, frame, stamp, walk
from quizcnn.check.sliding import Sliding
from quizcnn.check.value import Array, Number
from quizcnn.check.windows import Place, Term, Window, kernel_part, weights, window
from quizcnn.pictures.numerals import numerals
from quizcnn.pictures.window_marks import NOTHING, PADDING, Cell, Cells, Mark

Marks = Mapping[tuple[int, int], Mark]


class Scene:
    """A sliding window with its numbers written; made once, whatever the step."""

    def __init__(self, sliding: Sliding) -> None:
        self.sliding = sliding
        self.input_texts = _written(sliding.input)
        self.output_texts = _written(sliding.output)
        self.kernel_texts = [] if sliding.kernel is None else _written(sliding.kernel)
        self.input_width = _longest(self.input_texts)
        self.output_width = _longest(self.output_texts)
        self.kernel_width = _longest(self.kernel_texts)
        weighed = self.kernel_width + 1 if self.kernel_texts else 0
        self.term_width = self.input_width + weighed
        self._decimals = _decimals(self.output_texts)

    def at(self, step: int) -> Moment:
        """Everything that a step shows."""
        return Moment(self, walk(self.sliding, step), step)

    def partly(self, value: Number) -> str:
        """A sum that is not complete, written as the output is."""
        text = f"{value:.{self._decimals}f}".replace("-", "−")
        return text if len(text) <= self.output_width else "…"


class Moment:
    """One step of a scene."""

    def __init__(self, scene: Scene, place: Place, step: int) -> None:
        sliding = scene.sliding
        self.scene, self.place, self.step = scene, place, step
        self.channels = sliding.channels(place.channel)
        self.stamped: tuple[Stamped, ...] = ()
        self.window: Window | None = None
        if sliding.kind == "spread":
            self.stamped = stamp(sliding, place)
        else:
            self.window = window(sliding, place)

    def input(self, channel: int) -> Cells:
        """One of the input's channels, the window marked."""
        return InputCells(self, channel, self._seen(channel))

    def terms(self, channel: int) -> Cells:
        """What is under the window in one of the input's channels, times its weights."""
        return TermCells(self, channel)

    def kernel(self, channel: int) -> Cells:
        """The weights that are laid on one of the input's channels."""
        return KernelCells(self, channel)

    def output(self) -> Cells:
        """The output as far as it is filled."""
        marks = {(part.row, part.column): Mark.WINDOW for part in self.stamped}
        if not self.stamped:
            marks = {(self.place.row, self.place.column): Mark.WINDOW}
        return OutputCells(self, marks)

    @property
    def winner(self) -> Term | None:
        """The value that a max or min pool took."""
        if self.window is None or self.window.winner is None:
            return None
        return self.window.terms[self.window.winner]

    def _seen(self, channel: int) -> Marks:
        sliding, place = self.scene.sliding, self.place
        if self.stamped:
            return {(place.row, place.column): Mark.WINDOW}
        rows, columns = sliding.seen(0)[place.row], sliding.seen(1)[place.column]
        under = Mark.WITHIN if sliding.laid == "whole" else Mark.WINDOW
        marks = {(row, column): under for _, row in rows for _, column in columns}
        if self.winner is not None:
            marks[self.winner.row, self.winner.column] = Mark.WINNER
        return marks


class InputCells:
    """A channel of the input, padding around it."""

    def __init__(self, moment: Moment, channel: int, marks: Marks) -> None:
        scene, sliding = moment.scene, moment.scene.sliding
        self._marks, self._by_row = marks, _by_row(marks)
        self._height, self._width = sliding.input.shape[2:]
        self._start = _start(sliding.input, moment.place.image, channel)
        self._texts, self._values = scene.input_texts, sliding.input.data or ()
        spread = sliding.kind == "spread"
        self.rows = range(self._height) if spread else frame(sliding, 0)
        self.columns = range(self._width) if spread else frame(sliding, 1)
        self.width = scene.input_width

    def key(self, row: int) -> Hashable:
        """See `Cells`."""
        return self._start, self._by_row.get(row)

    def cell(self, row: int, column: int) -> Cell:
        """See `Cells`."""
        mark = self._marks.get((row, column), Mark.PLAIN)
        if 0 <= row < self._height and 0 <= column < self._width:
            number = self._start + row * self._width + column
            return Cell(self._texts[number], mark, self._values[number])
        return Cell(PADDING, Mark.PADDING if mark is Mark.PLAIN else mark, None)


class TermCells:
    """Each cell of the kernel with the value under it, and its weight if it has one."""

    def __init__(self, moment: Moment, channel: int) -> None:
        self._moment, self._channel = moment, channel
        sliding, scene = moment.scene.sliding, moment.scene
        self.rows, self.columns = range(sliding.size[0]), range(sliding.size[1])
        self.width = scene.term_width
        self._rows, self._columns = (
            (sliding.seen(0)[moment.place.row], sliding.seen(1)[moment.place.column])
            if moment.window is not None
            else ((), ())
        )
        self._start = _start(sliding.input, moment.place.image, channel)
        self._weights: Sequence[Number] = ()
        if sliding.kernel is not None:
            self._weights = weights(sliding, moment.place.channel, channel)
            self._kernel = scene.kernel_texts[kernel_part(sliding, moment.place.channel, channel)]

    def key(self, row: int) -> Hashable:
        """See `Cells`."""
        return self._moment.step, self._channel

    def cell(self, row: int, column: int) -> Cell:
        """See `Cells`."""
        if not self._moment.stamped and not self._sees(row, column):
            return Cell("", Mark.ABSENT, None)
        value, text = self._under(row, column)
        winner = self._moment.winner
        won = winner is not None and winner.cell == (row, column)
        mark = Mark.WINNER if won else Mark.PLAIN
        if not self._weights:
            return Cell(text, mark if text != PADDING else Mark.PADDING, value)
        number = row * len(self.columns) + column
        factor = "0" if text == PADDING else text
        product = None if value is None else value * self._weights[number]
        return Cell(f"{factor}×{self._kernel[number]}", mark, product)

    def _sees(self, u: int, v: int) -> bool:
        """Whether this window is as large as that: those of adaptive pools differ."""
        return u < len(self._rows) and v < len(self._columns)

    def _under(self, u: int, v: int) -> tuple[Number | None, str]:
        """The value of the input under a cell of the kernel, and its text."""
        scene, place = self._moment.scene, self._moment.place
        _, _, height, width = scene.sliding.input.shape
        row, column = place.row, place.column
        if not self._moment.stamped:
            row, column = self._rows[u][1], self._columns[v][1]
        if not (0 <= row < height and 0 <= column < width):
            return None, PADDING
        number = self._start + row * width + column
        return (scene.sliding.input.data or ())[number], scene.input_texts[number]


class KernelCells:
    """The kernel between one of the input's channels and the output's."""

    def __init__(self, moment: Moment, channel: int) -> None:
        sliding, place = moment.scene.sliding, moment.place
        self.rows, self.columns = range(sliding.size[0]), range(sliding.size[1])
        part = kernel_part(sliding, place.channel, channel)
        self._start: int = part.start
        self._weights = weights(sliding, place.channel, channel)
        self._texts = moment.scene.kernel_texts[part]
        self.width = moment.scene.kernel_width

    def key(self, row: int) -> Hashable:
        """See `Cells`."""
        return self._start

    def cell(self, row: int, column: int) -> Cell:
        """See `Cells`."""
        number = row * len(self.columns) + column
        return Cell(self._texts[number], Mark.PLAIN, self._weights[number])


class OutputCells:
    """A channel of the output as far as it is filled; what was cut off is padding around it."""

    def __init__(self, moment: Moment, marks: Marks) -> None:
        self._moment, self._marks, self._by_row = moment, marks, _by_row(marks)
        sliding = moment.scene.sliding
        self._height, self._width = sliding.output.shape[2:]
        self._start = _start(sliding.output, moment.place.image, moment.place.channel)
        spread = sliding.kind == "spread"
        self.rows = frame(sliding, 0) if spread else range(self._height)
        self.columns = frame(sliding, 1) if spread else range(self._width)
        self.width = moment.scene.output_width

    def key(self, row: int) -> Hashable:
        """See `Cells`."""
        if not 0 <= row < self._height:
            return self._by_row.get(row)
        return self._start, self._by_row.get(row), self._progress(row)

    def _progress(self, row: int) -> int:
        """How far a row is filled: −1 not at all, −2 wholly, else up to which step."""
        moment, sliding = self._moment, self._moment.scene.sliding
        rows = [row] if sliding.kind != "spread" else [cell for _, cell in sliding.seen(0)[row]]
        if not rows or moment.place.row > rows[-1]:
            return -2
        return -1 if moment.place.row < rows[0] else moment.step

    def cell(self, row: int, column: int) -> Cell:
        """See `Cells`."""
        mark = self._marks.get((row, column), Mark.PLAIN)
        if not (0 <= row < self._height and 0 <= column < self._width):
            return Cell(PADDING, Mark.PADDING if mark is Mark.PLAIN else mark, None)
        moment, scene = self._moment, self._moment.scene
        value, whole = filled(scene.sliding, row, column, moment.place)
        if value is None:
            return Cell(NOTHING, Mark.NOTHING if mark is Mark.PLAIN else mark, None)
        if whole:
            number = self._start + row * self._width + column
            return Cell(scene.output_texts[number], mark, value)
        return Cell(scene.partly(value), mark, value)


def _by_row(marks: Marks) -> Mapping[int, Hashable]:
    """The marks of each row that has some."""
    found: dict[int, list[tuple[int, Mark]]] = {}
    for (row, column), mark in marks.items():
        found.setdefault(row, []).append((column, mark))
    return {row: tuple(marked) for row, marked in found.items()}


def _start(array: Array, image: int, channel: int) -> int:
    """The number of the first value of a channel."""
    _, channels, rows, columns = array.shape
    return (image * channels + channel) * rows * columns


def _written(array: Array) -> list[str]:
    return numerals(array.data or ())


def _longest(texts: Sequence[str]) -> int:
    return max(map(len, texts), default=1)


def _decimals(texts: Sequence[str]) -> int:
    """How many decimals numbers are written with."""
    return max((len(text.partition(".")[2]) for text in texts if "e" not in text), default=0)
