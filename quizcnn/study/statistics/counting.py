"""What a learner's progress comes to: answers by day, retention, forecast, mastery, slips, time."""

from __future__ import annotations

from datetime import date, datetime

from quizcnn.study.days import Calendar
from quizcnn.study.records import Scope
from quizcnn.study.scheduling import Scheduler
from quizcnn.study.settings.model import Settings
from quizcnn.study.statistics.days import milliseconds, numbering, stretches
from quizcnn.study.statistics.log import Rows, earliest, retention, streaks
from quizcnn.study.statistics.log import days as days_of
from quizcnn.study.statistics.questions import forecast, hardest, mastery, met, slips
from quizcnn.study.statistics.records import Day, Statistics

ALL = Scope()


def statistics(
    rows: Rows,
    settings: Settings,
    calendar: Calendar,
    at: datetime,
    days: int = 365,
    scope: Scope = ALL,
) -> Statistics:
    """What the progress comes to at the moment `at` (aware).

    `rows` runs queries over the progress joined with the chosen decks (`Store.rows` after
    `Catalog.attach`). `days` is how many of the last days the history has. With a scope only its
    decks and tags count. Answers to questions that are gone count in the history; mastery,
    forecast, the hardest questions and slips are of those that can be asked. Takes some
    seconds for 100 000 questions with 500 000 answers.
    """
    today = calendar.day(at)
    number = today.toordinal()
    first = earliest(rows)
    parts = stretches(calendar, milliseconds(at) if first is None else first, at)
    of = numbering(parts)
    answered = days_of(rows, parts, scope)
    streak, longest = streaks(answered, number)
    found = met(rows, scope, of, number, Scheduler(settings, calendar).forgetting())
    decks, tags = mastery(rows, scope, found)
    return Statistics(
        at,
        today,
        settings.desired_retention,
        tuple(
            answered.get(day, Day(date.fromordinal(day)))
            for day in range(number - max(days, 1) + 1, number + 1)
        ),
        sum(day.answers for day in answered.values()),
        sum(day.right for day in answered.values()),
        sum(day.seconds for day in answered.values()),
        len(answered),
        streak,
        longest,
        retention(rows, parts, scope, number),
        forecast(found, number),
        decks,
        tags,
        hardest(rows, scope),
        slips(rows, scope),
    )
