"""A checker without a process, and questions made by hand."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from quizcnn.check.job import Job
from quizcnn.check.proof import Failure, Proof, Step
from quizcnn.deck.model import Kind, Place, Question

PLACE = Place("deck.yaml", 1)


class LiteralChecker:
    """Computes codes that are Python literals or the name of a given; all else fails."""

    def run(self, jobs: Sequence[Job], timeout: float = 2.0) -> list[Proof]:
        return [self._one(job) for job in jobs]

    def _one(self, job: Job) -> Proof:
        try:
            given = {
                name: ast.literal_eval(value) if isinstance(value, str) else value
                for name, value in job.given.items()
            }
            code = job.code.strip()
            value = given[code] if code in given else ast.literal_eval(code)
        except (ValueError, SyntaxError) as error:
            return Proof(failure=Failure("raised", str(error), 1))
        return Proof(tuple(given.items()), (Step(code, 1, None, value),), value=value)


def make_question(kind: str = "number", **fields: Any) -> Question:
    """A question of `kind`; a number whose answer is 6 unless told otherwise."""
    settings: dict[str, Any] = {
        "deck": "test",
        "id": "one",
        "ask": "What comes out?",
        "answer": "6",
        "check": "6",
        **fields,
    }
    return Question(kind=Kind(kind), place=PLACE, places={}, check_place=PLACE, **settings)


@pytest.fixture(scope="session")
def checker() -> LiteralChecker:
    """A checker that knows literals only."""
    return LiteralChecker()


@pytest.fixture(scope="session")
def question() -> Callable[..., Question]:
    """Makes a question."""
    return make_question
