"""Arrays as lines of coloured text: numbers where they fit, else a heat map, else extremes.

Plain data in, plain data out: a widget puts the lines on the screen.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby
from math import prod
from typing import TypeAlias

from quizcnn.check.value import Array, Number
from quizcnn.pictures.colours import Depth, colours, legible_on, shade
from quizcnn.pictures.layout import Layout, blocks, folded, slice_index
from quizcnn.pictures.legend import extremes, merged, said, scale
from quizcnn.pictures.lines import Lines, fixed
from quizcnn.pictures.numerals import numerals
from quizcnn.pictures.pieces import Colour, Line, Piece, Tone, quiet

MOST_ROWS = 12
"""A slice of more rows is drawn as a heat map rather than as numbers, if one may choose."""
MOST_LINES = 34
"""An array that needs more lines than this is cut off, with a word on what is left out."""
MOST_SLICED = 18
"""Slices beneath one another that need more are cut off sooner: one has seen what they are like."""


Steps: TypeAlias = tuple[int, ...]
"""How far apart the values of a sample are along each axis; none of a whole array."""


class Style(enum.Enum):
    """How the values of an array are drawn."""

    NUMBERS = "numbers"
    SQUARES = "squares"
    PIXELS = "pixels"


@dataclass(frozen=True, slots=True)
class View:
    """How a picture is looked at: in how many colours, and whether numbers are wanted."""

    depth: Depth = Depth.TRUE
    values: bool = True


def draw(array: Array, width: int, view: View = View(), steps: Steps = ()) -> Lines:
    """The array in lines at most `width` cells wide, and about `MOST_LINES` of them.

    Vectors are a row, or several; of three axes and more, the 2-D slices stand side by side, each
    under its index. Below a heat map stands its scale. What does not fit is left out, and told.
    Of a sample, `steps` says how far apart its values are along each axis.
    """
    if not array.data:
        return fixed(said(extremes(array), width))
    if not array.shape:
        return fixed([(Piece(numerals(array.data)[0]),)])
    style = style_for(array, width, view)
    if style is not Style.NUMBERS and flat(array):
        return fixed(scale(array, width, view.depth))
    picture = ArrayPicture(array, width, view.depth, style, steps)
    height, left_out = picture.top(width)
    legend = [] if picture.style is Style.NUMBERS else scale(array, width, view.depth)
    return Lines(height, lambda y: cut(picture.line(y), width), [*left_out, *legend])


def flat(array: Array) -> bool:
    """Whether every value is the same."""
    return array.low == array.high and set(array.data or ()) == {array.low}


def style_for(array: Array, width: int, view: View) -> Style:
    """The style that shows most in `width` cells: numbers of a small array, pixels of an image."""
    _, rows, columns = blocks(array.shape)
    if view.values and array.data is not None and len(array.data) <= MOST_ROWS * width:
        layout = _numbers(array, _texts(array.data), width, view.depth)
        if layout.block_width <= width and layout.rows <= MOST_ROWS:
            return Style.NUMBERS
    fits = 2 * columns <= width if len(array.shape) > 1 else columns <= 2 * width
    return Style.SQUARES if fits and rows <= MOST_ROWS else Style.PIXELS


@lru_cache(32)
def _texts(data: tuple[Number, ...]) -> list[str]:
    """The values as text, for choosing a style and for drawing it."""
    return numerals(data)


class ArrayPicture:
    """An array laid out in a style, drawn a line at a time.

    Lines may be wider than `width` where a single slice is: who shows them scrolls or cuts.
    """

    def __init__(
        self, array: Array, width: int, depth: Depth, style: Style, steps: Steps = ()
    ) -> None:
        assert array.data
        assert array.shape
        self.array = array
        self.style = style
        self._data = array.data
        self._steps = steps or (1,) * len(array.shape)
        self._texts = _texts(array.data) if style is Style.NUMBERS else []
        self._blank = depth is Depth.NONE
        low = 0 if array.low is None else array.low
        high = 0 if array.high is None else array.high
        self._signed = low < 0
        self._tinted = not self._blank and low != high
        self._range = low, high, depth
        self._shade = shade(low, high)
        layout = (
            _numbers(array, self._texts, width, depth)
            if style is Style.NUMBERS
            else _heat(array, width, style, depth)
        )
        self.layout = _beside(_titled(layout, array, self._steps), width)
        longest = max(map(len, self._texts), default=0)
        self._right = 1 if self._tinted and self.layout.cell > longest + 1 else 0

    @cached_property
    def _colours(self) -> list[Colour]:
        return colours(self._data, *self._range)

    def line(self, y: int) -> Line:
        """A line from the top, all of its width."""
        layout = self.layout
        down, line = divmod(y, layout.block_height)
        first = down * layout.beside
        pieces: list[Piece] = []
        for slice_ in range(first, min(first + layout.beside, layout.slices)):
            if pieces:
                pieces.append(Piece("  "))
            if line < layout.head:
                pieces += self._head(slice_)
            else:
                pieces += self._values(slice_, line - layout.head)
        return tuple(pieces)

    def top(self, width: int) -> tuple[int, list[Line]]:
        """How many lines are shown where there is little room, and what is said of the others."""
        layout = self.layout
        height = layout.height
        if layout.slices > layout.beside and height > MOST_SLICED:
            height = max(MOST_SLICED // layout.block_height, 1) * layout.block_height
        height = height if height <= MOST_LINES else MOST_LINES - 1
        told = self._left_out(height, width)
        return height, said(f"… {told}", width) if told else []

    def _left_out(self, height: int, width: int) -> str:
        """What `top` does not show, in words."""
        layout, told = self.layout, []
        if layout.block_width > width:
            shown = max((width - layout.margin) // layout.cell, 0)
            told.append(f"{layout.columns - shown} more columns")
        if height < layout.height:
            slices = height // layout.block_height * layout.beside
            if slices:
                told.append(f"{layout.slices - slices} more slices")
            else:
                rows = (height - layout.head) * (2 if layout.halves else 1)
                told.append(f"{layout.rows - rows} more rows")
        return " and ".join(told)

    def _head(self, slice_: int) -> Iterator[Piece]:
        layout = self.layout
        leading = self.array.shape[:-2]
        if leading:
            yield quiet(_title(slice_, leading, self._steps).ljust(layout.block_width))
            return
        yield Piece(" " * layout.margin)
        texts = [str(column) for column in range(layout.columns)]
        yield quiet("".join(self._placed(text) for text in texts))

    def _placed(self, text: str) -> str:
        return text.rjust(self.layout.cell - self._right) + " " * self._right

    def _values(self, slice_: int, line: int) -> Iterator[Piece]:
        layout = self.layout
        row = line * 2 if layout.halves else line
        start = (slice_ * layout.rows + row) * layout.columns
        if layout.margin:
            label = str(start if len(self.array.shape) == 1 else row)
            yield quiet(f"{label:>{layout.margin - 1}}│")
        there = range(start, min(start + layout.columns, layout.values))
        if self.style is Style.NUMBERS:
            yield from map(self._number, there)
        elif self._blank:
            yield Piece("".join(self._shade(self._data[i]) * layout.cell for i in there))
        elif not layout.halves:
            yield from merged(map(self._square, there))
        else:
            yield from self._halves(there, row + 1 < layout.rows)
        missing = layout.block_width - layout.margin - len(there) * layout.cell
        if missing:
            yield Piece(" " * missing)

    def _number(self, index: int) -> Piece:
        text = self._placed(self._texts[index])
        if not self._tinted:
            return Piece(text)
        colour = self._colours[index]
        return Piece(text, Tone.PLAIN, legible_on(colour), colour)

    def _square(self, index: int) -> Piece:
        value = self._data[index]
        colour = self._colours[index]
        if not self._signed or not value or math.isnan(value):
            return Piece("  ", background=colour)
        return Piece("− " if value < 0 else "+ ", Tone.PLAIN, legible_on(colour), colour)

    def _halves(self, upper: range, below: bool) -> Iterator[Piece]:
        """A line of an image: two rows in one, or the last row alone."""
        over = self._colours[upper.start : upper.stop]
        under: list[Colour | None] = [None] * len(over)
        if below:
            width = self.layout.columns
            lower = self._colours[upper.start + width : upper.stop + width]
            under = [*lower, *under[len(lower) :]]
        for (above, beneath), run in groupby(zip(over, under, strict=True)):
            yield Piece("▀" * sum(1 for _ in run), Tone.PLAIN, above, beneath)


def _title(slice_: int, leading: tuple[int, ...], steps: Steps) -> str:
    index = slice_index(slice_, leading)
    return f"[{', '.join(str(at * step) for at, step in zip(index, steps, strict=False))}]"


def _titled(layout: Layout, array: Array, steps: Steps) -> Layout:
    """The layout with room for the titles of its slices."""
    leading = array.shape[:-2]
    longest = len(_title(prod(leading) - 1, leading, steps)) if leading else 0
    return replace(layout, least=longest)


def _numbers(array: Array, texts: list[str], width: int, depth: Depth) -> Layout:
    """Columns of numbers with labels, as far as there is room for both."""
    slices, rows, columns = blocks(array.shape)
    vector, labelled = len(array.shape) == 1, len(array.shape) < 3 and len(texts) > 1
    longest = max(map(len, texts))
    tinted = depth is not Depth.NONE and array.low != array.high
    airy = 2 if tinted else 1
    header = len(str(columns - 1)) if labelled else 0
    plans = (
        (max(longest, header) + airy, True),
        (max(longest, header) + 1, True),
        (longest + 1, False),
    )
    laid = []
    for cell, labels in plans:
        margin = len(str(len(texts) if vector else rows - 1)) + 1 if labels and labelled else 0
        layout = Layout(slices, rows, columns, len(texts), cell)
        if vector:
            per_row = folded(columns, (width - margin) // cell)
            margin = margin if per_row < columns else 0
            layout = replace(layout, rows=-(-columns // per_row), columns=per_row)
        # Over a single row without colours they would look like values.
        told = labels and labelled and (not vector or tinted or layout.rows > 1)
        laid.append(replace(layout, margin=margin, head=int(len(array.shape) > 2 or told)))
    fitting = (layout for layout in laid if layout.block_width <= width)
    return next(fitting, laid[0])


def _heat(array: Array, width: int, style: Style, depth: Depth) -> Layout:
    slices, rows, columns = blocks(array.shape)
    cell = 2 if style is Style.SQUARES else 1
    if len(array.shape) == 1:
        columns = folded(columns, width // cell)
        rows = -(-len(array.data or ()) // columns)
    halves = style is Style.PIXELS and depth is not Depth.NONE
    head = 1 if len(array.shape) > 2 else 0
    values = len(array.data or ())
    return Layout(slices, rows, columns, values, cell, halves, head=head)


def _beside(layout: Layout, width: int) -> Layout:
    """The layout with as many slices side by side as fit."""
    fit = (width + 2) // (layout.block_width + 2)
    return replace(layout, beside=max(1, min(fit, layout.slices)))


def cut(line: Line, width: int) -> Line:
    """The line as far as `width` reaches."""
    pieces: list[Piece] = []
    for piece in line:
        if len(piece.text) >= width:
            pieces.append(piece._replace(text=piece.text[:width]))
            break
        pieces.append(piece)
        width -= len(piece.text)
    return tuple(pieces)
