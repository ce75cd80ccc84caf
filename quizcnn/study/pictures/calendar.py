"""Pictures of days: a year of answers as a heatmap, and what becomes due in the next weeks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from quizcnn.pictures.pieces import (
    MONTHS,
    WEEKDAYS,
    Line,
    Piece,
    Tone,
    bar,
    count,
    day_words,
    flowing,
    level,
    line,
    quiet,
    remarks,
)
from quizcnn.study.statistics.records import Day, Due

LABEL = 4
"""Columns of the names of the weekdays."""

FEWEST = 13
"""Weeks that are drawn, if the history has so many, though all of them should be empty."""

STEPS = (1, 2, 3, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 250, 500, 1000)


def heatmap(history: Sequence[Day], width: int) -> tuple[Line, ...]:
    """Answers by day: a column for each week, a row for each weekday, and a legend.

    As many of the last weeks are drawn as fit, but not the empty ones before the first answer
    where they are more than a quarter of a year ago.
    """
    today = history[-1].day
    begun = next((day.day for day in history if day.answers), today)
    first = max(history[0].day, min(begun, today - timedelta(weeks=FEWEST - 1)))
    cell = 2 if width >= LABEL + 2 * _weeks(first, today) else 1
    fitting = max((width - LABEL) // cell, 1)
    monday = max(_monday(first), _monday(today) - timedelta(weeks=fitting - 1))
    shown = {day.day: day.answers for day in history if day.day >= monday}
    step = step_for([answers for answers in shown.values() if answers])
    weeks = [monday + timedelta(weeks=week) for week in range(_weeks(monday, today))]
    rows = [
        line(
            quiet(f"{name:<{LABEL}}"),
            *(_cell(shown.get(week + timedelta(days=row)), step, cell) for week in weeks),
        )
        for row, name in enumerate(WEEKDAYS)
    ]
    return (_months(weeks, cell), *rows, line(""), *flowing(_legend(step), width))


def step_for(counts: Sequence[int]) -> int:
    """How many answers one shade stands for: three of them hold all but the busiest days.

    >>> step_for([1, 2, 3]), step_for([30] * 19 + [400]), step_for([])
    (1, 10, 1)
    """
    if not counts:
        return 1
    usual = sorted(counts)[(len(counts) - 1) * 9 // 10]
    return next((step for step in STEPS if 3 * step >= usual), -(-usual // 3))


def level_of(answers: int, step: int) -> int:
    """The shade of a day, from 0 for none to 4.

    >>> [level_of(answers, 10) for answers in (0, 1, 10, 11, 30, 31, 500)]
    [0, 1, 1, 2, 3, 4, 4]
    """
    return min(-(-answers // step), 4)


def forecast(coming: Sequence[Due], width: int) -> tuple[Line, ...]:
    """A bar and a number for each day, in as many columns as fit, to be read downwards."""
    columns = max(1, min(3, width // 36))
    wide = min((width - 2 * (columns - 1)) // columns, 44)
    most = max((due.questions for due in coming), default=0)
    digits = len(str(most))
    room = wide - 10 - digits - 2
    entries = [_due(due, most, digits, room) for due in coming]
    height = -(-len(entries) // columns)
    rows = []
    for row in range(height):
        parts: list[Piece] = []
        for index in range(row, len(entries), height):
            parts += [Piece("  "), *entries[index]] if parts else entries[index]
        rows.append(tuple(parts))
    total = sum(due.questions for due in coming)
    said = f"{count(total, 'question', 'questions')} in {count(len(coming), 'day', 'days')}"
    said += "; those that are new are not among them."
    return (*rows, line(""), *remarks(said, width))


def _due(due: Due, most: int, digits: int, room: int) -> Line:
    drawn = bar(due.questions, most, room)
    tone = Tone.PLAIN if due.questions else Tone.QUIET
    return line(
        quiet(f"{day_words(due.day)} "),
        Piece(f"{due.questions:>{digits}} ", tone),
        Piece(f"{drawn:<{room}}", Tone.BAR),
    )


def _cell(answers: int | None, step: int, width: int) -> Piece:
    if answers is None:
        return Piece(" " * width)
    if not answers:
        return Piece(f"{level(0).text:<{width}}", Tone.NONE)
    return level(level_of(answers, step), width)


def _months(weeks: Sequence[date], cell: int) -> Line:
    """The names of the months over the weeks in which they begin."""
    text = ""
    for index, week in enumerate(weeks):
        ends = week + timedelta(days=6)
        at = index * cell
        if ends.day <= 7 and len(text) <= at and at + 3 <= len(weeks) * cell:
            text = f"{text:<{at}}{MONTHS[ends.month - 1]} "
    return line(quiet(" " * LABEL + text.rstrip()))


def _legend(step: int) -> list[Line]:
    def between(number: int) -> str:
        first, last = (number - 1) * step + 1, number * step
        return f"{first}" if first == last else f"{first}–{last}"

    known = [line(level(number), quiet(f" {between(number)}")) for number in (1, 2, 3)]
    return [
        line(level(0), quiet(" none")),
        *known,
        line(level(4), quiet(f" {3 * step + 1} and more answers")),
    ]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(first: date, last: date) -> int:
    return (_monday(last) - _monday(first)).days // 7 + 1
