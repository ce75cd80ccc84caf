"""Reading what can still be read of a damaged progress file, row by row."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from heapq import heappop, heappush
from pathlib import Path
from typing import Any, TypeAlias

from quizcnn.study.store.database import begins_well, statements
from quizcnn.study.store.errors import DamagedError
from quizcnn.study.store.schema import APPLICATION, Schema

TABLES = ("sessions", "cards", "reviews", "actions")
"""In an order in which rows come before those that point to them."""
HEADER = 100
MOST_IDS = 1 << 40
LEAST_ROW = 40
"""Bytes that a row takes at least, its entries in the indexes counted in."""
MOST_FAILURES = 3_000
"""So often reading one table is tried again around what cannot be read."""
HOPELESS = 200
"""So often while nothing of it could be read yet."""

Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What came of it: rows read by table, and the spans of ids in which some could not be."""

    read: dict[str, int] = field(default_factory=dict)
    lost: dict[str, list[Span]] = field(default_factory=dict)


def salvage(
    source: Path, target: sqlite3.Connection, schema: Schema, like: Path | None = None
) -> Salvaged:
    """Fill the empty database `target` with what can be read of the file at `source`.

    The file is only read. Where its beginning is destroyed, that of `like` (a backup) or else of
    a new file is put before a copy of it. `target` gets the form that the file has; rows may point
    to rows that are lost.

    Raises:
        DamagedError: it is the database of something else.
    """
    with tempfile.TemporaryDirectory(prefix="quizcnn-") as folder:
        copy = Path(folder) / "copy.sqlite"
        for suffix in ("", "-wal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{source}{suffix}", f"{copy}{suffix}")
        for begin in (None, like, _new(Path(folder), schema)):
            if begin is not None:
                _graft(copy, begin)
            elif not begins_well(copy):
                continue
            with closing(_opened(copy)) as damaged:
                form = _form(damaged)
                if form is not None:
                    with suppress(sqlite3.OperationalError):  # a schema that reads, but not as SQL
                        return _into(target, damaged, *form)
                    target.execute("ROLLBACK")
    return _nothing(target, schema)


def _nothing(target: sqlite3.Connection, schema: Schema) -> Salvaged:
    _create(target, schema.version, list(statements(schema.tables)))
    target.execute("COMMIT")
    return Salvaged({}, {table: [(1, MOST_IDS)] for table in TABLES})


def _opened(copy: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    with suppress(sqlite3.DatabaseError):  # each says so of a file that it cannot read at all
        connection.execute("PRAGMA writable_schema = ON")  # read on past a damaged schema
        connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _form(damaged: sqlite3.Connection) -> tuple[int, list[str]] | None:
    """The file's user_version and the SQL of its tables, None where they cannot be read."""
    try:
        (application,) = damaged.execute("PRAGMA application_id").fetchone()
        (version,) = damaged.execute("PRAGMA user_version").fetchone()
        made = damaged.execute(
            "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL "
            "AND name NOT LIKE 'sqlite%' ORDER BY rowid"
        ).fetchall()
    except sqlite3.DatabaseError:
        return None
    known = {name for name, _ in made}.intersection(TABLES)
    if made and application != APPLICATION and not known:
        raise DamagedError("It is no progress file of quizcnn, but something else's database.")
    if version < 1 or known != set(TABLES):
        return None
    return version, [sql for _, sql in made]


def _into(
    target: sqlite3.Connection, damaged: sqlite3.Connection, version: int, tables: list[str]
) -> Salvaged:
    _create(target, version, tables)
    found = Salvaged()
    for table in TABLES:
        columns = [row[1] for row in target.execute(f"PRAGMA table_info({table})")]
        put = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        found.read[table], found.lost[table] = 0, []
        for each in _rows(damaged, table, columns, found.lost[table]):
            try:
                target.execute(put, each)
                found.read[table] += 1
            except (sqlite3.IntegrityError, OverflowError):
                found.lost[table].append((each[0], each[0]))
                if table == "cards":  # its key at least: the rest follows from the log
                    target.execute("INSERT OR IGNORE INTO cards (id, key) VALUES (?, ?)", each[:2])
    target.execute("COMMIT")
    target.execute("PRAGMA foreign_keys = ON")
    return found


def _create(target: sqlite3.Connection, version: int, tables: Sequence[str]) -> None:
    target.execute("PRAGMA foreign_keys = OFF")
    target.execute(f"PRAGMA application_id = {APPLICATION}")
    target.execute(f"PRAGMA user_version = {version}")
    target.execute("BEGIN")
    for statement in tables:
        target.execute(statement)


def _rows(
    damaged: sqlite3.Connection, table: str, columns: Sequence[str], lost: list[Span]
) -> Iterator[tuple[Any, ...]]:
    """The rows that can be read, by their ids, halving the span around what cannot.

    The longest span is read first, so that what is given up in the end are the shortest.
    """
    query = (
        f"SELECT {', '.join(columns)} FROM {table} NOT INDEXED "
        "WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
    )
    failures, any_read = 0, False
    last = _last(damaged, table)
    spans = [(-last, 1, last)]
    while spans:
        _, low, high = heappop(spans)
        last = low - 1
        try:
            for row in damaged.execute(query, (low, high)):
                if not last < row[0] <= high:
                    raise sqlite3.DatabaseError(f"{table} has row {row[0]} out of order")
                last, any_read = row[0], True
                yield row
            continue
        except sqlite3.DatabaseError:
            failures += 1
        low = last + 1
        if low >= high or failures > (MOST_FAILURES if any_read else HOPELESS):
            lost.append((low, high))
            continue
        middle = (low + high) // 2
        for part in ((low, middle), (middle + 1, high)):
            heappush(spans, (part[0] - part[1], *part))


def _last(damaged: sqlite3.Connection, table: str) -> int:
    """The greatest id that a row can have."""
    (pages,) = damaged.execute("PRAGMA page_count").fetchone()
    (size,) = damaged.execute("PRAGMA page_size").fetchone()
    guesses: list[int] = [pages * size // LEAST_ROW]
    for query in (
        f"SELECT max(rowid) FROM {table} NOT INDEXED",
        f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'",
    ):
        with suppress(sqlite3.DatabaseError):
            row = damaged.execute(query).fetchone()
            guesses.append(row[0] if row and isinstance(row[0], int) else 0)
    return min(max(guesses), MOST_IDS)


def _new(folder: Path, schema: Schema) -> Path:
    """A new file of this form: its tables lie where every file made so has them."""
    path = folder / "new.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        _create(connection, schema.version, list(statements(schema.tables)))
        connection.execute("COMMIT")
    return path


def _graft(copy: Path, like: Path) -> None:
    """Put the first page of one file in the place of another's."""
    with like.open("rb") as file:
        header = file.read(HEADER)
        size = int.from_bytes(header[16:18], "big")
        size = 65536 if size == 1 else size
        page = bytearray(header + file.read(size - HEADER))
    pages = max(1, copy.stat().st_size // size)
    page[28:32] = pages.to_bytes(4, "big")
    page[32:40] = bytes(8)  # no list of free pages
    with copy.open("r+b") as file:
        file.write(page)
