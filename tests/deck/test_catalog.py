"""Files and folders of decks, and questions found by name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quizcnn.deck.catalog import Catalog
from quizcnn.deck.model import Question

Text = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path, question_with: Text) -> Callable[..., Path]:
    """Writes a deck of one question and gives its path."""

    def write_deck(file: str, deck: str, lines: str = "") -> Path:
        path = tmp_path / file
        path.write_text(question_with(lines).replace("deck: pooling", f"deck: {deck}"))
        return path

    return write_deck


Write = Callable[..., Path]


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    """A catalog whose file lies beside the folder of decks."""
    with Catalog.open(tmp_path / "kept" / "catalog.sqlite") as opened:
        yield opened


def names(catalog: Catalog) -> list[str]:
    return [deck.name for deck in catalog.decks()]


def test_a_folder_gives_its_decks_in_order(tmp_path: Path, catalog: Catalog, write: Write) -> None:
    """README, hidden files, other files, and sources.yaml are not decks."""
    write("b.yaml", "b")
    write("a.yml", "a")
    for other in ("README.md", "sources.yaml", ".hidden.yaml", "notes.txt"):
        (tmp_path / other).write_text("not a deck")
    assert catalog.read([tmp_path]) == ()
    assert names(catalog) == ["a", "b"]
    assert [question.key for question in catalog.questions()] == ["a/one", "b/one"]
    assert catalog.keys() == ("a/one", "b/one")


def test_a_deck_with_problems_is_left_out_and_the_others_work(
    tmp_path: Path, catalog: Catalog, write: Write
) -> None:
    write("a.yaml", "a")
    bad = write("bad.yaml", "bad", "level: 7\nsize: 3")
    problems = catalog.read([tmp_path])
    assert names(catalog) == ["a"]
    assert [problem.place.file for problem in problems] == [str(bad)] * 2


def test_a_file_named_twice_is_read_once(tmp_path: Path, catalog: Catalog, write: Write) -> None:
    path = write("a.yaml", "a")
    (tmp_path / "link.yaml").symlink_to(path)
    assert not catalog.read([tmp_path, path, tmp_path / "." / "a.yaml"])
    assert names(catalog) == ["a"]


def test_a_link_to_itself_is_a_problem_beside_the_other_decks(
    tmp_path: Path, catalog: Catalog, write: Write
) -> None:
    write("a.yaml", "a")
    (tmp_path / "round.yaml").symlink_to(tmp_path / "round.yaml")
    assert len(catalog.read([tmp_path])) == 1
    assert names(catalog) == ["a"]


def test_two_decks_of_one_name_are_told_with_both_places(catalog: Catalog, write: Write) -> None:
    """The first keeps the name."""
    first = write("a.yaml", "same")
    second = write("b.yaml", "same", "id: two")
    (problem,) = catalog.read([first, second])
    assert [deck.path for deck in catalog.decks()] == [first]
    assert problem.place == (str(second), 2, 7)
    assert f"{first}:2:7" in problem.message


def test_a_former_key_in_use_elsewhere_is_told_with_both_places(
    catalog: Catalog, write: Write
) -> None:
    first = write("a.yaml", "a")
    second = write("b.yaml", "b", "was: [a/one]")
    (problem,) = catalog.read([first, second])
    assert names(catalog) == ["a"]
    assert problem.place == (str(second), 11, 11)
    assert f"`a/one` belongs to the question at {first}:5:5" in problem.message


def test_a_key_that_another_deck_s_question_had_is_told_with_both_places(
    catalog: Catalog, write: Write
) -> None:
    """The other way round: the deck that says `was` comes first."""
    first = write("b.yaml", "b", "was: [a/one]")
    second = write("a.yaml", "a")
    (problem,) = catalog.read([first, second])
    assert names(catalog) == ["b"]
    assert problem.place == (str(second), 5, 5)
    assert f"`a/one` belongs to the question at {first}:11:11" in problem.message


def test_a_former_key_is_one_question_s_only(catalog: Catalog, write: Write) -> None:
    """Two decks that both say what became of `old/one`, one of them by its own name."""
    first = write("b.yaml", "b", "was: [a/gone]")
    second = write("a.yaml", "a", "was: [gone]")
    (problem,) = catalog.read([first, second])
    assert problem.place == (str(second), 11, 11)
    assert f"`a/gone` belongs to the question at {first}:11:11" in problem.message


def test_a_deck_left_out_keeps_no_names(catalog: Catalog, write: Write) -> None:
    """What clashes does not clash with what follows."""
    first = write("a.yaml", "a")
    second = write("b.yaml", "b", "was: [a/one, c/one]")
    third = write("c.yaml", "c")
    assert len(catalog.read([first, second, third])) == 1
    assert names(catalog) == ["a", "c"]


def test_a_folder_without_decks_is_a_problem(tmp_path: Path, catalog: Catalog) -> None:
    (problem,) = catalog.read([tmp_path])
    assert (problem.place.file, problem.place.line) == (str(tmp_path), 1)
    assert "no deck in this folder" in problem.message


@pytest.mark.parametrize(
    ("name", "message"),
    [("none", "there is no such file"), ("nu\0ll", "this cannot be a path")],
)
def test_a_missing_path_is_a_problem(
    tmp_path: Path, catalog: Catalog, name: str, message: str
) -> None:
    (problem,) = catalog.read([tmp_path / name])
    assert problem.message == message


def test_a_folder_that_may_not_be_read_is_a_problem(
    tmp_path: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    (problem,) = catalog.read([tmp_path])
    assert problem.message == "the folder cannot be read: Permission denied"


@pytest.fixture
def several(catalog: Catalog, write: Write) -> Catalog:
    """A catalog of three decks."""
    files = [
        write("a.yaml", "pooling", "id: output-size"),
        write("b.yaml", "convolution", "id: output-size"),
        write("c.yaml", "layers", "id: no-parameters\nwas: [nothing-to-learn]"),
    ]
    assert not catalog.read(files)
    return catalog


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("convolution/output-size", "convolution/output-size"),
        ("no-parameters", "layers/no-parameters"),
        ("layers/nothing-to-learn", "layers/no-parameters"),
    ],
)
def test_a_question_is_found_by_key_id_or_former_key(several: Catalog, text: str, key: str) -> None:
    found = several.find(text)
    assert isinstance(found, Question)
    assert found.key == key


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("output-size", ["pooling/output-size", "convolution/output-size"]),
        ("layers/no-parameter", ["layers/no-parameters"]),
        ("no-paramters", ["layers/no-parameters"]),
        ("xyzzy", []),
        ("", []),
        ("nu\0ll", []),
        ("not \udcff Unicode", []),
    ],
)
def test_what_is_not_found_gives_the_keys_that_may_be_meant(
    several: Catalog, text: str, keys: list[str]
) -> None:
    assert several.find(text) == keys
