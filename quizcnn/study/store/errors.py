"""What can go wrong with the progress file, told so that a person knows what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})
REFUSED = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH})
NO_ROOM = frozenset({sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMMAP})


class StoreError(Exception):
    """Something about the progress is not as it has to be; the text is a sentence for a person."""


class DamagedError(StoreError):
    """The file is not one of ours, or no longer whole."""


class NewerError(StoreError):
    """The file was written by a newer quizcnn. It is left as it is."""


class UnwritableError(StoreError):
    """Nothing can be saved: the disk is full, the place is read-only, or another program has it."""


def told(error: Exception, path: Path | None) -> StoreError:
    """What an error of SQLite or of the file system means for the progress at `path`."""
    place = "the progress in memory" if path is None else str(path)
    extended = getattr(error, "sqlite_errorcode", None)
    code = None if extended is None else extended & 0xFF
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        return UnwritableError(
            f"{place} cannot be written ({reason}). Make room or give yourself the right to write "
            "there, then start again."
        )
    if code == sqlite3.SQLITE_FULL or extended in NO_ROOM:
        return UnwritableError(
            f"There is no room left on the disk for {place}. Make room, then go on."
        )
    if code in REFUSED or code == sqlite3.SQLITE_CANTOPEN:
        return UnwritableError(
            f"{place} cannot be written: the file or its folder is read-only, or not yours. Give "
            "yourself the right to write there, then start again."
        )
    if code in LOCKED:
        return UnwritableError(f"Another program keeps {place} locked. Close it, then try again.")
    if code == sqlite3.SQLITE_IOERR:
        return UnwritableError(
            f"The disk reports an error at {place} ({error}). See that it is there and has room, "
            "then try again."
        )
    if extended == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
        return StoreError(f"There is no such session in {place}, so nothing was noted in it.")
    if isinstance(error, sqlite3.ProgrammingError):
        return StoreError(f"{place}: {error}")
    if code in DAMAGED or code is None:
        return DamagedError(
            f"{place} is damaged ({error}). `quizcnn doctor` repairs it as far as it can be read, "
            "and takes what is missing from the newest backup."
        )
    return StoreError(
        f"{place}: {error}. If this comes again, `quizcnn doctor` looks for the cause."
    )
