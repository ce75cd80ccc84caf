"""Walking a session's actions back. Each function is called within a transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from quizcnn.study.records import Act, Action, Review
from quizcnn.study.store.errors import StoreError
from quizcnn.study.store.rows import BLANK, LOG, STATE, Fields, Row, before_of, review_of, sound
from quizcnn.study.store.writing import UPDATE

_LOG = ", ".join(f"reviews.{name}" for name in LOG)
_FROM = (
    f"SELECT act, key, {_LOG}, actions.id, actions.session, actions.card, review, actions.before "
    "FROM actions JOIN cards ON cards.id = actions.card "
    "LEFT JOIN reviews ON reviews.id = actions.review WHERE actions.session = ?"
)
ACTIONS = f"{_FROM} ORDER BY actions.id"
LAST = f"{_FROM} ORDER BY actions.id DESC LIMIT 1"

CHANGED_SINCE = (
    "SELECT EXISTS (SELECT 1 FROM reviews WHERE card = :card AND at > :at AND grade IS NOT NULL) "
    "OR EXISTS (SELECT 1 FROM actions LEFT JOIN reviews ON reviews.id = review "
    "WHERE actions.card = :card AND actions.id > :id "
    "AND (act IN ('bury', 'suspend') OR grade IS NOT NULL AND :at IS NULL))"
)
LOGGED = (
    "SELECT count(*), max(at) FROM reviews WHERE card = ? AND id IS NOT ? AND grade IS NOT NULL "
    "AND revision = ?"
)


class Entry(NamedTuple):
    """A row of the journal with what it is about."""

    id: int
    session: int
    act: Act
    card: int
    key: str
    review_id: int | None
    review: Review | None
    at: int | None
    before: str

    @property
    def changed(self) -> bool:
        """Whether the card was changed: it was not by a skip, nor by an answer outside study."""
        if self.review is not None:
            return self.review.grade is not None
        return self.act is not Act.SKIP


def actions(rows: Iterable[Row]) -> tuple[Action, ...]:
    """The actions that rows of ACTIONS stand for."""
    entries = map(_entry, rows)
    return tuple(Action(each.act, each.key, each.review) for each in entries)


def last(connection: sqlite3.Connection, sitting: int) -> Entry | None:
    """What was done last in a session."""
    row = connection.execute(LAST, (sitting,)).fetchone()
    return None if row is None else _entry(row)


def take_back(connection: sqlite3.Connection, entry: Entry) -> Action:
    """Make an action undone: the card as it was, no log row, no trace in the journal.

    Raises:
        StoreError: another session has changed the card since, or an import its log.
    """
    before = before_of(entry.before) or BLANK
    if entry.changed:
        _refuse_if_changed_since(connection, entry, before)
    connection.execute("DELETE FROM actions WHERE id = ?", (entry.id,))
    if entry.review_id is not None:
        connection.execute("DELETE FROM reviews WHERE id = ?", (entry.review_id,))
    if entry.changed:
        connection.execute(UPDATE, (*before, entry.card))
    _forget_if_blank(connection, entry.card)
    return Action(entry.act, entry.key, entry.review)


def _refuse_if_changed_since(connection: sqlite3.Connection, entry: Entry, before: Fields) -> None:
    about = {"card": entry.card, "id": entry.id, "at": entry.at}
    if connection.execute(CHANGED_SINCE, about).fetchone()[0]:
        raise StoreError(
            f"{entry.key} has been answered or set aside in another session since, so this can no "
            "longer be undone here. Undo it there first."
        )
    named = dict(zip(STATE, before, strict=True))
    count, last = connection.execute(
        LOGGED, (entry.card, entry.review_id, named["revision"])
    ).fetchone()
    if count != named["reviews"] or (count and last != named["last_review"]):
        raise StoreError(
            f"Other answers to {entry.key} have been imported since, so this can no longer be "
            "undone."
        )


def _forget_if_blank(connection: sqlite3.Connection, card: int) -> None:
    """Take a card away of which nothing is known any more, as if it had never been met."""
    same = " AND ".join(f"{name} IS ?" for name in STATE)
    connection.execute(
        f"DELETE FROM cards WHERE id = ? AND {same} "
        "AND NOT EXISTS (SELECT 1 FROM reviews WHERE card = cards.id) "
        "AND NOT EXISTS (SELECT 1 FROM actions WHERE card = cards.id)",
        (card, *BLANK),
    )


@sound
def _entry(row: Row) -> Entry:
    act, key, logged = Act(row[0]), row[1], row[2 : 2 + len(LOG)]
    id_, session, card, review_id, before = row[2 + len(LOG) :]
    review = None if review_id is None else review_of(key, logged)
    at = None if review_id is None else logged[1]
    return Entry(id_, session, act, card, key, review_id, review, at, before)
