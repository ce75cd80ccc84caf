"""What holds between the rows of a sound progress database, and how each breach is mended."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from quizcnn.study.store.rows import milliseconds

SHOWN = 8
"""So many of the rows that break a rule are named."""
LATEST = timedelta(days=1)
"""A clock may be this far ahead before its times count as impossible."""
DAWN = 946_684_800_000
"""The year 2000: no answer is older."""
END = 253_370_764_800_000
"""The year 9999: so far Python's calendar goes."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`find` gives a name for each breach; the statements of `mend` put all of them right."""

    says: str
    find: str
    mend: tuple[str, ...]


IMPOSSIBLE = "NOT {0} BETWEEN :dawn AND :limit"

UNSOUND = """
SELECT actions.id, actions.card FROM actions
    LEFT JOIN cards ON cards.id = actions.card
    LEFT JOIN sessions ON sessions.id = actions.session
    LEFT JOIN reviews ON reviews.id = actions.review
WHERE cards.id IS NULL OR sessions.id IS NULL
    OR NOT CASE WHEN json_valid(actions.before)
        THEN json_type(actions.before) IN ('object', 'null') ELSE 0 END
    OR act = 'answer' AND (reviews.id IS NULL OR reviews.card <> actions.card
        OR reviews.session <> actions.session)
"""
LAST = """(SELECT r.id FROM reviews r WHERE r.card = cards.id AND r.grade IS NOT NULL
    AND r.revision = cards.revision ORDER BY r.at DESC LIMIT 1)"""
COUNTS = """(SELECT count(*), total(r.grade = 1 AND r.before IS 2) FROM reviews r
    WHERE r.card = cards.id AND r.grade IS NOT NULL AND r.revision = cards.revision)"""
NEWEST = "(SELECT max(r.revision) FROM reviews r WHERE r.card = cards.id AND r.grade IS NOT NULL)"
INCOMPLETE = """(stability IS NULL OR difficulty IS NULL OR due IS NULL
    OR (stage IN (1, 3)) IS NOT (step IS NOT NULL) OR stability <= 0
    OR NOT difficulty BETWEEN 1 AND 10 OR NOT due BETWEEN :dawn AND :end)"""
ALL = '{"decks":[],"tags":[],"ahead":0}'

