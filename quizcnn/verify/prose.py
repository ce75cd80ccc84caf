"""Warnings about a question's words: stale numbers, and options that give themselves away."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quizcnn.answer.comparing import number_of
from quizcnn.answer.offering import right_options
from quizcnn.deck.model import Kind, Place, Question
from quizcnn.verify.evidence import Evidence
from quizcnn.verify.findings import Findings

LONGER = 1.5
"""A right option this many times as long as every wrong one gives itself away."""
LONGER_BY = 12
"""It must be longer by this many characters too."""
ENOUGH = 5
"""Of so many questions the right answer's rank may not be the same in all."""

_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{[^{}]*\}")
_NUMBER = re.compile(r"(?<![\w.-])[0-9]+(?:[.,][0-9]+)*(?![\w-])")


def loose_numbers(question: Question) -> tuple[str, ...]:
    """Rule 6: numbers in the prose that are written out instead of taken from the givens.

    Those that are part of a name, as in VGG-16 or 2-D, do not count, and neither do 0 and 1.
    """
    found = _NUMBER.findall(_PLACEHOLDER.sub(" ", question.ask))
    return tuple(number for number in dict.fromkeys(found) if number not in ("0", "1"))


def warn(question: Question, findings: Findings) -> None:
    """Rules 6 and 7, as far as they concern one question."""
    if found := loose_numbers(question):
        findings.add(
            "prose-number",
            f"The question says {', '.join(found)}; a number in prose is better taken from "
            "`given`, so that it and the check cannot drift apart.",
            _number_place(question, found[0]),
        )
    if question.kind is Kind.CHOICE and _gives_away(question):
        findings.add(
            "giveaway",
            "The right option is by far the longest; learners pick it for that.",
            findings.field("answer"),
        )


def _number_place(question: Question, number: str) -> Place:
    """Where a number stands in the question's words; their begin where that cannot be told."""
    start = question.places.get("ask", question.place)
    next_lines = {place.line for path, place in question.places.items() if "." not in path}
    as_written = start.line + 1 in next_lines and not set(question.ask) & set("\n\\\"'")
    masked = _PLACEHOLDER.sub(lambda braces: " " * len(braces[0]), question.ask)
    at = next((one.start() for one in _NUMBER.finditer(masked) if one[0] == number), 0)
    return start._replace(column=start.column + at) if as_written else start


def _lengths(question: Question) -> tuple[list[int], list[int]]:
    right = [len(option.text) for option in right_options(question.answer)]
    return right, [len(wrong.text) for wrong in question.wrong if wrong.text is not None]


def _gives_away(question: Question) -> bool:
    right, wrong = _lengths(question)
    if not right or not wrong:
        return False
    return min(right) > LONGER * max(wrong) and min(right) >= max(wrong) + LONGER_BY


def same_rank(ranks: Sequence[tuple[Question, str]], what: str) -> tuple[Question, str] | None:
    """Rule 7 over a deck: the first question and what gives the right answers away, if anything.

    `ranks` are what `value_rank` or `length_rank` say of each question, in their order.
    """
    known = [(question, rank) for question, rank in ranks if rank]
    if len(known) < ENOUGH or len({rank for _, rank in known}) > 1:
        return None
    question, rank = known[0]
    return question, f"In all {len(known)} such questions the right {what} is the {rank}."


def value_rank(evidence: Evidence) -> str:
    """Whether the right number is smallest or largest among the wrong ones, "" where unknown."""
    working = evidence.situations[0].working if evidence.situations else None
    if working is None or working.trouble or working.question.kind is not Kind.NUMBER:
        return ""
    right = number_of(working.computed.value)
    wrong = [number_of(result.value) for result in working.wrong if result.offered]
    others = [value for value in wrong if value is not None]
    return "" if right is None or len(others) < 2 else _rank(right, others)


def length_rank(question: Question) -> str:
    """Whether a choice's only right option is the shortest or longest, "" for other questions."""
    right, wrong = _lengths(question) if question.kind is Kind.CHOICE else ([], [])
    return _rank(right[0], wrong, "shortest", "longest") if len(right) == 1 and wrong else ""


def _rank(
    right: float, wrong: Sequence[float], low: str = "smallest", high: str = "largest"
) -> str:
    if right <= min(wrong):
        return low
    return high if right >= max(wrong) else "middle"
