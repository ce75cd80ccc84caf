"""Progress out of a store and into one, as lines of JSON, with nothing lost or doubled."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from quizcnn.study.store.database import looking
from quizcnn.study.store.errors import StoreError, told
from quizcnn.study.store.invariants import CARD_RULES, mend
from quizcnn.study.store.lines import HEADER, Line, LineError, check_header, read, written
from quizcnn.study.store.rows import LOG, STATE, text_of
from quizcnn.study.store.store import Store
from quizcnn.study.store.writing import INSERT, REVIEW, UPDATE

SESSIONS = "SELECT id, mode, scope, began, ended, plan, seconds FROM sessions ORDER BY id"
CARDS = f"SELECT key, {', '.join(STATE)} FROM cards ORDER BY key"
ANSWERS = f"""SELECT key, session, {", ".join(f"reviews.{name}" for name in LOG)}
    FROM reviews JOIN cards ON cards.id = card ORDER BY reviews.id"""
ACTS = """SELECT act, key, actions.session, at, actions.before FROM actions
    JOIN cards ON cards.id = actions.card LEFT JOIN reviews ON reviews.id = review
    ORDER BY actions.id"""


@dataclass(slots=True)
class Imported:
    """How many sessions, cards, answers and acts came in that were not there before."""

    counts: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return ", ".join(
            f"{self.counts[kind]} {kind}s" for kind in ("session", "card", "answer", "act")
        )


def exported(store: Store) -> Iterator[str]:
    """All of a store's progress, line by line, as it is at one moment.

    Raises:
        StoreError: it cannot be read.
    """
    try:
        if store.path is None:
            yield from _lines(store.connection)
        else:
            with closing(looking(store.path)) as connection:
                yield from _lines(connection)
    except sqlite3.Error as error:
        raise told(error, store.path) from error


def _lines(connection: sqlite3.Connection) -> Iterator[str]:
    connection.execute("BEGIN")
    try:
        yield HEADER
        numbers: dict[int, int] = {}
        for number, row in enumerate(connection.execute(SESSIONS), 1):
            id_, mode, scope, began, ended, plan, seconds = row
            numbers[id_] = number
            values = (number, mode, json.loads(scope), began, ended, json.loads(plan), seconds)
            yield written("session", values)
        for row in connection.execute(CARDS):
            yield written("card", row)
        for key, session, *rest in connection.execute(ANSWERS):
            yield written("answer", (key, numbers[session], *rest))
        for act, key, session, at, before in connection.execute(ACTS):
            yield written("act", (act, key, numbers[session], at, json.loads(before)))
    finally:
        connection.execute("COMMIT")


def bring_in(store: Store, lines: Iterable[bytes], name: str, now: datetime) -> Imported:
    """Add exported progress to a store, all of it or nothing.

    What is there already (an answer to the same question at the same moment) is not doubled. Of a
    card that is known on both sides the state after the later answer holds.

    Raises:
        StoreError: a line is not as it has to be (told with `name` and number), or nothing can be
            written.
    """
    number, rest = 1, iter(lines)
    try:
        with store.transaction() as connection:
            reader = _Reader(connection)
            check_header(next(rest, b"{}"))
            for raw in rest:
                number += 1
                if raw.strip():
                    reader.take(*read(raw))
            mend(connection, now, CARD_RULES)
    except LineError as error:
        raise StoreError(f"{name}:{number}: {error}. Nothing was imported.") from error
    return reader.imported


class _Reader:
    """Takes line after line, and knows which rows they have become."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.imported = Imported()
        self._sessions: dict[int, int] = {}
        self._met: Counter[tuple[Any, ...]] = Counter()
        self._cards: dict[str, int] = {}
        self._answers: set[int] = set()

    def take(self, kind: str, line: Line) -> None:
        """Take one line in."""
        try:
            new = getattr(self, f"_take_{kind}")(line)
        except sqlite3.IntegrityError as error:
            raise LineError(f"these values do not go together ({error})") from error
        self.imported.counts[kind] += new

    def _take_session(self, line: Line) -> bool:
        if line["session"] in self._sessions:
            raise LineError(f"there is a session {line['session']} before")
        values = (
            line["mode"], text_of(line["scope"]), line["began"], text_of(line["plan"]),
            line["seconds"],
        )  # fmt: skip
        self._met[values] += 1
        same = self._connection.execute(
            "SELECT id FROM sessions WHERE mode = ? AND scope = ? AND began = ? AND plan = ? "
            "AND seconds IS ? ORDER BY id LIMIT 1 OFFSET ?",
            (*values, self._met[values] - 1),
        ).fetchone()
        if same:
            (self._sessions[line["session"]],) = same
            self._connection.execute(
                "UPDATE sessions SET ended = ? WHERE id = ? AND ended IS NULL",
                (line["ended"], *same),
            )
            return False
        made = self._connection.execute(
            "INSERT INTO sessions (mode, scope, began, plan, seconds, ended) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (*values, line["ended"]),
        ).lastrowid
        assert made is not None
        self._sessions[line["session"]] = made
        return True

    def _take_card(self, line: Line) -> bool:
        key, state = line["card"], tuple(line[name] for name in STATE)
        found = self._connection.execute(
            "SELECT id, revision, coalesce(last_review, -1) FROM cards WHERE key = ?", (key,)
        ).fetchone()
        if found is None:
            made = self._connection.execute(INSERT, (key, *state)).lastrowid
            assert made is not None
            self._cards[key] = made
            return True
        self._cards[key], *ours = found
        if [line["revision"], -1 if line["last_review"] is None else line["last_review"]] > ours:
            self._connection.execute(UPDATE, (*state, found[0]))
        return False

    def _take_answer(self, line: Line) -> bool:
        card, session = self._card(line["answer"]), self._session(line)
        there = self._connection.execute(
            "SELECT 1 FROM reviews WHERE card = ? AND at = ?", (card, line["at"])
        ).fetchone()
        if there:
            return False
        values = tuple(line[name] for name in LOG)
        made = self._connection.execute(REVIEW, (card, session, *values)).lastrowid
        assert made is not None
        self._answers.add(made)
        return True

    def _take_act(self, line: Line) -> bool:
        card, session = self._card(line["key"]), self._session(line)
        review, before = None, text_of(line["before"])
        if line["act"] == "answer":
            found = self._connection.execute(
                "SELECT id FROM reviews WHERE card = ? AND at = ? AND session = ?",
                (card, line["at"], session),
            ).fetchone()
            if found is None or found[0] not in self._answers:
                if found is None and line["at"] is None:
                    raise LineError("an answer has to say its moment in 'at'")
                return False
            (review,) = found
        elif line["at"] is not None:
            raise LineError("only an answer has a moment in 'at'")
        elif self._noted((session, line["act"], card, before)):
            return False
        self._connection.execute(
            "INSERT INTO actions (session, act, card, review, before) VALUES (?, ?, ?, ?, ?)",
            (session, line["act"], card, review, before),
        )
        return True

    def _noted(self, values: tuple[Any, ...]) -> bool:
        """Whether as many such acts as this file has so far are there already."""
        self._met[values] += 1
        (there,) = self._connection.execute(
            "SELECT count(*) FROM actions WHERE session = ? AND act = ? AND card = ? "
            "AND before = ?",
            values,
        ).fetchone()
        return bool(there >= self._met[values])

    def _card(self, key: str) -> int:
        if key not in self._cards:
            raise LineError(f"expected a line for the card {key!r} before this")
        return self._cards[key]

    def _session(self, line: Line) -> int:
        if line["session"] not in self._sessions:
            raise LineError(f"expected a line for session {line['session']} before this")
        return self._sessions[line["session"]]
