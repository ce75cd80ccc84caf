"""Schedules come from FSRS, counted in the learner's days; the pinned library's numbers stay."""

from __future__ import annotations

import random
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.study.days import Calendar
from quizcnn.study.records import Grade, Memory, Stage
from quizcnn.study.scheduling import Scheduler
from quizcnn.study.settings.model import Settings

EVENING = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
CALENDAR = Calendar(time(4), UTC)
DAY = 86_400

# Grades given one after another, a question in days answered at 10:00 of the day on which it is
# due, and what `fsrs` 6.3.2 makes of each: stage, step, stability in days, difficulty, seconds
# until it is due. Another release of the library has to show the same numbers.
GOLDEN = [
    (
        (3, 3, 3, 3, 1, 3, 3, 4),
        (
            (1, 1, 2.3065, 2.118103970459016, 600),
            (2, None, 2.3065, 2.111214235785395, 121_800),
            (2, None, 10.971048263078135, 2.1043313908464483, 928_800),
            (2, None, 46.316858440073425, 2.0974554287524403, 3_952_800),
            (3, 0, 2.9338452901880046, 7.387715706030851, 600),
            (2, None, 2.9338452901880046, 7.375556359621658, 237_000),
            (2, None, 7.799102228394648, 7.363409172558875, 669_600),
            (2, None, 28.49617137775706, 6.467611752457447, 2_397_600),
        ),
    ),
    (
        (1, 2, 3, 4, 2, 1, 1, 3),
        (
            (1, 0, 0.212, 6.4133, 60),
            (1, 0, 0.212, 7.604209769076838, 330),
            (1, 1, 0.24668918777567272, 7.5918339286046, 600),
            (2, None, 0.48892083828453853, 6.772365417380022, 35_010),
            (2, None, 1.6934165145475426, 7.842574125582147, 151_200),
            (3, 0, 0.4677298914348687, 9.276097154871636, 600),
            (3, 0, 0.1745770245170595, 9.747286426642491, 600),
            (2, None, 0.20575551777535464, 9.732767509512685, 63_600),
        ),
    ),
    (
        (4, 4, 2, 1, 3, 3),
        (
            (2, None, 8.2956, 1.0, 640_800),
            (2, None, 65.62422616189994, 1.0, 5_680_800),
            (2, None, 171.958835286134, 4.010608969296839, 14_839_200),
            (3, 0, 4.619524556416022, 8.016556265363716, 600),
            (2, None, 4.619524556416022, 8.00376807839519, 409_800),
            (2, None, 10.73162255731488, 7.990992679613633, 928_800),
        ),
    ),
]


def scheduler(fuzz: bool = False, **settings: object) -> Scheduler:
    return Scheduler(Settings(fuzz=fuzz, **settings), CALENDAR)  # type: ignore[arg-type]


@pytest.mark.parametrize(("grades", "memories"), GOLDEN)
def test_the_library_reckons_as_it_did_when_it_was_pinned(
    grades: tuple[int, ...], memories: tuple[tuple[float, ...], ...]
) -> None:
    at, memory = EVENING, None
    for grade, (stage, step, stability, difficulty, seconds) in zip(grades, memories, strict=True):
        memory = scheduler().review(memory, Grade(grade), at)
        assert (memory.stage, memory.step) == (stage, step)
        assert memory.stability == pytest.approx(stability, rel=1e-12)
        assert memory.difficulty == pytest.approx(difficulty, rel=1e-12)
        assert (memory.due - at).total_seconds() == seconds
        assert memory.last_review == at
        at = memory.due + timedelta(hours=6 if memory.stage is Stage.REVIEW else 0)


def test_first_stability_of_a_good_answer_is_the_third_parameter() -> None:
    """FSRS-6's published defaults: w0 to w3 are the stabilities after a first 1, 2, 3 or 4."""
    found = [scheduler().review(None, grade, EVENING).stability for grade in Grade]
    assert found == [0.212, 1.2931, 2.3065, 8.2956]


def test_chance_is_the_desired_retention_after_one_stability() -> None:
    """By its definition stability is the time after which nine of ten are still known."""
    memory = Memory(Stage.REVIEW, None, 10.0, 5.0, EVENING + timedelta(days=10), EVENING)
    assert scheduler().chance(memory, EVENING) == 1.0
    assert scheduler().chance(memory, EVENING + timedelta(days=10)) == pytest.approx(0.9)


