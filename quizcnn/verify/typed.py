"""The rules on typing: the right answer typed is right, and every wrong one is told its message."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from quizcnn.answer.asking import ask
from quizcnn.answer.comparing import cells_of, number_of, words
from quizcnn.answer.graded import Asked, Malformed, Read
from quizcnn.answer.grading import because_of, is_right
from quizcnn.answer.numbers import number
from quizcnn.answer.picking import LETTERS, letters
from quizcnn.answer.reading import read
from quizcnn.answer.working import Working
from quizcnn.check.value import Array, Number, Value
from quizcnn.deck.model import Kind, Question
from quizcnn.verify.evidence import Evidence
from quizcnn.verify.findings import Findings

COMPUTED = (Kind.NUMBER, Kind.SHAPE, Kind.ARRAY)
"""Kinds whose wrong answers are slips: what each is the answer to is told of it alone."""


def type_answers(evidence: Evidence, findings: Findings) -> None:
    """Rules 5 and 9, on every variant that the check confirms."""
    if evidence.question.kind is Kind.RECALL:
        return
    for working in (situation.working for situation in evidence.situations):
        if working.trouble is None:
            asked = ask(working.question, working.variant, random.Random(working.variant.index))
            _right_answer(asked, working, findings)
            _edges(asked, working, findings)
            _messages(asked, working, findings)


def _right_answer(asked: Asked, working: Working, findings: Findings) -> None:
    place = findings.field("answer")
    for text in asked.options:
        lettered = letters(text, len(asked.options))
        if lettered and len(set(lettered)) == len(lettered):  # nobody types a letter twice
            message = f"The option “{text}” reads like letters of options; word it otherwise."
            findings.add("typed", message, place, working.variant)
            return
    for typed in _spellings(asked, working):
        reading = read(asked, typed)
        if isinstance(reading, Read) and is_right(asked, working, reading.value):
            continue
        told = reading.message if isinstance(reading, Malformed) else "It is not graded right."
        message = f"The right answer typed as “{typed}” is not taken: {told}"
        findings.add("typed", message, place, working.variant)
        return


def _spellings(asked: Asked, working: Working) -> Iterator[str]:
    """The right answer in the ways in which a person may type it."""
    question, stored = working.question, working.stored
    texts = [text for text in stored if isinstance(text, str)] if isinstance(stored, tuple) else []
    match question.kind:
        case Kind.TEXT:
            yield from texts
        case Kind.CHOICE | Kind.ORDER:
            yield words(question, stored)
            yield "".join(_letter(asked, text) for text in texts)
        case _:
            yield words(question, working.computed.value)


def _letter(asked: Asked, text: str) -> str:
    return LETTERS[asked.options.index(text)]


def _edges(asked: Asked, working: Working, findings: Findings) -> None:
    """A value that is not whole needs a tolerance; just inside is right, just outside is not."""
    question, value = working.question, working.computed.value
    if question.kind not in (Kind.NUMBER, Kind.ARRAY):
        return
    cells = cells_of(value)
    data = cells[1] if cells else ()
    if question.tolerance is None:
        long = [cell for cell in data if isinstance(cell, float) and number(f"{cell:.6g}") != cell]
        if long:
            message = f"The computed value is {long[0]!r}; add a tolerance, such as {{rel: 0.001}}."
            findings.add("tolerance", message, question.check_place, working.variant)
        return
    if not data or isinstance(data[0], bool):
        return
    reach = max(question.tolerance.abs, question.tolerance.rel * abs(data[0]))
    for share, wanted in ((0.99, True), (-0.99, True), (1.01, False), (-1.01, False)):
        moved = data[0] + share * reach
        if (moved == data[0]) is wanted:  # nothing moves inside, nothing can move outside
            continue
        typed = _moved(question, value, moved)
        reading = read(asked, typed)
        right = isinstance(reading, Read) and is_right(asked, working, reading.value)
        if right is not wanted:
            side = "inside" if wanted else "outside"
            message = f"“{typed}” lies just {side} the tolerance, and is graded {right=}."
            findings.add("tolerance", message, findings.field("tolerance"), working.variant)


def _moved(question: Question, value: Value, first: Number) -> str:
    """The value with its first number replaced, typed with all its digits."""
    exactly = replace(question, tolerance=None)
    if question.kind is Kind.NUMBER or number_of(value) is not None:
        return words(exactly, first)
    cells = cells_of(value)
    assert cells is not None
    return words(exactly, Array(cells[0], "float64", (first, *cells[1][1:])))


def _messages(asked: Asked, working: Working, findings: Findings) -> None:
    """Each wrong answer that is offered can be typed, is graded wrong, and is told its message.

    Where a message says which slip was made, no other slip is told it.
    """
    told_for: dict[str, str] = {}
    for result in working.wrong:
        if not result.offered:
            continue
        if asked.question.kind in COMPUTED:
            value = words(working.question, result.value)
            if (other := told_for.setdefault(result.because, value)) != value:
                message = f"“{result.because}” is told for two wrong answers, {other} and {value}."
                findings.add("message", message, result.wrong.place, working.variant)
                continue
        typed = words(working.question, result.value)
        reading = read(asked, typed)
        if not isinstance(reading, Read):
            told = reading.message if isinstance(reading, Malformed) else "it is blank"
            message = f"“{result.because}” is told to nobody: {told}"
        elif is_right(asked, working, reading.value):
            message = f"“{result.because}” is told to nobody: “{typed}” is graded right."
        elif (because := because_of(asked, working, reading.value)) != result.because:
            message = f"Who types “{typed}” is told “{because}” and not “{result.because}”."
        else:
            continue
        findings.add("message", message, result.wrong.place, working.variant)
