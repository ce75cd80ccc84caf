"""Intervals in words, short enough to stand beside a grade."""

from __future__ import annotations

from datetime import datetime, timedelta

from quizcnn.study.days import Calendar
from quizcnn.study.records import Memory, Stage

MONTH, YEAR = 30.4, 365.25


def interval(memory: Memory, at: datetime, calendar: Calendar) -> str:
    """When a question returns, from `at` on: in the learner's days, or sooner in minutes."""
    if memory.stage is Stage.REVIEW:
        return in_days((calendar.day(memory.due) - calendar.day(at)).days)
    return in_minutes(memory.due - at)


def until(due: datetime, at: datetime, calendar: Calendar) -> str:
    """How long it is until `due`: in minutes or hours today, else in the learner's days."""
    days = (calendar.day(due) - calendar.day(at)).days
    return in_days(days) if days else in_minutes(due - at)


def in_days(days: int) -> str:
    """Days, or months and years where there are many.

    >>> in_days(1), in_days(29), in_days(45), in_days(400)
    ('1 d', '29 d', '1.5 mo', '1.1 y')
    """
    if days < MONTH:
        return f"{days} d"
    return f"{days / MONTH:.1f} mo" if days < YEAR else f"{days / YEAR:.1f} y"


def in_minutes(span: timedelta) -> str:
    """Minutes, or seconds, hours and days.

    >>> in_minutes(timedelta(seconds=30)), in_minutes(timedelta(minutes=5.5))
    ('30 s', '6 min')
    >>> in_minutes(timedelta(hours=2)), in_minutes(timedelta(days=3))
    ('2 h', '3 d')
    """
    seconds = span.total_seconds()
    if seconds < 60:
        return f"{seconds:.0f} s"
    if seconds < 3600:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.0f} h" if seconds < 86_400 else f"{seconds / 86_400:.0f} d"
