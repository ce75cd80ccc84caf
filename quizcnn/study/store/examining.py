"""Looking a progress file over, from its pages to what its rows say. Nothing is changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from pathlib import Path

from quizcnn.study.store.backups import listed
from quizcnn.study.store.database import begins_well, foreign, identity, looking, newer
from quizcnn.study.store.errors import DamagedError, StoreError, told
from quizcnn.study.store.invariants import breaches
from quizcnn.study.store.salvage import TABLES
from quizcnn.study.store.schema import APPLICATION, Schema

MOST = 20
"""So many of SQLite's own complaints are told."""


class Harm(Enum):
    """How deep a trouble lies, which decides how it is mended."""

    ROWS = auto()
    """Rows contradict each other."""
    INDEXES = auto()
    """An index is missing, or differs from its table."""
    PAGES = auto()
    """Parts of the file cannot be read."""
    GONE = auto()
    """There is nothing to read, though there was."""
    BEYOND = auto()
    """Not for us to mend: another program's file, a newer form, no right to read."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is not as it has to be, told for a person."""

    harm: Harm
    says: str


def examine(path: Path, backups: Path, schema: Schema, now: datetime) -> list[Trouble]:
    """All that is wrong with the progress file at `path`, the deepest trouble first."""
    try:
        if not path.exists() or path.stat().st_size == 0:
            if not listed(backups):
                return []
            state = "empty" if path.exists() else "missing"
            return [Trouble(Harm.GONE, f"{path} is {state}, though there are backups of it")]
        if not begins_well(path):
            says = f"{path} cannot be read: its beginning is not that of our file"
            return [Trouble(Harm.PAGES, says)]
        with closing(looking(path)) as connection:
            return _whose(connection, path, schema) or _within(connection, path, schema, now)
    except OSError as error:
        return [Trouble(Harm.BEYOND, str(told(error, path)))]
    except sqlite3.Error as error:
        return [_from(told(error, path), path, str(error))]


def _whose(connection: sqlite3.Connection, path: Path, schema: Schema) -> list[Trouble]:
    """Whether the file is something else's, or newer."""
    application, version = identity(connection)
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    if application != APPLICATION and tables:
        if tables.isdisjoint(TABLES):
            return [Trouble(Harm.BEYOND, str(foreign(path)))]
        return [Trouble(Harm.PAGES, f"{path} has lost the mark of our files")]
    if version > schema.version:
        return [Trouble(Harm.BEYOND, str(newer(path, version, schema)))]
    if version < 1 and tables:
        return [Trouble(Harm.PAGES, f"{path} says that it has form {version}")]
    return []


def _within(
    connection: sqlite3.Connection, path: Path, schema: Schema, now: datetime
) -> list[Trouble]:
    says = [text for (text,) in connection.execute(f"PRAGMA integrity_check({MOST})")]
    deep = [text for text in says if text != "ok" and not _of_index(text)]
    if deep:
        return [Trouble(Harm.PAGES, f"{path}: {text}") for text in deep]
    missing = _missing(connection, schema)
    if any(kind == "table" for kind, _ in missing):
        tables = ", ".join(name for kind, name in missing if kind == "table")
        return [Trouble(Harm.PAGES, f"{path} has no table {tables}")]
    troubles = [Trouble(Harm.INDEXES, f"{path}: {text}") for text in says if text != "ok"]
    troubles += [Trouble(Harm.INDEXES, f"{path} has no index {name}") for _, name in missing]
    if not troubles and identity(connection)[1] == schema.version:
        troubles += [Trouble(Harm.PAGES, f"{path}: {text}") for text in _not_text(connection)]
        troubles += [Trouble(Harm.ROWS, f"{path}: {text}") for text in breaches(connection, now)]
    return troubles


def _from(error: StoreError, path: Path, reason: str) -> Trouble:
    if isinstance(error, DamagedError):
        return Trouble(Harm.PAGES, f"{path}: {reason}")
    return Trouble(Harm.BEYOND, str(error))


def _of_index(text: str) -> bool:
    """Whether what SQLite says is about an index alone, so that making it anew is enough."""
    return "missing from index" in text or "wrong # of entries in index" in text


def _missing(connection: sqlite3.Connection, schema: Schema) -> list[tuple[str, str]]:
    """Tables and indexes (kind, name) that the form has and the file does not."""
    if identity(connection)[1] != schema.version:
        return []
    query = "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite%'"
    with closing(sqlite3.connect(":memory:")) as pattern:
        pattern.executescript(schema.tables)
        needed = set(pattern.execute(query))
    return sorted(needed - set(connection.execute(query)))


def _not_text(connection: sqlite3.Connection) -> list[str]:
    """Tables in which some text is not UTF-8, so that it cannot be read as text."""
    found = []
    for table in TABLES:
        try:
            for _ in connection.execute(f"SELECT * FROM {table}"):
                pass
        except sqlite3.OperationalError as error:
            found.append(f"{table} has text that is not text ({error})")
    return found
