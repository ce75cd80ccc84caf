"""Sliding windows in words: how a cell of each output comes about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quizcnn.answer.watching import Watched
from quizcnn.check.sliding import LeftOut, Sliding
from quizcnn.check.window_words import left_out_words, window_lines
from quizcnn.check.windows import Place
from quizcnn.check.wording import inline
from quizcnn.display import one_line

HOW = "Type :window and a row and a column, such as :window 0 1, to hear how that cell comes about."
NOTHING = "No window slides in this check."


def told_windows(windows: Sequence[Watched], typed: str) -> Iterator[str]:
    """For each window the cell at the numbers in `typed`, counted from 0; those of a slip last.

    The last number is the column, the one before it the row, then the channel and the image; what
    is not there is 0.
    """
    cell = [int(number) for number in re.findall(r"[0-9]{1,9}", typed)]
    if not windows:
        yield NOTHING
    told = ""
    for window, whose in windows:
        if whose != told:
            yield one_line(whose)
            told = whose
        if isinstance(window, LeftOut):
            yield left_out_words(window)
            continue
        place = _place(window, cell)
        if place is not None:
            yield from window_lines(window, place)
        else:
            yield f"{one_line(window.source)} has no such cell: its output {_shape_words(window)}"


def _shape_words(window: Sliding) -> str:
    if not window.shape:
        return "is a single number"
    played = "" if window.of is None else f", of which {inline(window.shape)} is played"
    return f"has shape {inline(window.full_shape)}{played}"


def _place(window: Sliding, cell: Sequence[int]) -> Place | None:
    """The place that is meant; None where the output has none."""
    shape = window.shape
    if len(cell) > len(shape):
        return None
    cell = [0] * (len(shape) - len(cell)) + list(cell)
    if any(number >= side for number, side in zip(cell, shape, strict=True)):
        return None
    leading, inner = cell[: len(cell) - window.flat], cell[len(cell) - window.flat :]
    image, channel = [0] * (2 - len(leading)) + list(leading)
    row, column = [0] * (2 - window.flat) + list(inner)
    return Place(image, channel, row, column)
