"""The current question of a session, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from quizcnn.answer.graded import Asked, Graded, Ungraded
from quizcnn.deck.model import Question
from quizcnn.study.records import Card, Grade, Review
from quizcnn.study.summary import Outcome, Result


class Phase(Enum):
    """Where a session stands with its current question."""

    ASKING = auto()
    """The question is open: `ask`, `answer`, `skip`, `bury` and `suspend` are in order."""
    JUDGING = auto()
    """A card was turned and the learner is to `judge` it."""
    DONE = auto()
    """The question has its outcome; `next` goes on, `judge` alters the grade."""
    FINISHED = auto()
    """There is no question left."""


@dataclass
class Turn:
    """A question's turn; all is None before it is chosen.

    `card` is as it was before the answer, `since` when the question was first shown.
    """

    question: Question | None = None
    card: Card | None = None
    asked: Asked | Ungraded | None = None
    since: datetime | None = None
    graded: Graded | Ungraded | None = None
    review: Review | None = None
    grade: Grade | None = None
    outcome: Outcome | None = None

    def result(self, outcome: Outcome) -> Result:
        """What came of the question, as the summary lists it."""
        assert self.question is not None
        asked = self.asked.asked if isinstance(self.asked, Ungraded) else self.asked
        prompt = self.question.ask if asked is None else asked.prompt
        graded = self.graded if isinstance(self.graded, Graded) else None
        return Result(self.question, prompt, outcome, graded)
