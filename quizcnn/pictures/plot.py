"""A row of values as a chart of columns: its shape at a glance, its range in numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from quizcnn.check.value import Number
from quizcnn.pictures.numerals import compact
from quizcnn.pictures.pieces import Line, Piece, Tone, quiet, remarks

HEIGHT = 6
"""Lines of a chart without its axis."""
EIGHTHS = " ▁▂▃▄▅▆▇█"
WIDEST = 6
"""Cells that a column has at most."""
NARROWEST = 16
SPREAD = "full to their smallest, grey to their largest"
FAR = 0.5
"""Of values that all lie above this share of the largest, zero is too far to be drawn."""


def plot(values: Sequence[Number], width: int, height: int = HEIGHT) -> list[Line]:
    """The values from left to right, at most `width` cells wide, over the numbers of the first
    and the last.

    Columns stand on zero, negative ones hang from it. Where zero lies far below all values,
    points take their place, and the axis begins at the smallest. More values than there are cells
    share them: a column is full up to the smallest of its values, and grey up to the largest.

    >>> for line in plot([0, 1, -2, 4], 24, height=3):
    ...     print("".join(piece.text for piece in line).rstrip())
     4 ┤               ████
     0 ┼     ▄▄▄▄      ████
    −2 ┤          ████
        0                  3
    """
    finite = [float(value) for value in values if math.isfinite(value)]
    if not finite or width < NARROWEST:
        return []
    low, high = min(finite), max(finite)
    if low == high:
        return remarks(f"everywhere {compact(low)}", width)
    pointed = low > FAR * high > 0 and len(values) <= width // 2
    ends = (compact(low), compact(high))
    peak = max(-low, high)  # all is drawn in parts of it: sums of very large values are infinite
    low, high = low / peak, high / peak
    up = height if low >= 0 else _above(low, high, height)
    names = dict.fromkeys(range(height), "") | {max(up - 1, 0): ends[0] if pointed else "0"}
    if high > 0:
        names[0] = ends[1]
    if low < 0:
        names[height - 1] = ends[0]
    margin = max(map(len, names.values()))
    bins = _bins([value / peak for value in values], width - margin - 2)
    cell = min(WIDEST, (width - margin - 2) // len(bins))
    if len(bins) < len(values):
        rows = _spreads(bins, low, high, (up, height))
    elif pointed:
        rows = _points(bins, low, high, height)
    else:
        rows = _columns(bins, low, high, up, height)
    drawn: list[Line] = []
    for number, row in enumerate(rows):
        tick = "┼" if number == up - 1 else "┤" if names[number] else "│"
        bars = "".join(_wide(mark, cell) for mark in row)
        drawn.append((quiet(f"{names[number]:>{margin}} {tick}"), Piece(bars, Tone.BAR)))
    drawn.append((quiet(" " * (margin + 2) + _axis(len(values), cell * len(bins))),))
    if len(bins) < len(values):
        each = -(-len(values) // len(bins))
        told = f"{len(values):,} values, {each} to a column: {SPREAD}"
        drawn += remarks(told, width)
    return drawn


def _above(low: float, high: float, height: int) -> int:
    """How many lines lie above zero."""
    down = round(height * -low / (max(high, 0.0) - low))
    return height - min(max(down, 1), height - (high > 0))


def _bins(values: Sequence[float], room: int) -> list[tuple[float, float]]:
    """The smallest and the largest value of each column; those that are no number are left out."""
    each = -(-len(values) // max(room, 1))
    found = []
    for start in range(0, len(values), each):
        finite = [v for v in values[start : start + each] if not math.isnan(v)]
        found.append((min(finite), max(finite)) if finite else (math.nan, math.nan))
    return found


def _columns(
    bins: Sequence[tuple[float, float]], low: float, high: float, up: int, height: int
) -> Iterator[list[str]]:
    """The lines of columns that stand on zero, which has `up` lines above it, or hang from it."""
    down = height - up
    unit = max(high / up if up else 0.0, -low / down if down else 0.0)
    for line in range(up - 1, -1, -1):
        yield [_up(largest / unit - line, line == 0) for _, largest in bins]
    for line in range(down):
        yield [_down(-smallest / unit - line, line == 0) for smallest, _ in bins]


def _spreads(
    bins: Sequence[tuple[float, float]], low: float, high: float, lines: tuple[int, int]
) -> Iterator[list[str]]:
    """The lines of columns that stand for several values each."""
    up, height = lines
    down = height - up
    unit = max(high / up if up else 0.0, -low / down if down else 0.0)
    for line in range(up - 1, -1, -1):
        middle = (line + 0.5) * unit
        yield [_spread(smallest >= middle, largest >= middle) for smallest, largest in bins]
    for line in range(down):
        middle = -(line + 0.5) * unit
        yield [_spread(largest <= middle, smallest <= middle) for smallest, largest in bins]


def _spread(all_: bool, some: bool) -> str:
    """A cell that all values of a column reach, or some of them."""
    return "█" if all_ else "▒" if some else " "


def _up(filled: float, foot: bool) -> str:
    if math.isnan(filled):
        return "?" if foot else " "
    eighths = round(min(max(filled, 0.0), 1.0) * 8)
    return EIGHTHS[max(eighths, 1) if foot and filled > 0 else eighths]


def _down(filled: float, head: bool) -> str:
    if filled >= 0.75:
        return "█"
    if filled >= 0.25:
        return "▀"
    return "▔" if head and filled > 0 else " "


def _points(
    bins: Sequence[tuple[float, float]], low: float, high: float, height: int
) -> Iterator[list[str]]:
    """The lines of points between the smallest and the largest value."""
    steps = 2 * height - 1
    span = high - low
    places = [
        -9 if math.isnan(top) else round(min(max((top - low) / span, 0.0), 1.0) * steps)
        for _, top in bins
    ]
    for line in range(height - 1, -1, -1):
        yield ["▀" if p == 2 * line + 1 else "▄" if p == 2 * line else " " for p in places]


def _wide(mark: str, cell: int) -> str:
    """A column's mark, with a gap to the next where there is room."""
    return mark * (cell - 1) + " " if cell > 2 else mark * cell


def _axis(values: int, width: int) -> str:
    """The numbers of the first and of the last value under a chart."""
    last = str(values - 1)
    return "0" if values < 2 or width < len(last) + 2 else "0" + last.rjust(width - 1)
