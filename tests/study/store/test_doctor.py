"""Every kind of damage is found, told and mended, and the second look finds nothing."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from quizcnn.study.records import Mode, Scope
from quizcnn.study.store.backups import listed, make
from quizcnn.study.store.examining import Harm, examine
from quizcnn.study.store.repair import repair
from quizcnn.study.store.salvage import TABLES
from quizcnn.study.store.schema import CURRENT
from quizcnn.study.store.store import Store, StoreError, UnwritableError

from .conftest import EVENING, LATER, answer

PAGE = 4096


def rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
            for table in TABLES
        }


def damage(path: Path, *statements: str) -> None:
    """What no program should do to a file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("PRAGMA writable_schema = ON")
        for statement in statements:
            assert connection.execute(statement).rowcount != 0


def mended(path: Path, folder: Path) -> tuple[list[str], list[str]]:
    """What was wrong and what was done; afterwards nothing is wrong."""
    troubles = examine(path, folder, CURRENT, LATER)
    done = repair(path, folder, CURRENT, LATER, troubles)
    assert examine(path, folder, CURRENT, LATER) == []
    with Store.open(path) as store:  # and it can be used
        answer(store, store.begin(Mode.STUDY, Scope(), LATER).id, "pooling/1", LATER)
    assert examine(path, folder, CURRENT, LATER) == []
    return [trouble.says for trouble in troubles], done


def test_sound_progress_has_nothing(file: Path, folder: Path) -> None:
    content = file.read_bytes()
    assert examine(file, folder, CURRENT, LATER) == []
    assert file.read_bytes() == content
    assert examine(file.with_name("none.sqlite"), folder, CURRENT, LATER) == []


ROWS = {
    "whose card is lost": (
        "DELETE FROM cards WHERE id IN (SELECT card FROM reviews WHERE grade = 3)",
    ),
    "in a session that is lost": ("DELETE FROM sessions WHERE id = 2",),
    "steps of undo that lead nowhere: 9": ("UPDATE actions SET before = '{x}' WHERE id = 9",),
    "steps of undo": ("DELETE FROM reviews WHERE id = (SELECT max(review) FROM actions)",),
    "do not say what they are about: 3": ("UPDATE sessions SET scope = '{}' WHERE id = 3",),
    "sessions that do not say": ("UPDATE sessions SET plan = '[1,]' WHERE id = 1",),
    "variant cannot be read: 5": ("UPDATE reviews SET variant = '{n}' WHERE id = 5",),
    "what became of the schedule": (
        "UPDATE reviews SET due = NULL WHERE id = (SELECT max(id) FROM reviews WHERE grade = 1)",
    ),
    "answers at an impossible time": (
        "UPDATE reviews SET at = at + 150000000000, due = due + 150000000000 WHERE session = 4",
    ),
    "answers at an impossible time: 7": ("UPDATE reviews SET at = 5 WHERE id = 7",),
    "sessions at an impossible time: 2": ("UPDATE sessions SET began = -1 WHERE id = 2",),
    "sessions at an impossible time: 1": ("UPDATE sessions SET ended = began - 1 WHERE id = 1",),
    "last reviewed at an impossible time: a/x": (
        "INSERT INTO cards (key, stage, stability, difficulty, due, last_review) "
        "VALUES ('a/x', 2, 1, 1, 99999999999999, 99999999999998)",
    ),
    "cards set aside until": ("UPDATE cards SET buried = 99999999999999 WHERE id = 3",),
    "cards of an older revision": (
        "UPDATE reviews SET revision = 5 WHERE id = (SELECT max(id) FROM reviews WHERE grade > 0)",
    ),
    "differ from what their last answer": ("UPDATE cards SET due = due + 1 WHERE due > 0",),
    "differ from what": (
        "UPDATE cards SET stage = NULL, step = NULL, stability = NULL, difficulty = NULL, "
        "due = NULL, last_review = NULL WHERE reviews > 2",
    ),
    "counts differ from the log": ("UPDATE cards SET reviews = reviews + 3, lapses = 99",),
}


