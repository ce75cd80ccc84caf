"""Pictures made of characters: pieces of text with a tone, for plain text and for the screen.

What a picture says it says by its characters and numbers; the tone adds colour where there is any.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple, TypeAlias

from quizcnn.display import clean, one_line


class Tone(Enum):
    """What a piece of text is; the screen chooses the colour."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    FULL = "full"
    BAR = "bar"
    GOOD = "good"
    POOR = "poor"
    WINDOW = "window"
    WINNER = "winner"


Colour: TypeAlias = tuple[int, int, int]
"""Red, green and blue, from 0 to 255."""


class Piece(NamedTuple):
    """Some text on one line with its tone, and colours of its own where it has any."""

    text: str
    tone: Tone = Tone.PLAIN
    foreground: Colour | None = None
    background: Colour | None = None


Line: TypeAlias = tuple[Piece, ...]

LEVELS = (Tone.NONE, Tone.LOW, Tone.MEDIUM, Tone.HIGH, Tone.FULL)
MARKS = "·░▒▓█"
"""The characters of the levels, from nothing to full."""

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
THIN = "━╸"
"""What thin bars are made of, which do not touch one another."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Section:
    """A picture under a title."""

    title: str
    lines: tuple[Line, ...]


def line(*parts: Piece | str) -> Line:
    """A line of pieces and plain texts."""
    return tuple(Piece(part) if isinstance(part, str) else part for part in parts)


def quiet(text: str) -> Piece:
    """A remark."""
    return Piece(text, Tone.QUIET)


def level(number: int, width: int = 1) -> Piece:
    """The mark of a level from 0 to 4, `width` times.

    >>> level(3, 2).text
    '▓▓'
    """
    return Piece(MARKS[number] * width, LEVELS[number])


def percent(part: float | None) -> str:
    """A share in words; a dash where there is none.

    >>> percent(0.875), percent(0.9999), percent(None)
    ('88%', '99%', '–')
    """
    if part is None:
        return "–"
    whole = round(part * 100)
    return "99%" if whole == 100 and part < 1 else f"{whole}%"


def count(number: int, one: str, many: str) -> str:
    """A number and its noun.

    >>> count(1, "day", "days"), count(2, "day", "days")
    ('1 day', '2 days')
    """
    return f"{number} {one if number == 1 else many}"


def time_words(seconds: float) -> str:
    """A length of time in words.

    >>> time_words(7.6), time_words(90), time_words(600), time_words(9000)
    ('8 s', '1 min 30 s', '10 min', '2 h 30 min')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 600 and whole % 60:
        return f"{whole // 60} min {whole % 60} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"


def day_words(day: date) -> str:
    """A day in ten characters.

    >>> day_words(date(2026, 3, 2))
    'Mon  2 Mar'
    """
    return f"{WEEKDAYS[day.weekday()]} {day.day:>2} {MONTHS[day.month - 1]}"


def bar(number: float, most: float, width: int, marks: str = "█▌") -> str:
    """A bar that is `width` long at `most`; what is not nothing is seen.

    `marks` are a whole and a half cell.

    >>> bar(5, 10, 4), bar(1, 100, 4), bar(0, 10, 4), bar(10, 10, 4)
    ('██', '▌', '', '████')
    """
    if not number or not most:
        return ""
    halves = max(1, round(number / most * width * 2))
    return marks[0] * (halves // 2) + marks[1] * (halves % 2)


def shares(numbers: Sequence[int], width: int) -> tuple[int, ...]:
    """So many characters of `width` for each number; what is not nothing gets one at least.

    >>> shares([1, 0, 98, 1], 10), shares([1, 1, 1], 10), shares([0, 0], 10)
    ((1, 0, 8, 1), (4, 3, 3), (0, 0))
    """
    total = sum(numbers)
    if not total:
        return (0,) * len(numbers)
    given = [max(1, number * width // total) if number else 0 for number in numbers]
    while sum(given) != width:
        missing = 1 if sum(given) < width else -1
        off = [
            missing * (number * width / total - have)
            for number, have in zip(numbers, given, strict=True)
        ]
        able = [index for index, have in enumerate(given) if have > (1 if missing < 0 else 0)]
        if not able:
            break
        given[max(able, key=off.__getitem__)] += missing
    return tuple(given)


def width_of(line: Line) -> int:
    """How many columns a line takes on a terminal."""
    return sum(cells(piece.text) for piece in line)


def cells(text: str) -> int:
    """How many columns a text takes on a terminal.

    >>> cells("pool"), cells("畳み込み")
    (4, 8)
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1
        for each in text
    )


def fitted(text: str, width: int) -> str:
    """A text from a deck, cleaned, on one line and exactly `width` columns wide.

    >>> fitted("stride", 8), fitted("receptive fields", 8)
    ('stride  ', 'recepti…')
    """
    text = one_line(text, max(width, 2))
    while text and cells(text) > width:
        shorter = text.rstrip("…")[:-1]
        text = shorter + "…" if shorter else "…"[:width]
    return text + " " * (width - cells(text))


def wrapped(text: str, width: int, indent: int = 0) -> list[Line]:
    """A text from a deck, cleaned, over as many lines as it takes."""
    return [line(" " * indent, each) for each in _filled(clean(text), max(width - indent, 10))]


def _filled(text: str, width: int) -> list[str]:
    """The lines of a text; a word that is too long for one is broken."""
    found: list[str] = []
    for word in text.split():
        if found and cells(found[-1]) + 1 + cells(word) <= width:
            found[-1] += f" {word}"
            continue
        found.append("")
        for character in word:
            if cells(found[-1]) + cells(character) > width:
                found.append("")
            found[-1] += character
    return found


def remarks(text: str, width: int, indent: int = 0) -> list[Line]:
    """A remark of ours, over as many lines as it takes, none of them too long to be read."""
    found = textwrap.wrap(text, min(width, 78) - indent)
    return [(quiet(" " * indent + each),) for each in found]


def flowing(groups: Iterable[Line], width: int, gap: int = 2) -> list[Line]:
    """Groups of pieces one after another, over as many lines as it takes."""
    lines: list[Line] = []
    at = 0
    for group in groups:
        size = sum(cells(piece.text) for piece in group)
        if lines and at + gap + size <= width:
            lines[-1] += (Piece(" " * gap), *group)
            at += gap + size
        else:
            lines.append(group)
            at = size
    return lines
