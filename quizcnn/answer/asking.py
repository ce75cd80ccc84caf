"""A variant of a question as the learner meets it."""

from __future__ import annotations

import random

from quizcnn.answer.graded import Asked
from quizcnn.answer.offering import candidates, stored_value
from quizcnn.deck.model import Kind, Question, Variant
from quizcnn.deck.prose import fill


def ask(question: Question, variant: Variant, rng: random.Random, seed: int = 0) -> Asked:
    """`question` on `variant`, its prose filled in and its options shuffled by `rng`.

    `seed` is what random checks will be computed with.
    """
    options = list(option_texts(question, variant))
    rng.shuffle(options)
    hint = fill(question.hint, variant.values) if question.hint else None
    return Asked(question, variant, fill(question.ask, variant.values), tuple(options), hint, seed)


def option_texts(question: Question, variant: Variant) -> tuple[str, ...]:
    """The texts to pick or order, the right ones first or in their right order."""
    if question.kind is Kind.CHOICE:
        return tuple(option.text for option in candidates(question, variant))
    if question.kind is Kind.ORDER:
        items = stored_value(question, variant)
        return tuple(str(item) for item in items) if isinstance(items, tuple) else ()
    return ()
