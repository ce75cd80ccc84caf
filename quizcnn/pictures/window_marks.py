"""A cell of a sliding window's picture, and what it is at a step: a window's, a winner, padding."""

from __future__ import annotations

from collections.abc import Hashable
from enum import IntEnum
from typing import NamedTuple, Protocol

from quizcnn.check.value import Number

PADDING = "·"
NOTHING = "_"
"""Where nothing was put yet."""


class Mark(IntEnum):
    """What a cell is at this step."""

    PLAIN = 0
    WINDOW = 1
    """Under the window, or where it puts its result."""
    WINNER = 2
    PADDING = 3
    NOTHING = 4
    ABSENT = 5
    """Not there: beside a window that is smaller than others."""
    WITHIN = 6
    """Under a window that is over all of the input: no place is told from the others."""


class Cell(NamedTuple):
    """One cell; `value` is None where there is none to colour."""

    text: str
    mark: Mark
    value: Number | None


class Cells(Protocol):
    """A rectangle of cells, `width` characters each at most."""

    rows: range
    columns: range
    width: int

    def key(self, row: int) -> Hashable:
        """What a row looks like: rows with equal keys are alike."""
        ...

    def cell(self, row: int, column: int) -> Cell:
        """One of them."""
        ...
