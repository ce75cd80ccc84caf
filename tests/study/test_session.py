"""A session asks, grades, counts, and keeps its order."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.answer.graded import Asked, Blank, Graded, Malformed, Ungraded
from quizcnn.check.job import Checker
from quizcnn.deck.model import Question
from quizcnn.study.session import Phase, Session
from quizcnn.study.summary import Outcome

Make = Callable[..., Question]
CARD = {"answer": "Because.", "check": "True"}


def session_of(checker: Checker, *questions: Question, seed: int = 0) -> Session:
    return Session(questions, checker, random.Random(seed))


def asked_of(session: Session) -> Asked:
    asked = session.ask()
    assert isinstance(asked, Asked)
    return asked


def test_questions_come_in_their_order(checker: Checker, question: Make) -> None:
    session = session_of(checker, question(id="a"), question(id="b"))
    met = []
    while session.ask() is not None:
        met.append((session.position, asked_of(session).question.id))
        session.skip()
        session.next()
    assert met == [(1, "a"), (2, "b")]
    assert session.phase is Phase.FINISHED
    assert session.total == 2


def test_a_question_stays_as_it_was_asked_until_the_next(checker: Checker, question: Make) -> None:
    session = session_of(checker, question(given={"n": 1}, vary={"n": tuple(range(50))}))
    assert session.ask() is session.ask()


def test_a_meeting_takes_any_of_the_variants(checker: Checker, question: Make) -> None:
    varied = question(given={"n": 1}, vary={"n": (1, 2, 3)}, ask="n is {n}")
    prompts = {asked_of(session_of(checker, varied, seed=seed)).prompt for seed in range(40)}
    assert prompts == {"n is 1", "n is 2", "n is 3"}


def test_equal_seeds_ask_alike(checker: Checker, question: Make) -> None:
    varied = question(given={"n": 1}, vary={"n": tuple(range(100))}, ask="{n}")
    first, second = (asked_of(session_of(checker, varied, seed=7)).prompt for _ in range(2))
    assert first == second


@pytest.mark.parametrize(("typed", "kind"), [("", Blank), ("  ", Blank), ("six?", Malformed)])
def test_what_cannot_be_read_costs_nothing(
    checker: Checker, question: Make, typed: str, kind: type
) -> None:
    session = session_of(checker, question())
    assert isinstance(session.answer(typed), kind)
    assert session.phase is Phase.ASKING
    assert session.summary().asked == 0
    assert isinstance(session.answer("6"), Graded)


@pytest.mark.parametrize(("typed", "outcome"), [("6", Outcome.RIGHT), ("7", Outcome.WRONG)])
def test_an_answer_is_graded_once(
    checker: Checker, question: Make, typed: str, outcome: Outcome
) -> None:
    session = session_of(checker, question())
    graded = session.answer(typed)
    assert isinstance(graded, Graded)
    assert graded.right is (outcome is Outcome.RIGHT)
    assert (session.outcome, session.graded) == (outcome, graded)
    with pytest.raises(RuntimeError, match="answered"):
        session.answer("6")


@pytest.mark.parametrize("knew", [True, False])
def test_a_card_is_judged_by_the_learner(checker: Checker, question: Make, knew: bool) -> None:
    session = session_of(checker, question("recall", **CARD))
    session.answer("")
    assert session.phase is Phase.JUDGING
    assert session.summary().asked == 0
    with pytest.raises(RuntimeError, match="left"):
        session.next()
    session.judge(knew)
    assert session.outcome is (Outcome.RIGHT if knew else Outcome.WRONG)


def test_a_check_that_fails_is_not_graded(checker: Checker, question: Make) -> None:
    session = session_of(checker, question(check="conv2d(nothing)"), question())
    assert isinstance(session.answer("6"), Ungraded)
    assert session.outcome is Outcome.UNGRADED
    session.next()
    assert isinstance(session.answer("6"), Graded)
    assert (session.summary().ungraded, session.summary().right) == (1, 1)


def test_a_check_that_contradicts_the_stored_answer_is_not_graded(
    checker: Checker, question: Make
) -> None:
    session = session_of(checker, question(check="5", answer="6"))
    assert isinstance(session.answer("6"), Ungraded)


def test_a_question_without_variants_says_so_and_the_next_one_comes(
    checker: Checker, question: Make
) -> None:
    session = session_of(checker, question(given={"n": "broken("}), question(id="two"))
    posed = session.ask()
    assert isinstance(posed, Ungraded)
    assert "n" in posed.reason
    assert session.phase is Phase.DONE
    session.next()
    assert asked_of(session).question.id == "two"


def test_nothing_is_done_out_of_turn(checker: Checker, question: Make) -> None:
    session = session_of(checker, question())
    for act in (session.next, lambda: session.judge(True)):
        with pytest.raises(RuntimeError):
            act()
    session.skip()
    for act in (session.skip, lambda: session.judge(True)):
        with pytest.raises(RuntimeError):
            act()
    session.next()
    for act in (session.next, session.skip):
        with pytest.raises(RuntimeError):
            act()


def test_the_summary_counts_by_deck_and_tag_and_lists_what_was_missed(
    checker: Checker, question: Make
) -> None:
    questions = [
        question(id="right", tags=("size",)),
        question(id="wrong", tags=("size", "pool"), ask="Off by one?"),
        question(id="skipped", deck="other"),
        question(id="broken", check="x(", deck="other"),
    ]
    session = session_of(checker, *questions)
    for typed in ("6", "7", None, "6"):
        session.ask()
        session.skip() if typed is None else session.answer(typed)
        session.next()
    summary = session.summary()
    assert (summary.right, summary.wrong, summary.skipped, summary.ungraded) == (1, 1, 1, 1)
    assert summary.missed == (questions[1], questions[2])
    assert [(tally.name, tally.right, tally.asked) for tally in summary.by_deck] == [
        ("test", 1, 2),
        ("other", 0, 2),
    ]
    assert [(tally.name, tally.right, tally.asked) for tally in summary.by_tag] == [
        ("size", 1, 2),
        ("pool", 0, 1),
    ]


def test_the_summary_keeps_the_prose_as_it_was_asked(checker: Checker, question: Make) -> None:
    session = session_of(checker, question(given={"n": 8}, ask="{n} pixels"))
    session.answer("7")
    assert [result.prompt for result in session.summary().results] == ["8 pixels"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["6", "7", "", "what?", "skip", "next"]), max_size=40))
def test_whatever_one_does_each_question_counts_at_most_once(
    checker: Checker, question: Make, doings: Sequence[str]
) -> None:
    session = session_of(checker, *(question(id=str(n)) for n in range(4)))
    for doing in doings:
        match session.phase, doing:
            case Phase.ASKING, "skip":
                session.skip()
            case Phase.DONE, "next":
                session.next()
            case Phase.ASKING, "6" | "7" | "" | "what?":
                session.answer(doing)
            case _:
                pass
    summary = session.summary()
    settled = session.position - 1 + (session.phase is Phase.DONE)
    assert summary.asked == settled == summary.right + summary.wrong + summary.skipped
    ids = [result.question.id for result in summary.results]
    assert ids == [str(n) for n in range(settled)]
