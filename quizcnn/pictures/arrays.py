"""Arrays as lines of coloured text: numbers where they fit, else a heatmap, else extremes.

Plain data in, plain data out; `ArrayView` puts the lines on the screen.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from textwrap import wrap
from typing import TypeAlias

from quizcnn.check.value import Array
from quizcnn.pictures.colours import colouring, legible_on, shade
from quizcnn.pictures.numerals import numerals
from quizcnn.pictures.pieces import Line, Piece, width_of

MOST_ROWS = 12
"""A slice of more rows is drawn as a heatmap rather than as numbers."""
MOST_LINES = 32
"""An array that needs more lines than this is cut off, with a word on what is left out."""


Block: TypeAlias = list[Line]


def draw(array: Array, width: int, colours: bool = True) -> list[Line]:
    """The array in lines at most `width` cells wide.

    1-D arrays are a row; of three axes and more, the 2-D slices stand side by side, each under its
    index. Without `colours` heatmaps are made of shade characters, with − and = below zero.
    """
    if not array.data:
        return _say(extremes(array), width)
    if not array.shape:
        return [(Piece(numerals(array.data)[0]),)]
    pencil = _Pencil(array, width, colours)
    if pencil.style == "none":
        return _say(extremes(array), width)
    lines = pencil.lines()
    if pencil.style == "heat":
        lines += _legend(array, width, colours)
    return lines


def _say(text: str, width: int) -> list[Line]:
    return [(Piece(line),) for line in wrap(text, max(width, 1))]


def extremes(array: Array) -> str:
    """What is said of an array that is not drawn.

    >>> extremes(Array((300, 300), "float64", None, 0.0, 12.5))
    'not drawn: values from 0 to 12.5'
    """
    if array.low is None or array.high is None:
        return "empty" if 0 in array.shape else "no finite value"
    low, high = numerals((array.low,))[0], numerals((array.high,))[0]
    return f"not drawn: values from {low} to {high}"


class _Pencil:
    """Draws one array in a given width, all its slices in the same style."""

    def __init__(self, array: Array, width: int, colours: bool) -> None:
        assert array.data is not None
        self._data = array.data
        self._leading = array.shape[:-2]
        self._rows = array.shape[-2] if len(array.shape) > 1 else 1
        self._columns = array.shape[-1]
        self._width = width
        self._colours = colours
        low = 0 if array.low is None else array.low
        high = 0 if array.high is None else array.high
        self._flat = low == high
        self._colour = colouring(low, high)
        self._shade = shade(low, high)
        self._texts = numerals(self._data) if len(self._data) <= 4096 else []
        longest = max(map(len, self._texts), default=0)
        roomy = self._columns * (longest + 2) <= width
        self._cell = longest + (2 if roomy and colours and not self._flat else 1)
        self._margin = self._cell - longest - 1
        self.style = self._choose()

    def _choose(self) -> str:
        if self._texts and self._rows <= MOST_ROWS and self._cell * self._columns <= self._width:
            return "numbers"
        height = self._rows if not self._colours else (self._rows + 1) // 2
        fits = self._columns <= self._width and height <= MOST_LINES - 1
        return "heat" if fits else "none"

    def lines(self) -> list[Line]:
        if not self._leading:
            return self._block(0)
        lines: list[Line] = []
        indices = itertools.product(*map(range, self._leading))
        blocks = [
            [(Piece(_label(index)),), *self._block(number)] for number, index in enumerate(indices)
        ]
        shown = 0
        for row in _flow(blocks, self._width):
            if shown and len(lines) + len(row[0]) > MOST_LINES:
                break
            lines += _beside(row)
            shown += len(row)
        if shown < len(blocks):
            lines += _say(f"… and {len(blocks) - shown} more slices", self._width)
        return lines

    def _block(self, number: int) -> Block:
        start = number * self._rows * self._columns
        rows = [
            range(start + row * self._columns, start + (row + 1) * self._columns)
            for row in range(self._rows)
        ]
        if self.style == "numbers":
            return [tuple(map(self._number, row)) for row in rows]
        if not self._colours:
            return [(Piece("".join(self._shade(self._data[i]) for i in row)),) for row in rows]
        if self._rows <= MOST_ROWS and 2 * self._columns <= self._width:
            return [tuple(self._square(i) for i in row) for row in rows]
        pairs = itertools.zip_longest(rows[::2], rows[1::2])
        return [tuple(self._halves(top, bottom)) for top, bottom in pairs]

    def _number(self, index: int) -> Piece:
        text = self._texts[index].rjust(self._cell - self._margin) + " " * self._margin
        if not self._colours or self._flat:
            return Piece(text)
        colour = self._colour(self._data[index])
        return Piece(text, foreground=legible_on(colour), background=colour)

    def _square(self, index: int) -> Piece:
        return Piece("  ", background=self._colour(self._data[index]))

    def _halves(self, top: range, bottom: range | None) -> Iterator[Piece]:
        for column, upper in enumerate(top):
            lower = None if bottom is None else self._colour(self._data[bottom[column]])
            yield Piece("▀", foreground=self._colour(self._data[upper]), background=lower)


def _label(index: tuple[int, ...]) -> str:
    return "[" + ", ".join(map(str, index)) + "]"


def _flow(blocks: list[Block], width: int) -> Iterator[list[Block]]:
    """Blocks gathered into rows that fit in `width`, two cells between neighbours."""
    row: list[Block] = []
    used = 0
    for block in blocks:
        needed = max(map(width_of, block)) + 2
        if row and used + needed - 2 > width:
            yield row
            row, used = [], 0
        row.append(block)
        used += needed
    yield row


def _beside(blocks: list[Block]) -> Iterator[Line]:
    widths = [max(map(width_of, block)) for block in blocks]
    for parts in zip(*blocks, strict=True):
        pieces: list[Piece] = []
        for part, width in zip(parts, widths, strict=True):
            gap = 2 if pieces else 0
            pieces += [Piece(" " * gap), *part, Piece(" " * (width - width_of(part)))]
        yield tuple(pieces)


def _legend(array: Array, width: int, colours: bool) -> list[Line]:
    if array.low is None or array.high is None:
        return []
    low, high = numerals((array.low,))[0], numerals((array.high,))[0]
    if array.low == array.high:
        return _say(f"everywhere {low}", width)
    steps = min(12, width - len(low) - len(high) - 2)
    if steps < 2:
        return []
    colour, mark = colouring(array.low, array.high), shade(array.low, array.high)
    scale = [array.low + (array.high - array.low) * i / (steps - 1) for i in range(steps)]
    if colours:
        bar = [Piece(" ", background=colour(value)) for value in scale]
    else:
        bar = [Piece("".join(map(mark, scale)))]
    return [(Piece(f"{low} "), *bar, Piece(f" {high}"))]
