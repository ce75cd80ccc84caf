"""`quizcnn practice` with its options, over a person's own progress."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from quizcnn import paths
from quizcnn.cli.main import main
from quizcnn.study.store.backups import listed

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def practise(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture):  # type: ignore[no-untyped-def]
    """Runs plain practice of the folder's deck: lines in, exit code, text and complaints out."""

    def run(*arguments: str, typed: str = ":quit\n") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main(["practice", "--plain", str(folder), *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def rows(sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(paths.progress())) as connection:
        return list(connection.execute(sql))


def test_what_was_answered_is_kept_and_comes_later(practise) -> None:  # type: ignore[no-untyped-def]
    code, said, complaints = practise(typed="6x6\n4\n:quit\n")
    assert (code, complaints) == (0, "")
    assert "2 questions left" in said
    assert rows("SELECT grade, typed FROM reviews") == [(4, "6x6")]
    _, said, _ = practise()
    assert "An image of" not in said  # it is due in days only
    assert "1 right, 0 wrong, 0 skipped." in said  # the session goes on


def test_cram_leaves_the_schedule_alone(practise) -> None:  # type: ignore[no-untyped-def]
    code, _, _ = practise("--cram", typed="a\n:quit\n")
    assert code == 0
    assert rows("SELECT grade FROM reviews") in ([(None,)], [])
    assert rows("SELECT count(*) FROM cards WHERE stage IS NOT NULL") == [(0,)]


def test_an_exam_has_a_time(practise) -> None:  # type: ignore[no-untyped-def]
    _, said, _ = practise("--exam", "1", "--minutes", "3")
    assert "1 question left, 3 min 0 s of the time" in said or "2 min 59 s" in said


def test_tags_choose_questions(practise) -> None:  # type: ignore[no-untyped-def]
    _, said, _ = practise("--tag", "output-size")
    assert "1 question left" in said
    code, _, complaints = practise("--tag", "output-sise")
    assert code == 2
    assert "There is no tag 'output-sise'. Did you mean output-size?" in complaints


def test_ahead_asks_what_is_due_later(practise) -> None:  # type: ignore[no-untyped-def]
    practise(typed="6x6\n4\n:quit\n")
    with closing(sqlite3.connect(paths.progress())) as connection, connection:
        connection.execute("UPDATE cards SET last_review = last_review - 86400000")
    _, said, _ = practise("--ahead", "30", "--tag", "output-size")
    assert "An image of" in said


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--minutes", "3"], "give --exam N too"),
        (["--exam", "0"], "expected a whole number of at least 1"),
        (["--ahead", "-1"], "expected a whole number of at least 1"),
        (["--cram", "--exam", "3"], "not allowed with argument"),
        (["--deck", "size"], "Did you mean sizes?"),
    ],
)
def test_wrong_options_are_told(practise, capsys: Capture, arguments: list[str], told: str) -> None:  # type: ignore[no-untyped-def]
    try:
        code, _, complaints = practise(*arguments)
    except SystemExit as error:
        code, complaints = error.code, capsys.readouterr().err
    assert code == 2
    assert told in complaints


def test_progress_of_a_newer_quizcnn_is_refused_and_left_alone(practise) -> None:  # type: ignore[no-untyped-def]
    practise(typed="6x6\n\n:quit\n")
    with closing(sqlite3.connect(paths.progress())) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = rows("SELECT * FROM reviews")
    code, said, complaints = practise()
    assert (code, said) == (2, "")
    assert "99" in complaints
    assert "update" in complaints.lower()
    assert rows("SELECT * FROM reviews") == before


def test_where_progress_cannot_be_read_one_can_practise_but_is_told_that_nothing_is_saved(
    practise,  # type: ignore[no-untyped-def]
) -> None:
    paths.progress().parent.mkdir(parents=True)
    paths.progress().write_bytes(b"SQLite format 3\0" + b"nothing of use " * 1000)
    before = paths.progress().read_bytes()
    code, said, complaints = practise(typed="6x6\n\n:quit\n")
    assert code == 0
    assert "Right." in said
    assert "Nothing you do now will be saved." in complaints
    assert paths.progress().read_bytes() == before


def test_the_day_s_backup_is_made_by_the_way(practise) -> None:  # type: ignore[no-untyped-def]
    practise(typed="6x6\n\n:quit\n")
    practise()
    assert len(listed(paths.backups())) == 1


def test_a_question_without_a_check_is_never_asked(practise, folder: Path) -> None:  # type: ignore[no-untyped-def]
    deck = folder / "sizes.yaml"
    text = deck.read_text(encoding="utf-8")
    text += "  - {id: unchecked, kind: recall, ask: Why?, answer: So., check: none yet}\n"
    deck.write_text(text, encoding="utf-8")
    _, said, complaints = practise("--cram", typed=":skip\n" * 9)
    assert complaints == ""
    assert "2 skipped" in said
    assert "Why?" not in said
