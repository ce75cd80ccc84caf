"""Behind the walls that stop the attacks, every honest check of the decks is computed."""

from __future__ import annotations

from pathlib import Path

import quizcnn
from quizcnn.answer.working import work
from quizcnn.check.client import Worker
from quizcnn.deck.catalog import load
from quizcnn.deck.variants import variants

QUESTIONS = Path(quizcnn.__file__).parent.parent / "questions"


def test_every_question_of_the_decks_holds_through_the_worker(worker: Worker) -> None:
    """Each question's canonical variant: its check, its claims, its wrong answers."""
    catalog = load([QUESTIONS])
    assert not catalog.problems
    assert len(catalog.questions) >= 48
    for question in catalog.questions:
        [working] = work(question, [(variants(question, worker)[0], 0)], worker)
        assert working.trouble is None, (question.id, working.trouble)
        assert not any(result.failure for result in working.wrong), (question.id, working.wrong)
