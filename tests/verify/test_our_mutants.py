"""Our own decks notice the slips in their checks."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from quizcnn.check.client import Worker
from quizcnn.deck.loader import load_deck
from quizcnn.verify.mutants import text, try_mutants
from quizcnn.verify.teeth import share

FOLDER = Path(__file__).parents[2] / "questions"
LEAST = 0.95


@pytest.mark.slow
def test_each_deck_notices_95_of_100_and_every_mark_fits() -> None:
    decks = [deck for file in sorted(FOLDER.glob("*.yaml")) if (deck := load_deck(file)[0])]
    with ExitStack() as stack:
        count = min(os.cpu_count() or 1, 8)
        first, *helpers = [stack.enter_context(Worker(apart=True)) for _ in range(count)]
        teeth = try_mutants(decks, first, helpers=helpers)
    assert [one.skipped for one in teeth if one.skipped] == []
    assert [str(problem.message) for one in teeth for problem in one.problems] == []
    shares = {deck.name: share([one for one in teeth if _of(one.key, deck.name)]) for deck in decks}
    low = {name: found for name, found in shares.items() if found < LEAST}
    assert low == {}, "\n".join(text([one for one in teeth if one.key.partition("/")[0] in low]))
    assert sum(one.tried for one in teeth) > 1_000


def _of(key: str, deck: str) -> bool:
    return key.partition("/")[0] == deck
