"""`quizcnn doctor`, `export` and `import`, as a person calls them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quizcnn import paths
from quizcnn.cli.main import main
from quizcnn.study.records import Mode, Review, Scope
from quizcnn.study.store.backups import listed, make
from quizcnn.study.store.store import Store

EVENING = datetime(2026, 3, 2, 18, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's folders, in which there is nothing yet."""
    for name in ("data", "cache", "config"):
        monkeypatch.setattr(f"quizcnn.paths.user_{name}_path", _within(tmp_path / name))
    return tmp_path


def _within(folder: Path) -> object:
    return lambda name, appauthor: folder / name


@pytest.fixture
def progress() -> Path:
    """Progress with one answer, and its backup."""
    with Store.open(paths.progress()) as store:
        sitting = store.begin(Mode.CRAM, Scope(), EVENING)
        store.answer(sitting.id, Review("a/b", EVENING, True, typed="6×6"))
    make(paths.progress(), paths.backups(), EVENING)
    return paths.progress()


def spoil(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)


class TestDoctor:
    def test_where_nothing_is_kept_nothing_is_wrong(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["doctor"]) == 0
        assert "progress: none yet" in capsys.readouterr().out
        assert not paths.progress().exists()

    def test_sound_progress_is_said_to_be(
        self, progress: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["doctor", "--check"]) == 0
        out = capsys.readouterr().out
        assert "is whole: 1 cards, 1 answers" in out
        assert "backups: 1 whole, the newest of 2026-03-02 18:00 UTC" in out
        assert "problem" not in out

    def test_check_changes_nothing_and_the_doctor_mends(
        self, progress: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        spoil(progress, "UPDATE cards SET reviews = 7")
        content = progress.read_bytes()
        assert main(["doctor", "--check"]) == 1
        out = capsys.readouterr().out
        assert "problem: " in out and "1 cards whose counts differ from the log: a/b" in out
        assert "1 problem left. `quizcnn doctor` mends what it can." in out
        assert progress.read_bytes() == content
        assert main(["doctor"]) == 0
        out = capsys.readouterr().out
        assert "a backup was made" in out and "mended: the progress is whole again." in out
        assert main(["doctor"]) == 0
        assert "problem" not in capsys.readouterr().out

    def test_a_file_of_which_nothing_can_be_read(
        self, progress: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        progress.write_bytes(b"\xff" * 9000)
        assert main(["doctor"]) == 0
        out = capsys.readouterr().out
        assert "progress-damaged-" in out and "mended" in out
        with Store.open(progress) as store:
            assert store.variants("a/b") == ("{}",)

    def test_what_cannot_be_mended_is_left_and_said(
        self, progress: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        spoil(progress, "PRAGMA user_version = 9")
        assert main(["doctor"]) == 1
        assert "update quizcnn" in capsys.readouterr().out

    def test_a_broken_backup_is_put_aside(
        self, progress: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (backup,) = listed(paths.backups())
        backup.path.write_bytes(backup.path.read_bytes()[:6000])
        assert main(["doctor", "--check"]) == 1
        assert main(["doctor"]) == 0
        assert listed(paths.backups()) == []
        assert backup.path.with_name(f"{backup.path.name}.damaged").exists()
        capsys.readouterr()
        assert main(["doctor"]) == 0
        assert "problem" not in capsys.readouterr().out

    def test_a_broken_catalog_is_deleted(self, capsys: pytest.CaptureFixture[str]) -> None:
        paths.catalog().parent.mkdir(parents=True)
        paths.catalog().write_text("no database")
        assert main(["doctor", "--check"]) == 1
        assert paths.catalog().exists()
        assert main(["doctor"]) == 0
        assert not paths.catalog().exists()

    def test_settings_that_cannot_be_read_are_left_to_the_person(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        paths.settings().parent.mkdir(parents=True)
        paths.settings().write_text("new_per_day = -3\n")
        assert main(["doctor"]) == 1
        assert "settings.toml:1" in capsys.readouterr().out

    def test_names_of_cards_cannot_steer_the_terminal(
        self, progress: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        spoil(progress, "UPDATE cards SET reviews = 7, key = 'a/' || char(27) || '[2J'")
        main(["doctor"])
        assert "\x1b" not in capsys.readouterr().out


class TestExchange:
    def test_out_and_in_again(
        self, progress: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "mine.jsonl"
        assert main(["export", str(file)]) == 0
        capsys.readouterr()
        assert main(["export"]) == 0
        assert capsys.readouterr().out == file.read_text()
        progress.unlink()
        assert main(["import", str(file)]) == 0
        assert "New: 1 sessions, 1 cards, 1 answers, 1 acts." in capsys.readouterr().out
        assert main(["export", "-"]) == 0
        assert capsys.readouterr().out == file.read_text()

    def test_a_second_import_changes_nothing_after_a_backup(
        self, progress: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "mine.jsonl"
        main(["export", str(file)])
        capsys.readouterr()
        assert main(["import", str(file)]) == 0
        out = capsys.readouterr().out
        assert "a backup was made" in out
        assert "New: 0 sessions, 0 cards, 0 answers, 0 acts." in out
        assert len(listed(paths.backups())) == 2

    def test_a_bad_line_is_told(
        self, progress: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "mine.jsonl"
        main(["export", str(file)])
        file.write_text(file.read_text() + '{"card": 3}\n')
        capsys.readouterr()
        assert main(["import", str(file)]) == 2
        assert f"{file}:6: expected a field 'revision'" in capsys.readouterr().err

    def test_what_is_not_there_is_said(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["export"]) == 2
        assert "There is no progress yet" in capsys.readouterr().err
        assert main(["import", str(tmp_path / "none.jsonl")]) == 2
        assert "cannot be read" in capsys.readouterr().err
        assert not paths.progress().exists()

    def test_the_progress_itself_is_never_written_over(
        self, progress: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        content = progress.read_bytes()
        assert main(["export", str(progress)]) == 2
        assert "progress itself" in capsys.readouterr().err
        assert progress.read_bytes() == content
        assert main(["export", str(progress / "nowhere")]) == 2
