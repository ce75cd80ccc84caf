"""A learner's days counted quickly: moments in milliseconds to numbers of days."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from quizcnn.study.days import Calendar

DAY = 86_400_000
"""Milliseconds of an ordinary day."""

EARLIEST = date(1971, 1, 1)
"""No day is looked for before this one; what a wrong clock put there counts on it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that follow one another every 24 hours: no clock is put forward or back in between.

    It begins at the moment `begin` with the day of number `first`, and ends with the day of number
    `last`, before `end`; None where it goes on. The last day is longer than 24 hours where clocks
    are put back in it. Days are numbered as `date.toordinal` does, moments are in milliseconds.
    """

    first: int
    last: int
    begin: int
    end: int | None


def milliseconds(at: datetime) -> int:
    """A moment as the progress file has it."""
    return round(at.timestamp() * 1000)


def stretches(calendar: Calendar, earliest: int, at: datetime) -> tuple[Stretch, ...]:
    """The stretches from the day of `earliest` to some weeks after the day of `at`.

    >>> from datetime import time
    >>> (stretch,) = stretches(Calendar(time(4), UTC), 0, datetime(1971, 1, 2, 12, tzinfo=UTC))
    >>> date.fromordinal(stretch.first).isoformat(), stretch.begin // 3_600_000, stretch.end
    ('1971-01-01', 8764, None)
    """
    moment = datetime.fromtimestamp(max(earliest, 0) / 1000, UTC)
    first = max(min(calendar.day(moment), calendar.day(at)), EARLIEST)
    last = calendar.day(at) + timedelta(days=70)
    starts: list[tuple[int, int]] = []
    expected = None
    for number in range(first.toordinal(), last.toordinal() + 1):
        begin = milliseconds(calendar.begin(date.fromordinal(number)))
        if begin != expected:
            starts.append((number, begin))
        expected = begin + DAY
    nexts = [*starts[1:], (date.max.toordinal(), None)]
    return tuple(
        Stretch(first, following - 1, begin, end)
        for (first, begin), (following, end) in zip(starts, nexts, strict=True)
    )


def numbering(parts: tuple[Stretch, ...]) -> Callable[[int], int]:
    """Gives the number of a moment's day."""
    begins = [part.begin for part in parts]

    def number(moment: int) -> int:
        part = parts[max(bisect_right(begins, moment) - 1, 0)]
        return min(part.first + (moment - part.begin) // DAY, part.last)

    return number
