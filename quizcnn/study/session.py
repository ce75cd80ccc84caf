"""One sitting: questions asked one after another, each answered, skipped or found broken.

Nothing is stored; whoever holds the session holds its state. The methods that run checks (`ask`
and `answer`) block for as long as the checks take and may be called from a thread, one at a time.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from enum import Enum, auto
from typing import TypeAlias

from quizcnn.answer.asking import ask
from quizcnn.answer.graded import Asked, Blank, Graded, Malformed, Ungraded
from quizcnn.answer.grading import grade
from quizcnn.answer.reading import read
from quizcnn.check.job import Checker
from quizcnn.check.proof import Proof
from quizcnn.deck.model import Question, Variant
from quizcnn.deck.variants import VariantError, variants
from quizcnn.study.summary import Outcome, Result, Summary

Answered: TypeAlias = Blank | Malformed | Graded | Ungraded


class Phase(Enum):
    """Where a session stands with its current question."""

    ASKING = auto()
    """The question is open: `ask`, `answer` and `skip` are in order."""
    JUDGING = auto()
    """A card was turned and the learner is to `judge` it."""
    DONE = auto()
    """The question has its outcome; `next` goes on."""
    FINISHED = auto()
    """There is no question left."""


class Session:
    """Asks `questions` in their order, each in a variant that `rng` chooses."""

    def __init__(self, questions: Sequence[Question], checker: Checker, rng: random.Random) -> None:
        self._questions = tuple(questions)
        self._checker = checker
        self._rng = rng
        self._index = 0
        self._asked: Asked | Ungraded | None = None
        self._graded: Graded | Ungraded | None = None
        self._outcome: Outcome | None = None
        self._results: list[Result] = []

    @property
    def total(self) -> int:
        """How many questions the session has."""
        return len(self._questions)

    @property
    def position(self) -> int:
        """The current question's number, from 1; `total` + 1 when the session is finished."""
        return self._index + 1

    @property
    def question(self) -> Question | None:
        """The current question, None when the session is finished."""
        return self._questions[self._index] if self._index < self.total else None

    @property
    def graded(self) -> Graded | Ungraded | None:
        """What came of the current question's answer, None while there is none."""
        return self._graded

    @property
    def outcome(self) -> Outcome | None:
        """The current question's outcome, None while it has none."""
        return self._outcome

    @property
    def phase(self) -> Phase:
        """Where the session stands with its current question."""
        if self.question is None:
            return Phase.FINISHED
        if self._outcome is not None:
            return Phase.DONE
        return Phase.ASKING if self._graded is None else Phase.JUDGING

    def ask(self) -> Asked | Ungraded | None:
        """The current question as it is asked, the same at each call; None when finished.

        Ungraded when its variants cannot be computed: it has its outcome then, and `next` goes on.
        """
        question = self.question
        if question is None:
            return None
        if self._asked is None:
            self._asked = self._pose(question)
            if isinstance(self._asked, Ungraded):
                self._graded = self._asked
                self._settle(Outcome.UNGRADED)
        return self._asked

    def answer(self, text: str) -> Answered:
        """Read `text` as an answer to the current question, and grade it.

        Blank and Malformed cost nothing: the question stays open. Raises RuntimeError when no
        question is open.
        """
        asked = self.ask()
        self._require(Phase.ASKING, "answered")
        assert isinstance(asked, Asked)
        reading = read(asked, text)
        if isinstance(reading, Blank | Malformed):
            return reading
        self._graded = grade(asked, reading, self._checker)
        if isinstance(self._graded, Ungraded):
            self._settle(Outcome.UNGRADED)
        elif self._graded.right is not None:
            self._settle(Outcome.RIGHT if self._graded.right else Outcome.WRONG)
        return self._graded

    def judge(self, right: bool) -> None:
        """Say of a turned card whether one knew it. Raises RuntimeError when none is turned."""
        self._require(Phase.JUDGING, "judged")
        self._settle(Outcome.RIGHT if right else Outcome.WRONG)

    def skip(self) -> None:
        """Leave the current question unanswered; `next` then goes on.

        Raises RuntimeError when no question is open.
        """
        self._require(Phase.ASKING, "skipped")
        self._settle(Outcome.SKIPPED)

    def next(self) -> None:
        """Go on to the next question. Raises RuntimeError while the current one is open."""
        self._require(Phase.DONE, "left")
        self._index += 1
        self._asked = self._graded = self._outcome = None

    def summary(self) -> Summary:
        """What came of the questions so far."""
        return Summary(tuple(self._results), self.total)

    def _pose(self, question: Question) -> Asked | Ungraded:
        try:
            choices = variants(question, self._checker)
        except VariantError as error:
            return _unposed(question, str(error))
        return ask(question, self._rng.choice(choices), self._rng)

    def _settle(self, outcome: Outcome) -> None:
        asked = self._asked.asked if isinstance(self._asked, Ungraded) else self._asked
        question = self.question
        assert question is not None
        prompt = asked.prompt if asked is not None else question.ask
        self._outcome = outcome
        self._results.append(Result(question, prompt, outcome))

    def _require(self, phase: Phase, what: str) -> None:
        if self.phase is not phase:
            raise RuntimeError(f"No question can be {what} now: the session is {self.phase.name}.")


def _unposed(question: Question, reason: str) -> Ungraded:
    variant = Variant(0, question.given, {})
    return Ungraded(Asked(question, variant, question.ask, hint=question.hint), reason, Proof())
