"""`quizcnn new` through a pipe, from the first line to the file."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from quizcnn.cli.main import main

LINES = ["true_false", "Is it?", "", "1 < 2", "", "", "2 > 3", "It is not."]
LINES += ["", "", "", "", "", "is-it", ""]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_a_deck_is_begun_and_verified(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, *LINES)
    assert main(["new"]) == 0
    assert "mine.yaml:7:5: mine/is-it" in capsys.readouterr().out
    assert (here / "deck.schema.json").is_file()
    assert main(["verify", "mine.yaml"]) == 0
    typed(monkeypatch, *LINES[:-2], "is-it-too", "")
    assert main(["new", "mine.yaml"]) == 0
    assert main(["verify", "mine.yaml"]) == 0
    assert "All 2 questions hold" in capsys.readouterr().out


def test_nothing_is_written_where_the_input_ends_or_the_deck_is_broken(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, *LINES[:4])
    assert main(["new"]) == 1
    assert "Nothing was written" in capsys.readouterr().err
    assert list(here.iterdir()) == []
    (here / "mine.yaml").write_text("deck: mine\n")
    assert main(["new"]) == 2
    assert (here / "mine.yaml").read_text() == "deck: mine\n"


def test_a_deck_that_is_saved_meanwhile_is_not_written_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "sizes.yaml"

    class Typing(io.StringIO):
        def readline(self, *size: int) -> str:
            line = super().readline(*size)
            if line == "is-it\n":
                file.write_text(file.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
            return line

    monkeypatch.setattr("sys.stdin", Typing("".join(f"{line}\n" for line in LINES)))
    assert main(["new", str(file)]) == 2
    assert "changed meanwhile" in capsys.readouterr().err
    assert "is-it" not in file.read_text(encoding="utf-8")
