"""What comes next: learning, due and new in their turn, within the day's limits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shelf import BEGIN, Learner, Shelf

from quizcnn.check.job import Checker
from quizcnn.deck.model import Question
from quizcnn.study.plan_queue import PlanQueue
from quizcnn.study.queue import StudyQueue, Waiting, mixed
from quizcnn.study.records import Card, Grade, Memory, Mode, Request, Review, Scope, Stage
from quizcnn.study.settings.model import Settings

Make = Callable[..., Question]
ALL = Scope()
QUIET = Settings(fuzz=False, learning_steps=(), relearning_steps=())


def learner_of(make: Make, *names: str, settings: Settings = QUIET, **fields: object) -> Learner:
    return Learner(Shelf.of(*(make(id=name, **fields) for name in names)), settings)


def queue_of(learner: Learner, scope: Scope = ALL) -> StudyQueue:
    return StudyQueue(learner.store.rows, learner.settings, learner.calendar, scope)


def make_due(learner: Learner, name: str, days: int, stage: Stage = Stage.REVIEW) -> None:
    """Have a question learnt long ago, and due so many days from today (or minutes, learning)."""
    step = None if stage is Stage.REVIEW else 0
    today = learner.calendar.begin(learner.calendar.day(BEGIN))
    due = today + timedelta(days=days)
    if stage is not Stage.REVIEW:
        due = BEGIN + timedelta(minutes=days)
    memory = Memory(stage, step, 10.0, 5.0, due, BEGIN - timedelta(days=30))
    sitting = learner.store.begin(Mode.STUDY, Scope(("setup",)), BEGIN - timedelta(days=30))
    review = Review(f"test/{name}", BEGIN - timedelta(days=30), True, Grade.GOOD)
    learner.store.answer(sitting.id, review, lambda card: replace(card, memory=memory, reviews=1))


def drawn(queue: StudyQueue, learner: Learner, most: int = 50) -> list[str]:
    """Keys drawn one after another, each left out afterwards."""
    left: list[str] = []
    while len(left) < most and (key := queue.next(learner.clock(), left)):
        left.append(key)
    return [key.removeprefix("test/") for key in left]


def test_new_questions_come_in_the_order_of_their_decks(question: Make) -> None:
    learner = learner_of(question, "b", "a", "c")
    assert drawn(queue_of(learner), learner) == ["b", "a", "c"]


def test_due_and_new_questions_are_mixed(question: Make) -> None:
    learner = learner_of(question, "d1", "d2", "n1", "n2")
    for name in ("d1", "d2"):
        make_due(learner, name, 0)
    order = drawn(queue_of(learner), learner)
    assert [name[0] for name in order] == ["d", "n", "d", "n"]


def test_learning_comes_at_its_time_before_all_else(question: Make) -> None:
    learner = learner_of(question, "new", "soon", "now")
    make_due(learner, "now", -1, Stage.LEARNING)
    make_due(learner, "soon", 5, Stage.RELEARNING)
    assert drawn(queue_of(learner), learner) == ["now", "new", "soon"]
    learner.clock.wait(minutes=6)
    assert drawn(queue_of(learner), learner) == ["now", "soon", "new"]


def test_where_nothing_else_is_left_learning_comes_up_to_20_minutes_early(question: Make) -> None:
    learner = learner_of(question, "soon", "later")
    make_due(learner, "soon", 19, Stage.LEARNING)
    make_due(learner, "later", 21, Stage.LEARNING)
    assert drawn(queue_of(learner), learner) == ["soon"]
    assert queue_of(learner).waiting(learner.clock(), ()) == Waiting(learning=2)


def test_a_question_is_due_from_the_beginning_of_its_day(question: Make) -> None:
    learner = learner_of(question, "a")
    make_due(learner, "a", 1)
    assert drawn(queue_of(learner), learner) == []
    learner.clock.at = learner.calendar.tomorrow(BEGIN) - timedelta(seconds=1)
    assert drawn(queue_of(learner), learner) == []
    learner.clock.wait(seconds=1)
    assert drawn(queue_of(learner), learner) == ["a"]


def test_ahead_brings_what_is_due_within_so_many_days(question: Make) -> None:
    learner = learner_of(question, "a", "b", "c")
    for days, name in enumerate("abc"):
        make_due(learner, name, days + 1)
    assert sorted(drawn(queue_of(learner, Scope(ahead=2)), learner)) == ["a", "b"]


def test_ahead_of_its_time_a_question_is_asked_once_a_day(checker: Checker, question: Make) -> None:
    learner = learner_of(question, "a")
    make_due(learner, "a", 3)
    session = learner.study.open(Request(scope=Scope(ahead=300)), checker)
    session.answer("7")
    session.next()
    assert session.ask() is None


def test_the_days_limits_count_what_was_done_today(checker: Checker, question: Make) -> None:
    settings = replace(QUIET, new_per_day=3, reviews_per_day=2)
    learner = learner_of(question, *(f"n{n}" for n in range(9)), settings=settings)
    for n in range(4):
        make_due(learner, f"n{n}", 0)
    assert queue_of(learner).waiting(learner.clock(), ()) == Waiting(due=2, new=3)
    session = learner.study.open(Request(), checker)
    session.answer("6")
    waiting = queue_of(learner).waiting(learner.clock(), ())
    assert waiting.due + waiting.new == 4
    for _ in range(9):
        if session.phase.name == "DONE":
            session.next()
        if session.ask() is None:
            break
        session.answer("6")
    assert queue_of(learner).waiting(learner.clock(), ()) == Waiting()
    assert len(learner.log()) == 4 + 5  # the four of the set-up
    learner.clock.wait(days=1)
    assert queue_of(learner).waiting(learner.clock(), ()) == Waiting(due=2, new=2)


@pytest.mark.parametrize("setting", ["new_per_day", "reviews_per_day"])
def test_a_limit_of_nothing_lets_nothing_through(question: Make, setting: str) -> None:
    learner = learner_of(question, "due", "new", settings=replace(QUIET, **{setting: 0}))
    make_due(learner, "due", 0)
    assert drawn(queue_of(learner), learner) == ["due" if setting == "new_per_day" else "new"]


def test_what_is_set_aside_does_not_come(question: Make) -> None:
    learner = learner_of(question, "a", "b", "c")
    make_due(learner, "a", 0)
    sitting = learner.store.begin(Mode.STUDY, Scope(), BEGIN)
    learner.store.suspend(sitting.id, "test/a")
    learner.store.bury(sitting.id, "test/b", learner.calendar.tomorrow(BEGIN))
    assert drawn(queue_of(learner), learner) == ["c"]
    learner.clock.wait(days=1)
    assert drawn(queue_of(learner), learner) == ["b", "c"]
    learner.store.resume("test/a")
    assert set(drawn(queue_of(learner), learner)) == {"a", "b", "c"}


def test_a_later_revision_starts_anew(question: Make) -> None:
    learner = learner_of(question, "a")
    make_due(learner, "a", 100)
    assert drawn(queue_of(learner), learner) == []
    learner.sit_down(question(id="a", revision=2))
    assert queue_of(learner).waiting(learner.clock(), ()) == Waiting(new=1)
    assert drawn(queue_of(learner), learner) == ["a"]


def test_scope_takes_decks_and_tags(question: Make) -> None:
    learner = Learner(
        Shelf.of(
            question(id="a", tags=("size",)),
            question(id="b"),
            question(id="c", deck="other", tags=("size", "odd")),
        ),
        QUIET,
    )
    for scope, keys in (
        (Scope(("test",)), ["a", "b"]),
        (Scope(("test", "other")), ["a", "b", "other/c"]),
        (Scope(tags=("size",)), ["a", "other/c"]),
        (Scope(("test",), ("size", "odd")), ["a"]),
        (Scope(("nowhere",)), []),
    ):
        assert drawn(queue_of(learner, scope), learner) == keys


def test_a_question_waits_for_those_that_it_needs(checker: Checker, question: Make) -> None:
    learner = Learner(
        Shelf.of(question(id="late", needs=("early",)), question(id="early"), question(id="free")),
        QUIET,
    )
    assert drawn(queue_of(learner), learner) == ["early", "free", "late"]
    session = learner.study.open(Request(), checker)
    session.answer("6")
    assert drawn(queue_of(learner), learner) == ["late", "free"]


def test_questions_that_need_each_other_still_come(question: Make) -> None:
    learner = Learner(
        Shelf.of(question(id="a", needs=("b",)), question(id="b", needs=("a",))), QUIET
    )
    assert sorted(drawn(queue_of(learner), learner)) == ["a", "b"]


def test_what_another_session_has_answered_is_not_asked_again(
    checker: Checker, question: Make
) -> None:
    learner = learner_of(question, "a", "b", "c")
    queue = queue_of(learner)
    assert queue.next(learner.clock(), ()) == "test/a"
    other = learner.study.open(Request(), checker)
    for _ in range(2):
        other.answer("6")
        other.next()
    assert queue.next(learner.clock(), ()) == "test/c"


def test_a_new_day_brings_its_own_questions(question: Make) -> None:
    learner = learner_of(question, "a", "b")
    make_due(learner, "b", 1)
    queue = queue_of(learner)
    assert queue.next(learner.clock(), ()) == "test/a"
    learner.clock.wait(days=1)
    assert set(drawn(queue, learner)) == {"a", "b"}


def test_a_plan_asks_each_once_and_the_missed_again() -> None:
    queue = PlanQueue(["a", "b", "c"], again=True)
    assert queue.next(BEGIN, ()) == "a"
    queue.answered("a", False)
    assert queue.next(BEGIN, {"b"}) == "c"
    queue.answered("c", True)
    assert queue.waiting(BEGIN, ()) == Waiting(due=1)
    assert [queue.next(BEGIN, ()) for _ in range(2)] == ["a", None]


KEYS = st.lists(st.text(min_size=1, max_size=3), unique=True, max_size=30)


@given(KEYS, KEYS)
def test_mixing_keeps_both_orders_and_loses_nothing(due: Sequence[str], new: Sequence[str]) -> None:
    new = [f"new {key}" for key in new]
    found = mixed(due, new)
    assert [key for key in found if key in due] == list(due)
    assert [key for key in found if key in new] == new
    assert len(found) == len(due) + len(new)


def test_a_card_that_is_known_nowhere_is_new() -> None:
    assert Card("test/one").memory is None
