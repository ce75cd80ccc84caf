"""What grades do to a card: lapses, leeches, a new revision."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, time, timedelta

import pytest
from shelf import BEGIN

from quizcnn.study.days import Calendar
from quizcnn.study.grading import as_asked, graded, outlook, self_grade
from quizcnn.study.records import Card, Grade, Memory, Stage
from quizcnn.study.scheduling import Scheduler
from quizcnn.study.settings.model import Settings

SCHEDULER = Scheduler(Settings(), Calendar(time(4), UTC))
KNOWN = Memory(Stage.REVIEW, None, 10.0, 5.0, BEGIN, BEGIN - timedelta(days=10))
CARD = Card("test/one", memory=KNOWN, reviews=5)


def test_a_right_answer_is_good_and_a_wrong_one_again() -> None:
    assert (self_grade(True), self_grade(False)) == (Grade.GOOD, Grade.AGAIN)


def test_forgetting_what_was_learnt_is_a_lapse_and_forgetting_what_is_being_learnt_is_none() -> (
    None
):
    after = graded(CARD, Grade.AGAIN, BEGIN, SCHEDULER, 8)
    assert (after.lapses, after.reviews) == (1, 6)
    assert after.memory is not None
    assert after.memory.stage is Stage.RELEARNING
    again = graded(after, Grade.AGAIN, BEGIN + timedelta(minutes=10), SCHEDULER, 8)
    assert again.lapses == 1
    assert graded(Card("test/new"), Grade.AGAIN, BEGIN, SCHEDULER, 8).lapses == 0


@pytest.mark.parametrize(
    ("lapses", "set_aside"),
    [(6, False), (7, True), (8, False), (10, False), (11, True), (12, False), (15, True)],
)
def test_the_eighth_lapse_and_every_fourth_after_it_set_a_question_aside(
    lapses: int, set_aside: bool
) -> None:
    after = graded(replace(CARD, lapses=lapses), Grade.AGAIN, BEGIN, SCHEDULER, 8)
    assert (after.lapses, after.leech, after.suspended) == (lapses + 1, set_aside, set_aside)


def test_right_answers_make_no_leech_and_none_are_made_where_it_is_turned_off() -> None:
    assert not graded(replace(CARD, lapses=8), Grade.GOOD, BEGIN, SCHEDULER, 8).leech
    assert not graded(replace(CARD, lapses=7), Grade.AGAIN, BEGIN, SCHEDULER, 0).leech


def test_a_later_revision_starts_anew_and_an_earlier_one_changes_nothing() -> None:
    aside = replace(CARD, lapses=8, leech=True, suspended=True, revision=2)
    assert as_asked(aside, 3) == Card("test/one", 3)
    assert as_asked(aside, 2) == as_asked(aside, 1) == aside


def test_what_stands_beside_a_grade_is_what_it_does() -> None:
    told = outlook(CARD, BEGIN, SCHEDULER)
    for grade in Grade:
        assert graded(CARD, grade, BEGIN, SCHEDULER, 8).memory == told[grade]
