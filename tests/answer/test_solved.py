"""A question with its own answer given, as it is looked at in the list."""

from __future__ import annotations

from collections.abc import Callable

from quizcnn.answer.graded import Graded, Read, Ungraded
from quizcnn.answer.solved import solve
from quizcnn.check.job import Checker
from quizcnn.deck.model import Question

Make = Callable[..., Question]


def test_the_stored_answer_stands_beside_what_is_computed(question: Make, worker: Checker) -> None:
    """Nobody has answered: nothing that was typed is told."""
    found = solve(question(given={"n": 4}, answer="n - 1", check="ones(n)[1:].size"), worker)
    assert isinstance(found, Graded)
    assert (found.right, found.stored, found.computed) == (True, "3", "3")
    assert found.read == Read("", None, "")


def test_what_the_check_contradicts_is_not_told_as_the_answer(
    question: Make, worker: Checker
) -> None:
    found = solve(question(given={"n": 4}, answer="n", check="ones(n)[1:].size"), worker)
    assert isinstance(found, Ungraded)
    assert "3" in found.reason
