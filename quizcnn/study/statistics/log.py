"""What the log of answers comes to: answers by day, days without a gap, true retention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from itertools import pairwise
from typing import Any, TypeAlias

from quizcnn.study.records import MATURE, Scope
from quizcnn.study.statistics.days import DAY, Stretch
from quizcnn.study.statistics.records import Day, Retention, Share
from quizcnn.study.statistics.scope import condition

Rows: TypeAlias = Callable[[str, Mapping[str, object]], Sequence[tuple[Any, ...]]]
"""Runs a query over the progress and the chosen decks: see `Store.rows`, `Catalog.attach`."""

LONGEST = 300_000
"""Milliseconds that a single answer counts at most: who takes longer has gone for a coffee."""

PERIODS = (7, 30, 365, None)

SPAN = "at >= :begin AND (:end IS NULL OR at < :end)"
NUMBER = f"min(:first + (max(at, :begin) - :begin) / {DAY}, :last)"
ANSWERS = f"""SELECT {NUMBER} AS day,
    count(*), sum(right), sum(min(took, {LONGEST})) FROM reviews WHERE {{span}}{{scope}}
    GROUP BY day ORDER BY day"""
GRADED = f"""SELECT card, {NUMBER}, before, grade,
    :first + (due - :begin + {DAY // 2}) / {DAY}
    FROM reviews WHERE {{span}}{{scope}} AND grade IS NOT NULL ORDER BY at"""
# A due question is due when a day begins, give or take the hour by which clocks are moved: so it
# is rounded, whereas any other moment belongs to the day that has begun.


def earliest(rows: Rows) -> int | None:
    """The moment of the first answer; None where there is none."""
    ((moment,),) = rows("SELECT min(at) FROM reviews", {})
    return None if moment is None else int(moment)


def days(rows: Rows, parts: Sequence[Stretch], scope: Scope) -> dict[int, Day]:
    """Each day, by its number, on which something was answered, oldest first."""
    found: dict[int, Day] = {}
    for answers in _each(rows, ANSWERS, parts, scope):
        for number, count, right, took in answers:
            found[number] = Day(date.fromordinal(number), count, right, took / 1000)
    return found


def streaks(practised: Iterable[int], today: int) -> tuple[int, int]:
    """How many days without a gap end today (or yesterday, today being young), and the most ever.

    >>> streaks([1, 2, 3, 6, 7], 8)
    (2, 3)
    >>> streaks([1, 2, 3, 6, 7], 9)
    (0, 3)
    """
    numbers = sorted(number for number in practised if number <= today)
    longest = run = 1 if numbers else 0
    for one, other in pairwise(numbers):
        run = run + 1 if other == one + 1 else 1
        longest = max(longest, run)
    return (run if numbers and numbers[-1] >= today - 1 else 0), longest


def retention(
    rows: Rows, parts: Sequence[Stretch], scope: Scope, today: int
) -> tuple[Retention, ...]:
    """True retention over each period.

    It counts the first graded answer of a day to a question that was met in stage REVIEW; any
    grade better than AGAIN is known. Cram and exams have no grade.
    """
    met = _met(rows, parts, scope)
    return tuple(_period(met, days, today) for days in PERIODS)


Met: TypeAlias = dict[tuple[int, bool | None, bool], int]
"""How many reviews, by day, whether the interval was mature (None: not known), whether known."""


def _met(rows: Rows, parts: Sequence[Stretch], scope: Scope) -> Met:
    met: Counter[tuple[int, bool | None, bool]] = Counter()
    last_day: dict[int, int] = {}
    interval: dict[int, int] = {}
    for answers in _each(rows, GRADED, parts, scope):
        for card, number, stage, grade, due in answers:
            before = last_day.get(card)
            if stage == 2 and before != number:  # Stage.REVIEW, which is slow to look up
                mature = None if before is None else interval[card] >= MATURE
                met[number, mature, grade > 1] += 1
            last_day[card] = number
            interval[card] = due - number
    return met


def _period(met: Met, days: int | None, today: int) -> Retention:
    inside = [
        (mature, known, count)
        for (number, mature, known), count in met.items()
        if days is None or today - days < number <= today
    ]
    return Retention(
        days,
        _share((known, count) for _, known, count in inside),
        _share((known, count) for mature, known, count in inside if mature is False),
        _share((known, count) for mature, known, count in inside if mature),
    )


def _share(counts: Iterable[tuple[bool, int]]) -> Share:
    total = Counter[bool]()
    for known, count in counts:
        total[known] += count
    return Share(total[True], total.total())


def _each(
    rows: Rows, query: str, parts: Sequence[Stretch], scope: Scope
) -> Iterator[Sequence[tuple[Any, ...]]]:
    """Run a query for one stretch after another: so the file is never held for long."""
    within, names = log_scope(scope)
    for index, part in enumerate(parts):
        span = SPAN if index else "(:end IS NULL OR at < :end)"
        values = {**asdict(part), **names}
        yield rows(query.format(span=span, scope=within), values)


def log_scope(scope: Scope) -> tuple[str, dict[str, object]]:
    """The condition on an answer that a scope makes; deleted questions keep their deck."""
    parts, names = condition(scope, "substr(key, 1, instr(key, '/') - 1)", "key")
    return (f" AND card IN (SELECT id FROM cards WHERE 1{parts})" if parts else ""), names
