"""What is kept of a learner's progress, as plain data: cards, reviews, sessions, undone actions.

Most are named tuples: Python makes such a class in a quarter of the time that a dataclass takes,
and every start waits for these.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from math import ceil
from typing import NamedTuple

MATURE = 21
"""Days from which an interval is long: a question with a shorter one is young."""


class Grade(IntEnum):
    """How well a question was known; the numbers are the keys that a learner presses."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Stage(IntEnum):
    """Where a card stands in the schedule; the numbers are those of the `fsrs` library."""

    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


class Mode(StrEnum):
    """What a session is: only `study` touches the schedule."""

    STUDY = "study"
    CRAM = "cram"
    EXAM = "exam"


class Act(StrEnum):
    """What can be undone."""

    ANSWER = "answer"
    SKIP = "skip"
    BURY = "bury"
    SUSPEND = "suspend"


class Memory(NamedTuple):
    """The state of a card in the schedule. Times are aware, in UTC, to the millisecond.

    `stability` is in days, `difficulty` runs from 1 to 10 (FSRS). `step` counts the learning steps,
    None in stage REVIEW. A card in stage REVIEW is due all day from the moment `due` on, which is
    the beginning of a day; in the other stages `due` is a moment.
    """

    stage: Stage
    step: int | None
    stability: float
    difficulty: float
    due: datetime
    last_review: datetime


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of one learner and one question, `key` being `deck/id`.

    `memory` is None while it is new (also when a new `revision` made it so again). `buried` is the
    moment until which it is set aside.
    """

    key: str
    revision: int = 1
    memory: Memory | None = None
    reviews: int = 0
    lapses: int = 0
    suspended: bool = False
    leech: bool = False
    buried: datetime | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """One answer as the log keeps it.

    `right` is what the check said, or for a turned card whether the grade was better than AGAIN.
    `grade` is None where the answer did not touch the schedule (cram, exam); `after` likewise.
    `before` is the stage in which the question was met, None when it was new. `variant` is the
    variant's givens as JSON, `slip` what the wrong answer was the answer to ("" where that is not
    known), `seconds` the time from asking to answering.
    """

    key: str
    at: datetime
    right: bool
    grade: Grade | None = None
    typed: str = ""
    computed: str = ""
    slip: str = ""
    variant: str = "{}"
    seconds: float = 0.0
    revision: int = 1
    before: Stage | None = None
    after: Memory | None = None


class Scope(NamedTuple):
    """Which questions a session is about: empty tuples stand for all.

    `ahead` is how many days before they are due questions are asked too.
    """

    decks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    ahead: int = 0


class Request(NamedTuple):
    """A session that a learner asks for.

    `keys` are just the questions wanted (a cram of them), `questions` how many an exam has, and
    `seconds` the time for all of them, None for the usual time.
    """

    mode: Mode = Mode.STUDY
    scope: Scope = Scope()
    keys: tuple[str, ...] = ()
    questions: int = 20
    seconds: int | None = None


class Sitting(NamedTuple):
    """A session as the store keeps it. `plan` is the fixed list of keys of a cram or an exam.

    `seconds` is the time that an exam allows, None where there is no limit.
    """

    id: int
    mode: Mode
    scope: Scope
    began: datetime
    ended: datetime | None = None
    plan: tuple[str, ...] = ()
    seconds: int | None = None

    @property
    def request(self) -> Request:
        """What asks for this session again."""
        return Request(self.mode, self.scope, self.plan if self.mode is Mode.CRAM else ())

    def seconds_left(self, at: datetime) -> int | None:
        """What is left of an exam's time, 0 when it is over; None where there is no limit."""
        if self.seconds is None:
            return None
        over = self.began + timedelta(seconds=self.seconds)
        return max(0, ceil((over - at).total_seconds()))


class Action(NamedTuple):
    """Something done in a session: with ANSWER comes its review."""

    act: Act
    key: str
    review: Review | None = None
