"""Study: a learner's sessions over the chosen decks, and what waits in them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from quizcnn.study.desk import Desk
from quizcnn.study.plan_queue import PlanQueue
from quizcnn.study.queries import RENAMED, STANDING, moments, scope_sql
from quizcnn.study.queue import Queue, StudyQueue, Waiting, limits
from quizcnn.study.records import Mode, Request, Scope, Sitting
from quizcnn.study.scheduling import Scheduler
from quizcnn.study.settings.model import Settings

if TYPE_CHECKING:
    from quizcnn.check.job import Checker
    from quizcnn.study.session import Session
    from quizcnn.study.statistics.records import Statistics

EXAM_SECONDS = 120
"""The time that an exam allows for each question, where nothing else is said."""


class Standing(NamedTuple):
    """How one stands with a deck: what waits, and how many of all questions are how well known.

    Of those that were met some are in learning; the others are young, or mature where they stay
    away for three weeks and more.
    """

    waiting: Waiting
    all: int
    learning: int = 0
    young: int = 0
    mature: int = 0

    @property
    def met(self) -> int:
        """How many questions are not new."""
        return self.learning + self.young + self.mature


class Study:
    """Opens sessions: one left unfinished is gone on with as long as its day or its time lasts."""

    def __init__(self, desk: Desk, rng: random.Random | None = None) -> None:
        self._desk = desk
        self._rng = rng or random.Random()
        self._take_up_renamed()

    def open(self, request: Request, checker: Checker) -> Session:
        """The session that is asked for: one left unfinished today, or a new one."""
        match request.mode:
            case Mode.STUDY:
                sitting = self._study(request)
            case Mode.CRAM:
                sitting = self._cram(request)
            case Mode.EXAM:
                sitting = self._exam(request)
        return self._session(sitting, checker)

    def latest(self, checker: Checker) -> Session | None:
        """The session in which something was done last, finished or not; None where there is none.

        What was done in it can be undone.
        """
        sitting = self._desk.store.latest()
        return None if sitting is None else self._session(sitting, checker)

    def waiting(self, scope: Scope) -> Waiting:
        """What waits in a scope now."""
        return self._queue(scope).waiting(self._desk.clock(), ())

    def statistics(self) -> Statistics:
        """What the answers so far come to."""
        from quizcnn.study.statistics.counting import statistics  # noqa: PLC0415 - few look at them

        desk = self._desk
        return statistics(desk.store.rows, desk.settings, desk.calendar, desk.clock())

    @property
    def settings(self) -> Settings:
        """The settings that hold now."""
        return self._desk.settings

    def change(self, settings: Settings) -> None:
        """Have other settings hold for the sessions opened from now on."""
        calendar = self._desk.calendar._replace(begins=settings.day_begins)
        scheduler = Scheduler(settings, calendar)
        self._desk = self._desk._replace(settings=settings, calendar=calendar, scheduler=scheduler)

    def standing(self) -> tuple[Waiting, dict[str, Standing]]:
        """What waits in all decks, and how one stands with each of them."""
        desk = self._desk
        values = moments(desk.clock(), desk.calendar)
        due_limit, new_limit = limits(desk.store.rows, desk.settings, values)
        found: dict[str, Standing] = {}
        all_due = all_new = all_learning = 0
        rows = desk.store.rows(STANDING, values)
        for deck, questions, met, young, mature, learning, due, new in rows:
            all_learning, all_due, all_new = all_learning + learning, all_due + due, all_new + new
            waiting = Waiting(learning, min(due, due_limit), min(new, new_limit))
            found[deck] = Standing(waiting, questions, met - young - mature, young, mature)
        return Waiting(all_learning, min(all_due, due_limit), min(all_new, new_limit)), found

    def _queue(self, scope: Scope) -> Queue:
        desk = self._desk
        return StudyQueue(desk.store.rows, desk.settings, desk.calendar, scope)

    def _session(self, sitting: Sitting, checker: Checker) -> Session:
        from quizcnn.study.session import Session  # noqa: PLC0415 - the home screen needs none

        planned = sitting.mode is not Mode.STUDY
        queue = self._planned(sitting) if planned else self._queue(sitting.scope)
        return Session(self._desk, sitting, queue, checker)

    def _planned(self, sitting: Sitting) -> Queue:
        """A fixed list without what was answered, but for what a cram has still to repeat."""
        again = sitting.mode is Mode.CRAM
        last: dict[str, bool] = {}
        for action in self._desk.store.actions(sitting.id):
            last[action.key] = action.review is None or action.review.right or not again
        missed = [key for key, done in last.items() if not done]
        fresh = [key for key in sitting.plan if key not in last]
        return PlanQueue([*fresh, *missed], again)

    def _study(self, request: Request) -> Sitting:
        """What is due and new today."""
        scope = request.scope
        return self._today(Mode.STUDY, scope) or self._begin(Mode.STUDY, scope)

    def _cram(self, request: Request) -> Sitting:
        """All questions of a scope, or just some, shuffled, until each was right once."""
        scope, wanted = request.scope, list(request.keys) or self._keys(request.scope)
        sitting = self._today(Mode.CRAM, scope)
        if sitting is not None and set(sitting.plan) == set(wanted):
            return sitting
        self._rng.shuffle(wanted)
        return self._begin(Mode.CRAM, scope, wanted)

    def _exam(self, request: Request) -> Sitting:
        """Questions drawn at random, none a card that one judges oneself.

        Its time goes on while the program is closed.
        """
        sitting = self._desk.store.unfinished(Mode.EXAM, request.scope)
        if sitting is not None and sitting.seconds_left(self._desk.clock()) != 0:
            return sitting
        keys = self._keys(request.scope, checked=True)
        plan = self._rng.sample(keys, min(request.questions, len(keys)))
        allowed = EXAM_SECONDS * len(plan) if request.seconds is None else request.seconds
        return self._begin(Mode.EXAM, request.scope, plan, allowed)

    def _begin(
        self, mode: Mode, scope: Scope, plan: Sequence[str] = (), seconds: int | None = None
    ) -> Sitting:
        return self._desk.store.begin(mode, scope, self._desk.clock(), plan, seconds)

    def _today(self, mode: Mode, scope: Scope) -> Sitting | None:
        """The unfinished session of this kind that was begun today."""
        sitting = self._desk.store.unfinished(mode, scope)
        day = self._desk.calendar.day
        if sitting is None or day(sitting.began) != day(self._desk.clock()):
            return None
        return sitting

    def _keys(self, scope: Scope, checked: bool = False) -> list[str]:
        from quizcnn.deck.model import Kind  # noqa: PLC0415 - as in `_session`

        where, names = scope_sql(scope)
        kinds = f" AND q.kind <> '{Kind.RECALL}'" if checked else ""
        query = f"SELECT q.key FROM chosen_questions q WHERE 1{where}{kinds} ORDER BY q.rank"
        return [key for (key,) in self._desk.store.rows(query, names)]

    def _take_up_renamed(self) -> None:
        """Progress follows a question that says `was:`; from another deck it is copied."""
        store = self._desk.store
        for was, key in store.rows(RENAMED):
            store.adopt(was, key, move=was.split("/")[0] == key.split("/")[0])
