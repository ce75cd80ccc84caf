"""Verify decks: run everything, hold it against the rules, and report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from queue import SimpleQueue
from typing import TypeAlias

from quizcnn.check.job import Checker
from quizcnn.deck.model import Deck, Question, SourceEntry
from quizcnn.verify import executing
from quizcnn.verify.codes import WARNINGS
from quizcnn.verify.findings import Findings
from quizcnn.verify.judging import Judged, judged
from quizcnn.verify.keeping import Kept
from quizcnn.verify.prose import length_rank, same_rank
from quizcnn.verify.report import Finding, Report, Result
from quizcnn.verify.sources import Beyond, check_needs, check_source, uncovered

Progress: TypeAlias = Callable[[int, int], None]
"""Called with how many questions are done, and how many there are."""

Run: TypeAlias = Callable[[Question], tuple[Judged, str]]
"""What an executor is given: see `executing.judge`."""


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
    questions = [question for deck in decks for question in deck.questions]
    free: SimpleQueue[Checker] = SimpleQueue()
    for one in (checker, *helpers):
        free.put(one)

    def run(question: Question) -> tuple[Judged, str]:
        mine = free.get()
        try:
            return judged(question, mine), ""
        finally:
            free.put(mine)

    threads = ThreadPoolExecutor(1 + len(helpers))
    try:
        found = _judge_all(questions, threads, run, progress, None)
    finally:  # Ctrl-C does not wait for checks: whoever owns the checkers ends them
        threads.shutdown(wait=False, cancel_futures=True)
    return _report(questions, found, sources, questions, whole)


def verify_questions(
    questions: Sequence[Question],
    executor: Executor | None = None,
    *,
    sources: Sequence[SourceEntry] = (),
    known: Sequence[Question] | None = None,
    whole: bool = True,
    progress: Progress | None = None,
    kept: Kept | None = None,
) -> Report:
    """Hold questions against the rules, each wherever `executor` carries it.

    Any executor will do: threads, processes, or a cluster's (Dask's and Ray's are such). Where it
    carries a question to, quizcnn must be installed; a worker process runs the checks there.
    Without one the questions are verified one after another.

    `known` are all questions there are, which those verified may need (they themselves, if it is
    left out). Unless that is the `whole`, entries of `sources` without a question and needs of
    other decks' questions are not looked at. What `kept` has of an unchanged question is not
    computed again. Raises what the executor raises, such as BrokenExecutor.

    >>> from concurrent.futures import ThreadPoolExecutor
    >>> with ThreadPoolExecutor(2) as executor:
    ...     report = verify_questions([], executor)
    >>> report.ok, report.questions
    (True, 0)
    """
    questions = tuple(questions)
    own = ThreadPoolExecutor(1)  # starts nothing unless it is used
    complete = False
    try:
        found = _judge_all(questions, executor or own, executing.judge, progress, kept)
        complete = True
    finally:
        own.shutdown(wait=False, cancel_futures=True)
        executing.close(busy=not complete)  # Ctrl-C does not wait for checks that still run
    return _report(questions, found, sources, questions if known is None else known, whole)


def _judge_all(
    questions: Sequence[Question],
    executor: Executor,
    run: Run,
    progress: Progress | None,
    kept: Kept | None,
) -> list[tuple[Judged, str | None]]:
    """What each question came to, and within which walls; None for these where it was kept."""
    if progress:
        progress(0, len(questions))
    before = [kept.find(question) if kept else None for question in questions]
    futures: dict[int, Future[tuple[Judged, str]]] = {}
    found: list[tuple[Judged, str | None]] = []
    try:
        for index, question in enumerate(questions):
            if before[index] is None:
                futures[index] = executor.submit(run, question)
        for index, question in enumerate(questions):
            known = before[index]
            if known is not None:
                found.append((known, None))
            else:
                one, walls = futures.pop(index).result()
                if kept:
                    kept.keep(question, one)
                found.append((one, walls))
            if progress:
                progress(len(found), len(questions))
    finally:
        for future in futures.values():
            future.cancel()
    return found


def _report(
    questions: Sequence[Question],
    found: Sequence[tuple[Judged, str | None]],
    sources: Sequence[SourceEntry],
    known: Sequence[Question],
    whole: bool,
) -> Report:
    beyond = Beyond({one.key: one for one in known}, {one.ref: one for one in sources}, whole)
    ranks = _ranks(questions, [one for one, _ in found], known)
    results = [
        _held(question, one.result, beyond, ranks.get(question.key, ()))
        for question, (one, _) in zip(questions, found, strict=True)
    ]
    failed = sum(not result.ok for result in results)
    checked = [question for question in questions if question.check]
    return Report(
        questions=len(results),
        variants=sum(result.variants for result in results),
        confirmed=len(results) - failed,
        failed=failed,
        wrong_answers=sum(len(question.wrong) for question in checked),
        wrong_refuted=sum(one.refuted for one, _ in found),
        contrasts=sum(len(question.contrast) for question in checked),
        contrasts_flipped=sum(one.flipped for one, _ in found),
        results=(*results, *(uncovered(sources, questions) if whole else ())),
        kept=sum(walls is None for _, walls in found),
        isolation=next((walls for _, walls in found if walls), ""),
    )


def held(
    question: Question,
    judged: Judged,
    sources: Sequence[SourceEntry] = (),
    known: Sequence[Question] = (),
) -> Result:
    """One question's result with what the rules say that look beyond it, as far as that is known.

    `known` are other questions that it may need; those of other decks are taken to be there.
    """
    beyond = Beyond({one.key: one for one in known}, {one.ref: one for one in sources}, False)
    return _held(question, judged.result, beyond, ())


def _held(question: Question, result: Result, beyond: Beyond, ranks: Sequence[Finding]) -> Result:
    """A question's result with what the rules say that look beyond it, and what it may allow."""
    findings = Findings(question)
    if question.check:
        check_source(question, beyond, findings)
        check_needs(question, beyond, findings)
        for code in question.allow:
            if code not in WARNINGS:
                listed = ", ".join(WARNINGS)
                place = findings.field(f"allow.{code}")
                findings.add("allow", f"“{code}” cannot be allowed; only {listed} can be.", place)
    return replace(
        result,
        problems=(*result.problems, *findings.collected()),
        warnings=tuple(one for one in (*result.warnings, *ranks) if one.code not in question.allow),
    )


def _ranks(
    questions: Sequence[Question], found: Sequence[Judged], known: Sequence[Question]
) -> Mapping[str, Sequence[Finding]]:
    """Warnings at the first question of a deck whose right answers rank alike, by its key.

    A deck that was verified in part says nothing of the others' ranks.
    """
    given: dict[str, list[tuple[Question, str]]] = {}
    for question, one in zip(questions, found, strict=True):
        if question.check:
            given.setdefault(question.deck, []).append((question, one.rank))
    verified = {one.key for one in questions}
    left = {one.deck for one in known if one.key not in verified}
    warnings: dict[str, list[Finding]] = {}
    for deck, values in given.items():
        lengths = [(question, length_rank(question)) for question, _ in values]
        for ranks, what in ((values, "value"), (lengths, "option by length")):
            if deck not in left and (giving := same_rank(ranks, what)):
                question, message = giving
                findings = Findings(question)
                findings.add("rank", message)
                warnings.setdefault(question.key, []).extend(findings.collected())
    return warnings
