"""What is kept of answers, and how it is read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from quizcnn.study.records import Act, Action, Card, Grade, Mode, Review, Scope, Stage
from quizcnn.study.store.store import Store, StoreError

from .conftest import EVENING, SCHEDULER, after, answer, scheduled


def test_an_unknown_question_is_a_new_card(store: Store) -> None:
    assert store.card("pooling/stride") == Card("pooling/stride")


def test_an_answer_is_kept_whole(store: Store) -> None:
    """Everything a review says comes back, with the stage before and the memory after."""
    sitting = store.begin(Mode.STUDY, Scope(), EVENING)
    given = Review(
        "pooling/stride",
        EVENING,
        right=True,
        grade=Grade.GOOD,
        typed="6×6",
        computed="(6, 6)",
        slip="no padding",
        variant='{"n": 8}',
        seconds=3.25,
    )
    kept = store.answer(sitting.id, given, scheduled(given))
    memory = SCHEDULER.review(None, Grade.GOOD, EVENING)
    assert kept == replace(given, before=None, after=memory)
    assert store.card("pooling/stride") == Card("pooling/stride", memory=memory, reviews=1)
    assert store.actions(sitting.id) == (Action(Act.ANSWER, "pooling/stride", kept),)


def test_all_is_there_when_the_file_is_opened_again(path: Path) -> None:
    with Store.open(path) as store:
        sitting = store.begin(Mode.EXAM, Scope(("a",), ("t",), 2), EVENING, ("a/b", "a/c"), 600)
        kept = answer(store, sitting.id, "a/b")
        card = store.card("a/b")
    with Store.open(path) as store:
        assert store.sitting(sitting.id) == sitting
        assert store.unfinished(Mode.EXAM, Scope(("a",), ("t",), 2)) == sitting
        assert store.card("a/b") == card
        assert store.actions(sitting.id) == (Action(Act.ANSWER, "a/b", kept),)


def test_an_answer_outside_study_leaves_the_card(store: Store) -> None:
    sitting = store.begin(Mode.CRAM, Scope(), EVENING)
    answer(store, sitting.id, "a/b")
    card = store.card("a/b")
    crammed = Review("a/b", after(5), right=False, grade=Grade.AGAIN, typed="7")
    kept = store.answer(sitting.id, crammed)
    assert kept == replace(crammed, grade=None, before=Stage.LEARNING)
    assert store.card("a/b") == card


def test_answers_in_the_same_millisecond_keep_their_order(store: Store) -> None:
    """Also when the clock was put back: the log of a card runs forward, and so does its memory."""
    sitting = store.begin(Mode.STUDY, Scope(), EVENING)
    moments = [answer(store, sitting.id, "a/b", at).at for at in (EVENING, EVENING, after(-60))]
    assert moments == [EVENING + timedelta(milliseconds=more) for more in range(3)]
    memory = store.card("a/b").memory
    assert memory is not None and memory.last_review == moments[-1]
    assert answer(store, sitting.id, "a/other", after(-60)).at == after(-60)


def test_a_new_revision_is_met_as_new(store: Store) -> None:
    sitting = store.begin(Mode.STUDY, Scope(), EVENING)
    answer(store, sitting.id, "a/b", grade=Grade.EASY)
    again = answer(store, sitting.id, "a/b", after(10), revision=2)
    assert again.before is None
    assert store.card("a/b").revision == 2
    assert again.after == SCHEDULER.review(None, Grade.GOOD, after(10))


def test_variants_come_oldest_first(store: Store) -> None:
    sitting = store.begin(Mode.STUDY, Scope(), EVENING)
    for minute in range(3):
        answer(store, sitting.id, "a/b", after(minute), variant=f'{{"n": {minute}}}')
    assert store.variants("a/b") == ('{"n": 0}', '{"n": 1}', '{"n": 2}')
    assert store.variants("a/never") == ()


def test_what_no_text_can_hold_is_kept_as_a_question_mark(store: Store) -> None:
    sitting = store.begin(Mode.STUDY, Scope(), EVENING)
    kept = answer(store, sitting.id, "a/b", typed="\udc80 \0 ×")
    assert kept.typed == "? \0 ×"
    assert store.actions(sitting.id)[0].review == kept


def test_sessions_are_found_by_what_they_are_about(store: Store) -> None:
    first = store.begin(Mode.STUDY, Scope(("a",)), EVENING)
    second = store.begin(Mode.STUDY, Scope(("a",)), after(1))
    other = store.begin(Mode.STUDY, Scope(("b",)), after(2))
    assert store.unfinished(Mode.STUDY, Scope(("a",))) == second
    assert store.unfinished(Mode.STUDY, Scope(("b",))) == other
    assert store.unfinished(Mode.CRAM, Scope(("a",))) is None
    store.end(second.id, after(3))
    assert store.unfinished(Mode.STUDY, Scope(("a",))) == first
    assert store.sitting(second.id).ended == after(3)


def test_the_latest_session_is_that_of_the_last_action(store: Store) -> None:
    assert store.latest() is None
    first = store.begin(Mode.STUDY, Scope(), EVENING)
    second = store.begin(Mode.STUDY, Scope(), after(1))
    assert store.latest() is None
    store.skip(second.id, "a/b")
    store.skip(first.id, "a/b")
    assert store.latest() == first
    store.undo(first.id)
    assert store.latest() == second


def test_a_session_that_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(StoreError, match="no session 7"):
        store.sitting(7)
    with pytest.raises(StoreError, match="no such session"):
        answer(store, 7, "a/b")
    assert store.card("a/b") == Card("a/b")
    assert store.rows("SELECT count(*) FROM cards") == [(0,)]


def test_setting_aside_and_bringing_back(store: Store) -> None:
    sitting = store.begin(Mode.STUDY, Scope(), EVENING)
    answer(store, sitting.id, "a/b")
    card = store.card("a/b")
    store.bury(sitting.id, "a/b", after(600))
    assert store.card("a/b") == replace(card, buried=after(600))
    store.suspend(sitting.id, "a/b")
    assert store.card("a/b") == replace(card, buried=after(600), suspended=True)
    store.resume("a/b")
    assert store.card("a/b") == card
    acts = [action.act for action in store.actions(sitting.id)]
    assert acts == [Act.ANSWER, Act.BURY, Act.SUSPEND]


def test_a_query_that_fails_leaves_the_store_usable(store: Store) -> None:
    with pytest.raises(StoreError):
        store.rows("SELECT nothing FROM nowhere")
    sitting = store.begin(Mode.STUDY, Scope(), EVENING)
    assert answer(store, sitting.id, "a/b").key == "a/b"


def test_a_change_that_fails_changes_nothing(store: Store) -> None:
    """Whatever goes wrong between reading a card and writing it, the card is as it was."""
    sitting = store.begin(Mode.STUDY, Scope(), EVENING)

    def fails(card: Card) -> Card:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.answer(sitting.id, Review("a/b", EVENING, True, Grade.GOOD), fails)
    assert store.actions(sitting.id) == ()
    answer(store, sitting.id, "a/b")
    assert store.card("a/b").reviews == 1


class TestAdopting:
    """A question that was renamed keeps its progress."""

    def test_a_card_is_renamed_with_its_log(self, store: Store) -> None:
        sitting = store.begin(Mode.STUDY, Scope(), EVENING)
        answer(store, sitting.id, "a/old")
        card = store.card("a/old")
        assert store.adopt("a/old", "a/new", move=True)
        assert store.card("a/new") == replace(card, key="a/new")
        assert store.card("a/old") == Card("a/old")
        assert len(store.variants("a/new")) == 1
        assert store.undo(sitting.id) is not None
        assert store.card("a/new") == Card("a/new")

    def test_or_its_schedule_is_copied(self, store: Store) -> None:
        sitting = store.begin(Mode.STUDY, Scope(), EVENING)
        answer(store, sitting.id, "a/old")
        card = store.card("a/old")
        assert store.adopt("a/old", "a/new", move=False)
        assert store.card("a/old") == card
        assert store.card("a/new") == replace(card, key="a/new", reviews=0)
        assert store.variants("a/new") == ()

    def test_progress_of_its_own_stands(self, store: Store) -> None:
        sitting = store.begin(Mode.STUDY, Scope(), EVENING)
        answer(store, sitting.id, "a/old")
        answer(store, sitting.id, "a/new", grade=None)
        assert not store.adopt("a/old", "a/new", move=True)
        assert not store.adopt("a/never", "a/newer", move=True)
        assert store.card("a/old").reviews == 1

    def test_a_card_that_was_only_skipped_has_none(self, store: Store) -> None:
        sitting = store.begin(Mode.STUDY, Scope(), EVENING)
        answer(store, sitting.id, "a/old")
        store.skip(sitting.id, "a/new")
        assert store.adopt("a/old", "a/new", move=True)
        assert store.card("a/new").reviews == 1
        assert [action.key for action in store.actions(sitting.id)] == ["a/new", "a/new"]
