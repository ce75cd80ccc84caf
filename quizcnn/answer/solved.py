"""A question with its own answer given: what is looked at where nobody has answered."""

from __future__ import annotations

import random
from dataclasses import replace

from quizcnn.answer.asking import ask
from quizcnn.answer.comparing import words
from quizcnn.answer.graded import Asked, Graded, Read, Ungraded
from quizcnn.answer.grading import grade
from quizcnn.answer.picking import LETTERS
from quizcnn.answer.reading import read
from quizcnn.answer.working import Working, work
from quizcnn.check.job import Checker
from quizcnn.check.proof import Proof
from quizcnn.deck.model import Kind, Question, Variant
from quizcnn.deck.variants import VariantError, variants


def solve(question: Question, checker: Checker) -> Graded | Ungraded:
    """The first variant of a question, with its stored answer held against what is computed.

    Ungraded where the check cannot be run or does not confirm the answer. Blocks for as long as
    the checks take.
    """
    try:
        variant = variants(question, checker)[0]
    except VariantError as error:
        unposed = Variant(0, question.given, {})
        return Ungraded(Asked(question, unposed, question.ask), str(error), Proof())
    asked = ask(question, variant, random.Random(question.key))
    [working] = work(question, [(variant, asked.seed)], checker, wrong=False)
    if working.trouble:
        return Ungraded(asked, working.trouble.reason, working.proof)
    reading = read(asked, _typed(asked, working))
    if not isinstance(reading, Read):
        return Ungraded(asked, "Its stored answer cannot be read as an answer.", working.proof)
    graded = grade(asked, reading, checker)
    if isinstance(graded, Ungraded):
        return graded
    return replace(graded, read=Read("", None, ""))  # nobody has answered


def _typed(asked: Asked, working: Working) -> str:
    """The stored answer as a person would give it."""
    stored, kind = working.stored, working.question.kind
    texts = [text for text in stored if isinstance(text, str)] if isinstance(stored, tuple) else []
    match kind:
        case Kind.TEXT:
            return texts[0]
        case Kind.CHOICE | Kind.ORDER:
            return "".join(LETTERS[asked.options.index(text)] for text in texts)
        case Kind.RECALL:
            return ""
        case _:
            return words(working.question, stored)
