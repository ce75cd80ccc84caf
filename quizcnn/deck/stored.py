"""The catalog's file: made where it is missing, thrown away where it is damaged or of another form.

Where no file can be kept, a temporary one takes its place and is removed at closing.
"""

from __future__ import annotations

import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from quizcnn.deck.catalog_schema import APPLICATION, FORMAT, TABLES
from quizcnn.deck.damaged import DamagedError

PATIENCE = 10.0
"""Seconds to wait for another process that writes at the same time."""

_PLACE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)

T = TypeVar("T")

Parameters: TypeAlias = Sequence[object] | Mapping[str, object]


class CatalogError(Exception):
    """No catalog can be kept, not even a temporary one; the text says why."""


class Stored:
    """The file and its connection. Whoever uses it holds `lock`."""

    def __init__(self, path: Path | None) -> None:
        self.lock = threading.RLock()
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._connection: sqlite3.Connection | None = None
        self.path = Path()
        self._open(path)

    def rows(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """What a query gives."""
        try:
            return self._there().execute(sql, parameters).fetchall()
        except UnicodeEncodeError:  # a text that is not Unicode, which no deck can hold
            return []

    def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Alter something; gives the id of the row that was added."""
        return self._there().execute(sql, parameters).lastrowid or 0

    def executemany(self, sql: str, parameters: Sequence[Sequence[object]]) -> None:
        """Alter something once for each of the parameters."""
        self._there().executemany(sql, parameters)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Alter several things, all or none; waits for another process that writes."""
        connection = self._there()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with suppress(sqlite3.Error):  # SQLite has ended it itself after some errors
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Have the file to oneself for a while; False where others have it open right now."""
        connection = self._there()
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        try:
            # Only the last connection can leave the write-ahead log.
            yield _journal(connection, "DELETE") == "delete"
        finally:
            connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")
            connection.execute("PRAGMA locking_mode = NORMAL")
            _journal(connection, "WAL")
            _form(connection)  # only who has read since then counts as having it open

    def sound(self, work: Callable[[], T], again: Callable[[], object]) -> T:
        """What `work` gives. After damage the file is made anew, filled by `again`, and asked anew.

        A file that cannot be written is replaced by a temporary one in the same way.
        """
        try:
            return work()
        except (sqlite3.Error, DamagedError) as error:
            self._replace(error)
        try:
            again()
            return work()
        except (sqlite3.Error, DamagedError) as error:
            raise CatalogError(_told(error)) from error

    def close(self) -> None:
        """Close the file, and remove a temporary one."""
        with self.lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            if self._temporary is not None:
                self._temporary.cleanup()
                self._temporary = None

    def _there(self) -> sqlite3.Connection:
        if self._connection is None:
            raise ValueError("the catalog is closed")
        return self._connection

    def _open(self, path: Path | None) -> None:
        if path is not None:
            for _ in range(2):  # the second time after a damaged file was thrown away
                try:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    self._connection, self.path = _connected(path), path
                    return
                except sqlite3.DatabaseError as error:
                    if _elsewhere(error) or not _thrown_away(path):
                        break
                except OSError:
                    break
        self._open_temporary()

    def _open_temporary(self) -> None:
        try:
            folder = tempfile.TemporaryDirectory(prefix="quizcnn-", ignore_cleanup_errors=True)
            self._temporary, self.path = folder, Path(folder.name) / "catalog.sqlite"
            self._connection = _connected(self.path)
        except (OSError, sqlite3.Error) as error:
            self.close()
            raise CatalogError(_told(error)) from error

    def _replace(self, error: Exception) -> None:
        """Begin anew: in the same place after damage, in a temporary one where writing failed."""
        path, temporary = self.path, self._temporary is not None
        self.close()
        keep = not temporary and not _elsewhere(error)
        self._open(path if keep and _thrown_away(path) else None)


def _connected(path: Path) -> sqlite3.Connection:
    """A connection to a catalog of our form. Raises sqlite3.DatabaseError for any other file."""
    connection = sqlite3.connect(
        path, timeout=PATIENCE, isolation_level=None, check_same_thread=False, uri=False
    )
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # it can be made anew at any time
        if _form(connection) != (APPLICATION, FORMAT):
            _make(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _journal(connection: sqlite3.Connection, mode: str) -> str:
    """Ask for a journal mode; gives the one that is there then."""
    try:
        (found,) = connection.execute(f"PRAGMA journal_mode = {mode}").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
        (found,) = connection.execute("PRAGMA journal_mode").fetchone()
    return str(found)


def _make(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    form = _form(connection)
    empty = not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if form == (0, 0) and empty:  # else another process was quicker, or this is no catalog
        for statement in TABLES.split(";\n"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.execute("COMMIT")
    if _form(connection) != (APPLICATION, FORMAT):
        raise sqlite3.DatabaseError("this is not a catalog of this version")


def _form(connection: sqlite3.Connection) -> tuple[int, int]:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return application, version


def _elsewhere(error: Exception) -> bool:
    """Whether the place is at fault, not the file: locked for long, no room, no permission."""
    code = error.sqlite_errorcode if isinstance(error, sqlite3.OperationalError) else None
    return code is not None and code & 0xFF in _PLACE


def _thrown_away(path: Path) -> bool:
    """Whether the file and what belongs to it could be deleted."""
    try:
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            path.with_name(name).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _told(error: Exception) -> str:
    return (
        f"No catalog of the decks can be kept: {error}. It needs some room in the folder for "
        f"temporary files ({tempfile.gettempdir()}) and a Python whose SQLite has FTS5."
    )
