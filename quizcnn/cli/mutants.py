"""`quizcnn verify --mutants`: whether the checks have teeth."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from quizcnn.display import clean

if TYPE_CHECKING:
    from quizcnn.cli.verify import Bar
    from quizcnn.deck.model import Deck, Question


def try_checks(
    decks: Sequence[Deck],
    only: Sequence[Question] | None,
    workers: int,
    bar: Bar | None,
    form: str,
    least: float | None,
) -> bool:
    """Try the mutants of the decks' checks (of `only` some questions), and print what was found.

    Whether all is well: no mark that does not fit, no question that could not be tried, and at
    least a share of `least` percent caught where that is asked for.
    """
    from dataclasses import replace

    from quizcnn.check.client import Worker
    from quizcnn.verify import mutants
    from quizcnn.verify.teeth import share

    if only is not None:
        keys = {question.key for question in only}
        decks = [
            replace(deck, questions=tuple(one for one in deck.questions if one.key in keys))
            for deck in decks
        ]
    with ExitStack() as stack:
        first, *helpers = [stack.enter_context(Worker(apart=True)) for _ in range(workers)]
        progress = bar.draw if bar else None
        teeth = mutants.try_mutants(decks, first, progress, helpers=helpers)
    if bar:
        bar.clear()
    if form == "json":
        print(mutants.as_json(teeth))
    else:
        for line in mutants.text(teeth):
            print(clean(line))
    enough = least is None or 100 * share(teeth) >= least
    if not enough:
        print(clean(f"That is less than {least:g} %."), file=sys.stderr)
    return enough and not any(one.problems or one.skipped for one in teeth)