def test_an_evening_and_the_next_morning_are_a_day_apart() -> None:
    memory = Memory(Stage.REVIEW, None, 3.0, 5.0, EVENING, EVENING)
    morning = EVENING.replace(day=3, hour=8)
    evening = EVENING.replace(day=3)
    after = [scheduler().review(memory, Grade.GOOD, at).stability for at in (morning, evening)]
    assert after[0] == after[1]
    same_day = scheduler().review(memory, Grade.GOOD, EVENING.replace(hour=23))
    assert same_day.stability < after[0]


def test_in_days_a_question_is_due_from_the_beginning_of_its_day() -> None:
    memory = scheduler().review(None, Grade.EASY, EVENING)
    assert memory.due == datetime(2026, 3, 10, 4, 0, tzinfo=UTC)


def test_days_are_days_where_the_clocks_change() -> None:
    """On 29 March 2026 Berlin puts its clocks forward: the day has 23 hours."""
    berlin = Scheduler(Settings(fuzz=False), Calendar(time(4), ZoneInfo("Europe/Berlin")))
    at = datetime(2026, 3, 27, 20, 0, tzinfo=UTC)
    memory = berlin.review(None, Grade.EASY, at)
    assert memory.due == datetime(2026, 4, 4, 2, 0, tzinfo=UTC)  # 04:00 in summer time


def test_a_higher_desired_retention_asks_sooner() -> None:
    due = [
        scheduler(desired_retention=wanted).review(None, Grade.EASY, EVENING).due
        for wanted in (0.8, 0.9, 0.97)
    ]
    assert due == sorted(due, reverse=True)
    assert len(set(due)) == 3


def test_no_interval_is_longer_than_the_longest_allowed() -> None:
    memory = Memory(Stage.REVIEW, None, 500.0, 2.0, EVENING, EVENING - timedelta(days=400))
    after = scheduler(maximum_interval=90).review(memory, Grade.EASY, EVENING)
    assert (CALENDAR.day(after.due) - CALENDAR.day(EVENING)).days == 90


@given(st.text(max_size=10), st.integers(0, 2**32))
def test_what_is_announced_is_what_is_done_and_leaves_chance_alone(spread: str, seed: int) -> None:
    """The library spreads intervals by the global generator, which others use too."""
    memory = Memory(Stage.REVIEW, None, 40.0, 5.0, EVENING, EVENING - timedelta(days=40))
    fuzzy = scheduler(fuzz=True)
    random.seed(seed)
    announced = fuzzy.preview(memory, EVENING, spread)
    drawn = random.random()
    assert announced == {grade: fuzzy.review(memory, grade, EVENING, spread) for grade in Grade}
    random.seed(seed)
    assert drawn == random.random()


def test_what_was_learnt_together_returns_spread_out() -> None:
    memory = Memory(Stage.REVIEW, None, 40.0, 5.0, EVENING, EVENING - timedelta(days=40))
    fuzzy = scheduler(fuzz=True)
    due = {fuzzy.review(memory, Grade.GOOD, EVENING, f"test/{n}").due for n in range(100)}
    assert len(due) > 5
    exact = scheduler().review(memory, Grade.GOOD, EVENING).due
    assert all(abs((one - exact).days) <= 0.1 * (exact - EVENING).days + 1 for one in due)


GRADES = st.lists(st.sampled_from(Grade), min_size=1, max_size=12)


@given(GRADES, st.integers(0, 72), st.booleans())
def test_whatever_is_answered_the_memory_can_be_kept(
    grades: list[Grade], hours: int, fuzz: bool
) -> None:
    at, memory = EVENING, None
    for grade in grades:
        memory = scheduler(fuzz=fuzz).review(memory, grade, at, "test/one")
        assert (memory.step is None) is (memory.stage is Stage.REVIEW)
        assert memory.stability > 0
        assert 1 <= memory.difficulty <= 10
        assert memory.due > at
        if memory.stage is Stage.REVIEW:
            assert memory.due == CALENDAR.begin(CALENDAR.day(memory.due))
        at = memory.due + timedelta(hours=hours)
