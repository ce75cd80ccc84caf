"""Everything that is computed of one question in order to judge it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from quizcnn.answer.batch import Batch
from quizcnn.answer.computing import Computed, Pending, compute
from quizcnn.answer.working import Plan, Working, plan
from quizcnn.check.job import Checker
from quizcnn.deck.model import Question, Variant
from quizcnn.deck.variants import variants
from quizcnn.verify.faults import Fault, faults
from quizcnn.verify.patience import Patient

SEEDS = (1, 2, 3, 4)
"""The seeds beside 0 for which a random check must hold."""

SPREAD = 8
"""As many variants of a random check, evenly spread, are computed for the other seeds too."""

TWICE = 2
"""On as many of them the same seed must give the same proof again."""


@dataclass(frozen=True, slots=True)
class Situation:
    """One variant with one seed: what the question came to, and under each of its contrasts."""

    working: Working
    contrasts: tuple[Computed, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A question on all its variants with seed 0.

    Of a random check `seeded` holds it for the other seeds, and `again` pairs what seed 0 gave
    with what it gave when it was computed once more. `faults` are expressions that cannot be
    computed either where the check cannot.
    """

    question: Question
    situations: tuple[Situation, ...]
    seeded: tuple[Situation, ...] = ()
    again: tuple[tuple[Working, Computed], ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class _Pending:
    working: Plan
    contrasts: tuple[Pending, ...]

    def collect(self) -> Situation:
        return Situation(self.working(), tuple(contrast() for contrast in self.contrasts))


def gather(question: Question, checker: Checker, steps: bool = False) -> Evidence:
    """Compute all that `question` is judged by. Raises VariantError as `variants` does.

    Without `steps` the proofs tell none: no rule looks at them.
    """
    checker = Patient(checker)
    canonical = variants(question, checker)
    batch = Batch(steps)
    pending = [_queue(batch, question, variant, 0, wrong=True) for variant in canonical]
    batch.run(checker, question.timeout)
    situations = tuple(item.collect() for item in pending)
    if not _random(situations):
        found = faults([situation.working for situation in situations], checker)
        return Evidence(question, situations, faults=found)
    chosen = spread([situation.working for situation in situations], SPREAD)
    batch = Batch(steps)
    pending = [
        _queue(batch, question, working.variant, seed, wrong=False)
        for working in chosen
        for seed in SEEDS
    ]
    batch.run(checker, question.timeout)
    repeat = Batch(steps)
    twice = spread(chosen, TWICE)
    again = [compute(repeat, question, working.variant, 0) for working in twice]
    repeat.run(checker, question.timeout)
    return Evidence(
        question,
        situations,
        tuple(item.collect() for item in pending),
        tuple(zip(twice, (repeated() for repeated in again), strict=True)),
    )


def _queue(batch: Batch, question: Question, variant: Variant, seed: int, wrong: bool) -> _Pending:
    contrasts = tuple(
        compute(batch, question, variant, seed, given=contrast.given, check=contrast.check)
        for contrast in question.contrast
    )
    return _Pending(plan(batch, question, variant, seed, wrong), contrasts)


def _random(situations: Sequence[Situation]) -> bool:
    computed = chain.from_iterable(
        (situation.working.computed, *situation.contrasts) for situation in situations
    )
    return any(proof.random for one in computed for proof in one.proofs)


def spread(items: Sequence[Working], count: int) -> list[Working]:
    """At most `count` of the items, evenly spread, the first and last among them."""
    if len(items) <= count:
        return list(items)
    return [items[index * (len(items) - 1) // (count - 1)] for index in range(count)]
