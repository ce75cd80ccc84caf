"""Behind the walls that stop the attacks, every honest check of the decks is computed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import quizcnn
from quizcnn.answer.working import work
from quizcnn.check.client import Worker
from quizcnn.deck.catalog import Catalog
from quizcnn.deck.variants import variants

QUESTIONS = Path(quizcnn.__file__).parent.parent / "questions"


def test_every_question_of_the_decks_holds_through_the_worker(worker: Worker) -> None:
    """Each question's canonical variant: its givens, its check, its claims, its answer.

    `quizcnn verify` goes through all variants, wrong answers and contrasts of the same decks.
    """
    with Catalog.open(None) as catalog:
        assert not catalog.read([QUESTIONS])
        questions = tuple(catalog.questions())
    assert len(questions) >= 48
    for question in questions:
        [canonical] = variants(replace(question, vary={}), worker)
        [working] = work(question, [(canonical, 0)], worker)
        assert working.trouble is None, (question.id, working.trouble)
