"""`quizcnn resume` lists what is set aside, says why, and brings it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from quizcnn import paths
from quizcnn.cli.main import main
from quizcnn.study.records import Grade, Memory, Mode, Review, Scope, Stage
from quizcnn.study.store.store import Store

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def aside() -> None:
    """Progress in which three questions are set aside, each for another reason."""
    at = datetime.now(UTC)
    memory = Memory(Stage.REVIEW, None, 3.0, 5.0, at, at)
    with Store.open(paths.progress()) as store:
        sitting = store.begin(Mode.STUDY, Scope(), at).id
        store.suspend(sitting, "a/mine")
        store.bury(sitting, "a/tomorrow", at + timedelta(days=1))
        store.bury(sitting, "a/over", at - timedelta(days=1))
        store.answer(
            sitting,
            Review("a/leech", at, False, Grade.AGAIN),
            lambda card: replace(
                card, memory=memory, reviews=1, lapses=8, leech=True, suspended=True
            ),
        )


def test_without_progress_nothing_is_set_aside(capsys: Capture) -> None:
    assert main(["resume"]) == 0
    assert capsys.readouterr().out == "Nothing is set aside.\n"
    assert not paths.progress().exists()


@pytest.mark.usefixtures("aside")
def test_what_is_set_aside_is_listed_with_its_reason(capsys: Capture) -> None:
    assert main(["resume"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "a/leech: forgotten 8 times (a leech): look at it anew, or rewrite it",
        "a/mine: set aside by you",
        "a/tomorrow: set aside until tomorrow",
    ]


@pytest.mark.usefixtures("aside")
def test_questions_are_brought_back_by_name_or_all_at_once(capsys: Capture) -> None:
    assert main(["resume", "a/mine"]) == 0
    assert capsys.readouterr().out == "a/mine is asked again.\n"
    assert main(["resume", "--all"]) == 0
    capsys.readouterr()
    assert main(["resume"]) == 0
    assert capsys.readouterr().out == "Nothing is set aside.\n"


@pytest.mark.usefixtures("aside")
def test_a_name_that_is_not_set_aside_is_told(capsys: Capture) -> None:
    assert main(["resume", "a/mien"]) == 2
    assert "a/mien is not set aside. Did you mean a/mine?" in capsys.readouterr().err
