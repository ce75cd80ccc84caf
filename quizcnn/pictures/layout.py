"""Where the values of an array stand: slices beside and beneath one another, rows, columns.

Coordinates are cells of a terminal, x to the right and y down from the top left corner; a place
among the values is (slice, row, column).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

GAP = 2
"""Cells between two slices that stand side by side."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Slices of `rows` × `columns` values, of which there are `values` in all.

    A value is `cell` wide and a line high, or with `halves` half a line. Each slice has `margin`
    cells to its left and `head` lines above it, for its labels, and is `least` cells wide or more.
    `beside` slices stand side by side.
    """

    slices: int
    rows: int
    columns: int
    values: int
    cell: int
    halves: bool = False
    margin: int = 0
    head: int = 0
    least: int = 0
    beside: int = 1

    @property
    def block_width(self) -> int:
        """How wide a slice is with its labels."""
        return max(self.margin + self.columns * self.cell, self.least)

    @property
    def block_height(self) -> int:
        """How many lines a slice takes with its labels."""
        return self.head + ((self.rows + 1) // 2 if self.halves else self.rows)

    @property
    def width(self) -> int:
        """How wide all of it is."""
        return self.beside * (self.block_width + GAP) - GAP

    @property
    def height(self) -> int:
        """How many lines all of it takes."""
        return -(-self.slices // self.beside) * self.block_height

    def index(self, slice_: int, row: int, column: int) -> int | None:
        """The number of a value in row-major order; None where there is none."""
        inside = 0 <= slice_ < self.slices and 0 <= row < self.rows and 0 <= column < self.columns
        found = (slice_ * self.rows + row) * self.columns + column
        return found if inside and found < self.values else None

    def place(self, index: int) -> tuple[int, int, int]:
        """Slice, row and column of a value.

        >>> Layout(2, 3, 4, 24, cell=2).place(17)
        (1, 1, 1)
        """
        rest, column = divmod(index, self.columns)
        slice_, row = divmod(rest, self.rows)
        return slice_, row, column

    def corner(self, slice_: int) -> tuple[int, int]:
        """Where the first value of a slice stands."""
        down, along = divmod(slice_, self.beside)
        x = along * (self.block_width + GAP) + self.margin
        return x, down * self.block_height + self.head

    def spot(self, index: int) -> tuple[int, int]:
        """Where a value stands: its left cell.

        >>> Layout(2, 3, 4, 24, cell=2, margin=3, head=1, beside=2).spot(17)
        (18, 2)
        """
        slice_, row, column = self.place(index)
        x, y = self.corner(slice_)
        return x + column * self.cell, y + (row // 2 if self.halves else row)

    def at(self, x: int, y: int) -> int | None:
        """The value that stands at a cell (the upper one of two); None where there is none.

        >>> Layout(2, 3, 4, 24, cell=2, margin=3, head=1, beside=2).at(19, 2)
        17
        """
        along, inside = divmod(x, self.block_width + GAP)
        down, line = divmod(y, self.block_height)
        if along >= self.beside or x < 0 or inside < self.margin or line < self.head:
            return None
        row = (line - self.head) * (2 if self.halves else 1)
        return self.index(down * self.beside + along, row, (inside - self.margin) // self.cell)

    def moved(self, index: int, down: int, right: int) -> int:
        """The value so many places from one, on into the next slice; at the end it stays.

        >>> two = Layout(2, 3, 4, 24, cell=2, beside=2)
        >>> two.moved(3, 0, 1), two.moved(3, -1, 0), two.moved(3, 1, 0)
        (12, 3, 7)
        """
        slice_, row, column = self.place(index)
        below, across = divmod(slice_, self.beside)
        tall = -(-self.slices // self.beside) * self.rows
        y = min(max(below * self.rows + row + down, 0), tall - 1)
        x = min(max(across * self.columns + column + right, 0), self.beside * self.columns - 1)
        (below, row), (across, column) = divmod(y, self.rows), divmod(x, self.columns)
        found = self.index(below * self.beside + across, row, column)
        return index if found is None else found


def folded(values: int, most: int) -> int:
    """How many values of a vector stand in a row that has room for `most`.

    All of them where they fit, else a number that is easy to count in.

    >>> folded(8, 10), folded(100, 37), folded(100, 13), folded(100, 7), folded(100, 0)
    (8, 30, 10, 5, 1)
    """
    if values <= most:
        return max(values, 1)
    steps = 10 if most >= 10 else 5 if most >= 5 else 1
    return max(most // steps * steps, 1)


def blocks(shape: tuple[int, ...]) -> tuple[int, int, int]:
    """Slices, rows and columns of an array of at least one axis.

    >>> blocks((3, 2, 5, 4)), blocks((5, 4)), blocks((4,))
    ((6, 5, 4), (1, 5, 4), (1, 1, 4))
    """
    return prod(shape[:-2]), shape[-2] if len(shape) > 1 else 1, shape[-1]


def slice_index(slice_: int, leading: tuple[int, ...]) -> tuple[int, ...]:
    """The index of a slice along the leading axes.

    >>> slice_index(5, (2, 3))
    (1, 2)
    """
    found: list[int] = []
    for side in reversed(leading):
        slice_, place = divmod(slice_, side)
        found.insert(0, place)
    return tuple(found)
