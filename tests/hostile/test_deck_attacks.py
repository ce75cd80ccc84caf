"""Deck files that do harm where YAML is read with all it can do: the loader reads them as text."""

from __future__ import annotations

import re
import signal
import sys
import tracemalloc
from dataclasses import replace

import pytest

from quizcnn.deck.loader import load_deck

from .conftest import Scene, Stage, attacks_of, run_plainly, unsafe, worked

linux = pytest.mark.skipif(sys.platform != "linux", reason="forks, and reads /proc")
ATTACKS = attacks_of("yaml", "texts")
MUCH = 200 * 1024**2
"""Bytes that reading a deck may not take."""
PATIENCE = 10
"""Seconds after which reading a deck counts as endless."""

NAIVE = """
import yaml
from pathlib import Path
values = list(yaml.load_all({text!r}, Loader=yaml.UnsafeLoader))
if {effect!r} == 'memory':
    text = repr(values)
elif {effect!r} == 'marker':
    progress = Path('FOLDER', 'progress')
    (progress / 'deck').mkdir(parents=True)
    (progress / values[0]['deck']).touch()
    for question in values[0]['questions']:
        (progress / 'deck' / question['id']).touch()
elif {effect!r} == 'recursion':
    inside = lambda value: list(value.values()) if type(value) is dict else value
    walk = lambda value: [walk(item) for item in inside(value) if type(item) in (list, dict)]
    walk(values)
values
"""
"""A program that trusts decks: it loads all, and names its files after what they say."""


def _in_full(text: str) -> str:
    """`text` with «x × 9» written out."""
    return re.sub("«(.*?) × ([0-9]+)»", lambda found: found[1] * int(found[2]), text)


@linux
def test_each_deck_does_harm_to_a_program_that_trusts_it(stage: Stage) -> None:
    """None of them is a dud."""
    naive = [
        replace(attack, code=NAIVE.format(text=_in_full(attack.code), effect=attack.effect))
        for attack in ATTACKS
    ]
    scenes = stage.scenes(naive)
    ends = run_plainly(scenes, stage.folder)
    duds = [
        (scene.attack.name, end)
        for scene, end in zip(scenes, ends, strict=True)
        if not worked(scene, end)
    ]
    assert duds == []


@pytest.mark.parametrize("number", range(len(ATTACKS)), ids=[attack.name for attack in ATTACKS])
def test_the_loader_reads_it_without_harm(number: int, stage: Stage) -> None:
    """It ends soon, takes little, leaves nothing, and what it says can be shown."""
    [scene] = stage.scenes([ATTACKS[number]])
    path = scene.folder / "deck.yaml"
    path.write_bytes(_in_full(scene.code).encode())
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(PATIENCE)
    tracemalloc.start()
    try:
        deck, problems = load_deck(path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        signal.alarm(0)
    assert (deck is None) == bool(problems)
    assert not scene.harmed()
    assert most < MUCH
    assert all(problem.place.line >= 1 and problem.message for problem in problems)
    _shows_nothing_unsafe(scene, [problem.message for problem in problems], repr(deck))


def _shows_nothing_unsafe(scene: Scene, messages: list[str], deck: str) -> None:
    assert not any(map(unsafe, messages)), messages
    assert scene.secret not in deck
    assert not (scene.folder / "progress").exists()
