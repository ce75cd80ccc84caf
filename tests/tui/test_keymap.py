"""A person's own keys, and the page that lists every key."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.dom import DOMNode

import quizcnn.tui
from quizcnn.study.settings.file import load
from quizcnn.study.settings.keys import load_keys
from quizcnn.tui.app import QuizApp
from quizcnn.tui.areas import AREAS, own
from quizcnn.tui.keymap import checked
from quizcnn.tui.screens.keys import KeysScreen

Sit = Callable[..., Any]


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    """A settings file with this text."""

    def write(text: str) -> Path:
        path = tmp_path / "settings.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


async def test_other_keys_work_in_the_place_of_ours_and_the_page_shows_them(
    sit: Sit, file: Callable[[str], Path]
) -> None:
    settings = file('[keys]\npractice.skip = "z"\n"practice.next" = ["m", "space"]\n')
    async with sit("truth", "recall", settings=settings) as seat:
        await seat.press("s")
        assert "Does a bright dot" in seat.text
        await seat.press("t", "enter", "n")
        assert "✓ Right." in seat.text
        await seat.press("m")
        assert "Does pooling shrink" in seat.text
        assert "z skip" in seat.text
        await seat.press("z")
        assert "1 of 2 right." in seat.text


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('practice.hin = "h"', "there is no action `practice.hin`; did you mean `practice.hint`?"),
        ('practice.hint = "ctrl+c"', "`ctrl+c` is a key that terminals keep"),
        ('practice.hint = "hh"', "there is no key `hh`"),
        ('practice.hint = "s"', "`s` is the key of “skip” there already"),
        ('practice.hint = "a"', "`a` is the key of “choose” there already"),
        ("practice.hint = 3", "expected a key or a list of keys"),
    ],
)
async def test_what_cannot_be_is_told_with_its_line_and_the_old_key_stays(
    sit: Sit, file: Callable[[str], Path], line: str, told: str
) -> None:
    settings = file(f"fuzz = false\n\n[keys]\n{line}\n")
    assert load(settings)[1] == ()
    async with sit("truth", start=None, settings=settings) as seat:
        (problem,) = seat.app._problems
        assert problem.place.line == 4
        assert told in str(problem)
        assert "⚠ 1 problem" in seat.text
        assert not seat.app.keymap


def test_a_key_may_be_used_again_in_another_phase_and_keys_may_be_exchanged() -> None:
    for wanted in (
        {"practice.hint": ("n",)},
        {"practice.hint": ("s",), "practice.skip": ("i",)},
        {"practice.home": ("?",), "practice.help": ("q", "escape")},
    ):
        good, wrong = checked(wanted)
        assert set(good) == set(wanted)
        assert not wrong


def test_no_keys_and_no_file_are_no_problem(tmp_path: Path) -> None:
    assert load_keys(tmp_path / "none.toml") == ({}, ())


def test_every_class_with_keys_of_its_own_is_on_the_page_of_keys() -> None:
    for module in pkgutil.walk_packages(quizcnn.tui.__path__, "quizcnn.tui."):
        importlib.import_module(module.name)
    kinds, todo = set(), [DOMNode]
    while todo:
        kind = todo.pop()
        todo += kind.__subclasses__()
        if kind.__module__.startswith("quizcnn.") and own(kind):
            kinds.add(kind)
    listed = {kind for area in AREAS for kind in (area.screen, *area.parts)}
    assert kinds - listed == {QuizApp, KeysScreen}


async def test_the_page_begins_with_the_screen_that_one_comes_from(sit: Sit) -> None:
    async with sit(size=(100, 40)) as seat:
        await seat.press("question_mark")
        assert "At home" in seat.text
        assert "search all questions, look at any proof" in seat.text
