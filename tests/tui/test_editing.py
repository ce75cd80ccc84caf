"""`e` after an answer: the question in the editor, and the session goes on with what it became."""

from __future__ import annotations

import contextlib
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from shelf import Learner, Shelf

from quizcnn.cli.opening import opened
from quizcnn.deck.loader import load_deck
from quizcnn.deck.model import Place, Problem
from quizcnn.study.records import Request
from quizcnn.study.settings.model import Settings
from quizcnn.tui.app import QuizApp
from quizcnn.tui.editing import EditorError, command, edit

DECK = """\
schema: 1
deck: mine
title: Mine
questions:
  - {id: one, kind: number, ask: One?, given: {n: 1}, answer: 1, check: n}
  - {id: two, kind: number, ask: Two?, given: {n: 2}, answer: 2, check: n}
"""
PLACE = Place("/decks/my deck.yaml", 12, 5)


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"EDITOR": "vim"}, ["vim", "+12", "/decks/my deck.yaml"]),
        ({"EDITOR": "vim", "VISUAL": "nano -w"}, ["nano", "-w", "+12", "/decks/my deck.yaml"]),
        ({"EDITOR": "code"}, ["code", "--wait", "--goto", "/decks/my deck.yaml:12"]),
        ({"EDITOR": "code -w"}, ["code", "-w", "--goto", "/decks/my deck.yaml:12"]),
        ({"EDITOR": "/usr/bin/hx"}, ["/usr/bin/hx", "/decks/my deck.yaml:12"]),
        ({"EDITOR": "open"}, ["open", "/decks/my deck.yaml"]),
        ({"EDITOR": "'my editor' -x"}, ["my editor", "-x", "+12", "/decks/my deck.yaml"]),
    ],
)
def test_each_editor_is_told_the_line_in_its_own_way(
    environment: dict[str, str], words: list[str]
) -> None:
    assert command(PLACE, environment) == words


@pytest.mark.parametrize("chosen", ["", "  ", "vim '", "/there/is/none", "\0"])
def test_without_an_editor_it_is_told(chosen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizcnn.tui.editing.os.environ", {"EDITOR": chosen})
    with pytest.raises(EditorError, match=r"editor|EDITOR"):
        edit(PLACE)


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "mine.yaml"
    file.write_text(DECK)
    return file


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Has $EDITOR replace a text in the file that it opens."""

    def replace(old: str, new: str) -> None:
        script = tmp_path / "editor.py"
        script.write_text(
            "import sys, pathlib\n"
            "line, file = sys.argv[1], pathlib.Path(sys.argv[2])\n"
            f"file.write_text(file.read_text().replace({old!r}, {new!r}))\n"
            "file.with_suffix('.log').write_text(line)\n"
        )
        monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(script)]))
        monkeypatch.delenv("VISUAL", raising=False)

    monkeypatch.setattr(QuizApp, "suspend", lambda app: contextlib.nullcontext())
    return replace


def seated(sit: Callable[..., Any], file: Path) -> Any:
    """An app on the deck of a file, which is read again as the command line does it."""
    found, _ = load_deck(file)
    assert found is not None
    shelf = Shelf(found)
    learner = Learner(shelf, Settings(fuzz=False, learning_steps=()))

    def reload(edited: Path) -> tuple[Problem, ...]:
        fresh, problems = load_deck(edited)
        if fresh is not None:
            shelf.shelved[:] = [fresh]
        return problems

    return sit(learner=learner, start=Request(), reload=reload)


async def test_the_session_goes_on_with_the_edited_deck(
    sit: Callable[..., Any], deck: Path, editor: Callable[[str, str], None]
) -> None:
    editor("Two?", "What is two?")
    async with seated(sit, deck) as seat:
        await seat.type("e")
        assert not deck.with_suffix(".log").exists()  # before the answer it is a letter
        await seat.answer("1")
        await seat.press("e")
        assert deck.with_suffix(".log").read_text() == "+5"
        assert seat.toasts == []
        await seat.press("n")
        assert "What is two?" in seat.text
        await seat.answer("2")
        assert "✓" in seat.text


async def test_a_deck_that_no_longer_loads_says_where_and_stays_as_it_was(
    sit: Callable[..., Any], deck: Path, editor: Callable[[str, str], None]
) -> None:
    editor("kind: number, ask: Two?", "kind: nunber, ask: Two?")
    async with seated(sit, deck) as seat:
        await seat.answer("1")
        await seat.press("e")
        assert "mine.yaml:6:21: `nunber` is no kind" in seat.toasts[-1]
        await seat.press("n")
        assert "Two?" in seat.text


async def test_a_question_that_is_gone_does_not_come_again(
    sit: Callable[..., Any], deck: Path, editor: Callable[[str, str], None]
) -> None:
    editor("id: one", "id: first")
    async with seated(sit, deck) as seat:
        await seat.answer("1")
        await seat.press("e")
        assert "mine/one is no longer in its deck" in seat.toasts[-1]
        await seat.press("n")
        assert "Two?" in seat.text


async def test_a_terminal_that_cannot_be_left_and_an_editor_that_is_not_there(
    sit: Callable[..., Any], deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "none-such-editor")
    monkeypatch.delenv("VISUAL", raising=False)
    async with seated(sit, deck) as seat:
        await seat.answer("1")
        await seat.press("e")
        assert len(seat.toasts) == 1
        monkeypatch.setattr(QuizApp, "suspend", lambda app: contextlib.nullcontext())
        await seat.press("e")
        assert "cannot be started" in seat.toasts[-1]
        assert "One?" in seat.text


def test_the_catalog_is_read_again_for_the_queue_too(
    deck: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """New questions wait, and of a deck with problems nothing is changed."""
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    with opened([deck]) as room:
        assert room.study.waiting(Request().scope).new == 2
        deck.write_text(DECK + DECK[DECK.index("  - {id: two") :].replace("two", "three"))
        assert room.reload(deck) == []
        assert room.study.waiting(Request().scope).new == 3
        deck.write_text(DECK.replace("kind: number", "kind: nunber"))
        (problem, *_) = room.reload(deck)
        assert "is no kind" in problem.message
        assert room.study.waiting(Request().scope).new == 3
