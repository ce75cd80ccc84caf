"""Verify decks: run everything, hold it against the rules, and report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from queue import SimpleQueue

from quizcnn.check.job import Checker
from quizcnn.check.proof import Proof
from quizcnn.deck.model import Deck, Question, SourceEntry
from quizcnn.deck.variants import VariantError
from quizcnn.verify.codes import WARNINGS
from quizcnn.verify.evidence import Evidence, gather
from quizcnn.verify.findings import Findings
from quizcnn.verify.prose import length_rank, same_rank, value_rank, warn
from quizcnn.verify.report import Finding, Report, Result
from quizcnn.verify.rules import Shown, judge
from quizcnn.verify.sources import Beyond, check_needs, check_source, uncovered
from quizcnn.verify.typed import type_answers

Progress = Callable[[int, int], None]
"""Called with how many questions are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class _Verified:
    question: Question
    result: Result
    shown: Shown
    rank: str


def verify(
    decks: Iterable[Deck],
    checker: Checker,
    sources: Sequence[SourceEntry] = (),
    progress: Progress | None = None,
    *,
    whole: bool = True,
    helpers: Sequence[Checker] = (),
) -> Report:
    """Hold every question of `decks` against the rules, on all its variants.

    `sources` are the entries that questions may name; without any, sources are not looked at.
    Unless these decks are the `whole` of what there is, entries without a question and needs of
    other decks' questions are not looked at. `helpers` are further checkers that share the work;
    the report is the same with and without them. Blocks for as long as the checks take.
    """
    decks = tuple(decks)
    questions = [question for deck in decks for question in deck.questions]
    known = {question.key: question for question in questions}
    entries = {entry.ref: entry for entry in sources}
    free: SimpleQueue[Checker] = SimpleQueue()
    for one in (checker, *helpers):
        free.put(one)

    def run(question: Question) -> _Verified:
        mine = free.get()
        try:
            return _verify(question, mine, Beyond(known, entries, whole))
        finally:
            free.put(mine)

    verified: list[_Verified] = []
    if progress:
        progress(0, len(questions))
    threads = ThreadPoolExecutor(1 + len(helpers))
    try:
        for done in threads.map(run, questions):
            verified.append(done)
            if progress:
                progress(len(verified), len(questions))
    finally:  # Ctrl-C does not wait for checks: whoever owns the checkers ends them
        threads.shutdown(wait=False, cancel_futures=True)
    verified = _ranked(decks, verified)
    return _report(verified, uncovered(sources, questions) if whole else [])


def _verify(question: Question, checker: Checker, beyond: Beyond) -> _Verified:
    findings, warnings = Findings(question), Findings(question)
    evidence, shown = None, Shown(frozenset(), frozenset())
    try:
        evidence, findings, shown = _judged(question, checker)
    except VariantError as error:
        problem = error.problem
        told = problem.message + (f" ({problem.hint})" if problem.hint else "")
        findings.add("variants", told, problem.place)
    else:
        type_answers(evidence, findings)
    check_source(question, beyond, findings)
    check_needs(question, beyond, findings)
    for code in question.allow:
        if code not in WARNINGS:
            listed = ", ".join(WARNINGS)
            place = findings.field(f"allow.{code}")
            findings.add("allow", f"“{code}” cannot be allowed; only {listed} can be.", place)
    warn(question, warnings)
    result = Result(
        key=question.key,
        place=question.place,
        variants=findings.total,
        problems=findings.collected(),
        warnings=tuple(one for one in warnings.collected() if one.code not in question.allow),
        notes=_notes(evidence) if evidence else (),
        proof=findings.proof,
    )
    return _Verified(question, result, shown, value_rank(evidence) if evidence else "")


def _judged(question: Question, checker: Checker) -> tuple[Evidence, Findings, Shown]:
    """The question held against the rules; where it fails, once more with the proof's steps."""
    for steps in (False, True):
        evidence, findings = gather(question, checker, steps), Findings(question)
        findings.total = len(evidence.situations)
        shown = judge(evidence, findings)
        if not _has_steps_to_tell(findings.proof):
            break
    return evidence, findings, shown


def _has_steps_to_tell(proof: Proof | None) -> bool:
    """Whether a failing proof would be clearer with steps; one that never came back has none."""
    lost = proof is not None and proof.failure and proof.failure.kind in ("timeout", "died")
    return proof is not None and not lost


def _notes(evidence: Evidence) -> tuple[str, ...]:
    """Which wrong answers are left out on some variants, and why on the first of them."""
    notes = []
    workings = [situation.working for situation in evidence.situations if situation.working.wrong]
    for index in range(len(evidence.question.wrong)):
        results = [working.wrong[index] for working in workings]
        out = [result for result in results if not result.offered]
        if out and len(out) < len(results):
            notes.append(
                f"“{out[0].because}” is left out on {len(out)} of {len(results)} variants: "
                f"{out[0].left_out}"
            )
    return tuple(notes)


def _ranked(decks: Iterable[Deck], verified: list[_Verified]) -> list[_Verified]:
    """The same with a warning at the first question of a deck whose right answers rank alike."""
    found: dict[str, list[Finding]] = {}
    for deck in decks:
        keys = {question.key for question in deck.questions}
        own = [one for one in verified if one.question.key in keys]
        values = [(one.question, one.rank) for one in own]
        lengths = [(one.question, length_rank(one.question)) for one in own]
        for ranks, what in ((values, "value"), (lengths, "option by length")):
            if not (giving := same_rank(ranks, what)):
                continue
            question, message = giving
            if "rank" not in question.allow:
                finding = Finding(
                    "rank", question.key, f"{question.key}: {message}", question.place
                )
                found.setdefault(question.key, []).append(finding)
    return [
        replace(
            one,
            result=replace(
                one.result, warnings=(*one.result.warnings, *found.get(one.question.key, ()))
            ),
        )
        for one in verified
    ]


def _report(verified: Sequence[_Verified], sources: Sequence[Result]) -> Report:
    failed = sum(not one.result.ok for one in verified)
    return Report(
        questions=len(verified),
        variants=sum(one.result.variants for one in verified),
        confirmed=len(verified) - failed,
        failed=failed,
        wrong_answers=sum(len(one.question.wrong) for one in verified),
        wrong_refuted=sum(len(one.shown.refuted) for one in verified),
        contrasts=sum(len(one.question.contrast) for one in verified),
        contrasts_flipped=sum(len(one.shown.flipped) for one in verified),
        results=(*(one.result for one in verified), *sources),
    )
