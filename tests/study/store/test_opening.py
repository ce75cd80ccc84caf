"""Opening progress files of every kind: new, ours, newer, of something else, unusable."""

from __future__ import annotations

import random
import sqlite3
import struct
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from quizcnn.study.records import Mode, Scope
from quizcnn.study.store.backups import make
from quizcnn.study.store.examining import examine
from quizcnn.study.store.opening import open_progress
from quizcnn.study.store.schema import CURRENT
from quizcnn.study.store.store import DamagedError, NewerError, Store, StoreError, UnwritableError

from .conftest import EVENING, after, answer


def pragma(path: Path, name: str, value: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA {name} = {value}")


def test_a_store_holds_to_what_it_promises(store: Store) -> None:
    """Each connection keeps foreign keys, writes ahead and waits for the disk."""
    for name, value in {
        "foreign_keys": 1,
        "journal_mode": "wal",
        "synchronous": 2,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "user_version": CURRENT.version,
    }.items():
        assert store.rows(f"PRAGMA {name}") == [(value,)]
    tables = store.rows("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'")
    assert {name for name, strict in tables if strict} == {
        "cards",
        "sessions",
        "reviews",
        "actions",
    }


def test_another_database_can_be_attached_for_reading_only(store: Store, tmp_path: Path) -> None:
    """As the catalog is; answers are kept all the same."""
    other = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE questions (key)")
        connection.execute("INSERT INTO questions VALUES ('a/b')")
        connection.commit()
    store.connection.execute("ATTACH ? AS catalog", (f"{other.as_uri()}?mode=ro",))
    answer(store, store.begin(Mode.STUDY, Scope(), EVENING).id, "a/b")
    both = "SELECT reviews FROM cards JOIN catalog.questions USING (key)"
    assert store.rows(both) == [(1,)]
    with pytest.raises(StoreError):
        store.rows("DELETE FROM catalog.questions")
    store.rows("DETACH catalog")


class TestRefusals:
    """What is refused is not touched, to the last byte."""

    def test_a_newer_form(self, kept: Path, folder: Path) -> None:
        pragma(kept, "user_version", CURRENT.version + 7)
        content = kept.read_bytes()
        for opening in (Store.open, lambda path: open_progress(path, folder)):
            with pytest.raises(NewerError) as told:
                opening(kept)
            assert f"form {CURRENT.version + 7}" in str(told.value)
            assert f"forms up to {CURRENT.version}" in str(told.value)
            assert "update quizcnn" in str(told.value)
        assert kept.read_bytes() == content

    def test_a_newer_form_that_still_stands_in_the_write_ahead_log(self, kept: Path) -> None:
        with closing(sqlite3.connect(kept)) as other:
            other.execute(f"PRAGMA user_version = {CURRENT.version + 1}")
            content = kept.read_bytes()
            with pytest.raises(NewerError):
                Store.open(kept)
            assert kept.read_bytes() == content

    @pytest.mark.parametrize(
        "content", [b"", b"my diary", b"\0" * 5000], ids=["little", "text", "zeros"]
    )
    def test_what_is_no_database(self, path: Path, folder: Path, content: bytes) -> None:
        path.parent.mkdir()
        content = content or b"SQLite format 3\0"
        path.write_bytes(content)
        with pytest.raises(DamagedError, match="not a progress file"):
            Store.open(path)
        opened = open_progress(path, folder)
        assert "Nothing you do now will be saved" in opened.notice
        assert "cannot be read" in opened.notice
        with opened.store as store:
            store.begin(Mode.STUDY, Scope(), EVENING)
        assert path.read_bytes() == content

    @pytest.mark.parametrize("application", [0, 0x12345678])
    def test_the_database_of_something_else(
        self, path: Path, folder: Path, application: int
    ) -> None:
        path.parent.mkdir()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE notes (text)")
            connection.execute(f"PRAGMA application_id = {application}")
        content = path.read_bytes()
        with pytest.raises(DamagedError, match="something else's database"):
            Store.open(path)
        opened = open_progress(path, folder)
        assert "something else's database" in opened.notice
        with opened.store as store:
            assert store.rows("SELECT count(*) FROM cards") == [(0,)]

        def tables(data: bytes) -> bytes:
            return data[100:]  # of what is before, SQLite may note that it was there

        assert tables(path.read_bytes()) == tables(content)

    def test_an_empty_file_where_there_was_progress(self, kept: Path, folder: Path) -> None:
        make(kept, folder, EVENING)
        kept.write_bytes(b"")
        with pytest.raises(DamagedError, match="empty"):
            Store.open(kept)

    def test_a_folder_in_its_place(self, path: Path, folder: Path) -> None:
        path.mkdir(parents=True)
        with pytest.raises(UnwritableError):
            Store.open(path)
        opened = open_progress(path, folder)
        opened.store.close()
        assert "Nothing you do now will be saved" in opened.notice


def test_a_file_that_was_only_just_begun_is_finished(path: Path) -> None:
    """A process was killed when it had made the file, but not yet the tables."""
    path.parent.mkdir()
    path.touch()
    Store.open(path).close()
    with closing(sqlite3.connect(path.with_name("other.sqlite"))) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    Store.open(path.with_name("other.sqlite")).close()


class TestLocked:
    """Another program that holds the file is waited for, and then named."""

    @pytest.fixture
    def holding(self, kept: Path, monkeypatch: pytest.MonkeyPatch) -> object:
        monkeypatch.setattr("quizcnn.study.store.database.PATIENCE", 0.05)
        other = sqlite3.connect(kept, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield other
        other.close()

    def test_the_copy_in_memory_has_everything(
        self, kept: Path, folder: Path, holding: object
    ) -> None:
        with pytest.raises(UnwritableError, match="locked"):
            Store.open(kept)
        opened = open_progress(kept, folder)
        assert "locked" in opened.notice
        with opened.store as store:
            assert store.card("a/b").reviews == 1

    def test_in_the_middle_of_a_session(self, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("quizcnn.study.store.database.PATIENCE", 0.05)
        with Store.open(kept) as store, closing(sqlite3.connect(kept)) as other:
            sitting = store.begin(Mode.STUDY, Scope(), EVENING)
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(UnwritableError, match="locked"):
                answer(store, sitting.id, "a/c")
            other.rollback()
            answer(store, sitting.id, "a/c")
            assert store.card("a/c").reviews == 1


def test_a_header_says_which_form_a_file_has(kept: Path) -> None:
    """The places that are looked at before SQLite is let near the file are the right ones."""
    header = kept.read_bytes()[:100]
    assert struct.unpack(">60xI4xI28x", header) == (CURRENT.version, 0x51434E4E)


def test_a_session_after_another_in_the_same_file(kept: Path) -> None:
    with Store.open(kept) as first, Store.open(kept) as second:
        sitting = first.begin(Mode.STUDY, Scope(), after(5))
        answer(first, sitting.id, "a/b", after(5))
        assert second.card("a/b").reviews == 2


def test_a_folder_that_may_not_be_looked_into(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even whether the file is there can be told: practice goes on in memory."""

    def refused(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", refused)
    opened = open_progress(path, path.parent / "backups")
    assert "Permission denied" in opened.notice
    assert examine(path, path.parent / "backups", CURRENT, EVENING)
    opened.store.close()


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_write_ahead_log_costs_no_more_than_its_end(
    path: Path, tmp_path: Path, seed: int
) -> None:
    """After a crash each answer before the damage is there, and the file is sound."""
    place = tmp_path / "after" / "progress.sqlite"
    place.parent.mkdir()
    with Store.open(path) as store:
        sitting = store.begin(Mode.STUDY, Scope(), EVENING)
        for minute in range(20):
            answer(store, sitting.id, f"a/{minute % 7}", after(minute))
        log = bytearray(path.with_name("progress.sqlite-wal").read_bytes())
        place.write_bytes(path.read_bytes())
    chance = random.Random(seed)
    at = chance.randrange(len(log))
    if seed % 3 == 0:
        log[at] ^= 1 << chance.randrange(8)
    elif seed % 3 == 1:
        log[at : at + 512] = bytes(len(log[at : at + 512]))
    else:
        del log[at:]
    place.with_name("progress.sqlite-wal").write_bytes(log)
    with Store.open(place) as store:
        answers = [row[0] for row in store.rows("SELECT id FROM reviews ORDER BY id")]
        assert answers == list(range(1, len(answers) + 1))
    assert examine(place, place.parent / "backups", CURRENT, after(60)) == []


def test_threads_and_stores_at_once_lose_nothing(path: Path) -> None:
    """Four threads over two stores of the same file answer the same questions."""
    with Store.open(path) as one, Store.open(path) as other, ThreadPoolExecutor(4) as threads:
        sitting = one.begin(Mode.STUDY, Scope(), EVENING)

        def answered(number: int) -> None:
            answer((one, other)[number % 2], sitting.id, f"a/{number % 3}", after(number))

        list(threads.map(answered, range(60)))
        assert one.rows("SELECT sum(reviews), count(*) FROM cards") == [(60, 3)]
        assert len(other.actions(sitting.id)) == 60
    assert examine(path, path.parent / "backups", CURRENT, after(99)) == []
