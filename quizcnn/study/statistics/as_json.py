"""Statistics as JSON: what `quizcnn stats --json` prints."""

from __future__ import annotations

from quizcnn.study.statistics.records import Mastery, Retention, Share, Statistics


def as_json(found: Statistics) -> dict[str, object]:
    """Plain lists and dictionaries; shares run from 0 to 1, null where nothing was asked."""
    return {
        "at": found.at.isoformat(),
        "today": found.today.isoformat(),
        "total": {
            "answers": found.answers,
            "right": found.right,
            "days": found.practised,
            "seconds": round(found.seconds, 3),
            "seconds_a_day": round(found.seconds_a_day, 3),
            "seconds_an_answer": round(found.seconds_an_answer, 3),
        },
        "streak": {"now": found.streak, "longest": found.longest},
        "history": [
            {
                "day": day.day.isoformat(),
                "answers": day.answers,
                "right": day.right,
                "seconds": round(day.seconds, 3),
            }
            for day in found.history
        ],
        "retention": {
            "desired": found.desired,
            "periods": [_retention(period) for period in found.retention],
        },
        "forecast": [
            {"day": due.day.isoformat(), "questions": due.questions} for due in found.forecast
        ],
        "decks": [_mastery(deck) for deck in found.decks],
        "tags": [_mastery(tag) for tag in found.tags],
        "hardest": [
            {
                "id": hard.key,
                "answers": hard.answers,
                "wrong": hard.wrong,
                "lapses": hard.lapses,
                "suspended": hard.suspended,
            }
            for hard in found.hardest
        ],
        "slips": [{"id": slip.key, "slip": slip.slip, "times": slip.times} for slip in found.slips],
    }


def _retention(period: Retention) -> dict[str, object]:
    return {
        "days": period.days,
        "all": _share(period.all),
        "young": _share(period.young),
        "mature": _share(period.mature),
    }


def _share(share: Share) -> dict[str, object]:
    return {"known": share.known, "asked": share.asked, "share": share.part}


def _mastery(row: Mastery) -> dict[str, object]:
    return {
        "name": row.name,
        "questions": row.questions,
        "new": row.new,
        "learning": row.learning,
        "young": row.young,
        "mature": row.mature,
        "chance": row.chance,
    }
