"""Named numbers as bars beneath one another."""

from __future__ import annotations

from dataclasses import dataclass

from quizcnn.check.value import Number
from quizcnn.check.wording import number
from quizcnn.pictures.pieces import THIN, Line, Piece, Tone, bar, cells, fitted, line

LONGEST_BAR = 40


@dataclass(frozen=True, slots=True)
class Bars:
    """Numbers that are not negative, each with its name; rows of one group share their name.

    `most` is where a bar is full, None where the largest number is.
    """

    rows: tuple[tuple[str, Number], ...]
    most: Number | None = None


def draw_bars(bars: Bars, width: int) -> list[Line]:
    """A line for each number: its name, its bar, the number.

    >>> for drawn in draw_bars(Bars((("plain", 0.5), ("pooled", 1.0)), most=1), 24):
    ...     print("".join(piece.text for piece in drawn))
    plain   ━━━━━━ 0.5
    pooled  ━━━━━━━━━━━━ 1
    """
    numbers = [_said(value) for _, value in bars.rows]
    digits = max(map(len, numbers), default=0)
    longest = max((cells(name) for name, _ in bars.rows), default=0)
    longest = min(longest, max(width - digits - 12, width // 3, 1))
    room = min(width - longest - digits - 3, LONGEST_BAR)
    most = bars.most or max((value for _, value in bars.rows), default=0)
    return [_row(name, value, longest, room, most) for name, value in bars.rows]


def _row(name: str, value: Number, longest: int, room: int, most: Number) -> Line:
    drawn = bar(float(value), float(most), room, THIN) if room > 0 else ""
    gap = " " if drawn else ""
    return line(f"{fitted(name, longest)}  ", Piece(drawn, Tone.BAR), f"{gap}{_said(value)}")


def _said(value: Number) -> str:
    """A number in full; of a large one the thousands are told apart."""
    return f"{value:,}" if isinstance(value, int) and value >= 10_000 else number(value)
