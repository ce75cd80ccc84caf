"""A question made of another one in the lab: with other givens or another check, and verified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from quizcnn.answer.batch import Batch
from quizcnn.answer.computing import compute
from quizcnn.answer.gridding import sweep
from quizcnn.answer.laboratory import (
    Bench,
    Fault,
    Setup,
    altered_question,
    begin,
    givens_of,
    trial,
)
from quizcnn.answer.stating import expressed, literal
from quizcnn.answer.unexplained import FINE
from quizcnn.check.job import Checker
from quizcnn.check.value import Value
from quizcnn.deck.drafting import lines_of
from quizcnn.deck.model import Contrast, Kind, Question, Tolerance
from quizcnn.deck.skeleton import head
from quizcnn.deck.variants import VariantError, variants
from quizcnn.deck.writing import WritingError, added
from quizcnn.verify.judging import judged
from quizcnn.verify.verifying import held

FILE = Path("lab.yaml")
"""What the place of a proposed question is called."""

AGAIN = "-2"
"""What its id ends with: the id of the question that it was made of stays that one's."""


BEFORE = "That is the check before it was changed."
"""Why the former check comes out otherwise."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question as YAML: its lines without their indentation, and what to know of it.

    There are no `lines` where it does not hold, and `told` says why.
    """

    lines: tuple[str, ...]
    told: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The question as it stands under a deck's `questions:`, to be pasted there."""
        first, *others = self.lines
        return "\n".join([f"  - {first}", *(f"    {one}" if one else "" for one in others), ""])


def propose(bench: Bench, setup: Setup, checker: Checker) -> Proposal:
    """What stands in the lab as a question of its own, if all rules hold for it.

    Where its check computes something else than the stored answer says, a formula for that is the
    answer, or the value itself, and then nothing varies. Blocks for as long as the checks take.
    """
    if setup == begin(bench, setup.option):
        return Proposal((), ("Nothing is changed: the deck has this question already.",))
    read = givens_of(setup)
    if isinstance(read, Fault):
        return Proposal((), (f"{read.given}: {read.message}",))
    found = trial(bench, setup, checker)
    if found.fault is not None:
        return Proposal((), (f"The check has no value: {found.fault.message}",))
    altered = altered_question(bench, setup, read[0])
    altered = replace(altered, id=f"{altered.id}{AGAIN}", source=None)
    if found.holds is True and not _contradicted(altered, checker):
        return _verified(altered, (), checker)
    answered = _answered(altered, found.proof.value, checker)
    if answered is None:
        return Proposal((), (f"The answer {found.verdict}.",))
    remarks = [f"The answer is new: {_words(answered)}. Mend what ask, hint and explain say."]
    if setup.code != bench.question.check.rstrip():
        before = Contrast(BEFORE, altered.place, check=bench.question.check)
        answered = replace(answered, contrast=(before,))  # the old ones went with the old answer
    if altered.vary and not answered.vary:
        remarks.append("No formula was found for other givens, so nothing varies.")
    return _verified(answered, remarks, checker)


def _contradicted(question: Question, checker: Checker) -> bool:
    swept = sweep(question, question.check, checker)
    return swept is None or swept.against is not None


def _answered(question: Question, value: Value, checker: Checker) -> Question | None:
    """The question with what its check computes as its answer; None where that cannot be."""
    fixed = replace(question, vary={}, where=None)
    match question.kind:
        case kind if kind in FINE:
            tolerance = question.tolerance
            if tolerance is None and isinstance(value, float) and value % 1:
                tolerance = Tolerance(abs=0.01)
            found = _formula(question, checker)
            answered = replace(question if found else fixed, answer=found or literal(value))
            return replace(answered, tolerance=tolerance)
        case Kind.TRUE_FALSE if isinstance(value, bool):
            return replace(fixed, answer=value)
        case Kind.TEXT:
            return replace(fixed, answer=(str(value),))
        case Kind.ORDER if isinstance(value, tuple):
            return replace(fixed, answer=tuple(map(str, value)))
        case _:
            return None


def _formula(question: Question, checker: Checker) -> str:
    """A formula for what the check computes on every variant, "" where none is found."""
    try:
        met = variants(question, checker)
    except VariantError:
        return ""  # verifying the question tells of it
    batch = Batch(steps=False)
    pending = [compute(batch, question, variant, 0, claims=False) for variant in met]
    batch.run(checker, question.timeout)
    computed = [get() for get in pending]
    if len(met) < 2 or any(one.failure for one in computed):
        return ""
    return expressed(met, [one.value for one in computed])


def _words(question: Question) -> str:
    answer = question.answer
    return ", ".join(map(str, answer)) if isinstance(answer, tuple) else f"{answer}"


def _verified(question: Question, remarks: Sequence[str], checker: Checker) -> Proposal:
    """The question as YAML, read again and held against all rules."""
    lines = lines_of(question)
    try:
        _, deck = added(head(question.deck, question.deck), lines, FILE)
    except WritingError as error:
        return Proposal((), (str(error), *(problem.message for problem in error.problems)))
    [written] = deck.questions
    result = held(written, judged(written, checker), known=deck.questions)
    if not result.ok:
        told = (f"{finding.message} [{finding.code}]" for finding in result.problems)
        return Proposal((), (*remarks, *dict.fromkeys(told)))
    many = f"It holds on {result.variants} variants." if result.variants > 1 else "It holds."
    warned = tuple(f"{finding.message} [{finding.code}]" for finding in result.warnings)
    return Proposal(tuple(lines), (*remarks, many, *warned))
