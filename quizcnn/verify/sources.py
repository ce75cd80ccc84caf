"""Where questions come from and what they need: the rules that look beyond one question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizcnn.deck.model import Place, Question, SourceEntry, Verdict
from quizcnn.verify.findings import Findings
from quizcnn.verify.report import Finding, Result


@dataclass(frozen=True, slots=True)
class Beyond:
    """What there is beside a question: the others, the sources, and whether that is all."""

    questions: Mapping[str, Question]
    entries: Mapping[str, SourceEntry]
    whole: bool = True


def check_source(question: Question, beyond: Beyond, findings: Findings) -> None:
    """Rule 10 for one question: its source is listed, and its verdict is the entry's."""
    source = question.source
    if source is None or not beyond.entries:
        return
    place = findings.field("source")
    entry = beyond.entries.get(source.ref)
    if entry is None:
        findings.add("source", f"The source {source.ref} is not listed in sources.yaml.", place)
    elif source.verdict is not None and source.verdict is not entry.verdict:
        findings.add(
            "source",
            f"Its verdict on {source.ref} is “{source.verdict}”, the entry's in sources.yaml "
            f"is “{entry.verdict}”.",
            place,
        )


def uncovered(entries: Sequence[SourceEntry], questions: Sequence[Question]) -> list[Result]:
    """Rule 10 for the document: each entry has a question, or is off topic with a reason."""
    covered = {question.source.ref for question in questions if question.source}
    results = []
    for entry in entries:
        place = entry.place or Place("sources.yaml", 1)
        if entry.verdict is Verdict.OFF_TOPIC:
            message = "" if entry.reason else "is off topic and does not say why; add a `reason`."
        else:
            message = "" if entry.ref in covered else "has no question; add one that names it."
        if message:
            told = f"{entry.ref}: “{entry.title}” {message}"
            results.append(
                Result(entry.ref, place, problems=(Finding("source", entry.ref, told, place),))
            )
    return results


def check_needs(question: Question, beyond: Beyond, findings: Findings) -> None:
    """What the question needs exists, and does not need the question in turn."""
    place = findings.field("needs")
    for needed in question.needs:
        key = _key(question, needed)
        elsewhere = not beyond.whole and not key.startswith(f"{question.deck}/")
        if key not in beyond.questions and not elsewhere:
            findings.add("needs", f"It needs {key}, and there is no such question.", place)
    if circle := _circle(question, beyond.questions):
        findings.add("needs", f"It needs itself: {' needs '.join(circle)}.", place)


def _key(question: Question, needed: str) -> str:
    return needed if "/" in needed else f"{question.deck}/{needed}"


def _circle(start: Question, known: Mapping[str, Question]) -> tuple[str, ...]:
    """A chain of needs that leads from `start` back to it, empty where there is none."""
    ways: list[tuple[str, ...]] = [(start.key,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        question = known.get(way[-1])
        for needed in question.needs if question else ():
            key = _key(question, needed) if question else needed
            if key == start.key:
                return (*way, key)
            if key not in seen:
                seen.add(key)
                ways.append((*way, key))
    return ()
