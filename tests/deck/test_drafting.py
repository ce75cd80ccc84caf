"""A question written anew is the same question, and is added to a file without harm to the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from quizcnn import paths
from quizcnn.deck.adding import add_to_file
from quizcnn.deck.drafting import lines_of
from quizcnn.deck.loader import load_deck, read_deck
from quizcnn.deck.model import Question
from quizcnn.deck.skeleton import head
from quizcnn.deck.writing import WritingError, added

QUESTION = ["id: one", "kind: number", "ask: What?", "answer: 6", "check: 2 * 3"]

PLACES = ("place", "places", "check_place")
LEFT_OUT = ("deck", "source", "was", "revision", "needs", "allow", "equivalent")

BUILT_IN = [file for file in sorted(paths.decks()[-1].glob("*.yaml")) if file.stem != "sources"]


def content(value: Any) -> Any:
    """A question without the places in its file, and what does not go along."""
    if is_dataclass(value):
        names = [field.name for field in fields(value)]
        kept = [name for name in names if name not in PLACES + LEFT_OUT]
        return {name: content(getattr(value, name)) for name in kept}
    if isinstance(value, Mapping):
        return {name: content(one) for name, one in value.items()}
    if isinstance(value, tuple | list | range):
        return [content(one) for one in value]
    return type(value), value


def rewritten(question: Question) -> Question:
    _, deck = added(head("mine", "Mine"), lines_of(question), Path("mine.yaml"))
    return deck.questions[0]


@pytest.mark.parametrize("file", BUILT_IN, ids=lambda file: file.stem)
def test_every_question_of_ours_is_read_again_as_it_was(file: Path) -> None:
    deck, _ = load_deck(file)
    assert deck is not None
    assert len(deck.questions) > 10
    for question in deck.questions:
        assert content(rewritten(question)) == content(question), question.key


HARD = r"""
schema: 1
deck: hard
title: Hard
questions:
  - id: one
    kind: number
    ask: 'A "colon: here", {{braces}}, and # no comment'
    given: {n: -1, x: 1.5, flag: false, text: '"a b"', list: "[1, 2]", big: 1180591620717411303424}
    vary: {n: [-1, 7], x: [1.5, 2.0e-7]}
    where: "flag == False  # always"
    answer: '"7" == "7" and n or 8'
    tolerance: {abs: 0.5, rel: 0.001}
    check: |
      words = "two: words"  # said

      n
    wrong:
      - is: "-5"
        because: "- it begins with a dash"
    explain: |
      Two lines,

      and a gap.
    tags: ["no", "a, b", "3:30"]
    timeout: 7.5
"""


def test_what_yaml_would_take_for_something_else_stays_what_it_is() -> None:
    deck, problems = read_deck(HARD.encode(), Path("hard.yaml"))
    assert deck is not None, problems
    assert content(rewritten(deck.questions[0])) == content(deck.questions[0])


def test_a_question_is_added_to_a_new_file_and_to_one_that_is_there(tmp_path: Path) -> None:
    deck, _ = read_deck(HARD.encode(), Path("hard.yaml"))
    assert deck is not None
    lines, file = lines_of(deck.questions[0]), tmp_path / "My deck.yaml"
    place = add_to_file(file, lines)
    assert file.read_text().splitlines()[place.line - 1] == "  - id: one"
    before = file.read_text()
    with pytest.raises(WritingError) as told:
        add_to_file(file, lines)
    assert "a second time" in str(told.value.problems[0])
    assert file.read_text() == before
    add_to_file(file, ["id: two", *lines[1:]])
    assert file.read_text().startswith(before)
    assert [each.id for each in (load_deck(file)[0] or deck).questions] == ["one", "two"]


@pytest.mark.parametrize("name", ["gone/mine.yaml", ".", "bad\0name", "x" * 400])
def test_where_nothing_can_be_written_that_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(WritingError, match="cannot be written"):
        add_to_file(tmp_path / name, QUESTION)


def test_a_file_that_is_no_deck_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    for data in (b"my notes\n", b"\xff\xfe"):
        file.write_bytes(data)
        with pytest.raises(WritingError):
            add_to_file(file, ["id: one"])
        assert file.read_bytes() == data
