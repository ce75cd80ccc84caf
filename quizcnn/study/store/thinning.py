"""Which backups are kept: many of late, ever fewer of long ago."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from datetime import datetime, timedelta

Bucket = Callable[[datetime], Hashable]

RULES: tuple[tuple[timedelta, Bucket], ...] = (
    (timedelta(days=2), lambda at: at),
    (timedelta(days=7), lambda at: at.date()),
    (timedelta(weeks=8), lambda at: at.isocalendar()[:2]),
    (timedelta(days=365), lambda at: (at.year, at.month)),
    (timedelta.max, lambda at: at.year),
)
"""Of the backups younger than this the newest is kept of each: moment, day, week, month, year."""


def superfluous(moments: Collection[datetime], now: datetime) -> set[datetime]:
    """Those of the backups' moments (in UTC) that need not be kept any longer.

    >>> from datetime import UTC
    >>> march = [datetime(2026, 3, day, 12, tzinfo=UTC) for day in (2, 3, 8, 20, 21)]
    >>> sorted(at.day for at in superfluous(march, datetime(2026, 3, 22, tzinfo=UTC)))
    [2, 3]
    """
    kept: set[datetime] = set()
    for age, bucket in RULES:
        young = [at for at in moments if now - at < age]
        kept |= set({bucket(at): at for at in sorted(young)}.values())
    return set(moments) - kept
