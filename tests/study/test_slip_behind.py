"""The slip behind a wrong answer is looked for after the answer is kept, and then kept with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from shelf import Learner, Shelf

from quizcnn.answer.graded import Graded, NoSlip, Slip
from quizcnn.check.job import Checker
from quizcnn.deck.model import Question
from quizcnn.study.records import Grade, Mode, Request, Review
from quizcnn.study.session import Session
from quizcnn.study.settings.model import Settings

Make = Callable[..., Question]

SLIPS = "SELECT slip FROM reviews ORDER BY id"


def answered(
    learner: Learner, checker: Checker, typed: str, mode: Mode = Mode.STUDY
) -> tuple[Session, Graded]:
    """A session in which n = 6 was asked for and something typed."""
    session = learner.study.open(Request(mode), checker)
    graded = session.answer(typed)
    assert isinstance(graded, Graded)
    return session, graded


def learner_of(question: Make) -> Learner:
    shelf = Shelf.of(question(id="a", given={"n": 6}, check="n"), question(id="b"))
    return Learner(shelf, Settings(fuzz=False, learning_steps=()))


def test_it_stands_in_the_answer_the_summary_and_the_log(checker: Checker, question: Make) -> None:
    """With n moved from 6 to 7 the check gives 7, and nothing else in it does."""
    learner = learner_of(question)
    session, graded = answered(learner, checker, "7")
    assert learner.store.rows(SLIPS) == [("",)]  # the answer does not wait for it
    slip = session.seek_slip()
    assert isinstance(slip, Slip)
    assert slip.name == "n + 1 for n"
    assert session.keep_slip(graded, slip)
    assert isinstance(session.graded, Graded)
    assert session.graded.slip == slip
    assert [result.graded for result in session.summary().results] == [session.graded]
    assert learner.store.rows(SLIPS) == [("n + 1 for n",)]
    assert [each.slip for each in learner.study.statistics().slips] == ["n + 1 for n"]


def test_another_grade_and_undo_treat_it_as_part_of_the_answer(
    checker: Checker, question: Make
) -> None:
    learner = learner_of(question)
    session, graded = answered(learner, checker, "7")
    slip = session.seek_slip()
    assert slip is not None
    session.keep_slip(graded, slip)
    session.judge(Grade.HARD)
    assert learner.store.rows(SLIPS) == [("n + 1 for n",)]
    assert session.undo()
    assert learner.store.rows(SLIPS) == []


def test_that_there_is_none_is_kept_too_but_not_counted(checker: Checker, question: Make) -> None:
    learner = learner_of(question)
    session, graded = answered(learner, checker, "99")
    slip = session.seek_slip()
    assert slip == NoSlip("No single slip in the check gives 99.")
    assert session.keep_slip(graded, slip)
    assert learner.store.rows(SLIPS) == [("",)]


def test_a_session_that_has_gone_on_keeps_nothing(checker: Checker, question: Make) -> None:
    """The same question answered again in a cram is another answer."""
    learner = learner_of(question)
    session, graded = answered(learner, checker, "7", Mode.CRAM)
    slip = session.seek_slip()
    assert slip is not None
    session.next()
    assert session.seek_slip() is None
    assert not session.keep_slip(graded, slip)
    session.answer("5")
    assert not session.keep_slip(graded, slip)
    assert learner.store.rows(SLIPS) == [("",), ("",)]


def test_a_log_that_has_gone_on_keeps_nothing(checker: Checker, question: Make) -> None:
    """Another window has taken the answer back, and has answered the same question anew."""
    learner = learner_of(question)
    session, graded = answered(learner, checker, "7")
    slip = session.seek_slip()
    assert slip is not None
    learner.store.undo(session.sitting.id)
    later = Review("test/a", learner.clock() + timedelta(seconds=9), right=False)
    learner.store.answer(session.sitting.id, later)
    session.keep_slip(graded, slip)
    assert learner.store.rows(SLIPS) == [("",)]


def test_nobody_is_asked_when_it_is_not_wanted(checker: Checker, question: Make) -> None:
    session, _ = answered(learner_of(question), checker, "7")
    assert session.seek_slip(lambda: False) is None
