"""The slip behind a wrong answer: the one change of the check that gives the same value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from quizcnn.answer.altered import mutants_of
from quizcnn.answer.batch import Batch
from quizcnn.answer.comparing import same, shown
from quizcnn.answer.computing import Computed, compute
from quizcnn.answer.graded import Graded, NoSlip, Slip
from quizcnn.answer.grading import meanings
from quizcnn.answer.own_value import with_own_values
from quizcnn.answer.slips import LIKELY, POSSIBLE, values_of
from quizcnn.answer.unexplained import FINE, seekable
from quizcnn.answer.working import work
from quizcnn.check.job import Checker, Job
from quizcnn.check.mutants import Mutant
from quizcnn.check.proof import Proof
from quizcnn.check.value import Value
from quizcnn.deck.model import Givens, Question, Variant, Wrong

SLOW = 0.1
"""Seconds that a check may take for its slips to be tried: there are some thirty of them."""

PATIENCE = 0.5
"""Seconds that a check with a slip may take, however long the question's own may."""

NAMED = 3
"""Of slips that are equally likely so many are named at most."""


class _GoneOn(Exception):  # noqa: N818 - not an error: the learner has gone on
    """Nobody waits for the slip any more."""


@dataclass(frozen=True, slots=True)
class _While:
    """A checker that stops between two jobs as soon as nobody waits for what comes of them."""

    checker: Checker
    wanted: Callable[[], bool]

    def run(self, jobs: Sequence[Job], timeout: float = 2.0) -> list[Proof]:
        """Run the jobs; see `Checker.run`. Raises _GoneOn."""
        return [proof for job in jobs for proof in self._one(job, timeout)]

    def _one(self, job: Job, timeout: float) -> list[Proof]:
        if not self.wanted():
            raise _GoneOn
        return self.checker.run([job], timeout)


def slip_behind(
    graded: Graded, checker: Checker, wanted: Callable[[], bool] = lambda: True
) -> Slip | NoSlip | None:
    """What a wrong answer is the answer to: the slip that the question lists, or else a mutant's.

    What it lists in other words is explained already, and no mutant is looked for.
    None where none is to be looked for (see `seekable`), and when `wanted` says no: it is asked
    before each of the some thirty checks that this takes. Never raises for what they do.
    """
    if not seekable(graded):
        return None
    asked, patient = graded.asked, _While(checker, wanted)
    try:
        if graded.listed is not None:
            return _listed(asked.question, asked.variant, asked.seed, graded.listed, patient)
        value = graded.read.value
        return name_slip(asked.question, asked.variant, asked.seed, value, patient)
    except _GoneOn:
        return None


def name_slip(
    question: Question, variant: Variant, seed: int, value: Value, checker: Checker
) -> Slip | NoSlip | None:
    """The one slip in the check of `question` whose value is `value`, a learner's wrong answer.

    NoSlip where none gives it, where several that are equally likely do, or where only a
    far-fetched one does. None of a right answer, where the check does not confirm the stored one,
    and of kinds whose answer is no value (a verdict, an option, a text), which many slips would
    give. Blocks for as long as some thirty checks take, and never raises for what they do.
    """
    if question.kind not in FINE or not question.check:
        return None
    meant = meanings(question.kind, value)
    [working] = work(question, [(variant, seed)], checker, wrong=False)
    if working.trouble or _among(question, working.right, meant):
        return None
    if working.proof.seconds > SLOW:
        return NoSlip("This check takes too long to be tried with every slip.")
    likely = [one for kind in LIKELY + POSSIBLE for one in mutants_of(question) if one.kind is kind]
    found = values_of(question, likely, [(variant, seed)], checker, _patience(question))
    hits = [
        one
        for one, values in zip(likely, found, strict=True)
        if values and _among(question, values[0], meant)
    ]
    first = [hit for hit in hits if hit.kind is hits[0].kind and hit.kind in LIKELY] or hits
    if len(first) == 1:
        return _made(question, variant, seed, first[0], checker)
    return _not_one(first, shown(question, value))


def _patience(question: Question) -> float:
    return min(question.timeout, PATIENCE)


def _among(question: Question, value: Value, meant: Sequence[Value]) -> bool:
    return any(same(question.kind, one, value, question.tolerance) for one in meant)


def _not_one(hits: Sequence[Mutant], given: str) -> NoSlip:
    """That no slip gives an answer, or which of several it may have been."""
    if not hits:
        return NoSlip(f"No single slip in the check gives {given}.")
    names = list(dict.fromkeys(hit.name for hit in hits if hit.kind in LIKELY))
    if not 1 < len(names) <= NAMED:
        return NoSlip(f"Several slips in the check give {given}; none of them stands out.")
    return NoSlip(f"Any of several slips gives {given}: {' or '.join(names)}.")


def _made(question: Question, variant: Variant, seed: int, one: Mutant, checker: Checker) -> Slip:
    """The slip that a mutant makes, with its proof."""
    given = one.givens(variant.given)
    computed = _computed(question, replace(variant, given=given), seed, one.code, checker)
    before, after = one.before, one.after
    if one.given is not None and not one.was:
        before, after = _altered(variant.given, {one.given: given[one.given]})
    return Slip(one.name, computed.value, computed.proof, one.code, given, before, after)


def _listed(
    question: Question, variant: Variant, seed: int, listed: Wrong, checker: Checker
) -> Slip:
    """The slip that a question lists, with its proof."""
    given = with_own_values(variant.given, listed.given)
    computed = _computed(question, replace(variant, given=given), seed, question.check, checker)
    name = ", ".join(_named(name, variant.given.get(name), listed.given) for name in listed.given)
    before, after = _altered(variant.given, listed.given)
    return Slip(name, computed.value, computed.proof, question.check, given, before, after)


def _named(name: str, old: object, given: Givens) -> str:
    return f"{name} = {given[name]} in place of {old}"


def _altered(given: Givens, altered: Givens) -> tuple[str, str]:
    """The lines of the givens that differ, as they were and as they are."""
    return "\n".join(_lines({name: given[name] for name in altered if name in given})), "\n".join(
        _lines(altered)
    )


def _lines(given: Givens) -> Iterator[str]:
    return (f"{name} = {value}" for name, value in given.items())


def _computed(
    question: Question, variant: Variant, seed: int, check: str, checker: Checker
) -> Computed:
    """What a slip computes, its proof with all its steps and the windows that it slid."""
    batch = Batch(trace=True)
    pending = compute(batch, question, variant, seed, check=check, claims=False)
    batch.run(checker, question.timeout)
    return pending()
