"""A question is added at a deck's end, and everything that stands there stays."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from quizcnn.deck import writing
from quizcnn.deck.loader import read_deck
from quizcnn.deck.writing import WritingError, added, field, flow, replace_file, scalar

PATH = Path("mine.yaml")
QUESTION = ["id: more", "kind: number", "ask: More?", "answer: 2", "check: 1 + 1"]
DECK = """\
# A comment.
schema: 1
deck: mine
title: Mine   # with care
questions:
    # Deeper than usual.
    -   id: one
        kind: number
        ask: One?
        answer: 1
        check: |
            1
    # the end
"""


def test_all_that_was_there_stays_to_the_letter() -> None:
    text, deck = added(DECK, QUESTION, PATH)
    assert text.startswith(DECK)
    assert [question.id for question in deck.questions] == ["one", "more"]


def test_a_deck_keeps_its_line_endings() -> None:
    text, deck = added(DECK.replace("\n", "\r\n"), QUESTION, PATH)
    assert text.count("\n") == text.count("\r\n")
    assert len(deck.questions) == 2


@pytest.mark.parametrize("name", sorted(Path(__file__).parents[2].glob("questions/*.yaml")))
def test_it_can_be_added_to_the_built_in_decks(name: Path) -> None:
    if name.name != "sources.yaml":
        text, _ = added(name.read_text(encoding="utf-8"), QUESTION, name)
        assert text.startswith(name.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (DECK.replace("kind: number", "kind: nunber"), "problems already"),
        (DECK.replace("one", "more"), "could not be read"),
        (DECK + "about: It goes on.\n", "could not be read"),
        ("schema: 1\ndeck: a\ntitle: A\nquestions: [{id: one, kind: number, ask: One?, answer: 1,"
         " check: 1}]\n", "could not be read"),
    ],
)  # fmt: skip
def test_where_it_cannot_be_added_it_is_told(text: str, told: str) -> None:
    with pytest.raises(WritingError, match=told):
        added(text, QUESTION, PATH)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), min_size=1))
@example("NO")
@example("3:30")
@example("0b1")
@example("2001-12-14 21:59:43")
def test_any_text_is_read_as_it_was(text: str) -> None:
    """On a line of its own and within braces, and never as a number or a truth value."""
    assert str(yaml.safe_load(f"a: {scalar(text)}")["a"]) == text or text.strip() != text
    question = [*QUESTION, f"unit: {scalar(text)}"]
    deck, problems = read_deck(added_text(question).encode(), PATH)
    if text.strip():
        assert deck is not None, problems
        assert deck.questions[-1].unit == text.strip()
    braces = yaml.safe_load(flow({"a": text, "b": 1}))
    assert braces["b"] == 1


def added_text(question: list[str]) -> str:
    first, *others = question
    body = "\n".join([f"  - {first}", *(f"    {line}" for line in others)])
    return f"schema: 1\ndeck: a\ntitle: A\nquestions:\n{body}\n"


def test_code_and_lines_become_blocks() -> None:
    assert field("check", "x = 1\n\nx", code=True) == ["check: |", "  x = 1", "", "  x"]
    assert field("check", "lambda x: x", code=True) == ["check: |", "  lambda x: x"]
    assert field("check", "n - 1", code=True) == ["check: n - 1"]
    assert flow({"n": 8, "pool": "max_pool2d", "layer": "Linear(1, 2)", "on": True}) == (
        '{n: 8, pool: max_pool2d, layer: "Linear(1, 2)", on: true}'
    )


def test_a_file_is_replaced_as_a_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link stays a link, permissions stay, and a failure leaves nothing behind."""
    file, link = tmp_path / "mine.yaml", tmp_path / "link.yaml"
    file.write_text("before")
    file.chmod(0o640)
    link.symlink_to(file)
    replace_file(link, "after")
    assert link.is_symlink()
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("after", 0o640)

    def broken(descriptor: int) -> None:
        raise OSError("no space")

    monkeypatch.setattr(writing.os, "fsync", broken)
    with pytest.raises(OSError, match="no space"):
        replace_file(file, "lost")
    assert file.read_text() == "after"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.yaml", "mine.yaml"]
