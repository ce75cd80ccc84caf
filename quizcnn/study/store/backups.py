"""Backups of the progress: each opened and checked before it counts, thinned over time."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from quizcnn.study.store.database import identity, looking, read_only
from quizcnn.study.store.errors import DAMAGED, DamagedError, told
from quizcnn.study.store.schema import APPLICATION
from quizcnn.study.store.thinning import superfluous

if TYPE_CHECKING:
    from quizcnn.study.store.store import Store

NAME = "progress-%Y-%m-%dT%H%M%SZ.sqlite"
PATTERN = re.compile(r"progress-\d{4}-\d\d-\d\dT\d{6}Z\.sqlite")
PARTIAL = ".part"
STALE = timedelta(hours=1)
"""A half-made backup that is older was left behind by a process that was killed."""

SUMMARY = """
SELECT (SELECT count(*) FROM sessions), (SELECT max(id) FROM sessions),
    (SELECT total(ended) FROM sessions), (SELECT count(*) FROM reviews),
    (SELECT max(id) FROM reviews), (SELECT count(*) FROM actions), (SELECT max(id) FROM actions),
    count(*), max(id), total(due), total(buried), sum(suspended), sum(leech), sum(length(key))
FROM cards
"""
"""Whatever is done changes one of these (each answer and act has a number of its own)."""


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """A backup by its name; whether it is whole is seen by `flaw`."""

    at: datetime
    path: Path


def listed(folder: Path) -> list[Backup]:
    """The backups in a folder, oldest first."""
    if not folder.is_dir():
        return []
    return sorted(_listed(folder))


def _listed(folder: Path) -> Iterator[Backup]:
    for path in folder.iterdir():
        if PATTERN.fullmatch(path.name):
            with contextlib.suppress(ValueError):  # no such day: not a name of ours
                yield Backup(datetime.strptime(path.name, NAME).replace(tzinfo=UTC), path)


def newest_whole(folder: Path) -> Backup | None:
    """The newest backup that is whole."""
    return next((each for each in reversed(listed(folder)) if not flaw(each.path)), None)


def flaw(path: Path) -> str:
    """What is wrong with a backup, "" when it can be opened and is whole."""
    try:
        with closing(looking(path)) as connection:
            return _flaw(connection)
    except (sqlite3.Error, OSError) as error:
        return str(error)


def make(source: Path, folder: Path, now: datetime) -> Path:
    """Make a backup of the progress at `source` and check it; gives its path.

    Raises:
        DamagedError: the progress itself is not whole. The other backups are as they were.
        UnwritableError: there is no room, or no right to write.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _tidy(folder, now)
        final = _free_name(folder, now)
        partial = final.with_name(f"{final.name}.{os.getpid()}{PARTIAL}")
        try:
            _copy(source, partial)
            onto_disk(partial)
            partial.replace(final)
            onto_disk(folder)
        finally:
            for left in folder.glob(f"{partial.name}*"):
                left.unlink(missing_ok=True)
    except (sqlite3.Error, OSError) as error:
        raise told(error, folder) from error
    return final


def back_up_if_due(store: Store, folder: Path, now: datetime) -> Path | None:
    """Make today's backup if there is none yet and something has changed; then thin them.

    Gives its path, None when none was due. May be called from a thread of its own: other uses of
    the store go on meanwhile. Raises StoreError as `make` does.
    """
    if store.path is None:
        return None
    try:
        last = newest_whole(folder)
        if last is not None:
            today = last.at.date() == now.astimezone(UTC).date()
            if today or _summary(last.path) == _summary(store.path):
                return None
        made = make(store.path, folder, now)
        thin(folder, now)
    except (sqlite3.Error, OSError) as error:
        raise told(error, folder) from error
    return made


def thin(folder: Path, now: datetime) -> list[Path]:
    """Delete the backups that need not be kept, as long as those that stay are whole."""
    broken: set[datetime] = set()
    while True:
        there = {each.at: each.path for each in listed(folder) if each.at not in broken}
        spare = superfluous(there, now)
        stay = there.keys() - spare
        found = {at for at in stay if spare and flaw(there[at])}
        if not found:
            break
        broken |= found
    deleted = [there[at] for at in sorted(spare)]
    for path in deleted:
        path.unlink(missing_ok=True)
    return deleted


def _copy(source: Path, target: Path) -> None:
    """Copy a database by SQLite's own means, and see that the copy is whole."""
    with closing(read_only(source)) as theirs, closing(sqlite3.connect(target)) as ours:
        ours.isolation_level = None
        try:
            theirs.execute("BEGIN")  # what is counted is what is copied, whoever writes meanwhile
            counted = counts(theirs)
            theirs.backup(ours)
            ours.execute("PRAGMA journal_mode = DELETE")
            ours.execute("PRAGMA cell_size_check = ON")
            trouble = _flaw(ours)
            if not trouble and counts(ours) != counted:
                trouble = "not all rows were copied"
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in DAMAGED:
                raise
            trouble = str(error)
    if trouble:
        raise DamagedError(
            f"No backup was made, as {source} is damaged ({trouble}). Older backups are as they "
            "were; `quizcnn doctor` repairs the file."
        )


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """The number of rows of each table."""
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for (name,) in names
    }


def _flaw(connection: sqlite3.Connection) -> str:
    application, version = identity(connection)
    if application != APPLICATION or version < 1:
        return "not a progress file"
    told_by_sqlite = [text for (text,) in connection.execute("PRAGMA integrity_check(3)")]
    if told_by_sqlite != ["ok"]:
        return "; ".join(told_by_sqlite)
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        return "rows point to others that are not there"
    return ""


def _summary(path: Path) -> list[tuple[object, ...]]:
    with closing(read_only(path)) as connection:
        return connection.execute(SUMMARY).fetchall()


def _free_name(folder: Path, now: datetime) -> Path:
    now = now.astimezone(UTC)
    while (path := folder / now.strftime(NAME)).exists():
        now += timedelta(seconds=1)
    return path


def _tidy(folder: Path, now: datetime) -> None:
    """Delete what killed processes have left half made."""
    for path in folder.glob(f"*{PARTIAL}*"):
        with contextlib.suppress(FileNotFoundError):  # another instance tidies too
            if now.timestamp() - path.stat().st_mtime > STALE.total_seconds():
                path.unlink()


def onto_disk(path: Path) -> None:
    """Have a file, or what a folder lists, written through to the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows has no way to
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
