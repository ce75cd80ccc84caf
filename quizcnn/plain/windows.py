"""A proof's sliding windows in words: how a cell of each output comes about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quizcnn.check.proof import Proof
from quizcnn.check.sliding import LeftOut, Sliding
from quizcnn.check.window_words import left_out_words, window_lines
from quizcnn.check.windows import Place
from quizcnn.check.wording import inline
from quizcnn.display import one_line

HOW = "Type :window and a row and a column, such as :window 0 1, to hear how that cell comes about."
NOTHING = "No window slides in this check."


def told_windows(proof: Proof, typed: str) -> Iterator[str]:
    """For each window of a proof the cell at the numbers in `typed`, counted from 0.

    The last number is the column, the one before it the row, then the channel and the image; what
    is not there is 0.
    """
    cell = [int(number) for number in re.findall(r"[0-9]{1,9}", typed)]
    if not proof.windows:
        yield NOTHING
    for window in proof.windows:
        if isinstance(window, LeftOut):
            yield left_out_words(window)
            continue
        place = _place(window, cell)
        if place is not None:
            yield from window_lines(window, place)
        else:
            shape = inline(_shape(window))
            yield f"{one_line(window.source)} has no such cell: its output has shape {shape}"


def _shape(window: Sliding) -> tuple[int, ...]:
    """The output's shape as the check has it."""
    images, channels, rows, columns = window.output.shape
    sides = (columns,) if window.signal else (rows, columns)
    return (images, channels, *sides)[-window.axes :]


def _place(window: Sliding, cell: Sequence[int]) -> Place | None:
    """The place that is meant; None where the output has none."""
    shape = _shape(window)
    if len(cell) > len(shape):
        return None
    cell = [0] * (len(shape) - len(cell)) + list(cell)
    if any(number >= side for number, side in zip(cell, shape, strict=True)):
        return None
    sides = 1 if window.signal else 2
    leading, inner = cell[:-sides], cell[-sides:]
    image, channel = [0] * (2 - len(leading)) + list(leading)
    row, column = [0] * (2 - sides) + list(inner)
    return Place(image, channel, row, column)
