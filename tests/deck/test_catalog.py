"""Files and folders of decks, and questions found by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quizcnn.deck.catalog import Catalog, load
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


def names(catalog: Catalog) -> list[str]:
    return [deck.name for deck in catalog.decks]


def test_a_folder_gives_its_decks_in_order(tmp_path: Path, write: Write) -> None:
    """README, hidden files, other files, and sources.yaml are not decks."""
    write("b.yaml", "b")
    write("a.yml", "a")
    for other in ("README.md", "sources.yaml", ".hidden.yaml", "notes.txt"):
        (tmp_path / other).write_text("not a deck")
    catalog = load([tmp_path])
    assert names(catalog) == ["a", "b"]
    assert catalog.problems == ()
    assert [question.key for question in catalog.questions] == ["a/one", "b/one"]


def test_a_deck_with_problems_is_left_out_and_the_others_work(tmp_path: Path, write: Write) -> None:
    write("a.yaml", "a")
    bad = write("bad.yaml", "bad", "level: 7\nsize: 3")
    catalog = load([tmp_path])
    assert names(catalog) == ["a"]
    assert [problem.place.file for problem in catalog.problems] == [str(bad)] * 2


def test_a_file_named_twice_is_read_once(tmp_path: Path, write: Write) -> None:
    path = write("a.yaml", "a")
    (tmp_path / "link.yaml").symlink_to(path)
    catalog = load([tmp_path, path, tmp_path / "." / "a.yaml"])
    assert names(catalog) == ["a"]
    assert not catalog.problems


def test_a_link_to_itself_is_a_problem_beside_the_other_decks(tmp_path: Path, write: Write) -> None:
    write("a.yaml", "a")
    (tmp_path / "round.yaml").symlink_to(tmp_path / "round.yaml")
    catalog = load([tmp_path])
    assert names(catalog) == ["a"]
    assert len(catalog.problems) == 1


def test_two_decks_of_one_name_are_told_with_both_places(tmp_path: Path, write: Write) -> None:
    """The first keeps the name."""
    first = write("a.yaml", "same")
    second = write("b.yaml", "same", "id: two")
    catalog = load([first, second])
    assert [deck.path for deck in catalog.decks] == [first]
    (problem,) = catalog.problems
    assert (problem.place.file, problem.place.line, problem.place.column) == (str(second), 2, 7)
    assert f"{first}:2:7" in problem.message


def test_a_former_key_in_use_elsewhere_is_told_with_both_places(write: Write) -> None:
    first = write("a.yaml", "a")
    second = write("b.yaml", "b", "was: [a/one]")
    catalog = load([first, second])
    assert names(catalog) == ["a"]
    (problem,) = catalog.problems
    assert (problem.place.file, problem.place.line, problem.place.column) == (str(second), 11, 11)
    assert f"`a/one` belongs to the question at {first}:5:5" in problem.message


def test_a_folder_without_decks_is_a_problem(tmp_path: Path) -> None:
    (problem,) = load([tmp_path]).problems
    assert (problem.place.file, problem.place.line) == (str(tmp_path), 1)
    assert "no deck in this folder" in problem.message


def test_a_missing_path_is_a_problem(tmp_path: Path) -> None:
    (problem,) = load([tmp_path / "none"]).problems
    assert problem.message == "there is no such file"


def test_a_folder_that_may_not_be_read_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    (problem,) = load([tmp_path]).problems
    assert problem.message == "the folder cannot be read: Permission denied"


@pytest.fixture
def catalog(write: Write) -> Catalog:
    return load(
        [
            write("a.yaml", "pooling", "id: output-size"),
            write("b.yaml", "convolution", "id: output-size"),
            write("c.yaml", "layers", "id: no-parameters\nwas: [nothing-to-learn]"),
        ]
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("convolution/output-size", "convolution/output-size"),
        ("no-parameters", "layers/no-parameters"),
        ("layers/nothing-to-learn", "layers/no-parameters"),
    ],
)
def test_a_question_is_found_by_key_id_or_former_key(catalog: Catalog, text: str, key: str) -> None:
    found = catalog.find(text)
    assert isinstance(found, Question)
    assert found.key == key


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("output-size", ["pooling/output-size", "convolution/output-size"]),
        ("layers/no-parameter", ["layers/no-parameters"]),
        ("no-paramters", ["layers/no-parameters"]),
        ("xyzzy", []),
    ],
)
def test_what_is_not_found_gives_the_keys_that_may_be_meant(
    catalog: Catalog, text: str, keys: list[str]
) -> None:
    assert catalog.find(text) == keys
