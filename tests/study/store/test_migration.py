"""Older progress files are brought to the present form, whole or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from quizcnn.study.records import Mode, Scope
from quizcnn.study.store.backups import listed
from quizcnn.study.store.opening import open_progress
from quizcnn.study.store.schema import CURRENT, Schema
from quizcnn.study.store.store import NewerError, Store, StoreError, UnwritableError

from .conftest import EVENING, after, answer

NEWER = CURRENT._replace(version=CURRENT.version + 1)


class TestMigration:
    """In one transaction, after a backup."""

    SECOND = Schema(2, CURRENT.tables, {1: "ALTER TABLE cards ADD COLUMN note TEXT;"})
    THIRD = Schema(
        3,
        CURRENT.tables,
        {
            **SECOND.steps,
            2: """
            CREATE TABLE marks (card INTEGER PRIMARY KEY REFERENCES cards (id)) STRICT;
            CREATE TRIGGER note AFTER UPDATE OF note ON cards BEGIN
                INSERT INTO marks VALUES (new.id);
                DELETE FROM marks WHERE card <> new.id;
            END;
            UPDATE cards SET note = 'seen; twice'
            """,
        },
    )

    def test_all_steps_are_gone_through(self, kept: Path, folder: Path) -> None:
        with Store.open(kept) as store:
            card = store.card("a/b")
        with Store.open(kept, self.THIRD, folder) as store:
            assert store.rows("PRAGMA user_version") == [(3,)]
            assert store.rows("SELECT note FROM cards") == [("seen; twice",)]
            assert store.rows("SELECT count(*) FROM marks") == [(1,)]
            assert store.rows("PRAGMA foreign_keys") == [(1,)]
            assert store.card("a/b") == card
        (backup,) = listed(folder)
        with closing(sqlite3.connect(backup.path)) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        with Store.open(kept, self.THIRD, folder):
            assert len(listed(folder)) == 1

    def test_one_step_after_another(self, kept: Path, folder: Path) -> None:
        Store.open(kept, self.SECOND, folder).close()
        with Store.open(kept, self.THIRD, folder) as store:
            assert store.rows("SELECT note FROM cards") == [("seen; twice",)]
        with pytest.raises(NewerError, match="form 3"):
            Store.open(kept, self.SECOND, folder)

    @pytest.mark.parametrize(
        "step", ["UPDATE cards SET nothing = 1", "DELETE FROM cards", "PRAGMA nonsense; SELEC 1"]
    )
    def test_a_step_that_fails_leaves_the_file(self, kept: Path, folder: Path, step: str) -> None:
        """Also where rows would be left pointing to nothing."""
        steps = {1: "ALTER TABLE cards ADD COLUMN note TEXT;", 2: step}
        with pytest.raises(StoreError):
            Store.open(kept, Schema(3, CURRENT.tables, steps), folder)
        with Store.open(kept) as store:
            assert store.rows("PRAGMA user_version") == [(1,)]
            assert store.card("a/b").reviews == 1
            columns = [row[1] for row in store.rows("PRAGMA table_info(cards)")]
            assert "note" not in columns

    def test_a_form_that_is_too_old_is_said(self, kept: Path, folder: Path) -> None:
        with pytest.raises(StoreError, match="no longer reads"):
            Store.open(kept, NEWER, folder)

    def test_without_a_backup_nothing_is_changed(self, kept: Path, folder: Path) -> None:
        folder.write_text("in the way")
        with pytest.raises(UnwritableError):
            Store.open(kept, self.SECOND, folder)
        with Store.open(kept) as store:
            assert store.rows("PRAGMA user_version") == [(1,)]

    def test_practice_goes_on_in_memory_in_the_present_form(self, kept: Path, folder: Path) -> None:
        folder.write_text("in the way")
        opened = open_progress(kept, folder, self.SECOND)
        assert opened.notice
        with opened.store as store:
            assert store.rows("SELECT key, note FROM cards") == [("a/b", None)]


def test_a_form_that_changes_under_an_open_store(kept: Path) -> None:
    """A newer quizcnn is started meanwhile: this one writes nothing more into what it made."""
    with Store.open(kept) as store:
        sitting = store.begin(Mode.STUDY, Scope(), EVENING)
        Store.open(kept, TestMigration.SECOND).close()
        with pytest.raises(NewerError, match="meanwhile"):
            answer(store, sitting.id, "a/b", after(5))
        assert store.card("a/b").reviews == 1
