"""One question held against all rules that concern it alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizcnn.check.job import Checker, Job
from quizcnn.check.proof import Proof
from quizcnn.deck.model import Question
from quizcnn.deck.variants import VariantError
from quizcnn.verify.codes import LEFT_OUT
from quizcnn.verify.evidence import Evidence, gather
from quizcnn.verify.findings import Findings, smallness
from quizcnn.verify.prose import value_rank, warn
from quizcnn.verify.report import Result
from quizcnn.verify.rules import Shown, judge
from quizcnn.verify.typed import type_answers

NOTHING = Shown(frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Judged:
    """What one question came to by itself, as plain data.

    `result` holds all its warnings, the allowed ones too. `refuted` and `flipped` count its wrong
    answers and contrasts; `rank` is its right value's among the wrong ones. `lasting` is whether
    it would come out the same again: not where a check's process ended or ran out of time.
    """

    result: Result
    refuted: int = 0
    flipped: int = 0
    rank: str = ""
    lasting: bool = True


def judged(question: Question, checker: Checker) -> Judged:
    """Compute a question on all its variants and hold it against the rules.

    Never raises for what is in the question. Blocks for as long as its checks take.
    """
    findings, warnings = Findings(question), Findings(question)
    if not question.check:
        findings.add("unchecked", "no check yet", findings.field("check"))
        return Judged(Result(question.key, question.place, problems=findings.collected()))
    evidence, shown = None, NOTHING
    watched = _Watched(checker)
    try:
        evidence, findings, shown = _evidence(question, watched)
    except VariantError as error:
        problem = error.problem
        told = problem.message + (f" ({problem.hint})" if problem.hint else "")
        findings.add("variants", told, problem.place)
    else:
        type_answers(evidence, findings)
    warn(question, warnings)
    result = Result(
        key=question.key,
        place=question.place,
        variants=findings.total,
        problems=findings.collected(),
        warnings=warnings.collected(),
        notes=_notes(evidence).collected() if evidence else (),
        proof=findings.proof,
    )
    rank = value_rank(evidence) if evidence else ""
    return Judged(result, len(shown.refuted), len(shown.flipped), rank, not watched.lost)


class _Watched:
    """A checker that notes whether a job was lost, as it may not be another time."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self.lost = False

    def run(self, jobs: Sequence[Job], timeout: float = 2.0) -> list[Proof]:
        """A proof for each job, in order."""
        proofs = self._checker.run(jobs, timeout)
        self.lost = self.lost or any(map(_lost, proofs))
        return proofs


def _lost(proof: Proof) -> bool:
    """Whether a job never came back."""
    return proof.failure is not None and proof.failure.kind in ("timeout", "died")


def _evidence(question: Question, checker: Checker) -> tuple[Evidence, Findings, Shown]:
    """The question held against the rules; where it fails, once more with the proof's steps."""
    for steps in (False, True):
        evidence, findings = gather(question, checker, steps), Findings(question)
        findings.total = len(evidence.situations)
        shown = judge(evidence, findings)
        if findings.proof is None or _lost(findings.proof):
            break  # one that never came back has no steps to tell
    return evidence, findings, shown


def _notes(evidence: Evidence) -> Findings:
    """Which wrong answers are left out on some variants, and why on the smallest of them."""
    notes = Findings(evidence.question)
    notes.total = len(evidence.situations)
    workings = [situation.working for situation in evidence.situations if situation.working.wrong]
    for index, wrong in enumerate(evidence.question.wrong):
        out = [working for working in workings if not working.wrong[index].offered]
        if not out or len(out) == len(workings):
            continue
        smallest = min(out, key=lambda working: smallness(working.variant))
        result = smallest.wrong[index]
        notes.add(
            LEFT_OUT,
            f"“{result.because}” is left out on {len(out)} of {len(workings)} variants: "
            f"{result.left_out}",
            notes.field(f"wrong.{index}.is") if wrong.expression else wrong.place,
            smallest.variant,
        )
    return notes