@pytest.mark.parametrize("told", ROWS)
def test_rows_that_contradict_each_other(file: Path, folder: Path, told: str) -> None:
    """The answers themselves all stay; what follows from them is made to."""
    damage(file, *ROWS[told])
    known = rows(file)
    says, done = mended(file, folder)
    assert any(told in text for text in says), says
    kept = listed(folder) or list(file.parent.glob("progress-damaged-*.sqlite"))
    assert len(kept) == 1 and ("backup was made" in done[0] or "is kept" in done[0])
    said = [column for column in range(2, 11) if column not in (4, 6, 10)]
    for before, now in zip(known["reviews"], rows(file)["reviews"], strict=False):
        assert [before[each] for each in said] == [now[each] for each in said]


def test_cards_are_as_their_log_says(file: Path, folder: Path) -> None:
    """What is made of the log is what was there: schedule and counts."""
    known = rows(file)["cards"]
    damage(file, "UPDATE cards SET due = due + 1000, stability = 1, reviews = 0 WHERE due > 0")
    troubles = examine(file, folder, CURRENT, LATER)
    assert {trouble.harm for trouble in troubles} == {Harm.ROWS}
    repair(file, folder, CURRENT, LATER, troubles)
    assert rows(file)["cards"] == known


def test_impossible_times_keep_their_order(file: Path, folder: Path) -> None:
    """Answers of a time when the clock was wrong stand behind those of other times, in order."""
    damage(
        file,
        "UPDATE reviews SET at = at + 150000000000, due = due + 150000000000 WHERE session = 12",
    )
    order = [row[0] for row in sorted(rows(file)["reviews"], key=lambda row: row[4])]
    mended(file, folder)
    after = [row[0] for row in sorted(rows(file)["reviews"], key=lambda row: row[4])]
    assert after[: len(order)] == order


class TestIndexes:
    def test_an_index_that_differs_is_made_anew(self, file: Path, folder: Path) -> None:
        with closing(sqlite3.connect(file)) as connection:
            query = "SELECT name, rootpage FROM sqlite_schema WHERE name GLOB 'reviews_[as]*'"
            (one, at), (other, session) = connection.execute(query)
        known = rows(file)
        damage(
            file,
            f"UPDATE sqlite_schema SET rootpage = {session} WHERE name = '{one}'",
            f"UPDATE sqlite_schema SET rootpage = {at} WHERE name = '{other}'",
        )
        says, done = mended(file, folder)
        assert any("index reviews_" in text for text in says)
        assert "file as it was is kept" in done[0]
        assert rows(file)["reviews"][:-1] == known["reviews"]

    def test_an_index_that_is_missing_is_made(self, file: Path, folder: Path) -> None:
        damage(file, "DROP INDEX cards_due")
        says, done = mended(file, folder)
        assert says == [f"{file} has no index cards_due"]
        assert "The indexes were made anew." in done


