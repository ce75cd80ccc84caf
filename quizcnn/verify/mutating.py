"""Which mutants of a check its question notices, and by what."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quizcnn.answer.altered import mutants_of
from quizcnn.answer.batch import Batch
from quizcnn.answer.computing import Computed, Pending, compute
from quizcnn.answer.working import Working, plan, trouble_of
from quizcnn.check.job import Checker, Given
from quizcnn.check.mutants import Mutant
from quizcnn.check.proof import Proof
from quizcnn.deck.model import Question, Variant
from quizcnn.deck.variants import VariantError, variants
from quizcnn.verify.equivalents import marked
from quizcnn.verify.patience import PATIENCE
from quizcnn.verify.rules import not_flipped
from quizcnn.verify.teeth import Catch, Teeth

FEW, SOME, MANY = 6, 20, 60
"""After the canonical variant, on as many variants a mutant is tried that is not noticed yet."""

SEEDS = (1, 2)
"""The seeds beside 0 under which a random check's mutants are tried."""

LEAST = 1.0
"""Seconds that a mutant may take at least."""

TIMES = 8
"""As many times as long as the check itself a mutant may take; one that takes longer is caught."""


def bite(question: Question, checker: Checker) -> Teeth:
    """Run the mutants of a question's check and say which of them the question notices.

    A mutant is noticed where the mutated check does not confirm the stored answer (its value
    differs, it fails, a claim does not hold, an option is judged otherwise), or no longer comes
    out differently under a contrast that flips the check itself. Each is tried until it is.
    """
    if not question.check:
        return Teeth(question.key, question.place, skipped="it has no check yet")
    try:
        grid = variants(question, checker)
    except VariantError as error:
        return Teeth(question.key, question.place, skipped=error.problem.message)
    trial = _Trial(question, checker)
    trouble = trial.begin(grid[0])
    if trouble:
        return Teeth(question.key, question.place, skipped=trouble)
    made = mutants_of(question)
    caught = trial.run(made, ordered(grid))
    noticed = {one.site for one in caught}
    survivors = tuple(one for one in made if one.site not in noticed)
    return marked(question, made, survivors, tuple(caught.items()))


@dataclass(frozen=True, slots=True)
class _Ground:
    """A variant with a seed on which mutants are tried, and what the check itself gives there."""

    working: Working
    contrasts: Mapping[int, Computed]


