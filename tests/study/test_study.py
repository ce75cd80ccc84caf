"""Progress survives edits of the decks: renamed, moved, deleted and revised questions."""

from __future__ import annotations

from collections.abc import Callable

from shelf import Learner, Shelf

from quizcnn.check.job import Checker
from quizcnn.deck.model import Question
from quizcnn.study.queue import Waiting
from quizcnn.study.records import Request, Scope
from quizcnn.study.study import Standing

Make = Callable[..., Question]


def learnt(checker: Checker, question: Question) -> Learner:
    """A learner who has answered a question once."""
    learner = Learner(Shelf.of(question))
    learner.study.open(Request(), checker).answer("6")
    return learner


def test_a_renamed_question_keeps_its_schedule_and_its_log(
    checker: Checker, question: Make
) -> None:
    learner = learnt(checker, question(id="old"))
    before = learner.store.card("test/old")
    learner.sit_down(question(id="new", was=("older", "old")))
    after = learner.store.card("test/new")
    assert after.memory == before.memory
    assert [row[0] for row in learner.log()] == ["test/new"]
    assert learner.store.card("test/old").memory is None


def test_a_question_that_has_progress_of_its_own_keeps_it(checker: Checker, question: Make) -> None:
    learner = learnt(checker, question(id="old"))
    learner.sit_down(question(id="new"))
    learner.clock.wait(minutes=1)
    learner.study.open(Request(), checker).answer("7")
    own = learner.store.card("test/new")
    learner.sit_down(question(id="new", was=("old",)))
    assert learner.store.card("test/new") == own


def test_a_question_that_came_from_another_deck_gets_a_copy(
    checker: Checker, question: Make
) -> None:
    """A deck cannot take away what was learnt with another one by naming its questions."""
    learner = learnt(checker, question(id="old"))
    before = learner.store.card("test/old")
    learner.sit_down(question(deck="other", id="new", was=("test/old",)))
    assert learner.store.card("other/new").memory == before.memory
    assert learner.store.card("test/old") == before


def test_a_deleted_question_keeps_its_history_and_takes_its_schedule_up_again(
    checker: Checker, question: Make
) -> None:
    learner = learnt(checker, question(id="gone"))
    before = learner.store.card("test/gone")
    learner.sit_down(question(id="other"))
    assert learner.study.waiting(Scope()) == Waiting(new=1)
    assert [row[0] for row in learner.log()] == ["test/gone"]
    learner.sit_down(question(id="gone"))
    assert learner.store.card("test/gone") == before


def test_a_question_whose_meaning_changed_starts_anew_and_its_log_stays(
    checker: Checker, question: Make
) -> None:
    learner = learnt(checker, question(id="a"))
    learner.sit_down(question(id="a", revision=2))
    assert learner.study.waiting(Scope()).new == 1
    learner.clock.wait(minutes=1)
    learner.study.open(Request(), checker).answer("6")
    card = learner.store.card("test/a")
    assert (card.revision, card.reviews) == (2, 1)
    assert len(learner.log()) == 2


def test_how_one_stands_with_each_deck(checker: Checker, question: Make) -> None:
    learner = Learner(Shelf.of(question(id="a"), question(id="b"), question(deck="other")))
    learner.study.open(Request(), checker).answer("6")
    assert learner.study.standing() == (
        Waiting(learning=1, new=2),
        {
            "test": Standing(Waiting(learning=1, new=1), 2, learning=1),
            "other": Standing(Waiting(new=1), 1),
        },
    )
