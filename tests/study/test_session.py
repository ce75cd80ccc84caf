"""A session asks, grades, keeps, counts, takes back, and goes on after a restart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import Learner, Shelf

from quizcnn.answer.graded import Asked, Blank, Graded, Malformed, Ungraded
from quizcnn.check.job import Checker, Job
from quizcnn.check.proof import Proof
from quizcnn.deck.model import Question
from quizcnn.study.queue import Waiting
from quizcnn.study.records import Grade, Mode, Request, Scope
from quizcnn.study.session import Session
from quizcnn.study.settings.model import Settings
from quizcnn.study.store.store import UnwritableError
from quizcnn.study.summary import Outcome
from quizcnn.study.turn import Phase

Make = Callable[..., Question]
CARD = {"answer": "Because.", "check": "True"}


def session_of(checker: Checker, *questions: Question, mode: Mode = Mode.STUDY) -> Session:
    return Learner(Shelf.of(*questions)).study.open(Request(mode), checker)


def asked_of(session: Session) -> Asked:
    asked = session.ask()
    assert isinstance(asked, Asked)
    return asked


def test_new_questions_come_in_their_order(checker: Checker, question: Make) -> None:
    session = session_of(checker, question(id="a"), question(id="b"))
    met = []
    while session.ask() is not None:
        met.append(asked_of(session).question.id)
        session.skip()
        session.next()
    assert met == ["a", "b"]
    assert session.phase is Phase.FINISHED


def test_a_question_stays_as_it_was_asked_until_the_next(checker: Checker, question: Make) -> None:
    session = session_of(checker, question(given={"n": 1}, vary={"n": tuple(range(50))}))
    assert session.ask() is session.ask()


@pytest.mark.parametrize(
    ("options", "askable"),
    [
        ({"given": {"n": 4}, "vary": {"n": range(3, 9)}}, True),
        ({"given": {"n": 4}, "where": "n > 3"}, False),
        ({"given": {"n": "2 + 2"}}, False),
        ({"given": {"n": 4}, "vary": {"n": (4, "2 + 3")}}, False),
    ],
)
def test_plain_givens_are_known_without_a_check_and_others_are_not(
    checker: Checker, question: Make, options: dict[str, Any], askable: bool
) -> None:
    """What can be asked at once is the question that is then asked, and has run nothing."""
    ran: list[Job] = []

    class Watched:
        def run(self, jobs: Sequence[Job], timeout: float = 2.0) -> list[Proof]:
            ran.extend(jobs)
            return checker.run(jobs, timeout)

    session = session_of(Watched(), question(id="a", **options), question(id="b"))
    assert session.askable() is askable
    assert ran == []
    session.ask()
    assert session.question is not None and session.question.id == "a"
    assert bool(ran) is not askable


@pytest.mark.parametrize(("typed", "kind"), [("", Blank), ("  ", Blank), ("six?", Malformed)])
def test_what_cannot_be_read_costs_nothing(
    checker: Checker, question: Make, typed: str, kind: type
) -> None:
    session = session_of(checker, question())
    assert isinstance(session.answer(typed), kind)
    assert session.phase is Phase.ASKING
    assert session.summary().asked == 0
    assert isinstance(session.answer("6"), Graded)


@pytest.mark.parametrize(
    ("typed", "outcome", "grade"),
    [("6", Outcome.RIGHT, Grade.GOOD), ("7", Outcome.WRONG, Grade.AGAIN)],
)
def test_a_checked_answer_is_graded_once_and_grades_itself(
    checker: Checker, question: Make, typed: str, outcome: Outcome, grade: Grade
) -> None:
    session = session_of(checker, question())
    graded = session.answer(typed)
    assert isinstance(graded, Graded)
    assert graded.right is (outcome is Outcome.RIGHT)
    assert (session.outcome, session.graded, session.grade) == (outcome, graded, grade)
    with pytest.raises(RuntimeError, match="answered"):
        session.answer("6")


def test_right_answers_are_counted_in_a_row(checker: Checker, question: Make) -> None:
    """Right, right, wrong, right; what is skipped does not count."""
    session = session_of(checker, *(question(id=name) for name in "abcde"))
    runs = []
    for typed in ("6", "6", "7", "", "6"):
        session.ask()
        session.answer(typed) if typed else session.skip()
        runs.append(session.run)
        session.next()
    assert runs == [1, 2, 0, 0, 1]


def test_the_grade_can_be_altered_and_the_log_holds_the_last_one(
    checker: Checker, question: Make
) -> None:
    learner = Learner(Shelf.of(question()))
    session = learner.study.open(Request(), checker)
    session.answer("6")
    session.judge(Grade.EASY)
    assert learner.log() == [("test/one", 1, Grade.EASY, "6")]
    assert session.grade is Grade.EASY
    assert session.outlook()[Grade.EASY] == "8 d"
    memory = learner.store.card("test/one").memory
    assert memory is not None
    assert (memory.due - learner.clock()).days == 7  # at 04:00 of the eighth day


def test_what_the_grades_come_to_stands_beside_them(checker: Checker, question: Make) -> None:
    session = session_of(checker, question())
    session.answer("6")
    assert list(session.outlook().values()) == ["1 min", "6 min", "10 min", "8 d"]


@pytest.mark.parametrize("grade", Grade)
def test_a_card_is_graded_by_the_learner(checker: Checker, question: Make, grade: Grade) -> None:
    session = session_of(checker, question("recall", **CARD))
    session.answer("")
    assert session.phase is Phase.JUDGING
    assert session.summary().asked == 0
    with pytest.raises(RuntimeError, match="left"):
        session.next()
    session.judge(grade)
    assert session.outcome is (Outcome.WRONG if grade is Grade.AGAIN else Outcome.RIGHT)


def test_a_check_that_fails_is_not_graded_and_leaves_no_trace(
    checker: Checker, question: Make
) -> None:
    learner = Learner(Shelf.of(question(check="conv2d(nothing)"), question(id="two")))
    session = learner.study.open(Request(), checker)
    assert isinstance(session.answer("6"), Ungraded)
    assert session.outcome is Outcome.UNGRADED
    session.next()
    assert isinstance(session.answer("6"), Graded)
    assert (session.summary().ungraded, session.summary().right) == (1, 1)
    assert [row[0] for row in learner.log()] == ["test/two"]


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
    session.ask()
    for act in (session.next, lambda: session.judge(Grade.GOOD)):
        with pytest.raises(RuntimeError):
            act()
    session.skip()
    for act in (session.skip, session.bury, lambda: session.judge(Grade.GOOD)):
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


def test_the_log_holds_what_was_typed_and_computed_on_which_variant_and_how_long_it_took(
    checker: Checker, question: Make
) -> None:
    learner = Learner(Shelf.of(question(given={"n": 8}, ask="{n} pixels")))
    session = learner.study.open(Request(), checker)
    session.ask()
    learner.clock.wait(seconds=4.5)
    session.answer(" 7 ")
    (action,) = learner.store.actions(1)
    review = action.review
    assert review is not None
    assert (review.typed, review.computed, review.variant) == ("7", "6", '{"n":8}')
    assert (review.seconds, review.right, review.at) == (4.5, False, learner.clock())
    assert [result.prompt for result in session.summary().results] == ["8 pixels"]


def test_a_question_forgotten_eight_times_is_set_aside_and_the_learner_told(
    checker: Checker, question: Make
) -> None:
    learner = Learner(Shelf.of(question()), Settings(learning_steps=(), relearning_steps=()))
    remarks = []
    for _ in range(9):
        session = learner.study.open(Request(), checker)
        session.answer("7")
        remarks.append(session.remark)
        learner.clock.wait(days=2)
    assert [bool(remark) for remark in remarks] == [False] * 8 + [True]
    assert "quizcnn resume" in remarks[-1]
    card = learner.store.card("test/one")
    assert (card.lapses, card.leech, card.suspended) == (8, True, True)
    assert learner.study.waiting(Scope()) == Waiting()
    assert session.undo()
    assert not learner.store.card("test/one").suspended


# Undo


def test_undo_walks_back_to_the_beginning_and_leaves_nothing_behind(
    checker: Checker, question: Make
) -> None:
    learner = Learner(Shelf.of(*(question(id=name) for name in "abc")))
    session = learner.study.open(Request(), checker)
    for act in (lambda: session.answer("6"), session.bury, lambda: session.answer("7")):
        session.ask()
        act()
        session.next()
    met = []
    while session.undo():
        met.append(asked_of(session).question.id)
    assert met == ["c", "b", "a"]
    assert learner.log() == []
    assert session.summary().results == ()
    assert session.waiting().new == 3
    assert not session.can_undo


def test_a_question_taken_back_is_asked_as_before(checker: Checker, question: Make) -> None:
    varied = question(given={"n": 1}, vary={"n": tuple(range(50))}, ask="n is {n}")
    learner = Learner(Shelf.of(varied), Settings(learning_steps=()))
    prompts = []
    for _ in range(3):
        session = learner.study.open(Request(), checker)
        prompts.append(asked_of(session).prompt)
        session.answer("6")
        session.undo()
        assert asked_of(session).prompt == prompts[-1]
        session.answer("6")
        learner.clock.wait(days=200)
    assert len(set(prompts)) == 3


def test_a_turned_card_is_turned_back(checker: Checker, question: Make) -> None:
    session = session_of(checker, question("recall", **CARD))
    session.answer("")
    assert session.undo()
    assert session.phase is Phase.ASKING


def test_undo_goes_back_over_the_end_and_a_restart(checker: Checker, question: Make) -> None:
    learner = Learner(Shelf.of(question(id="a"), question(id="b")), Settings(learning_steps=()))
    session = learner.study.open(Request(), checker)
    for _ in range(2):
        session.answer("7")
        session.next()
    assert session.ask() is None
    again = learner.sit_down().latest(checker)
    assert again is not None
    assert again.undo()
    assert asked_of(again).question.id == "b"
    again.answer("6")
    assert [row[:2] for row in learner.log()] == [("test/a", 0), ("test/b", 1)]


def test_the_question_that_undo_broke_off_comes_again(checker: Checker, question: Make) -> None:
    session = session_of(checker, *(question(id=name) for name in "abc"), mode=Mode.EXAM)
    first = asked_of(session).question.id
    session.answer("6")
    session.next()
    second = asked_of(session).question.id
    session.undo()
    assert asked_of(session).question.id == first
    session.answer("6")
    session.next()
    assert asked_of(session).question.id == second


# What cannot be saved


def test_where_an_answer_cannot_be_saved_it_is_said_and_practice_goes_on(
    checker: Checker, question: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner = Learner(Shelf.of(question(id="a"), question(id="b")))
    session = learner.study.open(Request(), checker)

    def full(*_: object) -> None:
        raise UnwritableError("There is no room left on the disk.")

    session.ask()
    with monkeypatch.context() as patched:
        patched.setattr(learner.store, "answer", full)
        graded = session.answer("6")
    assert isinstance(graded, Graded)
    assert (session.notice, session.outcome) == (
        "There is no room left on the disk.",
        Outcome.RIGHT,
    )
    session.next()
    assert asked_of(session).question.id == "b"
    session.answer("6")
    assert session.notice == ""
    assert [row[0] for row in learner.log()] == ["test/b"]


# Other sessions than study


@pytest.mark.parametrize("mode", [Mode.CRAM, Mode.EXAM])
def test_only_study_touches_the_schedule(checker: Checker, question: Make, mode: Mode) -> None:
    learner = Learner(Shelf.of(question()))
    session = learner.study.open(Request(mode), checker)
    session.answer("6")
    assert learner.store.card("test/one").memory is None
    assert learner.study.waiting(Scope()).new == 1
    assert learner.log() == [("test/one", 1, None, "6")]
    assert session.outlook() == {}


def test_a_cram_goes_on_until_each_question_was_right(checker: Checker, question: Make) -> None:
    session = session_of(checker, *(question(id=name) for name in "abc"), mode=Mode.CRAM)
    met = []
    while session.ask() is not None:
        met.append(asked_of(session).question.id)
        session.answer("7" if len(met) <= 2 else "6")
        session.next()
    assert sorted(met[:3]) == ["a", "b", "c"]
    assert met[3:] == met[:2]


def test_an_exam_tells_nothing_until_the_end_and_asks_no_cards(
    checker: Checker, question: Make
) -> None:
    questions = [question(id="a"), question("recall", id="card", **CARD), question(id="b")]
    session = session_of(checker, *questions, mode=Mode.EXAM)
    assert not session.reveals
    met = set()
    while session.ask() is not None:
        met.add(asked_of(session).question.id)
        session.answer("6")
        session.next()
    assert met == {"a", "b"}
    assert all(isinstance(result.graded, Graded) for result in session.summary().results)


def test_an_exams_time_goes_on_while_the_program_is_closed(
    checker: Checker, question: Make
) -> None:
    learner = Learner(Shelf.of(question(id="a"), question(id="b")))
    request = Request(Mode.EXAM, questions=2, seconds=60)
    session = learner.study.open(request, checker)
    session.answer("6")
    session.next()
    learner.clock.wait(seconds=40)
    again = learner.sit_down().open(request, checker)
    assert again.seconds_left == 20
    assert again.summary().right == 1
    learner.clock.wait(seconds=20)
    assert again.ask() is None
    assert again.summary().left == 1


def test_a_session_is_gone_on_with_the_same_day_only(checker: Checker, question: Make) -> None:
    learner = Learner(Shelf.of(*(question(id=name) for name in "abc")))
    session = learner.study.open(Request(), checker)
    session.answer("6")
    assert learner.sit_down().open(Request(), checker).summary().right == 1
    learner.clock.wait(hours=11)  # 05:00 of the next day
    assert learner.sit_down().open(Request(), checker).summary().results == ()


def test_a_cram_goes_on_where_it_was_left(checker: Checker, question: Make) -> None:
    learner = Learner(Shelf.of(*(question(id=name) for name in "abcd")))
    session = learner.study.open(Request(Mode.CRAM), checker)
    met = []
    for typed in ("6", "7"):
        met.append(asked_of(session).question.id)
        session.answer(typed)
        session.next()
    again = learner.sit_down().open(Request(Mode.CRAM), checker)
    rest = []
    while again.ask() is not None:
        rest.append(asked_of(again).question.id)
        again.answer("6")
        again.next()
    assert rest[-1] == met[1]
    assert sorted({*rest, met[0]}) == ["a", "b", "c", "d"]


DOINGS = st.lists(
    st.sampled_from(["6", "7", "", "what?", "skip", "bury", "suspend", "next", "undo", "easy"]),
    max_size=40,
)


@settings(max_examples=60)
@given(DOINGS)
def test_whatever_one_does_the_summary_is_what_the_log_says(
    checker: Checker, question: Make, doings: Sequence[str]
) -> None:
    learner = Learner(Shelf.of(*(question(id=str(n)) for n in range(4))))
    session = learner.study.open(Request(), checker)
    session.ask()
    for doing in doings:
        match session.phase, doing:
            case Phase.ASKING, "skip" | "bury" | "suspend":
                getattr(session, doing)()
            case Phase.DONE, "next":
                session.next()
                session.ask()
            case Phase.DONE, "easy" if session.grade is not None:
                session.judge(Grade.EASY)
            case Phase.ASKING, "6" | "7" | "" | "what?":
                session.answer(doing)
            case _, "undo":
                session.undo()
                session.ask()
            case _:
                pass
    summary = session.summary()
    log = learner.log()
    assert summary.right == sum(row[1] for row in log if isinstance(row[1], int))
    assert summary.right + summary.wrong == len(log)
    restarted = learner.sit_down().latest(checker)
    if restarted is not None:
        told = [(r.question.key, r.outcome) for r in restarted.summary().results]
        assert told == [(r.question.key, r.outcome) for r in summary.results]