class TestPages:
    """Parts of the file that cannot be read, with a backup and without."""

    @pytest.mark.parametrize("with_backup", [False, True], ids=["alone", "with a backup"])
    @pytest.mark.parametrize("seed", range(12))
    def test_zeroed_pages(self, file: Path, folder: Path, seed: int, with_backup: bool) -> None:
        """With a backup nothing is lost; without, what stood on other pages is there."""
        known = rows(file)
        if with_backup:
            make(file, folder, EVENING)
        content = bytearray(file.read_bytes())
        chance = random.Random(seed)
        for _ in range(1 + seed // 4):
            page = chance.randrange(len(content) // PAGE)
            content[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
        file.write_bytes(content)
        troubles = examine(file, folder, CURRENT, LATER)
        if not troubles:
            return  # a page that was not in use
        done = repair(file, folder, CURRENT, LATER, troubles)
        assert examine(file, folder, CURRENT, LATER) == []
        assert any("file as it was is kept" in text for text in done)
        after = rows(file)
        if with_backup:
            assert after == known
        else:
            lost = len(known["reviews"]) - len(set(after["reviews"]) & set(known["reviews"]))
            assert lost < 80 * (1 + seed // 4)
        (kept,) = file.parent.glob("progress-damaged-*.sqlite")
        assert kept.read_bytes() == content

    def test_a_file_that_was_cut_off(self, file: Path, folder: Path) -> None:
        known = rows(file)
        content = file.read_bytes()
        file.write_bytes(content[: len(content) // 2 + 100])
        says, _ = mended(file, folder)
        assert says
        there = {row[0] for row in rows(file)["reviews"]}
        assert len(there) > len(known["reviews"]) // 4

    def test_nothing_is_left_but_the_backup(self, file: Path, folder: Path) -> None:
        known = rows(file)
        make(file, folder, EVENING)
        file.write_bytes(b"\xff" * len(file.read_bytes()))
        says, _ = mended(file, folder)
        assert "cannot be read" in says[0]
        assert rows(file)["reviews"][: len(known["reviews"])] == known["reviews"]

    def test_nothing_is_left_at_all(self, file: Path, folder: Path) -> None:
        content = b"\xff" * 10_000
        file.write_bytes(content)
        troubles = examine(file, folder, CURRENT, LATER)
        with pytest.raises(StoreError, match="Move it away"):
            repair(file, folder, CURRENT, LATER, troubles)
        assert file.read_bytes() == content

    def test_text_that_is_no_text(self, file: Path, folder: Path) -> None:
        damage(file, "UPDATE reviews SET typed = CAST(x'ff41' AS TEXT) WHERE id = 3")
        says, _ = mended(file, folder)
        assert "text that is not text" in says[0]
        assert next(row for row in rows(file)["reviews"] if row[0] == 3)[7] == "\ufffdA"

    def test_values_that_the_form_forbids(self, file: Path, folder: Path) -> None:
        """A card that cannot be as it stands there is made anew from its log."""
        known = rows(file)["cards"]
        damage(file, "UPDATE cards SET difficulty = 77 WHERE reviews > 3 AND suspended = 0")
        troubles = examine(file, folder, CURRENT, LATER)
        assert any("CHECK constraint" in trouble.says for trouble in troubles)
        repair(file, folder, CURRENT, LATER, troubles)
        assert examine(file, folder, CURRENT, LATER) == []
        assert [row[:12] for row in rows(file)["cards"]] == [row[:12] for row in known]


class TestGone:
    @pytest.mark.parametrize("empty", [False, True], ids=["missing", "empty"])
    def test_the_newest_backup_comes_back(self, file: Path, folder: Path, empty: bool) -> None:
        known = rows(file)
        make(file, folder, EVENING)
        broken = make(file, folder, EVENING + timedelta(days=1))
        broken.write_bytes(b"x")
        file.write_bytes(b"") if empty else file.unlink()
        troubles = examine(file, folder, CURRENT, LATER)
        assert ("empty" if empty else "missing") in troubles[0].says
        repair(file, folder, CURRENT, LATER, troubles)
        assert rows(file) == known
        assert examine(file, folder, CURRENT, LATER) == []


class TestBeyond:
    """What is not ours to mend is told, and left."""

    def test_a_newer_form(self, file: Path, folder: Path) -> None:
        damage(file, f"PRAGMA user_version = {CURRENT.version + 1}")
        content = file.read_bytes()
        troubles = examine(file, folder, CURRENT, LATER)
        assert [trouble.harm for trouble in troubles] == [Harm.BEYOND]
        assert repair(file, folder, CURRENT, LATER, troubles) == []
        assert file.read_bytes() == content

    def test_the_database_of_something_else(self, path: Path, folder: Path) -> None:
        path.parent.mkdir()
        damage(path, "CREATE TABLE notes (text)")
        content = path.read_bytes()
        troubles = examine(path, folder, CURRENT, LATER)
        assert [trouble.harm for trouble in troubles] == [Harm.BEYOND]
        assert "something else" in troubles[0].says
        assert repair(path, folder, CURRENT, LATER, troubles) == []
        assert path.read_bytes()[100:] == content[100:]

    def test_while_another_instance_has_it_open(self, file: Path, folder: Path) -> None:
        damage(file, "UPDATE cards SET reviews = 99")
        with Store.open(file):
            troubles = examine(file, folder, CURRENT, LATER)
            with pytest.raises(UnwritableError, match="another quizcnn"):
                repair(file, folder, CURRENT, LATER, troubles)
        mended(file, folder)
