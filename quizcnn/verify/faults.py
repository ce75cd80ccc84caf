"""Faults in the expressions of a question whose check has no value, to be told in the same run.

Where the check has one, they show when the answers are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizcnn.answer.batch import Batch
from quizcnn.answer.computing import expression, failed
from quizcnn.answer.working import Working
from quizcnn.check.job import Checker
from quizcnn.check.proof import Failure
from quizcnn.deck.model import Kind, Variant

EXPRESSIONS = frozenset({Kind.NUMBER, Kind.SHAPE, Kind.ARRAY})
"""Kinds whose answer is an expression."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An expression that cannot be computed: where it stands (`answer`, `wrong.0.is`), and why."""

    path: str
    reason: str
    failure: Failure
    variant: Variant


def faults(workings: Sequence[Working], checker: Checker) -> tuple[Fault, ...]:
    """The answer and the wrong answers that cannot be computed on the first variant, if the check
    cannot either. Nothing runs where it can."""
    if not workings or not workings[0].computed.failure:
        return ()
    question, variant = workings[0].question, workings[0].variant
    stated = {f"wrong.{at}.is": one.expression for at, one in enumerate(question.wrong)}
    if question.kind in EXPRESSIONS:
        stated = {"answer": str(question.answer), **stated}
    batch = Batch(steps=False)
    tickets = {
        path: expression(batch, question, code, variant, 0)
        for path, code in stated.items()
        if code is not None
    }
    batch.run(checker, question.timeout)
    found = []
    for path, ticket in tickets.items():
        proof = ticket()
        if proof.failure is not None and proof.failure.given is None:
            named = "stored answer" if path == "answer" else "wrong answer"
            reason = failed(proof).replace("The check", f"The {named}", 1)
            found.append(Fault(path, reason, proof.failure, variant))
    return tuple(found)
