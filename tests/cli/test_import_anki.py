"""`quizcnn import-anki`: files in, decks out."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizcnn.cli.main import main
from quizcnn.deck.schema import FILE, FIRST_LINE, schema_text

EXPORT = "#separator:tab\n#html:true\n#tags column:3\nWhat?<br>Then\tThat.\tone\nWhy?\tSo.\t\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with an export in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "My Cards.txt").write_text(EXPORT, encoding="utf-8")
    return tmp_path


def test_an_export_becomes_a_deck_that_verify_lists_as_unchecked(here: Path, capsys) -> None:
    """The whole way: import, list, verify."""
    assert main(["import-anki", "My Cards.txt"]) == 0
    assert "my-cards.yaml: 2 questions" in capsys.readouterr().out
    assert main(["list", "--deck", "my-cards", "--decks", "my-cards.yaml"]) == 0
    assert capsys.readouterr().out.count("no check yet") == 2
    assert main(["verify", "my-cards.yaml"]) == 1
    out = capsys.readouterr().out
    assert "my-cards/what-then: no check yet [unchecked]" in out
    assert "2 of 2 questions fail" in out


def test_name_and_file_can_be_chosen(here: Path, capsys) -> None:
    out = here / "there.yaml"
    assert main(["import-anki", "My Cards.txt", "--deck", "cnn", "--output", str(out)]) == 0
    assert "deck: cnn\ntitle: 'cnn'" in out.read_text()


def test_the_file_s_own_deck_gives_the_name(here: Path) -> None:
    (here / "x.txt").write_text("#deck:Deep Learning::CNN\na,b\n")
    assert main(["import-anki", "x.txt"]) == 0
    text = (here / "deep-learning-cnn.yaml").read_text()
    assert "title: 'Deep Learning::CNN'" in text


def test_nothing_that_is_there_is_written_over(here: Path, capsys) -> None:
    file = here / "my-cards.yaml"
    file.write_text("mine")
    assert main(["import-anki", "My Cards.txt"]) == 2
    assert "is there already, and nothing was written" in capsys.readouterr().err
    assert file.read_text() == "mine"


def test_a_large_export_becomes_several_files_or_none(here: Path, capsys) -> None:
    """Where one of them is there already, none is written."""
    rows = "".join(f"{number} {'x' * 4000},{'y' * 4000}\n" for number in range(70))
    (here / "large.csv").write_text(rows)
    (here / "large-2.yaml").write_text("mine")
    assert main(["import-anki", "large.csv"]) == 2
    assert not (here / "large-1.yaml").exists()
    (here / "large-2.yaml").unlink()
    assert main(["import-anki", "large.csv"]) == 0
    assert "large-1.yaml: " in capsys.readouterr().out
    assert main(["verify", "large-1.yaml", "large-2.yaml"]) == 1
    assert "70 of 70 questions fail" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["none.txt"], "none.txt:1:1: there is no such file"),
        (["bad.txt"], "bad.txt:2:1: a field begins with a quote that never closes"),
        (["My Cards.txt", "--deck", "My Cards"], "write --deck my-cards"),
        (["My Cards.txt", "--output", "no/where.yaml"], "cannot be written: No such file"),
    ],
)
def test_what_cannot_be_done_is_told(here: Path, capsys, arguments: list[str], told: str) -> None:
    """Exit 2, with file and line, and no traceback."""
    (here / "bad.txt").write_text('a,b\nc,"d\n')
    assert main(["import-anki", *arguments]) == 2
    assert told in capsys.readouterr().err
    assert not list(here.glob("*.yaml"))


def test_names_that_would_steer_a_terminal_are_cleaned(here: Path, capsys) -> None:
    assert main(["import-anki", "\x1b]0;x\x07.txt"]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_the_deck_names_its_schema_which_lies_beside_it(here: Path) -> None:
    """One that is there already is left as it is."""
    assert main(["import-anki", "My Cards.txt"]) == 0
    assert (here / "my-cards.yaml").read_text().startswith(FIRST_LINE)
    assert (here / FILE).read_text() == schema_text()
    (here / FILE).write_text("mine")
    assert main(["import-anki", "My Cards.txt", "--deck", "other"]) == 0
    assert (here / FILE).read_text() == "mine"