class _Trial:
    """The mutants of one question on their way through ever more variants."""

    def __init__(self, question: Question, checker: Checker) -> None:
        self.question = question
        self.checker = checker
        self.seconds = 0.0
        self.random = False

    def begin(self, canonical: Variant) -> str:
        """Run the check itself; why its mutants say nothing, "" where they do."""
        [ground] = self._grounds([(canonical, 0)])
        self.random = any(proof.random for proof in ground.working.computed.proofs)
        return ground.working.trouble.reason if ground.working.trouble else ""

    def run(self, made: Sequence[Mutant], grid: Sequence[Variant]) -> dict[Mutant, Catch]:
        """The mutants that are noticed, each with what noticed it."""
        caught: dict[Mutant, Catch] = {}
        for situations in self._rounds(grid):
            for by_contrast in (False, True):
                noticed = {one.site for one in caught}
                left = [one for one in made if one.site not in noticed]
                if left and (self.question.contrast or not by_contrast):
                    caught.update(self._round(left, self._grounds(situations), by_contrast))
        return caught

    def _rounds(self, grid: Sequence[Variant]) -> Iterator[list[tuple[Variant, int]]]:
        yield [(grid[0], 0)]
        for start, end in ((1, FEW), (FEW, SOME), (SOME, MANY)):
            if grid[start:end]:
                yield [(variant, 0) for variant in grid[start:end]]
        if self.random:
            yield [(variant, seed) for variant in grid[:2] for seed in SEEDS]

    def _grounds(self, situations: Sequence[tuple[Variant, int]]) -> list[_Ground]:
        """What the check itself comes to; contrasts that do not flip there are left out."""
        batch = Batch(steps=False)
        plans = [
            (
                plan(batch, self.question, variant, seed, wrong=False),
                self._contrasts(batch, variant, seed, self.question.check),
            )
            for variant, seed in situations
        ]
        batch.run(self.checker, self.question.timeout * PATIENCE)
        grounds = []
        for working, contrasts in ((get(), contrasts) for get, contrasts in plans):
            flipping = {
                index: computed
                for index, pending in contrasts.items()
                if not not_flipped(working, computed := pending())
            }
            grounds.append(_Ground(working, flipping))
            runs = (working.computed, *flipping.values())
            spent = [proof.seconds for one in runs for proof in one.proofs]
            self.seconds = max(self.seconds, *spent)
        return grounds

    def _contrasts(
        self, batch: Batch, variant: Variant, seed: int, code: str
    ) -> dict[int, Pending]:
        """Queue the contrasts that alter givens; those with a check of their own say nothing."""
        return {
            index: compute(batch, self.question, variant, seed, given=contrast.given, check=code)
            for index, contrast in enumerate(self.question.contrast)
            if contrast.check is None
        }

    def _round(
        self, left: Sequence[Mutant], grounds: Sequence[_Ground], by_contrast: bool
    ) -> dict[Mutant, Catch]:
        batch = Batch(steps=False)
        trials = [
            (mutant, ground, self._queue(batch, mutant, ground, by_contrast))
            for mutant in left
            for ground in grounds
            if ground.working.trouble is None and _alters(mutant, ground.working.variant.given)
        ]
        limit = min(self.question.timeout, max(LEAST, TIMES * self.seconds))
        batch.run(self.checker, limit * PATIENCE)  # a busy machine must not decide what is caught
        caught: dict[Mutant, Catch] = {}
        for mutant, ground, pending in trials:
            if mutant not in caught and self._notices(ground, pending, by_contrast):
                variant, seed = ground.working.variant, ground.working.seed
                caught[mutant] = _catch(variant, seed, by_contrast)
        return caught

    def _queue(
        self, batch: Batch, mutant: Mutant, ground: _Ground, by_contrast: bool
    ) -> dict[int, Pending]:
        working = ground.working
        variant = replace(working.variant, given=mutant.givens(working.variant.given))
        if not by_contrast:
            return {0: compute(batch, self.question, variant, working.seed, check=mutant.code)}
        queued = self._contrasts(batch, variant, working.seed, mutant.code)
        return {index: one for index, one in queued.items() if index in ground.contrasts}

    def _notices(self, ground: _Ground, pending: Mapping[int, Pending], by_contrast: bool) -> bool:
        working = ground.working
        if by_contrast:
            return any(not_flipped(working, one()) for one in pending.values())
        return trouble_of(self.question, pending[0](), working.stored, Proof()) is not None


def _catch(variant: Variant, seed: int, by_contrast: bool) -> Catch:
    if by_contrast:
        return Catch.CONTRAST
    if seed:
        return Catch.SEED
    return Catch.VARIANT if variant.index else Catch.ANSWER


def _alters(mutant: Mutant, given: Mapping[str, Given]) -> bool:
    """Whether a mutant is another check on a variant: a given that reads otherwise there is not."""
    if mutant.given is None:
        return True
    altered = mutant.givens(given)
    return altered[mutant.given] != given[mutant.given]


def ordered(grid: Sequence[Variant]) -> list[Variant]:
    """The variants in the order in which mutants meet them.

    The canonical one, the last one, those that differ from the canonical one in a single given
    (the first and the last for each), then the rest as if shuffled, always alike.
    """
    canonical = grid[0].given
    alone: dict[str, list[Variant]] = {}
    for variant in grid[1:]:
        differing = [name for name, value in variant.given.items() if canonical[name] != value]
        if len(differing) == 1:
            alone.setdefault(differing[0], []).append(variant)
    chosen = [grid[0], grid[-1]]
    chosen += [variant for group in alone.values() for variant in (group[0], group[-1])]
    first = list({variant.index: variant for variant in chosen}.values())
    taken = {variant.index for variant in first}
    rest = [variant for variant in grid if variant.index not in taken]
    random.Random(0).shuffle(rest)
    return [*first, *rest]
