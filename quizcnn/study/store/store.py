"""The progress of a learner, kept so that no answer is ever lost."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from quizcnn.study.records import Act, Action, Card, Mode, Review, Scope, Sitting
from quizcnn.study.store import journal, writing
from quizcnn.study.store.database import connect, identity, transaction
from quizcnn.study.store.errors import (
    DamagedError,
    NewerError,
    StoreError,
    UnwritableError,
    told,
)
from quizcnn.study.store.rows import (
    STATE,
    card_of,
    milliseconds,
    scope_text,
    sitting_of,
    text_of,
)
from quizcnn.study.store.schema import CURRENT, Schema

__all__ = ["Change", "DamagedError", "NewerError", "Store", "StoreError", "UnwritableError"]

Change = Callable[[Card], Card]

SITTING = "SELECT id, mode, scope, began, ended, plan, seconds FROM sessions"


class Store:
    """One person's progress: cards, the log of their answers, sessions, and what undo needs.

    Every change is one transaction, on the disk when the call returns. May be used from several
    threads; several stores, in one process or in many, may have the same file open. Each method
    raises StoreError, whose text is for the person, and the store stays usable.

    >>> from datetime import UTC
    >>> at = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
    >>> with Store.open(None) as store:
    ...     sitting = store.begin(Mode.CRAM, Scope(), at)
    ...     kept = store.answer(sitting.id, Review("pooling/stride", at, right=True))
    ...     [action.key for action in store.actions(sitting.id)]
    ['pooling/stride']
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self.path = path
        self._connection = connection
        _, self._form = identity(connection)
        self._lock = threading.RLock()

    @classmethod
    def open(
        cls, path: Path | None, schema: Schema = CURRENT, backups: Path | None = None
    ) -> Store:
        """The progress in the file at `path`, made if it is not there; None: in memory.

        An older file is backed up to the folder `backups` (None: a folder of that name beside it)
        before it is brought to the form of `schema`.

        Raises:
            NewerError: the file is a newer quizcnn's.
            DamagedError: it is damaged, or not a progress file.
            UnwritableError: nothing can be written there.
        """
        if path is None:
            return cls(connect(None, schema), None)
        folder = path.parent / "backups" if backups is None else backups
        try:
            _refuse_empty(path, folder)
        except OSError as error:
            raise told(error, path) from error
        return cls(connect(path, schema, lambda found: _back_up(found, folder)), path)

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection itself, for attaching other databases: what is written has its methods."""
        return self._connection

    def close(self) -> None:
        """Let go of the file. Nothing is lost if this is never called."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def rows(
        self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()
    ) -> list[tuple[Any, ...]]:
        """What a query finds."""
        with self._reading():
            return self._connection.execute(sql, parameters).fetchall()

    def card(self, key: str) -> Card:
        """What is known of a question; a new card where that is nothing."""
        found = self.rows(f"SELECT {', '.join(STATE)} FROM cards WHERE key = ?", (key,))
        return card_of(key, found[0] if found else None)

    def begin(
        self,
        mode: Mode,
        scope: Scope,
        at: datetime,
        plan: Sequence[str] = (),
        seconds: int | None = None,
    ) -> Sitting:
        """Begin a session. `plan` is the fixed list of keys of a cram or an exam."""
        with self.transaction():
            done = self._connection.execute(
                "INSERT INTO sessions (mode, scope, began, plan, seconds) VALUES (?, ?, ?, ?, ?)",
                (str(mode), scope_text(scope), milliseconds(at), text_of(list(plan)), seconds),
            )
            assert done.lastrowid is not None
            return self.sitting(done.lastrowid)

    def sitting(self, id: int) -> Sitting:  # noqa: A002
        """The session with this number."""
        found = self.rows(f"{SITTING} WHERE id = ?", (id,))
        if not found:
            raise StoreError(f"There is no session {id}.")
        return sitting_of(found[0])

    def unfinished(self, mode: Mode, scope: Scope) -> Sitting | None:
        """The latest session of that kind, if any, that has not ended."""
        found = self.rows(
            f"{SITTING} WHERE ended IS NULL AND mode = ? AND scope = ? ORDER BY id DESC LIMIT 1",
            (str(mode), scope_text(scope)),
        )
        return sitting_of(found[0]) if found else None

    def latest(self) -> Sitting | None:
        """The latest session, if any, in which something was done that was not undone."""
        found = self.rows(
            f"{SITTING} WHERE id = (SELECT session FROM actions ORDER BY id DESC LIMIT 1)"
        )
        return sitting_of(found[0]) if found else None

    def end(self, sitting: int, at: datetime) -> None:
        """Say that a session is over. Undo takes that back too."""
        with self.transaction():
            self._connection.execute(
                "UPDATE sessions SET ended = max(began, ?) WHERE id = ?",
                (milliseconds(at), sitting),
            )

    def answer(self, sitting: int, review: Review, change: Change | None = None) -> Review:
        """Keep an answer. When this returns, it is on the disk.

        `change` gives the card after the answer from the card before, as it is now in the file;
        None leaves the schedule as it is, and the grade is not kept. `before` and `after` of the
        review are filled in. A moment that is not later than the card's last answer, as after a
        clock was put back, is moved to a millisecond after it. The review is given back as kept.
        """
        with self.transaction():
            return writing.answer(self._connection, sitting, review, change)

    def regrade(self, sitting: int, review: Review, change: Change | None) -> Review:
        """Answer anew: takes the session's last action back, which has to be this answer."""
        with self.transaction():
            last = journal.last(self._connection, sitting)
            if last is None or (last.key, last.at) != (review.key, milliseconds(review.at)):
                raise StoreError(
                    f"The answer to {review.key} is not the last thing done in this session, so "
                    "its grade can no longer be changed."
                )
            journal.take_back(self._connection, last)
            return writing.answer(self._connection, sitting, review, change)

    def name_slip(self, sitting: int, review: Review) -> None:
        """Note an answer's `slip`, if it is still the last thing done in its session."""
        with self.transaction():
            last = journal.last(self._connection, sitting)
            if last is not None and (last.key, last.at) == (review.key, milliseconds(review.at)):
                found = (review.slip, last.review_id)
                self._connection.execute("UPDATE reviews SET slip = ? WHERE id = ?", found)

    def skip(self, sitting: int, key: str) -> None:
        """Note that a question was passed over in this session."""
        with self.transaction():
            writing.act(self._connection, sitting, Act.SKIP, key)

    def bury(self, sitting: int, key: str, until: datetime) -> None:
        """Set a question aside until a moment."""
        until = until.replace(microsecond=until.microsecond // 1000 * 1000)
        with self.transaction():
            writing.act(
                self._connection, sitting, Act.BURY, key, lambda card: replace(card, buried=until)
            )

    def suspend(self, sitting: int, key: str) -> None:
        """Set a question aside for good."""
        with self.transaction():
            writing.act(
                self._connection,
                sitting,
                Act.SUSPEND,
                key,
                lambda card: replace(card, suspended=True),
            )

    def resume(self, key: str) -> None:
        """Bring a question back that was set aside, buried, or a leech."""
        with self.transaction():
            self._connection.execute(
                "UPDATE cards SET suspended = 0, leech = 0, buried = NULL WHERE key = ?", (key,)
            )

    def undo(self, sitting: int) -> Action | None:
        """Take a session's last action back, log row included, and reopen the session.

        None when nothing is left to undo.

        Raises:
            StoreError: another session has changed that card since.
        """
        with self.transaction():
            last = journal.last(self._connection, sitting)
            if last is None:
                return None
            action = journal.take_back(self._connection, last)
            self._connection.execute(
                "UPDATE sessions SET ended = NULL WHERE id = ? AND ended IS NOT NULL", (sitting,)
            )
            return action

    def actions(self, sitting: int) -> tuple[Action, ...]:
        """What was done in a session and not undone, in order; answers with their review."""
        return journal.actions(self.rows(journal.ACTIONS, (sitting,)))

    def variants(self, key: str) -> tuple[str, ...]:
        """The variant that was asked at each answer to a question, oldest first."""
        found = self.rows(
            "SELECT variant FROM reviews JOIN cards ON cards.id = reviews.card "
            "WHERE cards.key = ? ORDER BY at",
            (key,),
        )
        return tuple(variant for (variant,) in found)

    def adopt(self, was: str, key: str, move: bool) -> bool:
        """Have a question go on where its former key stood, if it has no progress of its own.

        With `move` the card is renamed, log and all; else its schedule is copied. Says whether
        there was something to adopt.
        """
        with self.transaction():
            return writing.adopt(self._connection, was, key, move)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except sqlite3.Error as error:
                raise told(error, self.path) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Has what is written through the connection meanwhile kept as a whole, or not at all."""
        with self._reading(), transaction(self._connection):
            (form,) = self._connection.execute("PRAGMA user_version").fetchone()
            if form != self._form:
                raise NewerError(
                    f"{self.path} was brought to form {form} by a newer quizcnn meanwhile. Close "
                    "this one, and go on with that."
                )
            yield self._connection


def _back_up(path: Path, folder: Path) -> None:
    from quizcnn.study.days import now  # noqa: PLC0415 - few runs find an older form
    from quizcnn.study.store.backups import make  # noqa: PLC0415

    make(path, folder, now())


def _refuse_empty(path: Path, backups: Path) -> None:
    """An empty file where there was progress: something has cut it off, so nothing is begun."""
    if path.is_file() and path.stat().st_size == 0:
        from quizcnn.study.store.backups import listed  # noqa: PLC0415 - few files are empty

        if not listed(backups):
            return
        wal = path.with_name(path.name + "-wal")
        if not wal.is_file() or wal.stat().st_size == 0:
            raise DamagedError(
                f"{path} is empty, though there are backups of it: something has cut it off. "
                "`quizcnn doctor` brings the newest backup back."
            )
