"""What a deck offers as answers on a variant: options, items, spellings, before any is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcnn.answer.folding import folded
from quizcnn.deck.model import Answer, Givens, Option, Question, Variant, Wrong
from quizcnn.deck.prose import fill

if TYPE_CHECKING:
    from quizcnn.check.value import Value


class Candidate(NamedTuple):
    """An option of a choice on one variant: its text filled in, its givens, what the deck says."""

    text: str
    given: Givens
    right: bool
    because: str = ""
    wrong: Wrong | None = None


def right_options(answer: Answer) -> tuple[Option, ...]:
    """The right options of a choice's answer; empty for other answers."""
    if not isinstance(answer, tuple):
        return ()
    return tuple(item for item in answer if isinstance(item, Option))


def candidates(question: Question, variant: Variant) -> tuple[Candidate, ...]:
    """A choice's options on `variant`, the right ones first, those that read the same once."""
    values = variant.values
    found = [
        Candidate(fill(option.text, values), option.given, right=True)
        for option in right_options(question.answer)
    ]
    found += [
        Candidate(fill(wrong.text, values), wrong.given, False, fill(wrong.because, values), wrong)
        for wrong in question.wrong
        if wrong.text is not None
    ]
    first: dict[str, Candidate] = {}
    for candidate in found:
        first.setdefault(folded(candidate.text), candidate)
    return tuple(first.values())


def stored_value(question: Question, variant: Variant) -> Value:
    """The stored answer where it is no expression: a truth value, texts filled in, prose."""
    answer, values = question.answer, variant.values
    if options := right_options(answer):
        return tuple(fill(option.text, values) for option in options)
    if isinstance(answer, tuple):
        return tuple(fill(item, values) for item in answer if isinstance(item, str))
    return fill(answer, values) if isinstance(answer, str) else answer
