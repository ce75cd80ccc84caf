"""`quizcnn decks`, `list` with what it is asked for, and questions that have no check yet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quizcnn import paths
from quizcnn.cli.main import main

UNCHECKED = """\
schema: 1
deck: notes
title: Notes
questions:
  - id: still-to-do
    kind: recall
    ask: Why is a kernel of {n}×{n} square?
    given: {n: 3}
    answer: Nobody has said so.
    check: none yet
    tags: [shapes]
"""


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A deck of one question without a check."""
    file = tmp_path / "notes.yaml"
    file.write_text(UNCHECKED, encoding="utf-8")
    return file


@pytest.fixture
def own(folder: Path) -> Path:
    """One's own folder of decks, with a deck in it."""
    there = paths.own_decks()
    there.mkdir(parents=True)
    (there / "sizes.yaml").write_bytes((folder / "sizes.yaml").read_bytes())
    return there


def test_each_deck_is_told_with_its_origin(own: Path, notes: Path, capsys) -> None:
    """Built-in decks, one's own and named ones stand side by side."""
    assert main(["decks", "--json", "--decks", str(notes)]) == 0
    told = json.loads(capsys.readouterr().out)
    origins = {deck["name"]: deck["origin"] for deck in told["decks"]}
    assert origins["pooling"] == "built in"
    assert origins["sizes"] == "your own"
    assert origins["notes"] == "named"
    assert told["own_folder"] == str(own)
    assert told["decks"][0] == {
        "name": "notes",
        "title": "Notes",
        "origin": "named",
        "file": str(notes),
        "questions": 1,
        "unchecked": 1,
    }


def test_decks_for_people_say_file_and_count(own: Path, notes: Path, capsys) -> None:
    assert main(["decks", "--decks", str(notes)]) == 0
    out = capsys.readouterr().out
    assert "Built in:\n  convolution " in out
    assert f"2 questions      {own / 'sizes.yaml'}" in out
    assert f"1 question, 1 without a check {notes}" in out
    assert out.splitlines()[-1] == f"Decks that you put into {own} are read as well."


def test_a_folder_that_is_not_there_yet_is_named_all_the_same(capsys) -> None:
    assert main(["decks"]) == 0
    out = capsys.readouterr().out
    assert f"into {paths.own_decks()} (it is not there yet: make it)" in out
    assert "Your own" not in out


def test_an_unreadable_deck_is_told_beside_the_others(folder: Path, capsys) -> None:
    (folder / "bad.yaml").write_text("schema: 1\n")
    assert main(["decks", "--decks", str(folder)]) == 2
    shown = capsys.readouterr()
    assert "bad.yaml:1:1" in shown.err
    assert "sizes.yaml" in shown.out


def ids(capsys) -> list[str]:
    return [row["id"] for row in json.loads(capsys.readouterr().out)]


def test_list_keeps_to_decks_and_tags(folder: Path, notes: Path, capsys) -> None:
    """Several decks or tags add up; deck and tag together narrow each other."""
    read = ["list", "--json", "--decks", str(folder)]
    assert main([*read, "--deck", "sizes"]) == 0
    assert ids(capsys) == ["sizes/valid-size", "sizes/nothing-to-learn"]
    assert main([*read, "--deck", "sizes", "--deck", "notes", "--tag", "output-size"]) == 0
    assert ids(capsys) == ["sizes/valid-size"]
    assert main([*read, "--tag", "shapes", "--tag", "output-size", "--deck", "notes"]) == 0
    assert ids(capsys) == ["notes/still-to-do"]


def test_list_searches(folder: Path, notes: Path, capsys) -> None:
    """All words must be there, the last one as a beginning; nothing that is typed is an error."""
    read = ["list", "--json", "--decks", str(folder)]
    assert main([*read, "kernel", "of", "3×3", "squ"]) == 0
    assert ids(capsys)[0] == "notes/still-to-do"
    assert main([*read, "no weights", "--deck", "sizes"]) == 0
    assert ids(capsys) == ["sizes/nothing-to-learn"]
    assert main([*read, '"unclosed AND (NOT col:x* ^', "--deck", "sizes"]) == 0
    assert ids(capsys) == []


def test_what_is_found_is_shown_with_its_prose(notes: Path, capsys) -> None:
    assert main(["list", "nobody", "--decks", str(notes)]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].split() == ["notes/still-to-do", "recall", "no", "check", "yet"]
    assert out[1] == "  Why is a kernel of 3×3 square?"
    assert main(["list", "xyzzy"]) == 0
    assert "No question has 'xyzzy'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--deck", "poling"], "There is no deck 'poling'. Did you mean pooling?"),
        (["--tag", "paddin"], "There is no tag 'paddin'. Did you mean padding?"),
        (["--deck", "xyzzy"], "There is no deck 'xyzzy'. There are: convolution, "),
    ],
)
def test_a_deck_or_tag_that_is_not_there_is_told(arguments: list[str], told: str, capsys) -> None:
    assert main(["list", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_a_question_without_a_check_is_listed_as_such(notes: Path, capsys) -> None:
    assert main(["list", "--decks", str(notes), "--deck", "notes"]) == 0
    header, line = capsys.readouterr().out.splitlines()
    assert header == "notes: Notes (1 question)"
    assert line.endswith("no check yet")
    assert main(["list", "--json", "--decks", str(notes), "--deck", "notes"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["checked"] is False


def test_show_says_that_there_is_no_check_yet(notes: Path, capsys) -> None:
    """The question and what is claimed are shown; there is no proof and no script."""
    assert main(["show", "still-to-do", "--decks", str(notes)]) == 1
    shown = capsys.readouterr()
    assert "Why is a kernel of 3×3 square?" in shown.out
    assert "Stored answer: Nobody has said so." in shown.out
    assert f"notes/still-to-do has no check yet: write one in {notes}." in shown.err
    assert main(["show", "still-to-do", "--python", "--decks", str(notes)]) == 1
    shown = capsys.readouterr()
    assert not shown.out
    assert "no check yet" in shown.err


def test_verify_fails_a_question_without_a_check(notes: Path, capsys) -> None:
    """Exit 1, at the place of the check, with a code of its own; nothing is computed."""
    assert main(["verify", str(notes)]) == 1
    out = capsys.readouterr().out
    assert f"{notes}:10:12: notes/still-to-do: no check yet [unchecked]" in out
    assert "1 of 1 questions fail on 0 variants." in out


def test_verify_reads_the_named_paths_only_and_without_a_cache_no_catalog(
    folder: Path, capsys
) -> None:
    """What CI trusts is read afresh: nothing is kept from an earlier run, and nothing is left."""
    assert main(["verify", str(folder), "--json", "--no-cache"]) == 0
    assert json.loads(capsys.readouterr().out)["questions"] == 2
    assert not paths.catalog().exists()
    assert not paths.verified().exists()
    assert main(["list"]) == 0
    assert paths.catalog().exists()
