"""What a learner's progress comes to, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Day:
    """One of the learner's days: how many answers, how many of them right, and their time."""

    day: date
    answers: int = 0
    right: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """How many of so many were known.

    >>> Share(9, 10).part, Share(0, 0).part
    (0.9, None)
    """

    known: int = 0
    asked: int = 0

    @property
    def part(self) -> float | None:
        """From 0 to 1; None where nothing was asked."""
        return self.known / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class Retention:
    """How much was still known when it came up for review in the last `days` days, None for ever.

    `young` and `mature` are the reviews after an interval of less than three weeks, and of at
    least as much. A review whose interval is not known counts in neither, but in `all`.
    """

    days: int | None
    all: Share = Share()
    young: Share = Share()
    mature: Share = Share()


@dataclass(frozen=True, slots=True)
class Due:
    """How many questions become due on a day; on the first day also those that are overdue."""

    day: date
    questions: int = 0


@dataclass(frozen=True, slots=True)
class Mastery:
    """How far one is with the questions of a deck, or of a tag.

    `chance` is the mean chance that a question which is not new is known now, by FSRS; None where
    all are new.
    """

    name: str
    new: int = 0
    learning: int = 0
    young: int = 0
    mature: int = 0
    chance: float | None = None

    @property
    def questions(self) -> int:
        """How many there are."""
        return self.new + self.learning + self.young + self.mature


@dataclass(frozen=True, slots=True)
class Hard:
    """A question that is often answered wrong. A lapse is a wrong answer to one that was known."""

    key: str
    answers: int
    wrong: int
    lapses: int
    suspended: bool = False


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong answer with a cause that is known: `slip` says what it was the answer to."""

    key: str
    slip: str
    times: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a learner's progress comes to at the moment `at`.

    `history` has each of the last days, today last. `answers`, `right`, `seconds` and `practised`
    (days on which something was answered) are of all time. `streak` is the number of days without
    a gap that ends today, or yesterday while nothing was answered today.
    """

    at: datetime
    today: date
    desired: float
    history: tuple[Day, ...]
    answers: int = 0
    right: int = 0
    seconds: float = 0.0
    practised: int = 0
    streak: int = 0
    longest: int = 0
    retention: tuple[Retention, ...] = ()
    forecast: tuple[Due, ...] = ()
    decks: tuple[Mastery, ...] = ()
    tags: tuple[Mastery, ...] = ()
    hardest: tuple[Hard, ...] = ()
    slips: tuple[Slip, ...] = ()

    @property
    def seconds_a_day(self) -> float:
        """The mean time of a day on which something was answered."""
        return self.seconds / self.practised if self.practised else 0.0

    @property
    def seconds_an_answer(self) -> float:
        """The mean time of an answer."""
        return self.seconds / self.answers if self.answers else 0.0
