"""What the progress is asked for: which questions are in learning, due or new, in SQL.

The queries join the progress with the decks chosen in this run: see `Catalog.attach`. Names in
them: `now`, `begin` and `end` of today, `due_end` until when what is due counts, all in
milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from quizcnn.study.days import Calendar
from quizcnn.study.records import MATURE, Scope

Rows: TypeAlias = Callable[[str, Mapping[str, object]], Sequence[tuple[Any, ...]]]
"""Runs a query over the progress and the chosen decks: see `Store.rows`."""

FREE = "c.suspended = 0 AND (c.buried IS NULL OR c.buried <= :now)"
NEW = """(c.id IS NULL OR c.revision < q.revision
    OR c.stage IS NULL AND c.suspended = 0 AND (c.buried IS NULL OR c.buried <= :now))"""
KNOWN = "c.revision >= q.revision"
IN_LEARNING = f"c.stage IN (1, 3) AND c.due <= :until AND {KNOWN} AND {FREE}"
IS_DUE = f"""c.stage = 2 AND c.due < :due_end AND (c.due < :end OR c.last_review < :begin)
    AND {KNOWN} AND {FREE}"""
"""Ahead of its time a question is asked once a day."""

CARDS = "FROM cards c CROSS JOIN chosen_questions q ON q.key = c.key"
"""CROSS has SQLite begin with the cards, of which few are due; by itself it takes all questions."""
QUESTIONS = "FROM chosen_questions q LEFT JOIN cards c ON c.key = q.key"

LEARNING = f"{CARDS} WHERE {IN_LEARNING}"
DUE = f"{CARDS} WHERE {IS_DUE}"
LATER = f"{CARDS} WHERE c.due > :now AND {KNOWN} AND c.suspended = 0"
FRESH = f"{QUESTIONS} WHERE {NEW}"

NEEDS = f"""SELECT n.key, n.needed FROM chosen_needs n
    JOIN chosen_questions q ON q.key = n.needed LEFT JOIN cards c ON c.key = n.needed
    WHERE n.key IN (SELECT value FROM json_each(:keys)) AND {NEW}"""
"""What some questions stand in need of, as far as it is new itself."""

DONE = """SELECT count(DISTINCT CASE WHEN r.before = 2 THEN r.card END),
    count(DISTINCT CASE WHEN r.before IS NULL THEN r.card END)
    FROM reviews r WHERE r.at >= :begin AND r.at < :end AND r.grade IS NOT NULL"""
"""How many due and new questions were answered today."""

IS_MATURE = f"c.due - c.last_review > {(MATURE - 1) * 86_400_000}"
"""Due at the begin of a day that is `MATURE` days after the day of the last review, or later."""

STANDING = f"""SELECT q.deck, count(*), count(*) FILTER (WHERE c.stage IS NOT NULL AND {KNOWN}),
    count(*) FILTER (WHERE c.stage = 2 AND {KNOWN} AND NOT {IS_MATURE}),
    count(*) FILTER (WHERE c.stage = 2 AND {KNOWN} AND {IS_MATURE}),
    count(*) FILTER (WHERE {IN_LEARNING}), count(*) FILTER (WHERE {IS_DUE}),
    count(*) FILTER (WHERE {NEW}) {QUESTIONS} GROUP BY q.deck"""
"""For each deck: its questions, those that were met, of these the young and the mature ones, and
those in learning, due and new."""

RENAMED = """SELECT f.was, f.key FROM chosen_former f JOIN cards c ON c.key = f.was
    LEFT JOIN cards n ON n.key = f.key WHERE n.id IS NULL"""
"""Former keys that have progress, and the questions that have none of their own."""


def scope_sql(scope: Scope) -> tuple[str, dict[str, object]]:
    """The condition on a question `q` that a scope makes, and the values of its names."""
    parts: list[str] = []
    names: dict[str, object] = {}
    for column, chosen in (("deck", scope.decks), ("tag", scope.tags)):
        if chosen:
            marks = ", ".join(f":{column}{index}" for index in range(len(chosen)))
            names |= {f"{column}{index}": name for index, name in enumerate(chosen)}
            inside = f"IN ({marks})"
            tagged = f"EXISTS (SELECT 1 FROM chosen_tags t WHERE t.key = q.key AND t.tag {inside})"
            parts.append(f"q.deck {inside}" if column == "deck" else tagged)
    return "".join(f" AND {part}" for part in parts), names


def keys(source: str, where: str = "", rest: str = "") -> str:
    """The query for the keys of LEARNING, DUE or FRESH, under a further condition."""
    return f"SELECT q.key {source}{where} {rest}"


def moments(at: datetime, calendar: Calendar, ahead: int = 0) -> dict[str, object]:
    """The values of the names in the queries, at a moment; `ahead` in days."""
    day = calendar.day(at)
    ends = [calendar.begin(day + timedelta(days=days)) for days in (0, 1, 1 + ahead)]
    named = dict(zip(("begin", "end", "due_end"), map(milliseconds, ends), strict=True))
    return {"now": milliseconds(at), "until": named["end"], **named}


def milliseconds(at: datetime) -> int:
    """A moment as the store keeps it."""
    return round(at.timestamp() * 1000)
