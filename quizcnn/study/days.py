"""A learner's days, which begin in the small hours: a late evening belongs to its own day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple, TypeAlias

Clock: TypeAlias = Callable[[], datetime]
"""Gives the time now, aware and in UTC."""


def now() -> datetime:
    """The time now, in UTC: the clock of everything that is not a test."""
    return datetime.now(UTC)


class Calendar(NamedTuple):
    """Which day a moment belongs to. `begins` is wall time; `zone` None is the system's own zone.

    >>> calendar = Calendar(time(4), UTC)
    >>> calendar.day(datetime(2026, 3, 2, 3, 59, tzinfo=UTC))
    datetime.date(2026, 3, 1)
    >>> calendar.begin(date(2026, 3, 2))
    datetime.datetime(2026, 3, 2, 4, 0, tzinfo=datetime.timezone.utc)
    """

    begins: time = time(4)
    zone: tzinfo | None = None

    def day(self, at: datetime) -> date:
        """The day that a moment belongs to; where clocks are put back the wall time decides."""
        local = at.astimezone(self.zone).replace(tzinfo=None)
        since_midnight = timedelta(hours=self.begins.hour, minutes=self.begins.minute)
        return (local - since_midnight).date()

    def begin(self, day: date) -> datetime:
        """When a day begins, in UTC."""
        local = datetime.combine(day, self.begins, self.zone)
        return local.astimezone(UTC)

    def tomorrow(self, at: datetime) -> datetime:
        """When the day after a moment's day begins, in UTC."""
        return self.begin(self.day(at) + timedelta(days=1))
