"""Every action of a session can be taken back, exactly."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.study.records import Act, Card, Grade, Mode, Review, Scope
from quizcnn.study.store.store import Store, StoreError

from .conftest import EVENING, after, answer, scheduled

TABLES = {"cards": "key", "reviews": "id", "actions": "id"}


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All rows but the sessions'."""
    return {
        table: store.rows(f"SELECT * FROM {table} ORDER BY {order}")
        for table, order in TABLES.items()
    }


def test_undo_takes_card_log_and_journal_back(store: Store) -> None:
    sitting = store.begin(Mode.STUDY, Scope(), EVENING)
    answer(store, sitting.id, "a/b")
    known = everything(store)
    kept = answer(store, sitting.id, "a/b", after(10), Grade.AGAIN)
    undone = store.undo(sitting.id)
    assert undone is not None and undone.review == kept
    assert everything(store) == known


def test_a_card_that_was_new_is_gone_again(store: Store) -> None:
    sitting = store.begin(Mode.STUDY, Scope(), EVENING)
    answer(store, sitting.id, "a/b")
    store.undo(sitting.id)
    assert everything(store) == {"cards": [], "reviews": [], "actions": []}
    assert store.undo(sitting.id) is None


def test_undo_reopens_a_session_that_had_ended(path: Path) -> None:
    """The last question too can be undone, and after a restart."""
    with Store.open(path) as store:
        sitting = store.begin(Mode.STUDY, Scope(), EVENING)
        for minute in range(3):
            answer(store, sitting.id, f"a/{minute}", after(minute))
        store.end(sitting.id, after(3))
    with Store.open(path) as store:
        latest = store.latest()
        assert latest is not None and latest.ended == after(3)
        assert store.undo(latest.id) is not None
        assert store.unfinished(Mode.STUDY, Scope()) == sitting
        assert store.undo(latest.id) and store.undo(latest.id)
        assert store.undo(latest.id) is None
        assert everything(store) == {"cards": [], "reviews": [], "actions": []}


def test_skips_burials_and_suspensions_are_undone(store: Store) -> None:
    sitting = store.begin(Mode.STUDY, Scope(), EVENING)
    answer(store, sitting.id, "a/b")
    known = everything(store)
    for act in (
        lambda: store.skip(sitting.id, "a/b"),
        lambda: store.bury(sitting.id, "a/b", after(99)),
        lambda: store.suspend(sitting.id, "a/b"),
        lambda: store.suspend(sitting.id, "a/new"),
        lambda: answer(store, sitting.id, "a/b", after(1), None),
    ):
        act()
        assert store.undo(sitting.id) is not None
        assert everything(store) == known


class TestTwoSessions:
    """What another session has done since is never thrown away."""

    def test_an_answer_since_forbids_undo(self, store: Store) -> None:
        first = store.begin(Mode.STUDY, Scope(), EVENING)
        second = store.begin(Mode.STUDY, Scope(("a",)), EVENING)
        answer(store, first.id, "a/b")
        answer(store, second.id, "a/b", after(5))
        known = everything(store)
        with pytest.raises(StoreError, match=r"a/b has been answered .* another session"):
            store.undo(first.id)
        assert everything(store) == known
        store.undo(second.id)
        store.undo(first.id)
        assert store.card("a/b") == Card("a/b")

    def test_so_does_setting_aside(self, store: Store) -> None:
        first = store.begin(Mode.STUDY, Scope(), EVENING)
        second = store.begin(Mode.STUDY, Scope(("a",)), EVENING)
        answer(store, first.id, "a/b")
        store.suspend(second.id, "a/b")
        with pytest.raises(StoreError):
            store.undo(first.id)
        store.suspend(first.id, "a/c")
        answer(store, second.id, "a/c")
        with pytest.raises(StoreError):
            store.undo(first.id)

    def test_what_leaves_the_card_alone_does_not(self, store: Store) -> None:
        """A cram's answer is undone by itself, and never brings an older schedule back."""
        study = store.begin(Mode.STUDY, Scope(), EVENING)
        cram = store.begin(Mode.CRAM, Scope(), EVENING)
        answer(store, study.id, "a/b")
        answer(store, cram.id, "a/b", after(1), None)
        store.undo(study.id)
        assert store.card("a/b") == Card("a/b")
        assert len(store.actions(cram.id)) == 1
        answer(store, study.id, "a/b", after(2))
        card = store.card("a/b")
        store.undo(cram.id)
        assert store.card("a/b") == card

    def test_a_card_that_another_session_met_stays(self, store: Store) -> None:
        study = store.begin(Mode.STUDY, Scope(), EVENING)
        cram = store.begin(Mode.CRAM, Scope(), EVENING)
        store.skip(study.id, "a/b")
        answer(store, cram.id, "a/b", after(1), None)
        store.undo(study.id)
        assert [action.key for action in store.actions(cram.id)] == ["a/b"]
        store.undo(cram.id)
        assert everything(store) == {"cards": [], "reviews": [], "actions": []}


class TestRegrading:
    def test_the_last_answer_gets_another_grade(self, store: Store) -> None:
        sitting = store.begin(Mode.STUDY, Scope(), EVENING)
        answer(store, sitting.id, "a/b", after(-10))
        kept = answer(store, sitting.id, "a/b")
        other = Review("a/b", kept.at, right=True, grade=Grade.EASY, typed=kept.typed)
        again = store.regrade(sitting.id, other, scheduled(other))
        assert again.at == kept.at and again.grade is Grade.EASY
        assert store.card("a/b").reviews == 2
        assert [action.review for action in store.actions(sitting.id)][1:] == [again]
        assert store.card("a/b").memory == again.after

    def test_only_the_last_answer(self, store: Store) -> None:
        sitting = store.begin(Mode.STUDY, Scope(), EVENING)
        kept = answer(store, sitting.id, "a/b")
        answer(store, sitting.id, "a/c", after(1))
        known = everything(store)
        for review in (kept, Review("a/c", after(5), True, Grade.EASY)):
            with pytest.raises(StoreError, match="can no longer be changed"):
                store.regrade(sitting.id, review, scheduled(review))
        assert everything(store) == known


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_a_whole_session_can_be_walked_back(seed: int) -> None:
    """After each undo the database is as before the action: over random sessions of random acts."""
    chance = random.Random(seed)
    with Store.open(None) as store:
        earlier = store.begin(Mode.STUDY, Scope(), EVENING)
        for number in range(chance.randrange(4)):
            answer(store, earlier.id, f"a/{number}", EVENING, chance.choice(list(Grade)))
        sitting = store.begin(Mode.STUDY, Scope(), after(5))
        past = []
        for minute in range(5, 5 + chance.randrange(12)):
            past.append(everything(store))
            key, act = f"a/{chance.randrange(5)}", chance.choice([*Act, Act.ANSWER])
            if act is Act.ANSWER:
                grade = chance.choice([*Grade, None])
                answer(store, sitting.id, key, after(minute), grade)
            elif act is Act.BURY:
                store.bury(sitting.id, key, after(1000))
            else:
                (store.skip if act is Act.SKIP else store.suspend)(sitting.id, key)
        while past:
            assert store.undo(sitting.id) is not None
            assert everything(store) == past.pop()
        assert store.undo(sitting.id) is None
