"""Wrong answers whose slip can be looked for, and what is told of it.

The search itself is in `naming`, which is slow to import and needed by few answers.
"""

from __future__ import annotations

from quizcnn.answer.graded import Graded, NoSlip
from quizcnn.deck.model import Kind, Wrong

FINE = frozenset((Kind.NUMBER, Kind.SHAPE, Kind.ARRAY))
"""Kinds whose answer shows every change of what is computed."""


def seekable(graded: Graded) -> bool:
    """Whether a slip can be looked for that gives this answer, and was not yet."""
    if graded.right is not False or graded.slip is not None:
        return False
    if graded.listed is not None:
        return _is_slip(graded.listed)  # else the author has said in words what it is
    question = graded.asked.question
    return question.kind in FINE and bool(question.check)


def slip_words(graded: Graded) -> str:
    """What the search for the slip came to, for the learner.

    "" where the question's own words say what the answer is the answer to, and before the search.
    """
    if graded.because or graded.slip is None:
        return ""
    if isinstance(graded.slip, NoSlip):
        return graded.slip.reason
    return f"Your {graded.read.echo} is what one slip gives: {graded.slip.name}."


def _is_slip(listed: Wrong) -> bool:
    """Whether a wrong answer that a question lists is the check with other givens."""
    return bool(listed.given) and listed.text is None
