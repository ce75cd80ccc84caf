"""What is said beside an array: its range in colours, its shape and dtype, why it is not drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import wrap

from quizcnn.check.value import Array
from quizcnn.check.wording import inline
from quizcnn.pictures.colours import Depth, colouring, shade
from quizcnn.pictures.numerals import numerals
from quizcnn.pictures.pieces import Line, Piece, quiet


def scale(array: Array, width: int, depth: Depth) -> list[Line]:
    """The legend of a heat map: its range, and the colours from one end to the other."""
    if array.low is None or array.high is None:
        return []
    low, high = numerals((array.low,))[0], numerals((array.high,))[0]
    if array.low == array.high:
        return said(f"everywhere {low}", width)
    steps = min(24, width - len(low) - len(high) - 2)
    if steps < 2:
        return said(f"{low} to {high}", width)
    span = array.high - array.low
    values = [array.low + span * i / (steps - 1) for i in range(steps)]
    if depth is Depth.NONE:
        bar = [Piece("".join(map(shade(array.low, array.high), values)))]
    else:
        colour = colouring(array.low, array.high, depth)
        bar = list(merged(Piece(" ", background=colour(value)) for value in values))
    return [(quiet(f"{low} "), *bar, quiet(f" {high}"))]


def about(array: Array) -> str:
    """Shape and dtype in a few words.

    >>> about(Array((3, 2), "int64", (0, 1, 2, 3, 4, 5), 0, 5))
    '3×2, int64'
    """
    shape = "×".join(map(str, array.shape)) if array.shape else inline(array.shape)
    return f"{shape}, {array.dtype}"


def extremes(array: Array) -> str:
    """What is said of an array that is not drawn.

    >>> extremes(Array((300, 300), "float64", None, 0.0, 12.5))
    'not drawn: values from 0 to 12.5'
    """
    if array.low is None or array.high is None:
        return "empty" if 0 in array.shape else "no finite value"
    low, high = numerals((array.low,))[0], numerals((array.high,))[0]
    return f"not drawn: values from {low} to {high}"


def said(text: str, width: int) -> list[Line]:
    """A remark in lines that fit."""
    return [(quiet(line),) for line in wrap(text, max(width, 1))]


def merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours that look alike as one piece: flat parts of an image cost little."""
    for first, run in groupby(pieces):
        yield first._replace(text=first.text * sum(1 for _ in run))
