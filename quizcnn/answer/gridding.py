"""A check held against the stored answer on every variant of its question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

from quizcnn.answer.batch import Batch
from quizcnn.answer.working import plan
from quizcnn.check.job import Checker
from quizcnn.deck.model import Question, Variant
from quizcnn.deck.prose import in_prose
from quizcnn.deck.variants import VariantError, variants
from quizcnn.display import one_line

MOST = 400
"""Variants that are tried at most."""

TOGETHER = 8
"""So many variants are run together; between them one may be told to stop."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """What came of trying a check on its question's grid, in words.

    `against` is the first variant on which it contradicts the stored answer, None where it does
    on none of those `tried`, which may be fewer than there are (`of`).
    """

    words: str
    tried: int = 0
    of: int = 0
    against: Variant | None = None


def sweep(
    question: Question, code: str, checker: Checker, wanted: Callable[[], bool] = lambda: True
) -> Sweep | None:
    """Try `code` as the check of `question` on its variants, up to the first that contradicts it.

    None when `wanted`, which is asked every few variants, says no. Blocks for as long as the
    checks take, and never raises for what they do.
    """
    try:
        grid = variants(question, checker)
    except VariantError as error:
        return Sweep(f"the variants cannot be computed: {error.problem.message}")
    altered, uncomputed, tried = replace(question, check=code), 0, 0
    rest = iter(grid[:MOST])
    while few := list(islice(rest, TOGETHER)):
        if not wanted():
            return None
        batch = Batch(steps=False)
        plans = [plan(batch, altered, variant, 0, wrong=False) for variant in few]
        batch.run(checker, question.timeout)
        for variant, collect in zip(few, plans, strict=True):
            trouble, tried = collect().trouble, tried + 1
            if trouble is None:
                continue
            if trouble.code in ("check", "time"):
                uncomputed += 1
                continue
            against = f"{_situation(question, variant)}: {trouble.reason}"
            return Sweep(f"first fails {against}", tried, len(grid), variant)
    return Sweep(_held(tried, len(grid), uncomputed), tried, len(grid))


def _situation(question: Question, variant: Variant) -> str:
    """The variant by what varies: "at n = 6, f = 5"."""
    told = [
        f"{name} = {one_line(in_prose(variant.values[name]), 40)}"
        for name in question.vary or question.given
        if name in variant.values
    ]
    return f"at {', '.join(told)}" if told else "here"


def _held(tried: int, of: int, uncomputed: int) -> str:
    if uncomputed == tried:
        return "it can be computed on no variant"
    if of == 1:
        return "it holds on the question's only variant"
    held = tried - uncomputed
    many = f"the first {tried} of {of}" if tried < of else f"all {of}"
    if uncomputed:
        return f"it holds on {held} of {many} variants, and cannot be computed on the others"
    return f"it holds on {many} variants"
