"""Statistics over logs whose sums were worked out by hand, and over any logs at all."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizcnn.study.days import Calendar
from quizcnn.study.records import Memory, Scope, Stage
from quizcnn.study.scheduling import Scheduler
from quizcnn.study.settings.model import Settings
from quizcnn.study.statistics.counting import Statistics, statistics
from quizcnn.study.statistics.days import milliseconds, numbering, stretches
from quizcnn.study.statistics.records import (
    Day,
    Due,
    Hard,
    Mastery,
    Retention,
    Share,
    Slip,
)

from .logbook import Logbook

BERLIN = ZoneInfo("Europe/Berlin")
CALENDAR = Calendar(time(4), BERLIN)
NOON = datetime(2026, 3, 30, 14, tzinfo=BERLIN)
"""Two days after the clocks were put forward, in the night to 29 March."""


def local(*when: int) -> datetime:
    return datetime(*when, tzinfo=BERLIN)  # type: ignore[arg-type, misc]


def stats(log: Logbook, at: datetime = NOON, **more: object) -> Statistics:
    return statistics(log.rows, Settings(), CALENDAR, at, **more)  # type: ignore[arg-type]


@pytest.fixture
def log() -> Logbook:
    """Ten answers to three questions, of which `gone/c` is in no deck any more."""
    log = Logbook()
    log.question("pool/a", "size")
    log.question("pool/b", "size", "stride")
    log.answer("pool/a", local(2026, 3, 7, 20), due=local(2026, 3, 10, 4))
    log.answer("pool/a", local(2026, 3, 10, 20), 3, 2, local(2026, 3, 28, 4))
    log.answer("pool/a", local(2026, 3, 28, 23, 30), 1, 2, local(2026, 3, 28, 23, 40), slip="n × n")
    log.answer("pool/a", local(2026, 3, 29, 0, 10), 3, 3, local(2026, 3, 29, 4))
    log.answer("pool/a", local(2026, 3, 29, 0, 20), 1, 2, local(2026, 3, 29, 4))
    log.answer("pool/b", local(2026, 2, 1, 10), 4, None, local(2026, 2, 22, 4))
    log.answer("pool/b", local(2026, 2, 22, 10), 2, 2, local(2026, 3, 29, 4))
    log.answer("pool/b", local(2026, 3, 29, 10), 1, 2, local(2026, 3, 29, 11), took=1_000_000)
    log.answer("pool/b", local(2026, 3, 29, 11), None)
    log.answer("gone/c", local(2026, 3, 30, 9), 3, 2, local(2026, 4, 9, 4))
    return log


def test_answers_count_on_the_learners_day(log):
    """Ten minutes past midnight belong to the evening before; cram and deleted questions count."""
    found = stats(log, days=4)
    assert found.today == date(2026, 3, 30)
    assert found.history == (
        Day(date(2026, 3, 27)),
        Day(date(2026, 3, 28), 3, 1, 30.0),
        Day(date(2026, 3, 29), 2, 1, 310.0),
        Day(date(2026, 3, 30), 1, 1, 10.0),
    )


def test_time_counts_at_most_five_minutes_an_answer(log):
    """Nine answers of ten seconds, and one of a thousand that counts 300."""
    found = stats(log)
    assert (found.answers, found.right, found.practised, found.seconds) == (10, 7, 7, 390.0)
    assert found.seconds_an_answer == 39.0
    assert found.seconds_a_day == pytest.approx(390 / 7)


def test_a_streak_is_not_broken_before_the_day_is_over(log):
    assert (stats(log).streak, stats(log).longest) == (3, 3)
    assert stats(log, local(2026, 3, 31, 12)).streak == 3
    assert stats(log, local(2026, 4, 1, 3, 59)).streak == 3
    assert (stats(log, local(2026, 4, 1, 4)).streak, stats(log).longest) == (0, 3)


def test_retention_counts_the_first_answer_of_a_day_to_what_was_in_review(log):
    """In the last 7 days: a was forgotten at 18 days (young), b at 35 (mature), and c was known,
    its interval lost. The second answer to a on that day counts as little as its relearning.

    Before that, a was known at 3 days on 10 March and b at 21 on 22 February.
    """
    assert stats(log).retention == (
        Retention(7, Share(1, 3), Share(0, 1), Share(0, 1)),
        Retention(30, Share(2, 4), Share(1, 2), Share(0, 1)),
        Retention(365, Share(3, 5), Share(1, 2), Share(1, 2)),
        Retention(None, Share(3, 5), Share(1, 2), Share(1, 2)),
    )


def test_retention_looks_back_whole_days(log):
    """Six days after 22 February it is within the last seven; a day later it is not."""
    assert stats(log, local(2026, 2, 28, 20)).retention[0].all == Share(1, 1)
    assert stats(log, local(2026, 3, 1, 3, 59)).retention[0].all == Share(1, 1)
    assert stats(log, local(2026, 3, 1, 4)).retention[0].all == Share(0, 0)


def test_a_scope_leaves_out_other_decks_and_tags(log):
    """A deleted question is still of its deck, but has no tags."""
    assert stats(log, scope=Scope(("gone",))).answers == 1
    assert stats(log, scope=Scope(("gone",))).retention[3].all == Share(1, 1)
    assert stats(log, scope=Scope((), ("stride",))).answers == 4
    assert stats(log, scope=Scope(("pool", "gone"), ("size",))).answers == 9
    assert [deck.name for deck in stats(log, scope=Scope(("gone",))).decks] == []


def test_hardest_questions_have_the_most_wrong_answers_lapses_twice():
    """a: 2 wrong; b: 2 wrong of which 1 lapse; c was wrong before its revision, which is as new."""
    log = Logbook()
    for key, revision in (("pool/a", 1), ("pool/b", 1), ("pool/c", 2), ("pool/d", 1)):
        log.question(key, revision=revision)
    log.card("pool/b", lapses=1, suspended=1)
    log.card("pool/c", lapses=5)
    for minute in range(3):
        for key in ("pool/a", "pool/b", "pool/c", "pool/d"):
            grade = 3 if key == "pool/d" or not minute else 1
            log.answer(key, local(2026, 3, 1, 12, minute), grade)
    log.answer("pool/c", local(2026, 3, 2, 12), 1, revision=2)
    log.answer("gone/x", local(2026, 3, 2, 12), 1)
    assert stats(log).hardest == (
        Hard("pool/b", 3, 2, 1, suspended=True),
        Hard("pool/a", 3, 2, 0),
        Hard("pool/c", 1, 1, 0),
    )


def test_slips_are_counted_for_each_question():
    """The same slip of two questions is two; cram counts; a right answer has none."""
    log = Logbook()
    log.question("pool/a")
    log.question("pool/b")
    for minute, (key, slip) in enumerate(
        [("a", "(n, n)"), ("b", "(n, n)"), ("b", "s = 1"), ("b", "s = 1"), ("x", "s = 1")]
    ):
        grade = None if minute == 3 else 1
        log.answer(f"pool/{key}", local(2026, 3, 1, 12, minute), grade, right=0, slip=slip)
    assert stats(log).slips == (
        Slip("pool/b", "s = 1", 2),
        Slip("pool/a", "(n, n)", 1),
        Slip("pool/b", "(n, n)", 1),
    )


def test_mastery_tells_new_learning_young_and_mature_apart():
    """21 days make a question mature, 20 young; a later revision makes it new again.

    Due on 29 March after the clocks were put forward, 8 March is 21 days away all the same.
    """
    log = Logbook()
    for name in "abcdefg":
        log.question(f"pool/{name}", *(["even"] if name in "bdf" else []), revision=1)
    log.question("conv/a", "even", revision=2)
    log.card("pool/b", 1, NOON, NOON)
    log.card("pool/c", 3, NOON, NOON)
    log.card("pool/d", 2, local(2026, 3, 9, 23, 59), local(2026, 3, 29, 4))
    log.card("pool/e", 2, local(2026, 3, 8, 23, 59), local(2026, 3, 29, 4))
    log.card("pool/f", 2, local(2026, 3, 8, 4), local(2026, 3, 29, 4), suspended=1)
    log.card("pool/g")
    log.card("conv/a", 2, NOON, local(2026, 6, 1, 4))
    log.card("gone/a", 2, NOON, local(2026, 6, 1, 4))
    found = stats(log)
    scheduler = Scheduler(Settings(), CALENDAR)
    at_21, at_22 = (
        scheduler.chance(
            Memory(Stage.REVIEW, None, 10.0, 5.0, NOON, NOON - timedelta(days=days)), NOON
        )
        for days in (21, 22)
    )
    pool, conv = found.decks
    assert pool == Mastery("pool", 2, 2, 1, 2, pool.chance)
    assert pool.chance == pytest.approx((1 + 1 + at_21 + at_22 + at_22) / 5)
    assert pool.questions == 7
    assert conv == Mastery("conv", 1)
    (even,) = found.tags
    assert even == Mastery("even", 1, 1, 1, 1, even.chance)
    assert even.chance == pytest.approx((1 + at_21 + at_22) / 3)


def test_forecast_counts_the_overdue_today_and_leaves_out_what_is_set_aside():
    """Buried questions come when their burial ends; suspended and deleted ones not at all."""
    log = Logbook()
    last = local(2026, 3, 1, 12)

    def due(name: str, *when: int, **more: object) -> None:
        log.question(f"pool/{name}")
        log.card(f"pool/{name}", 2, last, local(*when), **more)

    due("overdue", 2026, 3, 5, 4)
    due("today", 2026, 3, 30, 4)
    due("late-today", 2026, 3, 31, 3)
    due("tomorrow", 2026, 3, 31, 4)
    due("buried", 2026, 3, 5, 4, buried=round(local(2026, 3, 31, 4).timestamp() * 1000))
    due("last", 2026, 4, 28, 4)
    due("too-late", 2026, 4, 29, 4)
    due("suspended", 2026, 3, 30, 4, suspended=1)
    log.card("gone/x", 2, last, local(2026, 3, 30, 4))
    log.question("pool/new")
    found = stats(log).forecast
    assert len(found) == 30
    assert [each for each in found if each.questions] == [
        Due(date(2026, 3, 30), 3),
        Due(date(2026, 3, 31), 2),
        Due(date(2026, 4, 28), 1),
    ]


def test_nothing_yet_is_no_trouble():
    log = Logbook()
    found = stats(log, days=3)
    assert (found.answers, found.streak, found.longest, found.seconds_an_answer) == (0, 0, 0, 0)
    assert found.history == tuple(Day(date(2026, 3, day)) for day in (28, 29, 30))
    assert found.decks == found.tags == found.hardest == found.slips == ()
    assert all(period.all.part is None for period in found.retention)


def test_answers_by_a_wrong_clock_are_counted_and_break_nothing(log):
    """A clock that once stood in 1960 or in 2050 puts its answers on no day of the last year."""
    log.answer("pool/a", datetime(1960, 1, 1, tzinfo=UTC))
    log.answer("pool/a", datetime(2050, 1, 1, tzinfo=UTC))
    found = stats(log)
    assert found.answers == 12
    assert sum(day.answers for day in found.history) == 10
    assert found.streak == 3


ZONES = ["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu"]
moments = st.datetimes(datetime(2024, 1, 1), datetime(2026, 3, 31)).map(
    lambda when: when.replace(tzinfo=UTC, microsecond=when.microsecond // 1000 * 1000)
)


@given(moments, moments, st.sampled_from(ZONES))
def test_days_are_numbered_as_the_calendar_has_them(first, moment, zone):
    first, moment = sorted((first, moment))
    calendar = Calendar(time(4), ZoneInfo(zone))
    number = numbering(stretches(calendar, milliseconds(first), moment))
    assert number(milliseconds(moment)) == calendar.day(moment).toordinal()
    later = moment + timedelta(days=30)
    assert number(milliseconds(later)) == calendar.day(later).toordinal()


def test_the_hour_that_comes_twice_belongs_to_the_day_that_it_lengthens(log):
    """In Berlin 26 October 2024 lasts until 03:00 UTC of the next morning: 25 hours."""
    before, after = datetime(2024, 10, 27, 2, 59, tzinfo=UTC), datetime(2024, 10, 27, 3, tzinfo=UTC)
    calendar = Calendar(time(4), ZoneInfo("Europe/Berlin"))
    parts = stretches(calendar, milliseconds(datetime(2024, 1, 1, tzinfo=UTC)), NOON)
    number = numbering(parts)
    assert number(milliseconds(before)) == date(2024, 10, 26).toordinal()
    assert number(milliseconds(after)) == date(2024, 10, 27).toordinal()

    practised = stats(log).practised
    log.answer("pool/a", before)
    log.answer("pool/a", after)
    found = stats(log)
    assert (found.practised, found.answers) == (practised + 2, 12)


@given(st.integers(0, 40_000), st.floats(0.001, 36_500))
def test_the_forgetting_curve_is_the_schedulers(days, stability):
    scheduler = Scheduler(Settings(), CALENDAR)
    memory = Memory(Stage.REVIEW, None, stability, 5.0, NOON, NOON - timedelta(days=days))
    assert scheduler.forgetting()(days, stability) == pytest.approx(scheduler.chance(memory, NOON))


answers = st.lists(
    st.tuples(
        st.sampled_from(["pool/a", "pool/b", "gone/c"]),
        moments.filter(lambda at: at <= NOON),
        st.sampled_from([None, 1, 2, 3, 4]),
        st.sampled_from([None, 1, 2, 3]),
        st.integers(0, 40),
    ),
    max_size=25,
    unique_by=lambda row: row[:2],
)


@settings(max_examples=50)
@given(answers, st.sampled_from([7, 30, 365, None]))
@example(
    [
        ("pool/a", datetime(2024, 10, 27, 2, tzinfo=UTC), None, None, 0),
        ("pool/a", datetime(2024, 10, 28, tzinfo=UTC), 3, 2, 0),
    ],
    None,
)
def test_any_log_is_counted_as_one_would_by_hand(rows, days):
    """Answers by day and true retention, against the definitions in plain words."""
    log = Logbook()
    for key in ("pool/a", "pool/b"):
        log.question(key)
    for key, at, grade, before, interval in rows:
        due = CALENDAR.begin(CALENDAR.day(at) + timedelta(days=interval))
        log.answer(key, at, grade, before if grade else None, due)
    found = stats(log)

    by_day = Counter(CALENDAR.day(at) for _, at, *_ in rows)
    assert {day.day: day.answers for day in found.history if day.answers} == {
        day: count for day, count in by_day.items() if day > date(2025, 3, 30)
    }
    assert found.answers == len(rows)
    assert found.practised == len(by_day)

    asked, known, young = 0, 0, 0
    graded = sorted((row for row in rows if row[2]), key=lambda row: row[1])
    for index, (key, at, grade, before, _) in enumerate(graded):
        earlier = [row for row in graded[:index] if row[0] == key]
        first = all(CALENDAR.day(row[1]) != CALENDAR.day(at) for row in earlier)
        recent = days is None or CALENDAR.day(at) > found.today - timedelta(days=days)
        if before == 2 and first and recent:
            asked += 1
            known += grade > 1
            young += bool(earlier) and earlier[-1][4] < 21
    (period,) = (each for each in found.retention if each.days == days)
    assert period.all == Share(known, asked)
    assert period.young.asked == young
