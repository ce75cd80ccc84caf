"""A day begins at 04:00 local time, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from quizcnn.study.days import Calendar, now

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu"])
BEGINS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))


def test_a_late_evening_belongs_to_its_own_day() -> None:
    calendar = Calendar(time(4), BERLIN)
    assert calendar.day(datetime(2026, 1, 10, 2, 59, tzinfo=UTC)) == date(2026, 1, 9)
    assert calendar.day(datetime(2026, 1, 10, 3, 0, tzinfo=UTC)) == date(2026, 1, 10)


def test_the_day_on_which_clocks_go_forward_has_23_hours() -> None:
    calendar = Calendar(time(0), BERLIN)
    begin = calendar.begin(date(2026, 3, 29))
    assert calendar.tomorrow(begin) - begin == timedelta(hours=23)
    assert calendar.tomorrow(begin) == calendar.begin(date(2026, 3, 30))


def test_the_system_zone_is_used_where_none_is_named() -> None:
    calendar = Calendar()
    assert calendar.day(calendar.begin(date(2026, 5, 1))) == date(2026, 5, 1)


def test_now_is_in_utc() -> None:
    assert now().tzinfo is UTC


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)), ZONES, BEGINS
)
def test_a_moment_lies_between_the_begin_of_its_day_and_of_the_next(
    at: datetime, zone: str, begins: time
) -> None:
    """But for the hour that clocks go through twice or leap over."""
    calendar = Calendar(begins, ZoneInfo(zone))
    hour = timedelta(hours=1)
    assert calendar.begin(calendar.day(at)) - hour <= at < calendar.tomorrow(at) + hour
