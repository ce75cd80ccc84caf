"""One sitting: questions asked one after another, each answered, skipped or set aside.

Every answer is in the store before it is told. The methods that run checks or look into the store
block for as long as that takes and may be called from a thread, one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from quizcnn.answer.graded import Asked, Blank, Graded, Malformed, NoSlip, Slip, Ungraded
from quizcnn.deck.model import Question
from quizcnn.deck.variants import plain
from quizcnn.study.desk import Desk
from quizcnn.study.grading import as_asked, becomes_leech, change, outlook, self_grade
from quizcnn.study.intervals import interval, until
from quizcnn.study.log import review_of
from quizcnn.study.meeting import meet
from quizcnn.study.queue import Queue, Waiting
from quizcnn.study.records import Grade, Mode, Sitting
from quizcnn.study.results import Results
from quizcnn.study.store.errors import StoreError
from quizcnn.study.summary import Outcome, Summary
from quizcnn.study.turn import Phase, Turn

if TYPE_CHECKING:
    from quizcnn.check.job import Checker

Answered: TypeAlias = Blank | Malformed | Graded | Ungraded

LEECH = (
    "This one was forgotten again and again, and is set aside. Look at it anew; "
    "`quizcnn resume` brings it back."
)


class Session:
    """Asks what its `queue` gives, and keeps what comes of it under its `sitting`."""

    def __init__(self, desk: Desk, sitting: Sitting, queue: Queue, checker: Checker) -> None:
        self._desk = desk
        self.sitting = sitting
        self._queue = queue
        self._checker = checker
        actions = desk.store.actions(sitting.id)
        self._results = Results(actions, desk.library)
        self._left_out = {action.key for action in actions if action.review is None}
        self._turn = Turn()
        self._finished = False
        self.notice = ""
        """Why the last answer could not be saved, "" where it was."""
        self.remark = ""
        """What else there is to say of it: that the question was set aside."""

    # Where the session stands

    @property
    def mode(self) -> Mode:
        """What the session is; only a study session touches the schedule."""
        return self.sitting.mode

    @property
    def reveals(self) -> bool:
        """Whether the verdict and the proof are told after each answer: not in an exam."""
        return self.mode is not Mode.EXAM

    @property
    def seconds_left(self) -> int | None:
        """What is left of an exam's time, 0 when it is over; None where there is no limit."""
        return self.sitting.seconds_left(self._desk.clock())

    @property
    def question(self) -> Question | None:
        """The current question, None before the first `ask` and when the session is finished."""
        return self._turn.question

    @property
    def graded(self) -> Graded | Ungraded | None:
        """What came of the current question's answer, None while there is none."""
        return self._turn.graded

    @property
    def outcome(self) -> Outcome | None:
        """The current question's outcome, None while it has none."""
        return self._turn.outcome

    @property
    def grade(self) -> Grade | None:
        """The grade that the current answer was given, None where there is none."""
        return self._turn.grade

    @property
    def phase(self) -> Phase:
        """Where the session stands with its current question."""
        if self._finished:
            return Phase.FINISHED
        if self._turn.outcome is not None:
            return Phase.DONE
        return Phase.ASKING if self._turn.graded is None else Phase.JUDGING

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return self._results.undoable or self.phase is Phase.JUDGING

    def waiting(self) -> Waiting:
        """What waits, the current question too while it is open."""
        at, question = self._desk.clock(), self._turn.question
        if question is None or self.phase is Phase.DONE:
            return self._queue.waiting(at, self._left_out)
        waiting = self._queue.waiting(at, self._left_out | {question.key})
        if self.mode is Mode.STUDY and (self._turn.card is None or self._turn.card.memory is None):
            return waiting._replace(new=waiting.new + 1)
        return waiting._replace(due=waiting.due + 1)

    @property
    def score(self) -> tuple[int, int]:
        """How many answers were right, and how many wrong."""
        return self._results.score

    @property
    def run(self) -> int:
        """How many answers in a row were right, up to the last one."""
        return self._results.run

    def summary(self) -> Summary:
        """What came of the questions so far, and when the next ones come."""
        at = self._desk.clock()
        due = self._queue.returns(at)
        returns = "" if due is None else until(due, at, self._desk.calendar)
        return self._results.summary(self.waiting().all, returns)

    def outlook(self) -> Mapping[Grade, str]:
        """When the question returns, by grade, in words; empty where nothing is scheduled."""
        if self.mode is not Mode.STUDY or self._turn.card is None or self._turn.review is None:
            return {}
        at, desk = self._turn.review.at, self._desk
        found = outlook(self._turn.card, at, desk.scheduler)
        return {grade: interval(memory, at, desk.calendar) for grade, memory in found.items()}

    # What the learner does

    def askable(self) -> bool:
        """Whether `ask` gives the current question without having a check run for it first."""
        if self._turn.question is None:
            self._turn.question = self._choose()
        return self._turn.question is None or plain(self._turn.question)

    def ask(self) -> Asked | Ungraded | None:
        """The current question as it is asked, the same at each call; None when finished.

        Ungraded when its variants cannot be computed: it has its outcome then, and `next` goes on.
        """
        if self._turn.asked is not None:
            return self._turn.asked
        question = self._turn.question or self._choose()
        if question is None:
            self._finish()
            return None
        store = self._desk.store
        self._turn.question = question
        self._turn.card = as_asked(store.card(question.key), question.revision)
        self._turn.asked = meet(question, store.variants(question.key), self._checker)
        self._turn.since = self._desk.clock()
        if isinstance(self._turn.asked, Ungraded):
            self._turn.graded = self._turn.asked
            self._not_graded()
        return self._turn.asked

    def answer(self, text: str) -> Answered:
        """Read `text` as an answer to the current question, grade it and keep it.

        Blank and Malformed cost nothing: the question stays open. Raises RuntimeError when no
        question is open.
        """
        asked = self.ask()
        self._require(Phase.ASKING, "answered")
        assert isinstance(asked, Asked) and self._turn.since is not None
        from quizcnn.answer.reading import read  # noqa: PLC0415 - as with `grade` below

        reading = read(asked, text)
        if isinstance(reading, Blank | Malformed):
            return reading
        from quizcnn.answer.grading import grade  # noqa: PLC0415 - the first question needs none

        at = self._desk.clock()
        self._turn.graded = grade(asked, reading, self._checker)
        if isinstance(self._turn.graded, Ungraded):
            self._not_graded()
            return self._turn.graded
        self._turn.review = review_of(self._turn.graded, at, at - self._turn.since)
        if self._turn.graded.right is not None:
            self._keep(self._turn.graded.right, self_grade(self._turn.graded.right))
        return self._turn.graded

    def seek_slip(self, wanted: Callable[[], bool] = lambda: True) -> Slip | NoSlip | None:
        """What the current wrong answer is the answer to, None where that is no longer asked.

        Some thirty checks are run for it, and nothing is changed: it may be called beside all
        else, and stops when the session goes on or `wanted` says no. `keep_slip` keeps what it
        finds.
        """
        graded = self._turn.graded
        if not isinstance(graded, Graded):
            return None
        from quizcnn.answer.naming import slip_behind  # noqa: PLC0415  (slow, and few need it)

        return slip_behind(graded, self._checker, lambda: wanted() and self._turn.graded is graded)

    def keep_slip(self, graded: Graded, slip: Slip | NoSlip) -> bool:
        """Keep the slip behind the answer `graded`; False when the session has gone on."""
        turn = self._turn
        if turn.graded is not graded:
            return False
        turn.graded = replace(graded, slip=slip)
        self._results.explain(graded, turn.graded)
        unnamed = turn.review is not None and not turn.review.slip and not self.notice
        if isinstance(slip, Slip) and turn.review is not None and unnamed:
            turn.review = replace(turn.review, slip=slip.name)
            with self._saving():
                self._desk.store.name_slip(self.sitting.id, turn.review)
        return True

    def judge(self, grade: Grade) -> None:
        """Grade a turned card, or alter the grade of an answer.

        Raises RuntimeError when there is nothing to grade.
        """
        if self.phase is Phase.DONE and self._turn.grade is not None:
            self._keep(self._turn.outcome is Outcome.RIGHT, grade, again=True)
            return
        self._require(Phase.JUDGING, "graded")
        self._keep(grade is not Grade.AGAIN, grade)

    def skip(self) -> None:
        """Leave the current question out of this session; `next` then goes on."""
        self._leave(self._desk.store.skip)

    def bury(self) -> None:
        """Set the current question aside until tomorrow."""
        until = self._desk.calendar.tomorrow(self._desk.clock())
        self._leave(lambda sitting, key: self._desk.store.bury(sitting, key, until))

    def suspend(self) -> None:
        """Set the current question aside for good."""
        self._leave(self._desk.store.suspend)

    def end(self) -> None:
        """Finish, whatever is open: an exam's time is over."""
        if self._turn.question is not None and self.phase is Phase.ASKING:
            self._queue.put_back(self._turn.question.key)
        self._turn = Turn()
        self._finish()

    def next(self) -> None:
        """Go on to the next question. Raises RuntimeError while the current one is open."""
        self._require(Phase.DONE, "left")
        self._turn = Turn()
        self.remark = ""

    def undo(self) -> bool:
        """Take the last thing done back, log row included, and ask that question again.

        A card that was only turned is turned back. False when there is nothing to take back.
        Raises StoreError where the store cannot.
        """
        if self.phase is Phase.JUDGING:
            self._turn.graded = self._turn.review = None
            return True
        action = self._desk.store.undo(self.sitting.id)
        if action is None:
            return False
        if self._turn.question is not None and self.phase is Phase.ASKING:
            self._queue.put_back(self._turn.question.key)
        self._turn = Turn()
        self._finished = False
        self._left_out.discard(action.key)
        self._queue.taken_back(action.key)
        self._turn.question = self._desk.library.question(action.key)
        self._results.take_back(action)
        return True

    # Within

    def _choose(self) -> Question | None:
        """The next question that is still there."""
        at = self._desk.clock()
        if self.seconds_left == 0:
            return None
        while (key := self._queue.next(at, self._left_out)) is not None:
            if question := self._desk.library.question(key):
                return question
            self._left_out.add(key)
        return None

    def _finish(self) -> None:
        self._finished = True
        with self._saving():
            self._desk.store.end(self.sitting.id, self._desk.clock())

    def _keep(self, right: bool, grade: Grade, again: bool = False) -> None:
        """Have the answer saved, in a study session with what it does to the schedule."""
        assert self._turn.review is not None and self._turn.question is not None
        desk, review, effect = self._desk, replace(self._turn.review, right=right), None
        if self.mode is Mode.STUDY:
            effect = change(self._turn.question.revision, grade, review.at, desk)
            review = replace(review, grade=grade)
            self._turn.grade = grade
            self.remark = LEECH if becomes_leech(self._turn.card, effect) else ""
        save = desk.store.regrade if again else desk.store.answer
        with self._saving():
            self._turn.review = save(self.sitting.id, review, effect)
        if not again:
            self._queue.answered(review.key, right)
            self._settle(Outcome.RIGHT if right else Outcome.WRONG, review.seconds)

    @contextmanager
    def _saving(self) -> Iterator[None]:
        """Where something cannot be saved practice goes on, and `notice` says so."""
        try:
            yield
            self.notice = ""
        except StoreError as error:
            self.notice = str(error)
            if self._turn.question is not None:
                self._left_out.add(self._turn.question.key)

    def _leave(self, do: Callable[[int, str], None]) -> None:
        self._require(Phase.ASKING, "left out")
        assert self._turn.question is not None
        with self._saving():
            do(self.sitting.id, self._turn.question.key)
        self._left_out.add(self._turn.question.key)
        self._settle(Outcome.SKIPPED)

    def _settle(self, outcome: Outcome, seconds: float = 0.0) -> None:
        self._turn.outcome = outcome
        self._results.add(self._turn.result(outcome), seconds)

    def _require(self, phase: Phase, what: str) -> None:
        if self.phase is not phase:
            raise RuntimeError(f"No question can be {what} now: the session is {self.phase.name}.")

    def _not_graded(self) -> None:
        assert self._turn.question is not None
        self._left_out.add(self._turn.question.key)
        self._settle(Outcome.UNGRADED)
