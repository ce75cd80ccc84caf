"""Slips that people make, and the wrong answers that come of them, from the check's mutants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizcnn.answer.altered import mutants_of
from quizcnn.answer.batch import Batch
from quizcnn.answer.comparing import same
from quizcnn.answer.computing import compute
from quizcnn.answer.unexplained import FINE
from quizcnn.answer.working import Working, work
from quizcnn.check.job import Checker
from quizcnn.check.mutants import Mutant, SlipKind
from quizcnn.check.value import Value
from quizcnn.deck.model import Question, Variant
from quizcnn.deck.variants import variants

LIKELY = (SlipKind.LEFT_OUT, SlipKind.EXCHANGE, SlipKind.SWAP, SlipKind.SETTING)
"""Slips that people make and have a name for, the simplest first: a setting forgotten, one
operation taken for another, two things swapped, a setting that is another one or too many."""

POSSIBLE = (SlipKind.GIVEN, SlipKind.ARITHMETIC)
"""Slips that are named only where nothing else gives the value. Others (a given doubled, a number
of the check's own moved by one, an index, a comparison) are far-fetched: they are never named."""

PROPOSED = (*LIKELY, SlipKind.GIVEN, SlipKind.DOUBLED, SlipKind.ARITHMETIC)
"""Slips that make wrong answers to be proposed, where a far-fetched one does no harm."""

CANDIDATES = 24
"""As many slips are followed over all variants, at most, to find wrong answers."""


@dataclass(frozen=True, slots=True)
class Distractor:
    """A wrong answer that a slip gives: on the canonical variant, and on each variant in turn."""

    name: str
    value: Value
    values: tuple[Value, ...]
    mutant: Mutant


def distractors(question: Question, checker: Checker, limit: int = 3) -> tuple[Distractor, ...]:
    """Wrong answers that slips in the check give, at most `limit`, the likeliest slips first.

    Each can be computed and is wrong on every variant, and on the canonical one differs from the
    others and from the wrong answers that the question lists. None for kinds whose answer is no
    value, and where the check does not confirm the stored answer on every variant. Raises
    VariantError as `variants` does.
    """
    if question.kind not in FINE or not question.check:
        return ()
    grid = variants(question, checker)
    [first] = work(question, [(grid[0], 0)], checker)
    if first.trouble:
        return ()
    listed = [result.value for result in first.wrong if result.offered]
    likely = [one for kind in PROPOSED for one in mutants_of(question) if one.kind is kind]
    near = values_of(question, likely, [(grid[0], 0)], checker, question.timeout)
    chosen: list[Mutant] = []
    taken = [first.right, *listed]
    for one, values in zip(likely, near, strict=True):
        if values and not any(_alike(question, values[0], other) for other in taken):
            taken.append(values[0])
            chosen.append(one)
    chosen = chosen[:CANDIDATES]
    workings = work(question, [(variant, 0) for variant in grid], checker, wrong=False)
    if any(working.trouble for working in workings):
        return ()
    situations = [(variant, 0) for variant in grid]
    everywhere = values_of(question, chosen, situations, checker, question.timeout)
    found = [
        Distractor(one.name, values[0], values, one)
        for one, values in zip(chosen, everywhere, strict=True)
        if values and _wrong_everywhere(question, values, workings)
    ]
    return tuple(found[:limit])


def values_of(
    question: Question,
    made: Sequence[Mutant],
    situations: Sequence[tuple[Variant, int]],
    checker: Checker,
    timeout: float,
) -> list[tuple[Value, ...]]:
    """What each mutant computes in each situation; nothing where it fails in one of them.

    `timeout` is in seconds for each job.
    """
    batch = Batch(steps=False)
    pending = [
        [
            compute(
                batch,
                question,
                replace(variant, given=one.givens(variant.given)),
                seed,
                check=one.code,
                claims=False,
            )
            for variant, seed in situations
        ]
        for one in made
    ]
    batch.run(checker, timeout)
    computed = [[get() for get in each] for each in pending]
    return [
        () if any(one.failure for one in each) else tuple(one.value for one in each)
        for each in computed
    ]


def _wrong_everywhere(
    question: Question, values: Sequence[Value], workings: Sequence[Working]
) -> bool:
    return not any(
        _alike(question, value, working.right)
        for value, working in zip(values, workings, strict=True)
    )


def _alike(question: Question, one: Value, other: Value) -> bool:
    return same(question.kind, one, other, question.tolerance)
