"""What the computation finds of the document that the decks were drawn from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quizcnn.deck.model import Question, SourceEntry, Verdict

GRAVEST_FIRST = (Verdict.WRONG, Verdict.OVERSTATED, Verdict.QUALIFIED, Verdict.OFF_TOPIC)


@dataclass(frozen=True, slots=True)
class Finding:
    """One entry of the document that the computation does not simply confirm.

    `contrasts` pairs what the document says with what we find, in the words of the questions
    drawn from it; `reason` says why an entry was left out.
    """

    ref: str
    title: str
    verdict: Verdict
    contrasts: tuple[tuple[str, str], ...]
    reason: str
    questions: tuple[Question, ...]


def findings(questions: Iterable[Question], sources: Iterable[SourceEntry]) -> tuple[Finding, ...]:
    """All entries whose verdict is not "confirmed", the gravest first, else in `sources`' order.

    An entry that only questions name is listed too, with its first question's prose as the title.
    """
    drawn: dict[str, list[Question]] = {}
    for question in questions:
        if question.source is not None:
            drawn.setdefault(question.source.ref, []).append(question)
    found = [_finding(entry, drawn.pop(entry.ref, [])) for entry in sources]
    for ref, rest in drawn.items():
        verdict = _gravest(rest)
        if verdict is not None:
            found.append(_finding(SourceEntry(ref, rest[0].ask, verdict), rest))
    grave = [finding for finding in found if finding.verdict is not Verdict.CONFIRMED]
    return tuple(sorted(grave, key=lambda finding: GRAVEST_FIRST.index(finding.verdict)))


def _finding(entry: SourceEntry, questions: list[Question]) -> Finding:
    pairs = dict.fromkeys(
        (question.source.says, question.source.correction)
        for question in questions
        if question.source and (question.source.says or question.source.correction)
    )
    return Finding(
        entry.ref, entry.title, entry.verdict, tuple(pairs), entry.reason, tuple(questions)
    )


def _gravest(questions: list[Question]) -> Verdict | None:
    verdicts = {question.source.verdict for question in questions if question.source}
    for verdict in (*GRAVEST_FIRST, Verdict.CONFIRMED):
        if verdict in verdicts:
            return verdict
    return None
