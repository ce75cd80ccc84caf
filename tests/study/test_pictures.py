"""Pictures made of characters: what they show, and that they keep to their width."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.pictures.pieces import Line, Tone, cells, fitted, percent, shares
from quizcnn.study.pictures.calendar import forecast, heatmap
from quizcnn.study.pictures.page import sections
from quizcnn.study.pictures.progress import hardest, mastery, retention, slips
from quizcnn.study.statistics.records import (
    Day,
    Due,
    Hard,
    Mastery,
    Retention,
    Share,
    Slip,
    Statistics,
)

WEDNESDAY = date(2026, 4, 8)


def text(lines: tuple[Line, ...]) -> list[str]:
    return ["".join(piece.text for piece in line).rstrip() for line in lines]


def days(*answers: int) -> tuple[Day, ...]:
    """Days with so many answers, the last of them a Wednesday."""
    first = WEDNESDAY - timedelta(days=len(answers) - 1)
    return tuple(Day(first + timedelta(days=index), count) for index, count in enumerate(answers))


def test_the_heatmap_has_a_column_for_each_week():
    """Ten days of which the last is a Wednesday; 10 answers a shade."""
    drawn = heatmap(days(1, 0, 10, 11, 20, 21, 30, 30, 31, 0), 40)
    assert text(drawn) == [
        "    Apr",
        "Mon ░░▓▓",
        "Tue · ██",
        "Wed ░░·",
        "Thu ▒▒",
        "Fri ▒▒",
        "Sat ▓▓",
        "Sun ▓▓",
        "",
        "· none  ░ 1–10  ▒ 11–20  ▓ 21–30",
        "█ 31 and more answers",
    ]


def test_a_narrow_heatmap_shows_the_last_weeks():
    """A year needs 53 columns: in 24 there are twenty weeks, in 80 one column each, in 120 two."""
    year = days(*[1] * 365)
    for width, weeks, cell in ((24, 20, 1), (80, 53, 1), (120, 53, 2)):
        wednesday = text(heatmap(year, width))[3]
        assert wednesday.count("░") == weeks * cell
        assert len(wednesday) <= width
    months = text(heatmap(year, 120))[0].split()
    assert months == [
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
    ]


def test_empty_weeks_before_the_first_answer_are_left_out():
    """Of an empty year but for its last day a quarter is drawn, else all since the first answer."""
    for practised, weeks in ((1, 13), (7 * 20, 21)):
        year = days(*[0] * (365 - practised), *[1] * practised)
        wednesday = text(heatmap(year, 120))[3].removeprefix("Wed ")
        assert len(wednesday.replace("░░", "x").replace("· ", "x")) == weeks


def test_a_month_that_has_just_begun_has_no_room_for_its_name():
    assert "Ap" not in text(heatmap(days(*[1] * 365), 80))[0]


def test_a_month_stands_over_the_week_in_which_it_begins():
    """1 April 2026 is a Wednesday, so April stands over the week from 30 March."""
    april = text(heatmap(days(*[1] * 24), 40))
    assert april[0] == " " * (4 + 2 * 2) + "Apr"


def test_the_forecast_reads_downwards_in_columns():
    coming = tuple(Due(WEDNESDAY + timedelta(days=index), 4 - index) for index in range(5))
    assert text(forecast(coming, 36))[:5] == [
        "Wed  8 Apr 4 " + "█" * 23,
        "Thu  9 Apr 3 " + "█" * 17,
        "Fri 10 Apr 2 " + "█" * 11 + "▌",
        "Sat 11 Apr 1 " + "█" * 6,
        "Sun 12 Apr 0",
    ]
    beside = text(forecast(coming, 72))
    assert beside[0].split() == [
        "Wed",
        "8",
        "Apr",
        "4",
        "█" * 22,
        "Sat",
        "11",
        "Apr",
        "1",
        "█" * 5 + "▌",
    ]
    assert beside[2].split()[:4] == ["Fri", "10", "Apr", "2"]
    assert beside[4].startswith("10 questions in 5 days")


def test_retention_is_drawn_beside_the_desired_one():
    """80% of 26 columns are 21, and the stroke stands where 90% begin, after 23."""
    period = Retention(7, Share(8, 10), Share(3, 4), Share())
    (head, row, *_) = text(retention([period], 0.9, 68))
    assert head.split() == ["all", "young", "mature"]
    name, _, rest = row.partition("days")
    assert name == "last 7 "
    bar, numbers = rest.split(maxsplit=1)
    assert bar == "█" * 21 + "─" * 2 + "│" + "─" * 2
    assert numbers.split() == ["80%", "of", "10", "75%", "of", "4", "–"]


def test_a_retention_above_the_desired_one_passes_the_stroke():
    lines = retention([Retention(None, Share(100, 100))], 0.9, 40)
    assert text(lines)[0] == "ever         100% of 100"
    assert text(lines)[1] == "  " + "█" * 34 + "│" + "█" * 3
    tones = {piece.tone for piece in lines[1] if "█" in piece.text}
    assert tones == {Tone.GOOD}
    below = retention([Retention(None, Share(80, 100))], 0.9, 40)
    assert {piece.tone for piece in below[1] if "█" in piece.text} == {Tone.POOR}


def test_mastery_is_told_apart_by_characters():
    row = Mastery("pooling", new=10, learning=5, young=0, mature=5, chance=0.87)
    wide = text(mastery([row], 80, "decks"))
    assert wide[0].split() == ["mature", "young", "learning", "new", "known"]
    name, bar, *numbers = wide[1].split()
    assert name == "pooling"
    assert bar == "█" * 8 + "▒" * 8 + "·" * 17
    assert numbers == ["5", "0", "5", "10", "87%"]
    assert text(mastery([row], 36, "decks"))[:3] == [
        "pooling",
        "█" * 9 + "▒" * 9 + "·" * 18,
        "█ 5  ▓ 0  ▒ 5  · 10  known 87%",
    ]


def test_many_tags_are_cut_short_and_counted():
    rows = [Mastery(f"tag-{index}", new=1) for index in range(25)]
    drawn = text(mastery(rows, 80, "tags"))
    assert "… and 5 more tags." in drawn
    assert "all new" in text(mastery(rows, 40, "tags"))[2]


def test_hard_questions_and_slips_are_listed():
    wide = text(hardest([Hard("pool/a", 9, 4, 1, True), Hard("pool/long", 2, 1, 0)], 70))
    assert wide[:2] == [
        "pool/a     4 of 9 wrong, 1 lapse, set aside",
        "pool/long  1 of 2 wrong",
    ]
    assert text(hardest([Hard("pool/a", 9, 4, 2)], 40))[:2] == [
        "pool/a",
        "  4 of 9 wrong, 2 lapses",
    ]
    assert text(slips([Slip("pool/a", "That is the size at stride 1.", 12)], 30)) == [
        "12×  pool/a",
        "     That is the size at",
        "     stride 1.",
    ]


def test_wide_characters_and_long_words_are_broken_where_the_line_ends():
    drawn = text(slips([Slip("pool/a", "畳み込みの出力の大きさ of " + "x" * 12, 1)], 14))
    assert drawn[1:] == [
        "    畳み込みの",
        "    出力の大き",
        "    さ of",
        "    xxxxxxxxxx",
        "    xx",
    ]


def test_what_decks_say_is_cleaned():
    """Names of tags and slips can carry no control characters, and keep to their columns."""
    nasty = "\x1b]52;c;x\x07\u202eab"
    drawn = [
        *mastery([Mastery(nasty, new=1)], 80, "tags"),
        *hardest([Hard(nasty, 1, 1, 0)], 80),
        *slips([Slip(nasty, nasty, 1)], 80),
    ]
    assert not any(set("\x1b\x07\u202e") & set(piece.text) for line in drawn for piece in line)


def test_before_the_first_answer_there_is_no_picture():
    found = Statistics(datetime(2026, 4, 8, tzinfo=UTC), WEDNESDAY, 0.9, days(0))
    assert sections(found, 80) == ()


@pytest.mark.parametrize("streak", [0, 3])
def test_a_broken_run_is_not_held_against_anybody(streak):
    found = Statistics(
        datetime(2026, 4, 8, tzinfo=UTC),
        WEDNESDAY,
        0.9,
        days(1),
        answers=1,
        right=1,
        seconds=8.0,
        practised=1,
        streak=streak,
        longest=5,
    )
    said = text(sections(found, 80)[0].lines)
    assert said[0] == "1 answer on 1 day; 100% right."
    assert said[1] == (
        "3 days in a row; the most were 5." if streak else "The most days in a row were 5."
    )
    assert said[2] == "8 s in all: 8 s a day, 8 s an answer."


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6), st.integers(10, 120))
def test_shares_fill_the_width_and_hide_nothing(numbers, width):
    parts = shares(numbers, width)
    assert sum(parts) == (width if sum(numbers) else 0)
    assert all((part > 0) == (number > 0) for part, number in zip(parts, numbers, strict=True))


@given(st.text(max_size=30), st.integers(0, 20))
def test_a_fitted_text_has_its_width(name, width):
    assert cells(fitted(name, width)) == width


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_only_a_full_share_is_a_hundred_percent(known, asked):
    known = min(known, asked)
    assert (percent(known / asked) == "100%") == (known == asked)


numbers = st.integers(0, 10**5)
names = st.text(min_size=1, max_size=40)
shared = st.tuples(numbers, numbers).map(lambda pair: Share(min(pair), max(pair)))
any_statistics = st.builds(
    Statistics,
    st.just(datetime(2026, 4, 8, 12, tzinfo=UTC)),
    st.just(WEDNESDAY),
    st.floats(0.7, 0.99),
    st.lists(numbers, min_size=1, max_size=400).map(lambda counts: days(*counts)),
    answers=numbers,
    right=st.just(0),
    seconds=st.floats(0, 10**7),
    practised=numbers,
    streak=numbers,
    longest=numbers,
    retention=st.lists(
        st.builds(Retention, st.sampled_from([7, 30, 365, None]), shared, shared, shared),
        max_size=4,
    ).map(tuple),
    forecast=st.lists(st.builds(Due, st.just(WEDNESDAY), numbers), max_size=30).map(tuple),
    decks=st.lists(
        st.builds(Mastery, names, numbers, numbers, numbers, numbers, st.floats(0, 1)), max_size=3
    ).map(tuple),
    hardest=st.lists(
        st.builds(Hard, names, numbers, numbers, numbers, st.booleans()), max_size=3
    ).map(tuple),
    slips=st.lists(st.builds(Slip, names, names, numbers), max_size=3).map(tuple),
)


@given(any_statistics, st.sampled_from([30, 36, 67, 68, 76, 80, 136]))
def test_no_line_is_wider_than_it_may_be(found, width):
    for section in sections(found, width):
        for line in text(section.lines):
            assert cells(line) <= width, line
