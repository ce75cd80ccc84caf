"""The line of a file that a problem is about, quoted with a caret under the very place."""

from __future__ import annotations

import shutil
import unicodedata
from itertools import accumulate
from pathlib import Path

from quizcnn.deck.files import read_bytes
from quizcnn.deck.messages import Problems
from quizcnn.deck.model import Place, Problem
from quizcnn.display import clean, one_line

NARROWEST, WIDEST = 40, 160
"""A quoted line is cut to the terminal's width, within these."""

FILES = 8
"""So many files are held at once for quoting."""


class Pointer:
    """Quotes lines of deck files. Each file is read once, when it is first pointed into."""

    def __init__(self, width: int | None = None) -> None:
        columns = shutil.get_terminal_size().columns if width is None else width
        self._width = max(NARROWEST, min(columns, WIDEST))
        self._files: dict[str, list[str]] = {}

    def problem(self, problem: Problem, indent: str = "") -> list[str]:
        """A problem of a deck: where and what, the line with a caret, and how to mend it."""
        told = f"{one_line(str(problem.place), 300)}: {one_line(problem.message, 3000)}"
        if problem.hint:
            told += f" ({one_line(problem.hint, 1000)})"
        return [told, *self.lines(problem.place, indent)]

    def lines(self, place: Place, indent: str = "") -> list[str]:
        """The line at `place` and a caret below it; nothing where there is no such line."""
        line = self.line(place)
        if line is None or not line.strip():
            return []
        margin = f"{indent}{place.line:>5} | "
        quoted, before = quote(line, place.column, self._width - len(margin))
        return [margin + quoted, f"{indent}{'':>5} | {' ' * before}^"]

    def line(self, place: Place) -> str | None:
        """The line at `place` as it stands in the file; None where there is no such line."""
        if place.file not in self._files:
            while len(self._files) >= FILES:
                del self._files[next(iter(self._files))]
            self._files[place.file] = _read(place.file)
        lines = self._files[place.file]
        return lines[place.line - 1] if 0 < place.line <= len(lines) else None


def _read(file: str) -> list[str]:
    """The lines of a file as the loader counts them; none where it cannot be read."""
    data = read_bytes(Path(file), Problems())
    text = "" if data is None else data.decode("utf-8-sig", errors="replace")
    return text.replace("\r\n", "\n").split("\n")


def quote(line: str, column: int, width: int) -> tuple[str, int]:
    """A line made safe to show and cut to `width` cells round a column that counts from 1.

    Gives it with the number of cells before that column. A tab takes four cells, a wide character
    two; what is cut off is told by an ellipsis.

    >>> quote("    answer: (n, n)", 13, 40)
    ('    answer: (n, n)', 12)
    >>> quote("a" * 50 + "X" + "b" * 50, 51, 11)
    ('…aaaaXbbbb…', 5)
    """
    index = max(0, min(column - 1, len(line)))
    # only what can be near the column is looked at: a line may have many thousand characters
    start, end = max(0, index - width), index + width
    near = [clean(character) for character in line[start:end]]
    cells = [sum(map(_cells, shown)) for shown in near]
    at = index - start
    left_out, right_out = start > 0, end < len(line)
    if not left_out and not right_out and sum(cells) <= width:
        return "".join(near), sum(cells[:at])
    first = _from(cells[:at], width // 2 - 1, left_out)
    lead = 1 if first > 0 or left_out else 0
    before = lead + sum(cells[first:at])
    room = width - before
    last = at + _fitting(cells[at:], room)
    if last < len(near) or right_out:
        last = at + _fitting(cells[at:], room - 1)
        return ("…" * lead) + "".join(near[first:last]) + "…", before
    return ("…" * lead) + "".join(near[first:]), before


def _from(cells: list[int], room: int, more: bool) -> int:
    """The first of some characters that are shown, when those at the end fit into `room`."""
    if not more and sum(cells) <= room + 1:
        return 0
    return len(cells) - _fitting(cells[::-1], room)


def _fitting(cells: list[int], room: int) -> int:
    """How many of the characters fit into `room` cells."""
    return sum(total <= room for total in accumulate(cells))


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
