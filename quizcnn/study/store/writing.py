"""Writing what a learner does. Each function is called within a transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from quizcnn.study.records import Act, Card, Review
from quizcnn.study.store.rows import (
    LOG,
    STATE,
    Fields,
    before_text,
    card_of,
    log_of,
    milliseconds,
    moment,
    review_of,
    state_of,
)

Change = Callable[[Card], Card]

COLUMNS = ", ".join(STATE)
FIND = f"SELECT id, {COLUMNS} FROM cards WHERE key = ?"
INSERT = f"INSERT INTO cards (key, {COLUMNS}) VALUES (?{', ?' * len(STATE)})"
UPDATE = f"UPDATE cards SET {', '.join(f'{name} = ?' for name in STATE)} WHERE id = ?"
REVIEW = f"INSERT INTO reviews (card, session, {', '.join(LOG)}) VALUES (?, ?{', ?' * len(LOG)})"
ACTION = "INSERT INTO actions (session, act, card, review, before) VALUES (?, ?, ?, ?, ?)"


def answer(
    connection: sqlite3.Connection, sitting: int, review: Review, change: Change | None
) -> Review:
    """The log row, the card and the action of one answer; the review as it is kept."""
    row = connection.execute(FIND, (review.key,)).fetchone()
    card = card_of(review.key, row and row[1:])
    at = milliseconds(review.at)
    if row is not None:
        (last,) = connection.execute(
            "SELECT max(at) FROM reviews WHERE card = ?", (row[0],)
        ).fetchone()
        if last is not None and at <= last:
            at = last + 1
    met = card.memory is not None and card.revision >= review.revision
    review = replace(
        review,
        at=moment(at),
        before=card.memory.stage if met and card.memory else None,
        after=None,
        grade=None if change is None else review.grade,
    )
    if change is not None:
        after = change(card)
        if after.memory is None or review.grade is None:
            raise ValueError("an answer that is scheduled needs a grade and gives a memory")
        memory = after.memory._replace(last_review=review.at)
        after = replace(after, key=review.key, memory=memory)
        review = replace(review, after=memory, revision=after.revision)
        state: Fields | None = state_of(after)
    else:
        state = None
    card_id = _keep(connection, review.key, row, state)
    fields = log_of(review)
    log = connection.execute(REVIEW, (card_id, sitting, *fields)).lastrowid
    _journal(connection, sitting, Act.ANSWER, card_id, log, row)
    return review_of(review.key, fields)


def act(
    connection: sqlite3.Connection,
    sitting: int,
    kind: Act,
    key: str,
    change: Change | None = None,
) -> None:
    """An action other than an answer: the card if it changes, and the journal's row."""
    row = connection.execute(FIND, (key,)).fetchone()
    state = None if change is None else state_of(change(card_of(key, row and row[1:])))
    card_id = _keep(connection, key, row, state)
    _journal(connection, sitting, kind, card_id, None, row)


def adopt(connection: sqlite3.Connection, was: str, key: str, move: bool) -> bool:
    """Rename a card, or copy its schedule to a new key that has no progress yet."""
    former = connection.execute(FIND, (was,)).fetchone()
    if former is None:
        return False
    own = connection.execute(FIND, (key,)).fetchone()
    if own is not None:
        answered = connection.execute(
            "SELECT EXISTS (SELECT 1 FROM reviews WHERE card = ?)", (own[0],)
        ).fetchone()
        if answered[0] or card_of(key, own[1:]).memory is not None:
            return False
        # it was only skipped or set aside: that was of the question which now gets its history
        connection.execute("UPDATE actions SET card = ? WHERE card = ?", (former[0], own[0]))
        connection.execute("DELETE FROM cards WHERE id = ?", (own[0],))
    if move:
        connection.execute("UPDATE cards SET key = ? WHERE id = ?", (key, former[0]))
    else:
        copied = replace(card_of(key, former[1:]), reviews=0, lapses=0)
        connection.execute(INSERT, (key, *state_of(copied)))
    return True


def _keep(connection: sqlite3.Connection, key: str, row: Any, state: Fields | None) -> int:
    """Write a card's state, None for one that stays as it is; gives the card's id."""
    if row is None:
        blank = state_of(Card(key)) if state is None else state
        made = connection.execute(INSERT, (key, *blank)).lastrowid
        assert made is not None
        return made
    card_id: int = row[0]
    if state is not None:
        connection.execute(UPDATE, (*state, card_id))
    return card_id


def _journal(
    connection: sqlite3.Connection, sitting: int, kind: Act, card: int, log: int | None, row: Any
) -> None:
    before = before_text(None if row is None else row[1:])
    connection.execute(ACTION, (sitting, str(kind), card, log, before))
