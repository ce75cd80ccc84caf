"""`quizcnn lab` begins with the question and the givens that are asked for, or says why not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from quizcnn.answer.laboratory import Bench
from quizcnn.cli import lab, opening
from quizcnn.cli.main import main


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the app is begun with, on what is taken for a terminal."""
    begun: list[Any] = []
    monkeypatch.setattr(lab, "on_terminal", lambda: True)
    monkeypatch.setattr(opening, "open_app", lambda where, room, start: begun.append(start) or 0)
    return begun


def test_it_begins_with_other_givens(folder: Path, begun: list[Any]) -> None:
    asked = ["lab", "valid-size", "--variant", "n=9", "f = n // 2", "--decks", str(folder)]
    assert main(asked) == 0
    [bench] = begun
    assert isinstance(bench, Bench)
    assert bench.question.key == "sizes/valid-size"
    assert bench.given == {"n": "9", "f": "n // 2"}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["valid-siz"], "There is no question 'valid-siz'. Did you mean sizes/valid-size"),
        (["valid-size", "--variant", "nn=9"], "has no given 'nn'. Did you mean n?"),
        (["valid-size", "--variant", "9"], "A given is changed as in n=9, and not as in '9'."),
        (["valid-size", "--variant", "n="], "n: there is no value here."),
        (["sizes/nothing-to-learn", "--variant", "k=1"], "Did you mean layer?"),
    ],
)
def test_what_is_not_there_is_told(
    folder: Path, begun: list[Any], capsys: Any, asked: list[str], told: str
) -> None:
    assert main(["lab", *asked, "--decks", str(folder)]) == 2
    assert told in capsys.readouterr().err
    assert begun == []


def test_without_a_terminal_it_says_what_to_do(folder: Path, capsys: Any) -> None:
    assert main(["lab", "valid-size", "--decks", str(folder)]) == 2
    assert "draws on a terminal" in capsys.readouterr().err
