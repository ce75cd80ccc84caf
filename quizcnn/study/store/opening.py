"""Opening a person's progress, come what may: practice goes on even where nothing can be saved."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from quizcnn.study.store.database import connect, identity, look, read_only, transaction
from quizcnn.study.store.errors import DamagedError, NewerError, StoreError
from quizcnn.study.store.schema import CURRENT, Schema
from quizcnn.study.store.store import Store


class Opened(NamedTuple):
    """The progress, and what a person has to know: "" where all is well."""

    store: Store
    notice: str = ""


def open_progress(path: Path, backups: Path, schema: Schema = CURRENT) -> Opened:
    """The progress at `path`; where it cannot be used a copy in memory, and a notice that says so.

    The copy has whatever can be read. The file itself is left as it is.

    Raises:
        NewerError: the file is a newer quizcnn's.
    """
    try:
        store = Store.open(path, schema, backups)
        try:
            store.rows("SELECT total(due) FROM cards")  # damage shows now, not amid a session
        except StoreError:
            store.close()
            raise
        return Opened(store)
    except NewerError:
        raise
    except StoreError as error:
        store, readable = _in_memory(path, backups, schema)
        known = "" if readable else " What was saved before cannot be read now."
        return Opened(store, f"Nothing you do now will be saved. {error}{known}")


def _in_memory(path: Path, backups: Path, schema: Schema) -> tuple[Store, bool]:
    """A store in memory with what can be read at `path`, and whether anything there was missed."""
    with suppress(OSError):  # a folder that we may not even look into
        if not path.exists():
            return Store.open(None, schema), True
    for way in (_copied, _salvaged):
        try:
            found = connect(None, schema, fill=partial(way, path, backups, schema))
            return Store(found, None), True
        except NewerError:
            raise
        except (StoreError, OSError):
            continue  # the next way reads more
    return Store.open(None, schema), False


def _copied(path: Path, backups: Path, schema: Schema, target: sqlite3.Connection) -> None:
    look(path, schema)
    with closing(read_only(path)) as source:
        source.backup(target)
    if target.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise DamagedError(f"{path} is damaged.")


def _salvaged(path: Path, backups: Path, schema: Schema, target: sqlite3.Connection) -> None:
    from quizcnn.study.days import now  # noqa: PLC0415 - all this is for a damaged file
    from quizcnn.study.store.backups import newest_whole  # noqa: PLC0415
    from quizcnn.study.store.invariants import mend  # noqa: PLC0415
    from quizcnn.study.store.salvage import salvage  # noqa: PLC0415

    newest = newest_whole(backups)
    found = salvage(path, target, schema, newest.path if newest else None)
    if not any(found.read.values()):
        raise DamagedError(f"Nothing can be read in {path}.")
    target.execute("PRAGMA foreign_keys = OFF")
    if identity(target)[1] == schema.version:
        with transaction(target):
            mend(target, now())
    target.execute("PRAGMA foreign_keys = ON")
