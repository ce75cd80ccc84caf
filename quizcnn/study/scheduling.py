"""When a question comes again: the FSRS algorithm, through the `fsrs` library.

The library counts the days since the last review in spans of 24 hours; here they are counted from
one day of the learner's to another, as Anki does, so that an evening and the next morning are a
day apart. https://github.com/open-spaced-repetition/py-fsrs
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from quizcnn.study.days import Calendar
from quizcnn.study.records import Grade, Memory, Stage
from quizcnn.study.settings.model import Settings

if TYPE_CHECKING:
    import fsrs

_LOCK = threading.Lock()


class Scheduler:
    """Schedules by FSRS under some settings. Pure: it keeps nothing of what it has scheduled.

    The library is imported with the first schedule: the first question is asked without it.
    """

    def __init__(self, settings: Settings, calendar: Calendar) -> None:
        self._calendar = calendar
        self._settings = settings

    @cached_property
    def _fsrs(self) -> fsrs.Scheduler:
        import fsrs  # noqa: PLC0415

        return fsrs.Scheduler(
            desired_retention=self._settings.desired_retention,
            learning_steps=self._settings.learning_steps,
            relearning_steps=self._settings.relearning_steps,
            maximum_interval=self._settings.maximum_interval,
            enable_fuzzing=self._settings.fuzz,
        )

    def review(self, memory: Memory | None, grade: Grade, at: datetime, spread: str = "") -> Memory:
        """The memory after a review at `at` (aware, UTC); `memory` None is a new question.

        `spread` decides how the interval is spread: the same text always gives the same interval,
        so what was announced beside a grade is what is done.
        """
        import fsrs  # noqa: PLC0415

        with _drawing(spread):
            card, _ = self._fsrs.review_card(
                self._card(memory, at), fsrs.Rating(int(grade)), review_datetime=at
            )
        assert card.stability is not None and card.difficulty is not None
        stage = Stage(int(card.state))
        due = card.due
        if stage is Stage.REVIEW:
            due = self._calendar.begin(self._calendar.day(at) + (card.due - at))
        return Memory(stage, card.step, card.stability, card.difficulty, due, at)

    def preview(self, memory: Memory | None, at: datetime, spread: str = "") -> dict[Grade, Memory]:
        """What each grade would come to."""
        return {grade: self.review(memory, grade, at, spread) for grade in Grade}

    def chance(self, memory: Memory, at: datetime) -> float:
        """How likely it is, by FSRS, that the question is known at `at`: 0 to 1."""
        return float(self._fsrs.get_card_retrievability(self._card(memory, at), at))

    def forgetting(self) -> Callable[[int, float], float]:
        """The chance that a question is known so many days after its last review, by its stability.

        It gives what `chance` gives, for many questions quickly. It is FSRS's forgetting curve,
        (1 + factor · days / stability) ^ decay, which is 0.9 where days = stability.
        """
        decay = -self._fsrs.parameters[20]
        factor = 0.9 ** (1 / decay) - 1
        return lambda days, stability: float((1 + factor * max(days, 0) / stability) ** decay)

    def _card(self, memory: Memory | None, at: datetime) -> fsrs.Card:
        import fsrs  # noqa: PLC0415

        if memory is None:
            return fsrs.Card(card_id=0, due=at)
        days = (self._calendar.day(at) - self._calendar.day(memory.last_review)).days
        return fsrs.Card(
            card_id=0,
            state=fsrs.State(int(memory.stage)),
            step=memory.step,
            stability=memory.stability,
            difficulty=memory.difficulty,
            due=memory.due,
            last_review=at - timedelta(days=max(days, 0)),
        )


@contextmanager
def _drawing(spread: str) -> Iterator[None]:
    """Have `fsrs` draw from a generator that begins at `spread`, not from the global one."""
    from fsrs import scheduler as library  # noqa: PLC0415

    with _LOCK:
        usual = vars(library)["random"]
        vars(library)["random"] = random.Random(spread).random
        try:
            yield
        finally:
            vars(library)["random"] = usual
