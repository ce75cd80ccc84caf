"""From a graded answer to the log's row, and from the log back to a session's results."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from quizcnn.answer.graded import Graded
from quizcnn.deck.model import Question
from quizcnn.deck.prose import fill
from quizcnn.study.desk import Library
from quizcnn.study.meeting import name_of
from quizcnn.study.records import Action, Review
from quizcnn.study.summary import Outcome, Result


def review_of(graded: Graded, at: datetime, took: timedelta) -> Review:
    """The log's row of an answer given at `at`; a turned card is right until it is judged."""
    asked = graded.asked
    return Review(
        key=asked.question.key,
        at=at,
        right=graded.right is not False,
        typed=graded.read.text,
        computed=graded.computed,
        slip=_slip(graded),
        variant=name_of(asked.variant.given),
        seconds=max(took.total_seconds(), 0.0),
        revision=asked.question.revision,
    )


def results_of(actions: Iterable[Action], library: Library) -> list[Result]:
    """What came of a session so far; questions that are gone from the decks are left out."""
    results: list[Result] = []
    for action in actions:
        question = library.question(action.key)
        if question is None:
            continue
        review = action.review
        outcome = Outcome.SKIPPED
        if review is not None:
            outcome = Outcome.RIGHT if review.right else Outcome.WRONG
        results.append(Result(question, _prompt(question, review), outcome))
    return results


def _slip(graded: Graded) -> str:
    """The wrong answer's `because` as the deck has it, so that all variants count as one slip."""
    if not graded.because:
        return ""
    values = graded.asked.variant.values
    told = (wrong.because for wrong in graded.asked.question.wrong)
    return next(
        (because for because in told if fill(because, values) in graded.because), graded.because
    )


def _prompt(question: Question, review: Review | None) -> str:
    """The question's prose as it was asked, as near as the log knows."""
    given = dict(question.given) | (json.loads(review.variant) if review else {})
    try:
        return fill(question.ask, given)
    except KeyError:  # the question has been edited since, and has other givens now
        return question.ask
