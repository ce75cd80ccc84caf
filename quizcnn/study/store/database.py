"""Connecting to a progress database: what the file is, and bringing it to the form that we read."""

from __future__ import annotations

import sqlite3
import struct
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from quizcnn.study.store.errors import LOCKED, DamagedError, NewerError, StoreError, told
from quizcnn.study.store.schema import APPLICATION, Schema

MAGIC = b"SQLite format 3\x00"
PATIENCE = 5.0
"""Seconds that one instance waits for another to finish writing."""
PRAGMAS = (
    "foreign_keys = ON",
    "synchronous = FULL",
    "fullfsync = ON",  # macOS: have the disk empty its own cache too
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "temp_store = MEMORY",
)
BeforeMigration = Callable[[Path], object]
Fill = Callable[[sqlite3.Connection], object]


def connect(
    path: Path | None,
    schema: Schema,
    before: BeforeMigration | None = None,
    fill: Fill | None = None,
) -> sqlite3.Connection:
    """A connection to the database at `path` (None: in memory) in the form of `schema`.

    A file that is not there is made. An older one is brought to this form in one transaction,
    after `before` has made its backup. `fill` puts something into an empty database first.

    Raises:
        NewerError: a newer quizcnn has written it. It is not touched.
        DamagedError: it is not a progress file, or not whole. It is not touched.
        UnwritableError: it cannot be made or read.
    """
    try:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            look(path, schema)
        connection = _connected(path)
        try:
            if fill is not None:
                fill(connection)
            _prepare(connection, path, schema, before)
        except BaseException:
            connection.close()
            raise
    except (sqlite3.Error, OSError) as error:
        raise told(error, path) from error
    return connection


def look(path: Path, schema: Schema) -> None:
    """Refuse a file that is not ours or is newer, without touching it.

    Raises:
        NewerError, DamagedError: as it is.
        OSError: it cannot be read.
    """
    if not path.exists():
        return
    with path.open("rb") as file:
        header = file.read(100)
    if not header:
        return
    if len(header) < 100 or not header.startswith(MAGIC):
        raise DamagedError(
            f"{path} is not a progress file, or its beginning is damaged. It is left as it is: "
            "`quizcnn doctor` says what can be saved."
        )
    version, application = struct.unpack(">60xI4xI28x", header)
    if _has_content(path.with_name(path.name + "-wal")):  # what counts may stand there
        with closing(read_only(path)) as connection:
            application, version = identity(connection)
    if application == 0 and version == 0:
        return  # perhaps just made: looked at again under a lock
    _refuse(path, application, version, schema)


def begins_well(path: Path) -> bool:
    """Whether a file begins as SQLite's do."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that never changes the file."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=PATIENCE)


def looking(path: Path) -> sqlite3.Connection:
    """A connection that writes nothing, but may: SQLite skips CHECKs where it may not."""
    uri = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=PATIENCE)
    return _set(connection, ("query_only = ON", "cell_size_check = ON"))


def identity(connection: sqlite3.Connection) -> tuple[int, int]:
    """The file's application_id and user_version."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return application, version


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction that writes: committed at the end, or after an error as if it never was."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def statements(sql: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would commit before the first."""
    statement = ""
    for part in sql.split(";"):
        statement += part + ";"
        if sqlite3.complete_statement(statement):  # and not the middle of a trigger or a text
            if statement.strip(" \n;"):
                yield statement
            statement = ""


def _connected(path: Path | None) -> sqlite3.Connection:
    connection = sqlite3.connect(
        ":memory:" if path is None else path.absolute(),
        uri=True,  # so that the catalog can be attached for reading only
        timeout=PATIENCE,
        isolation_level=None,
        check_same_thread=False,
    )
    return _set(connection, PRAGMAS)


def _set(connection: sqlite3.Connection, pragmas: Iterable[str]) -> sqlite3.Connection:
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(
    connection: sqlite3.Connection,
    path: Path | None,
    schema: Schema,
    before: BeforeMigration | None,
) -> None:
    place = path or Path(":memory:")
    application, version = identity(connection)
    if (application, version) == (0, 0):
        _into_wal(connection)
        _create(connection, place, schema)
        application, version = identity(connection)
    _refuse(place, application, version, schema)
    _into_wal(connection)
    if version < schema.version:
        if path is not None and before is not None:
            before(path)
        _migrate(connection, place, schema)
    _has_tables(connection, place)
    if path is not None:
        with transaction(connection):  # tells at once where nothing can be written
            pass


def foreign(path: Path) -> DamagedError:
    """What there is to say of a database that is not ours."""
    return DamagedError(
        f"{path} is not a progress file of quizcnn, but something else's database. It is left as "
        "it is: move it away, and quizcnn makes its own."
    )


def newer(path: Path, version: int, schema: Schema) -> NewerError:
    """What there is to say of a file that a newer quizcnn has written."""
    return NewerError(
        f"{path} has form {version}, written by a newer quizcnn; this one reads forms up to "
        f"{schema.version}. It is left as it is: update quizcnn to go on with it."
    )


def _refuse(path: Path, application: int, version: int, schema: Schema) -> None:
    if application != APPLICATION:
        raise foreign(path)
    if version > schema.version:
        raise newer(path, version, schema)
    if version < 1:
        raise DamagedError(
            f"{path} says that it has form {version}, which there is none of. `quizcnn doctor` "
            "repairs it."
        )


def _has_tables(connection: sqlite3.Connection, path: Path) -> None:
    try:
        connection.execute("SELECT 1 FROM cards, sessions, reviews, actions LIMIT 0")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        raise DamagedError(f"{path} is damaged ({error}). `quizcnn doctor` repairs it.") from error


def _into_wal(connection: sqlite3.Connection) -> None:
    """Have changes written ahead. Another instance may be at it in the same moment."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in LOCKED or time.monotonic() > until:
                raise
        time.sleep(0.01)


def _create(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    with transaction(connection):
        if identity(connection) != (0, 0):
            return  # another instance was first
        if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() != (0,):
            _refuse(path, 0, 0, schema)
        for statement in statements(schema.tables):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {schema.version}")


def _migrate(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")  # has no effect within a transaction
    try:
        with transaction(connection):
            _, version = identity(connection)
            _refuse(path, APPLICATION, version, schema)
            for form in range(version, schema.version):
                if form not in schema.steps:
                    raise StoreError(
                        f"{path} has form {form}, which this quizcnn no longer reads. Open it "
                        "once with an older one."
                    )
                for statement in statements(schema.steps[form]):
                    connection.execute(statement)
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
            if broken:
                raise StoreError(
                    f"{path} could not be brought to form {schema.version}: a row of {broken[0]} "
                    f"would point to a row of {broken[2]} that is not there. It is as it was; "
                    "`quizcnn doctor` looks for the cause."
                )
            connection.execute(f"PRAGMA user_version = {schema.version}")
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0
