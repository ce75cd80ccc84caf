"""What came of a session, question by question and counted."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from quizcnn.answer.graded import Graded
from quizcnn.deck.model import Question


class Outcome(StrEnum):
    """What came of one question."""

    RIGHT = "right"
    WRONG = "wrong"
    SKIPPED = "skipped"
    UNGRADED = "not graded"


MISSED = (Outcome.WRONG, Outcome.SKIPPED)
"""The outcomes of questions that are worth repeating."""


class Result(NamedTuple):
    """A question that was met, its prose as it was asked, and what came of it.

    `graded` is there where it was answered since the program was started.
    """

    question: Question
    prompt: str
    outcome: Outcome
    graded: Graded | None = None


class Tally(NamedTuple):
    """How the questions of one deck, or with one tag, went."""

    name: str
    right: int
    wrong: int
    skipped: int
    ungraded: int

    @property
    def asked(self) -> int:
        """How many questions were met."""
        return self.right + self.wrong + self.skipped + self.ungraded


class Summary(NamedTuple):
    """A session's results in the order of meeting; a question may have been met several times.

    `left` is how many questions are waiting still. `seconds` is the time that the answers took.
    `returns` says in words how long it is until the next one is due, "" where none is.
    """

    results: tuple[Result, ...]
    left: int = 0
    seconds: float = 0.0
    returns: str = ""

    @property
    def asked(self) -> int:
        """How many questions were met."""
        return len(self.results)

    @property
    def right(self) -> int:
        """How many were answered right."""
        return self._count(Outcome.RIGHT)

    @property
    def wrong(self) -> int:
        """How many were answered wrong."""
        return self._count(Outcome.WRONG)

    @property
    def skipped(self) -> int:
        """How many were skipped."""
        return self._count(Outcome.SKIPPED)

    @property
    def ungraded(self) -> int:
        """How many could not be graded because their check failed."""
        return self._count(Outcome.UNGRADED)

    @property
    def missed(self) -> tuple[Question, ...]:
        """The questions worth repeating, each once: answered wrong or skipped."""
        missed = {
            result.question.key: result.question
            for result in self.results
            if result.outcome in MISSED
        }
        return tuple(missed.values())

    @property
    def by_deck(self) -> tuple[Tally, ...]:
        """A tally for each deck, in the order of meeting."""
        return _tallies((result.question.deck, result.outcome) for result in self.results)

    @property
    def by_tag(self) -> tuple[Tally, ...]:
        """A tally for each tag, in the order of meeting; a question counts under all its tags."""
        return _tallies(
            (tag, result.outcome) for result in self.results for tag in result.question.tags
        )

    def _count(self, outcome: Outcome) -> int:
        return sum(result.outcome is outcome for result in self.results)


def _tallies(named: Iterable[tuple[str, Outcome]]) -> tuple[Tally, ...]:
    outcomes: dict[str, list[Outcome]] = {}
    for name, outcome in named:
        outcomes.setdefault(name, []).append(outcome)
    return tuple(
        Tally(
            name,
            right=found.count(Outcome.RIGHT),
            wrong=found.count(Outcome.WRONG),
            skipped=found.count(Outcome.SKIPPED),
            ungraded=found.count(Outcome.UNGRADED),
        )
        for name, found in outcomes.items()
    )
