"""Which backups are kept as they grow older."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quizcnn.study.store.thinning import superfluous

NOW = datetime(2026, 7, 15, 12, tzinfo=UTC)
MOMENTS = st.sets(st.datetimes(datetime(2015, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))


def kept(*ages: timedelta) -> list[timedelta]:
    """The ages, of these, of the backups that are kept."""
    moments = {NOW - age for age in ages}
    return sorted(NOW - at for at in moments - superfluous(moments, NOW))


def test_all_of_the_last_two_days_stay() -> None:
    hours = [timedelta(hours=each) for each in (1, 2, 3, 30, 31, 47)]
    assert kept(*hours) == hours


def test_then_the_newest_of_each_day_for_a_week() -> None:
    early, late = timedelta(days=4, hours=3), timedelta(days=4, hours=1)
    assert kept(timedelta(hours=1), late, early) == [timedelta(hours=1), late]


def test_of_each_week_for_eight_weeks() -> None:
    """9 to 14 March is one week of the calendar, 2026-07-15 being a Wednesday."""
    days = [timedelta(days=each) for each in range(24, 31)]  # Sunday 21 June back to Monday 15
    assert kept(timedelta(0), *days) == [timedelta(0), days[0]]


def test_of_each_month_for_a_year_and_of_each_year_for_ever() -> None:
    march = [datetime(2026, 3, day, tzinfo=UTC) for day in (1, 15, 31)]
    long_ago = [datetime(2019, month, 5, tzinfo=UTC) for month in (1, 6, 12)]
    spare = superfluous([*march, *long_ago, NOW], NOW)
    assert spare == {*march[:2], *long_ago[:2]}


@given(MOMENTS)
def test_the_newest_always_stays(moments: set[datetime]) -> None:
    assert not moments or max(moments) not in superfluous(moments, NOW)


@given(MOMENTS)
def test_thinning_again_changes_nothing(moments: set[datetime]) -> None:
    spare = superfluous(moments, NOW)
    assert superfluous(moments - spare, NOW) == set()


def test_years_of_daily_backups_leave_few_and_no_great_gaps() -> None:
    """Thinned every day: a day apart within a week, then a fortnight, two months, two years."""
    there: set[datetime] = set()
    begin = datetime(2020, 1, 1, 12, tzinfo=UTC)
    for day in range(6 * 365):
        now = begin + timedelta(days=day)
        there.add(now)
        there -= superfluous(there, now)
        assert len(there) <= 8 + 9 + 13 + 7
        ordered = sorted(there, reverse=True)
        for newer, older in pairwise(ordered):
            age = (now - older).days
            most = 1 if age < 7 else 14 if age < 50 else 62 if age < 360 else 731
            assert (newer - older).days <= most