RULES = (
    Rule(
        "answers to a question whose card is lost",
        "SELECT DISTINCT card FROM reviews WHERE card NOT IN (SELECT id FROM cards)",
        (
            "INSERT INTO cards (id, key) SELECT DISTINCT card, 'lost/card-' || card FROM reviews "
            "WHERE card NOT IN (SELECT id FROM cards)",
        ),
    ),
    Rule(
        "answers in a session that is lost",
        "SELECT DISTINCT session FROM reviews WHERE session NOT IN (SELECT id FROM sessions)",
        (
            "INSERT INTO sessions (id, mode, scope, began, ended) "
            f"SELECT session, iif(max(grade) IS NULL, 'cram', 'study'), '{ALL}', min(at), max(at) "
            "FROM reviews WHERE session NOT IN (SELECT id FROM sessions) GROUP BY session",
        ),
    ),
    Rule(
        "steps of undo that lead nowhere",
        f"SELECT id FROM ({UNSOUND})",
        (
            "DELETE FROM actions WHERE EXISTS (SELECT 1 FROM "
            f"({UNSOUND}) bad WHERE bad.card = actions.card AND bad.id >= actions.id)",
        ),
    ),
    Rule(
        "sessions that do not say what they are about",
        "SELECT id FROM sessions WHERE NOT CASE WHEN json_valid(scope) THEN "
        "json_type(scope, '$.decks') = 'array' AND json_type(scope, '$.tags') = 'array' "
        "AND json_type(scope, '$.ahead') = 'integer' ELSE 0 END IS 1 OR NOT json_valid(plan)",
        (
            f"UPDATE sessions SET scope = '{ALL}' WHERE NOT CASE WHEN json_valid(scope) THEN "
            "json_type(scope, '$.decks') = 'array' AND json_type(scope, '$.tags') = 'array' "
            "AND json_type(scope, '$.ahead') = 'integer' ELSE 0 END IS 1",
            "UPDATE sessions SET plan = '[]' WHERE NOT json_valid(plan)",
        ),
    ),
    Rule(
        "answers whose variant cannot be read",
        "SELECT id FROM reviews WHERE NOT json_valid(variant)",
        ("UPDATE reviews SET variant = '{}' WHERE NOT json_valid(variant)",),
    ),
    Rule(
        "answers that do not say what became of the schedule",
        f"SELECT id FROM reviews WHERE grade IS NOT NULL AND {INCOMPLETE}",
        (
            "UPDATE reviews SET grade = NULL, stage = NULL, step = NULL, stability = NULL, "
            f"difficulty = NULL, due = NULL WHERE grade IS NOT NULL AND {INCOMPLETE}",
        ),
    ),
    Rule(
        "answers at an impossible time",
        f"SELECT id FROM reviews WHERE {IMPOSSIBLE.format('at')}",
        (
            f"DELETE FROM actions WHERE card IN "  # undo would bring the impossible times back
            f"(SELECT card FROM reviews WHERE {IMPOSSIBLE.format('at')})",
            # one after another, behind all the others: the order in which they were given stays
            "UPDATE reviews SET due = due - at + moved.to_, at = moved.to_ FROM ("
            "SELECT id AS of_, row_number() OVER (ORDER BY id) + coalesce((SELECT max(at) "
            f"FROM reviews WHERE NOT {IMPOSSIBLE.format('at')}), :now - 1000000) AS to_ "
            f"FROM reviews WHERE {IMPOSSIBLE.format('at')}) AS moved WHERE id = moved.of_",
        ),
    ),
    Rule(
        "sessions at an impossible time",
        f"SELECT id FROM sessions WHERE {IMPOSSIBLE.format('began')} OR ended < began "
        f"OR {IMPOSSIBLE.format('coalesce(ended, began)')}",
        (
            "UPDATE sessions SET began = coalesce((SELECT min(at) FROM reviews "
            f"WHERE session = sessions.id), :now) WHERE {IMPOSSIBLE.format('began')}",
            "UPDATE sessions SET ended = max(began, coalesce((SELECT max(at) FROM reviews "
            "WHERE session = sessions.id), began)) WHERE ended < began "
            f"OR {IMPOSSIBLE.format('ended')}",
        ),
    ),
    Rule(
        "cards last reviewed at an impossible time",
        f"SELECT key FROM cards WHERE {IMPOSSIBLE.format('last_review')} AND {LAST} IS NULL",
        (
            "UPDATE cards SET due = due - last_review + :now, last_review = :now "
            f"WHERE {IMPOSSIBLE.format('last_review')} AND {LAST} IS NULL",
        ),
    ),
    Rule(
        "cards due at a time that cannot be",
        f"SELECT key FROM cards WHERE NOT due BETWEEN :dawn AND :end AND {LAST} IS NULL",
        (
            "UPDATE cards SET due = last_review "
            f"WHERE NOT due BETWEEN :dawn AND :end AND {LAST} IS NULL",
        ),
    ),
    Rule(
        "cards set aside until a time that is years away",
        "SELECT key FROM cards WHERE NOT buried BETWEEN 0 AND :far",
        ("UPDATE cards SET buried = NULL WHERE NOT buried BETWEEN 0 AND :far",),
    ),
    Rule(
        "cards of an older revision than was answered",
        f"SELECT key FROM cards WHERE revision < {NEWEST}",
        (f"UPDATE cards SET revision = {NEWEST} WHERE revision < {NEWEST}",),
    ),
    Rule(
        "cards that differ from what their last answer made of them",
        "SELECT key FROM cards JOIN reviews last ON last.id = " + LAST + " "
        "WHERE (cards.stage, cards.step, cards.stability, cards.difficulty, cards.due, "
        "cards.last_review) IS NOT "
        "(last.stage, last.step, last.stability, last.difficulty, last.due, last.at)",
        (
            "UPDATE cards SET (stage, step, stability, difficulty, due, last_review) = "
            "(SELECT last.stage, last.step, last.stability, last.difficulty, last.due, last.at "
            f"FROM reviews last WHERE last.id = {LAST}) WHERE {LAST} IS NOT NULL",
        ),
    ),
    Rule(
        "cards whose counts differ from the log",
        f"SELECT key FROM cards WHERE (reviews, lapses) <> {COUNTS}",
        (f"UPDATE cards SET (reviews, lapses) = {COUNTS} WHERE (reviews, lapses) <> {COUNTS}",),
    ),
)
"""In the order in which they are mended: later ones build upon what earlier ones establish."""
CARD_RULES = RULES[-3:]
"""Those that have cards agree with their log."""


def breaches(connection: sqlite3.Connection, now: datetime) -> list[str]:
    """Each rule that is broken, with how often and where."""
    found = []
    for rule in RULES:
        names = [row[0] for row in connection.execute(rule.find, _moments(now, rule.find))]
        if names:
            some = ", ".join(map(str, names[:SHOWN]))
            more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
            found.append(f"{len(names)} {rule.says}: {some}{more}")
    return found


def mend(connection: sqlite3.Connection, now: datetime, rules: Sequence[Rule] = RULES) -> None:
    """Put every breach right. Called within a transaction, with foreign keys off."""
    for rule in rules:
        if connection.execute(rule.find, _moments(now, rule.find)).fetchone():
            for statement in rule.mend:
                connection.execute(statement, _moments(now, statement))


def _moments(now: datetime, sql: str) -> dict[str, int]:
    moments = {
        "now": milliseconds(now),
        "limit": milliseconds(now + LATEST),
        "far": milliseconds(now + timedelta(days=366)),
        "dawn": DAWN,
        "end": END,
    }
    return {name: at for name, at in moments.items() if f":{name}" in sql}
