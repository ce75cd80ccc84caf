"""The mutants of a question's check: slips in its code, and in the givens that matter to it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from quizcnn.answer.offering import right_options
from quizcnn.answer.unexplained import FINE
from quizcnn.check.mutants import Mutant, mutants
from quizcnn.deck.model import Question
from quizcnn.deck.prose import placeholders

_WORD = re.compile(r"[A-Za-z_]\w*")


def mutants_of(question: Question) -> tuple[Mutant, ...]:
    """The mutants of a question's check.

    A given that neither the check (or a given that it uses) nor the prose names belongs to the
    answer alone: altering it for the check would alter nothing.
    """
    names = telling(question)
    given = {name: value for name, value in question.given.items() if name in names}
    claims = tuple(claim.that for claim in question.claims)
    return mutants(question.check, given, claims=claims, fine=question.kind in FINE)


def telling(question: Question) -> frozenset[str]:
    """The givens that the check uses, by way of other givens too, and those that the prose names.

    What varies while the answer stays says by itself that it does not matter, and an option's
    givens stand in for the question's: both are left out.
    """
    options = [option.given for option in right_options(question.answer)]
    options += [wrong.given for wrong in question.wrong if wrong.text is not None and options]
    code = [question.check, *(claim.that for claim in question.claims)]
    code += [str(value) for given in options for value in given.values()]
    found = _reached(question, code) | {name for _, name in placeholders(question.ask)}
    covered = set.intersection(*(set(given) for given in options)) if options else set()
    answer = [question.answer] if isinstance(question.answer, str) else []
    told = _reached(question, answer) if question.kind in FINE else set()
    return frozenset(found - covered - (set(question.vary) - told))


def _reached(question: Question, code: Iterable[str]) -> set[str]:
    """The names in some code, and those in the givens that it uses."""
    found = _words(code)
    for name, value in reversed(list(question.given.items())):
        if name in found and isinstance(value, str):
            found |= _words([value])
    return found


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _WORD.findall(text)}
