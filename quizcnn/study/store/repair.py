"""Mending a progress file. What it was before is always kept."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from quizcnn.study.store.backups import Backup, flaw, make, newest_whole, onto_disk
from quizcnn.study.store.database import identity, read_only, statements, transaction
from quizcnn.study.store.errors import LOCKED, DamagedError, StoreError, UnwritableError, told
from quizcnn.study.store.examining import Harm, Trouble, examine
from quizcnn.study.store.invariants import mend
from quizcnn.study.store.salvage import TABLES, Salvaged, salvage
from quizcnn.study.store.schema import Schema
from quizcnn.study.store.store import Store

SIDES = ("-wal", "-shm")
MOST_ROUNDS = 4
"""Mending one trouble may lay open another: from indexes to pages to rows."""


def repair(
    path: Path, backups: Path, schema: Schema, now: datetime, troubles: Sequence[Trouble]
) -> list[str]:
    """Mend these troubles of the progress at `path`, and those found then; says what was done.

    Raises:
        StoreError: it could not be mended, and is as it was.
    """
    done: list[str] = []
    try:
        _alone(path)
        for _ in range(MOST_ROUNDS):
            harm = {trouble.harm for trouble in troubles}
            if not harm or Harm.BEYOND in harm:
                break
            if not done:
                done.append(_kept(path, backups, now, harm))
            if Harm.GONE in harm:
                done += _brought_back(path, backups)
            elif Harm.PAGES in harm:
                done += _rebuilt(path, backups, schema, now)
            elif Harm.INDEXES in harm:
                done += _reindexed(path, backups, schema, now)
            else:
                done += _mended(path, schema, now)
            troubles = examine(path, backups, schema, now)
    except (sqlite3.Error, OSError) as error:
        raise told(error, path) from error
    return [text for text in done if text]


def _alone(path: Path) -> None:
    """Refuse while another instance has the file open: what it saved meanwhile would be lost."""
    if not path.exists():
        return
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0.2)) as connection:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in LOCKED:
                raise UnwritableError(
                    f"{path} is open in another quizcnn. Close it, then run the doctor again."
                ) from error


def _kept(path: Path, backups: Path, now: datetime, harm: set[Harm]) -> str:
    """Keep the file as it is: as a backup, or where it is not whole as it lies on the disk."""
    if Harm.GONE in harm:
        return ""
    if harm == {Harm.ROWS}:
        with suppress(DamagedError):  # rows that point to none: no backup, but a plain copy
            return f"Before that, a backup was made: {make(path, backups, now)}."
    stamp = now.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    kept, more = path.with_name(f"progress-damaged-{stamp}.sqlite"), 1
    while kept.exists():
        more += 1
        kept = path.with_name(f"progress-damaged-{stamp}-{more}.sqlite")
    for side in ("", "-wal"):
        with suppress(FileNotFoundError):
            shutil.copy2(f"{path}{side}", f"{kept}{side}")
            onto_disk(Path(f"{kept}{side}"))
    return f"The file as it was is kept: {kept}."


def _brought_back(path: Path, backups: Path) -> list[str]:
    newest = newest_whole(backups)
    if newest is None:
        raise StoreError(
            f"{path} is gone, and no backup in {backups} is whole. Move those away to begin anew."
        )
    fresh = _beside(path)
    shutil.copyfile(newest.path, fresh)
    _put(fresh, path)
    return [f"The newest backup, {newest.path.name}, was brought back."]


def _rebuilt(path: Path, backups: Path, schema: Schema, now: datetime) -> list[str]:
    """A new file of whatever can be read, with what is missing taken from the newest backup."""
    newest, fresh = newest_whole(backups), _beside(path)
    with closing(sqlite3.connect(fresh, isolation_level=None)) as target:
        target.execute("PRAGMA synchronous = OFF")  # it is put on the disk as a whole
        saved = salvage(path, target, schema, newest.path if newest else None)
        filled = _filled(target, saved, newest)
        if not newest and not sum(saved.read.values()):
            raise StoreError(
                f"Nothing in {path} can be read, and there is no whole backup in {backups}. Move "
                "it away to begin anew."
            )
        target.execute("PRAGMA foreign_keys = OFF")
        with transaction(target):
            mend(target, now)
    trouble = flaw(fresh)
    if trouble:
        raise StoreError(f"{path} could not be mended ({trouble}). It is as it was.")
    _put(fresh, path)
    read = ", ".join(f"{count} {table}" for table, count in saved.read.items())
    first = f"A new file was made of what can be read: {read or 'nothing'}."
    return [first, *filled]


def _filled(target: sqlite3.Connection, saved: Salvaged, newest: Backup | None) -> list[str]:
    """Take rows that could not be read from a backup of the same form."""
    if newest is None or not any(saved.lost.values()):
        return []
    with closing(read_only(newest.path)) as connection:
        same = identity(connection) == identity(target)
    if not same:
        return [f"{newest.path.name} has an older form, so nothing was taken from it."]
    target.execute("PRAGMA foreign_keys = OFF")
    target.execute("ATTACH ? AS backup", (str(newest.path),))
    taken = 0
    with transaction(target):
        for table in TABLES:
            for span in saved.lost.get(table, ()):
                if table == "cards":  # whatever stands there is a key without its state
                    target.execute(
                        "DELETE FROM cards WHERE id BETWEEN ? AND ? "
                        "AND (id, key) IN (SELECT id, key FROM backup.cards)",
                        span,
                    )
                taken += target.execute(
                    f"INSERT OR IGNORE INTO main.{table} SELECT * FROM backup.{table} "
                    "WHERE id BETWEEN ? AND ?",
                    span,
                ).rowcount
    target.execute("DETACH backup")
    return [f"What is missing was looked for in {newest.path.name}: {taken} rows were taken."]


def _reindexed(path: Path, backups: Path, schema: Schema, now: datetime) -> list[str]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        try:
            with transaction(connection):
                for statement in statements(schema.tables):
                    if statement.lstrip().startswith("CREATE INDEX"):
                        made = statement.replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS")
                        connection.execute(made)
                connection.execute("REINDEX")
            return ["The indexes were made anew."]
        except sqlite3.IntegrityError:
            pass  # rows that the index should have kept apart: one of them is to be left out
    return _rebuilt(path, backups, schema, now)


def _mended(path: Path, schema: Schema, now: datetime) -> list[str]:
    with Store.open(path, schema) as store:
        store.connection.execute("PRAGMA foreign_keys = OFF")
        with store.transaction() as connection:
            mend(connection, now)
    return ["Cards, sessions and steps of undo were brought into agreement with the answers."]


def _beside(path: Path) -> Path:
    fresh = path.with_name(f"{path.name}.new")
    for side in ("", "-journal", *SIDES):
        Path(f"{fresh}{side}").unlink(missing_ok=True)
    return fresh


def _put(fresh: Path, path: Path) -> None:
    """Put a whole new file in the place of the old one, of which a copy is kept."""
    onto_disk(fresh)
    path = path.resolve()  # where it is a link, what it leads to
    for side in SIDES:
        Path(f"{path}{side}").unlink(missing_ok=True)
    fresh.replace(path)
    onto_disk(path.parent)
