"""Backups: whole or not there at all."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizcnn.study.records import Card, Mode, Scope
from quizcnn.study.store.backups import (
    back_up_if_due,
    flaw,
    listed,
    make,
    newest_whole,
    thin,
)
from quizcnn.study.store.store import DamagedError, Store, UnwritableError

from .conftest import EVENING, after, answer

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.fixture
def sitting(store: Store) -> int:
    """A session with one answer in it."""
    sitting = store.begin(Mode.STUDY, Scope(), EVENING)
    answer(store, sitting.id, "a/b")
    return sitting.id


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_backup_has_everything_and_stands_alone(
    store: Store, sitting: int, path: Path, folder: Path
) -> None:
    made = make(path, folder, NOON)
    assert made == folder / "progress-2026-03-03T120000Z.sqlite"
    assert names(folder) == [made.name]
    assert flaw(made) == ""
    with Store.open(made) as copy:
        assert copy.card("a/b") == store.card("a/b")
        assert copy.actions(sitting) == store.actions(sitting)


def test_two_in_one_second_are_two(store: Store, sitting: int, path: Path, folder: Path) -> None:
    assert make(path, folder, NOON) != make(path, folder, NOON)
    assert len(listed(folder)) == 2


def test_answers_go_on_while_a_backup_is_made(
    store: Store, sitting: int, path: Path, folder: Path
) -> None:
    """A backup is of one moment: here with another store between two answers."""
    with Store.open(path) as other, closing(sqlite3.connect(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM cards").fetchone()
        answer(other, sitting, "a/c", after(1))
        made = make(path, folder, NOON)
        answer(other, sitting, "a/d", after(2))
    with Store.open(made) as copy:
        assert copy.card("a/c").reviews == 1
        assert copy.card("a/d") == Card("a/d")


class TestSchedule:
    """At most one a day, and only where something has changed."""

    def test_once_a_day(self, store: Store, sitting: int, folder: Path) -> None:
        assert back_up_if_due(store, folder, NOON) is not None
        answer(store, sitting, "a/c", after(1))
        assert back_up_if_due(store, folder, NOON + timedelta(hours=2)) is None
        assert back_up_if_due(store, folder, NOON + timedelta(hours=20)) is not None

    def test_not_without_a_change(self, store: Store, sitting: int, folder: Path) -> None:
        tomorrow, day_after = NOON + timedelta(days=1), NOON + timedelta(days=2)
        assert back_up_if_due(store, folder, NOON) is not None
        assert back_up_if_due(store, folder, tomorrow) is None
        store.resume("a/b")
        assert back_up_if_due(store, folder, tomorrow) is None
        store.suspend(sitting, "a/b")
        assert back_up_if_due(store, folder, tomorrow) is not None
        store.resume("a/b")
        assert back_up_if_due(store, folder, day_after) is not None

    def test_a_broken_one_does_not_count(self, store: Store, sitting: int, folder: Path) -> None:
        made = back_up_if_due(store, folder, NOON)
        assert made is not None
        made.write_bytes(made.read_bytes()[:5000])
        again = back_up_if_due(store, folder, NOON)
        assert again is not None and flaw(again) == ""

    def test_progress_in_memory_has_none(self, folder: Path) -> None:
        with Store.open(None) as store:
            assert back_up_if_due(store, folder, NOON) is None
        assert not folder.exists()


class TestDamage:
    def test_a_damaged_progress_gives_no_backup(
        self, store: Store, sitting: int, path: Path, folder: Path
    ) -> None:
        good = make(path, folder, NOON)
        store.close()
        content = bytearray(path.read_bytes())
        content[2 * 4096 : 3 * 4096] = bytes(4096)
        path.write_bytes(content)
        with pytest.raises(DamagedError, match="No backup was made"):
            make(path, folder, NOON + timedelta(days=1))
        assert names(folder) == [good.name]

    def test_broken_backups_never_cost_a_good_one(
        self, store: Store, sitting: int, path: Path, folder: Path
    ) -> None:
        """The newest of a week is broken: the one before it is kept in its place."""
        days = [make(path, folder, NOON - timedelta(days=days)) for days in (32, 31, 30)]
        newest = make(path, folder, NOON)
        days[2].write_bytes(b"SQLite format 3\0 and then nothing")
        assert thin(folder, NOON) == [days[0]]
        assert days[1].exists() and days[2].exists()
        whole = newest_whole(folder)
        assert whole is not None and whole.path == newest

    def test_what_a_kill_left_half_made_is_tidied(
        self, store: Store, sitting: int, path: Path, folder: Path
    ) -> None:
        folder.mkdir()
        old, young = folder / "progress-x.1.part", folder / "progress-y.2.part"
        for each, hours in ((old, 2), (young, 0)):
            each.touch()
            os.utime(each, (NOON.timestamp() - hours * 3600,) * 2)
        make(path, folder, NOON)
        assert not old.exists() and young.exists()

    def test_other_files_in_the_folder_are_left(
        self, store: Store, sitting: int, path: Path, folder: Path
    ) -> None:
        folder.mkdir()
        for name in ("notes.txt", "progress-2026-02-30T120000Z.sqlite", "progress.sqlite"):
            (folder / name).touch()
        made = make(path, folder, NOON)
        assert [each.path for each in listed(folder)] == [made]
        thin(folder, NOON + timedelta(days=3000))
        assert len(names(folder)) == 4

    def test_a_folder_that_cannot_be_is_said(
        self, store: Store, sitting: int, path: Path, folder: Path
    ) -> None:
        folder.write_text("a file")
        with pytest.raises(UnwritableError, match="backups"):
            make(path, folder, NOON)
