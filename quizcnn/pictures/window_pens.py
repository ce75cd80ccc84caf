"""Rows of cells as coloured text: numbers, squares of colour, half blocks, shade characters."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Literal, TypeAlias

from quizcnn.check.value import Array, Number
from quizcnn.pictures.colours import UNDEFINED, WHITE, Depth, colouring, legible_on, shade
from quizcnn.pictures.pieces import Colour, Line, Piece, Tone
from quizcnn.pictures.window_marks import NOTHING, PADDING, Cell, Mark

Style: TypeAlias = Literal["numbers", "squares", "halves", "shades"]

EDGES = {Mark.WINDOW: ("[", "]"), Mark.WINNER: ("*", "*")}
"""What stands around a marked number and in a marked square: colour alone says nothing."""
AROUND = {**EDGES, Mark.WITHIN: ("[", "]")}
"""What stands around a number; squares that are all marked would hide what is in them."""
MARKED = {Mark.WINDOW: "#", Mark.WINNER: "*"}
"""What stands for a marked cell of one character."""
FADED = 0.4
"""How much of its colour a half block keeps that the window does not see."""


TONES = {
    Mark.PLAIN: Tone.PLAIN,
    Mark.WINDOW: Tone.WINDOW,
    Mark.WINNER: Tone.WINNER,
    Mark.PADDING: Tone.NONE,
    Mark.NOTHING: Tone.NONE,
    Mark.ABSENT: Tone.NONE,
    Mark.WITHIN: Tone.WINDOW,
}
BLANKS = {Mark.NOTHING: NOTHING, Mark.ABSENT: " "}
"""What stands for a cell without a value, if it is no padding."""


class Ink:
    """What the values of one array are coloured with, or shaded for want of colours."""

    def __init__(self, array: Array, depth: Depth, fades: bool) -> None:
        low = 0 if array.low is None else array.low
        high = 0 if array.high is None else array.high
        self._colour = cache(colouring(low, high, depth))
        self._pale = cache(self._faded)
        self._shade = shade(low, high)
        self._fades = fades
        self._few = depth is Depth.SIXTEEN
        self.colours = depth is not Depth.NONE

    def colour(self, value: Number) -> Colour:
        """The colour of a value."""
        return self._colour(value)

    def shade(self, value: Number) -> str:
        """The shade character of a value."""
        return self._shade(value)

    def half(self, cell: Cell | None) -> Colour | None:
        """The colour of half a block: pale outside of the window, grey for padding in it.

        Of 16 colours none is pale: there the window is white.
        """
        if cell is None or (cell.value is None and cell.mark is not Mark.WINDOW):
            return None
        if cell.value is None:
            return UNDEFINED
        if self._few and self._fades:
            return WHITE if cell.mark in EDGES else self._colour(cell.value)
        if not self._fades or cell.mark in EDGES:
            return self._colour(cell.value)
        return self._pale(cell.value)

    def _faded(self, value: Number) -> Colour:
        full = self._colour(value)
        red, green, blue = (
            round(part * FADED + grey * (1 - FADED))
            for part, grey in zip(full, UNDEFINED, strict=True)
        )
        return red, green, blue


def numbers(rows: Sequence[Sequence[Cell]], width: int, ink: Ink) -> Iterator[Piece]:
    """Each cell's text, flush right, with brackets or stars where it is marked."""
    for cell in rows[0]:
        left, right = AROUND.get(cell.mark, (" ", " "))
        yield Piece(f"{left}{cell.text:>{width - 2}}{right}", TONES[cell.mark])


def squares(rows: Sequence[Sequence[Cell]], width: int, ink: Ink) -> Iterator[Piece]:
    """Each cell two characters of its colour."""
    for cell in rows[0]:
        text = "".join(EDGES.get(cell.mark, (" ", " ")))
        if cell.value is None:
            blank = PADDING if cell.mark is Mark.PADDING else BLANKS.get(cell.mark, NOTHING)
            yield Piece(text if cell.mark in EDGES else blank * 2, TONES[cell.mark])
        elif ink.colours:
            colour = ink.colour(cell.value)
            written = legible_on(colour) if cell.mark in EDGES else None
            yield Piece(text, Tone.PLAIN, written, colour)
        else:
            yield Piece(text if cell.mark in EDGES else ink.shade(cell.value) * 2, TONES[cell.mark])


def halves(rows: Sequence[Sequence[Cell]], width: int, ink: Ink) -> Iterator[Piece]:
    """Two rows in one line, each cell half a block; a winner is a star on its colour."""
    below: Iterable[Cell | None] = rows[1] if len(rows) > 1 else itertools.repeat(None)
    for upper, lower in zip(rows[0], below, strict=False):
        top, bottom = ink.half(upper), ink.half(lower)
        won = upper if upper.mark is Mark.WINNER else lower
        if won is not None and won.mark is Mark.WINNER and won.value is not None:
            colour = ink.colour(won.value)
            yield Piece(MARKED[won.mark], Tone.PLAIN, legible_on(colour), colour)
        elif top is None and bottom is None:
            blank = PADDING if upper.mark is Mark.PADDING else " "
            yield Piece(blank, Tone.NONE)
        elif top is None:
            yield Piece("▄", Tone.PLAIN, bottom)
        else:
            yield Piece("▀", Tone.PLAIN, top, bottom)


def shades(rows: Sequence[Sequence[Cell]], width: int, ink: Ink) -> Iterator[Piece]:
    """Each cell one shade character, or what marks it."""
    for cell in rows[0]:
        if cell.mark in MARKED:
            yield Piece(MARKED[cell.mark], TONES[cell.mark])
        elif cell.value is not None:
            yield Piece(ink.shade(cell.value), TONES[cell.mark])
        else:
            yield Piece(BLANKS.get(cell.mark, PADDING), TONES[cell.mark])


PENS: Mapping[Style, Callable[[Sequence[Sequence[Cell]], int, Ink], Iterator[Piece]]] = {
    "numbers": numbers,
    "squares": squares,
    "halves": halves,
    "shades": shades,
}


def merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours that look alike put together: a line of few pieces is fast to show."""
    for look, alike in itertools.groupby(pieces, lambda piece: piece[1:]):
        yield Piece("".join(piece.text for piece in alike), *look)


Row: TypeAlias = tuple[tuple[int, Line], ...]
"""Lines that stand side by side, each with the column that it begins at, from left to right."""


def beside(row: Row) -> Iterator[Piece]:
    """Lines side by side as one."""
    at = 0
    for x, line in row:
        yield Piece(" " * (x - at))
        yield from line
        at = max(at, x) + sum(len(piece.text) for piece in line)
