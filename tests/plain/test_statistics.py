"""Statistics as linear text."""

from datetime import UTC, date, datetime

from quizcnn.plain.statistics import statistics_lines
from quizcnn.study.statistics.records import Day, Mastery, Statistics

AT = datetime(2026, 4, 8, 12, tzinfo=UTC)


def test_before_the_first_answer_it_says_so_kindly():
    found = Statistics(AT, date(2026, 4, 8), 0.9, (Day(date(2026, 4, 8)),))
    lines = list(statistics_lines(found, 40))
    assert lines[0].startswith("There is nothing to show yet.")
    assert max(map(len, lines)) <= 40


def test_each_picture_stands_under_its_title():
    found = Statistics(
        AT,
        date(2026, 4, 8),
        0.9,
        (Day(date(2026, 4, 8), 2, 1, 20.0),),
        answers=2,
        right=1,
        seconds=20.0,
        practised=1,
        streak=1,
        longest=1,
        decks=(Mastery("pooling", new=3),),
    )
    lines = list(statistics_lines(found))
    assert lines[:3] == ["So far", "", "2 answers on 1 day; 50% right."]
    titles = [lines[index + 1] for index, line in enumerate(lines[:-1]) if not line]
    assert "Answers a day" in titles
    assert "Decks" in titles
    assert all(line == line.rstrip() for line in lines)
