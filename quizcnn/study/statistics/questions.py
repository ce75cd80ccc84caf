"""What the questions come to: mastery, what becomes due, the hardest ones, the commonest slips."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from quizcnn.study.records import MATURE, Scope, Stage
from quizcnn.study.statistics.log import Rows
from quizcnn.study.statistics.records import Due, Hard, Mastery, Slip
from quizcnn.study.statistics.scope import condition

Numbering: TypeAlias = Callable[[int], int]
Forgetting: TypeAlias = Callable[[int, float], float]

FORECAST = 30
"""Days that are looked ahead."""

MOST = 20
"""So many of the hardest questions and of the slips are given."""

# A question of a later revision than its card is new again.
CARDS = """SELECT c.id, q.deck, c.stage, c.stability, c.last_review, c.due,
    CASE c.suspended WHEN 0 THEN max(c.due, coalesce(c.buried, 0)) END
    FROM chosen_questions q JOIN cards c ON c.key = q.key
    WHERE c.stage IS NOT NULL AND c.revision >= q.revision"""
DECKS = """SELECT q.deck, count(*) FROM chosen_questions q WHERE 1{scope}
    GROUP BY q.deck ORDER BY min(q.rank)"""
TAGS = """SELECT t.tag, count(*) FROM chosen_tags t JOIN chosen_questions q ON q.key = t.key
    WHERE 1{scope} GROUP BY t.tag"""
TAGGED = "SELECT t.tag, c.id FROM chosen_tags t JOIN cards c ON c.key = t.key"
# The log is read in its own order (so `NOT INDEXED` and `+card`): it is far larger than the cache.
WRONG = """SELECT +card AS card, revision, count(*) AS wrong FROM reviews NOT INDEXED
    WHERE right = 0 GROUP BY +card, revision"""
SLIPS = """SELECT +card AS card, revision, slip, count(*) AS times FROM reviews NOT INDEXED
    WHERE slip <> '' AND right = 0 GROUP BY +card, revision, slip"""
HARDEST = f"""SELECT q.key, c.id, q.revision, sum(w.wrong) AS wrong,
    c.lapses * (c.revision >= q.revision) AS lapsed, c.suspended
    FROM ({WRONG}) w JOIN cards c ON c.id = w.card JOIN chosen_questions q ON q.key = c.key
    WHERE w.revision >= q.revision{{scope}}
    GROUP BY c.id ORDER BY sum(w.wrong) + lapsed DESC, lapsed DESC, q.rank LIMIT {MOST}"""
ANSWERED = "SELECT count(*) FROM reviews WHERE card = :card AND revision >= :revision"
COMMONEST = f"""SELECT q.key, w.slip, sum(w.times) AS times
    FROM ({SLIPS}) w JOIN cards c ON c.id = w.card JOIN chosen_questions q ON q.key = c.key
    WHERE w.revision >= q.revision{{scope}}
    GROUP BY q.key, w.slip ORDER BY times DESC, q.rank, w.slip LIMIT {MOST}"""


@dataclass(slots=True)
class Met:
    """The questions that are not new, each by the number of its card.

    `kind` is 0 in learning, 1 for young, 2 for mature; `coming` counts by the number of the day
    on which they become due, leaving out what is set aside.
    """

    decks: dict[int, str]
    kind: dict[int, int]
    chance: dict[int, float]
    coming: Counter[int]


def met(rows: Rows, scope: Scope, number: Numbering, today: int, forgetting: Forgetting) -> Met:
    """The questions that are not new."""
    within, names = condition(scope, "q.deck", "q.key")
    found = Met({}, {}, {}, Counter())
    review = int(Stage.REVIEW)
    for card, deck, stage, stability, last, due, free in rows(CARDS + within, names):
        reviewed = number(last)
        found.decks[card] = deck
        found.chance[card] = forgetting(today - reviewed, stability)
        found.kind[card] = 1 + (number(due) - reviewed >= MATURE) if stage == review else 0
        if free is not None:
            found.coming[max(number(free), today)] += 1
    return found


def forecast(found: Met, today: int) -> tuple[Due, ...]:
    """How many become due on each of the coming days, today first."""
    return tuple(
        Due(date.fromordinal(day), found.coming[day]) for day in range(today, today + FORECAST)
    )


def mastery(
    rows: Rows, scope: Scope, found: Met
) -> tuple[tuple[Mastery, ...], tuple[Mastery, ...]]:
    """By deck in the order of the decks, and by tag, those with the most questions first."""
    within, names = condition(scope, "q.deck", "q.key")
    decks = _sums(((deck, card) for card, deck in found.decks.items()), found)
    tags = _sums(rows(TAGGED, {}), found)
    sizes = rows(DECKS.format(scope=within), names)
    tagged = sorted(rows(TAGS.format(scope=within), names), key=lambda row: (-row[1], row[0]))
    return (
        tuple(_mastery(deck, size, decks.get(deck)) for deck, size in sizes),
        tuple(_mastery(tag, size, tags.get(tag)) for tag, size in tagged),
    )


def hardest(rows: Rows, scope: Scope) -> tuple[Hard, ...]:
    """The questions with the most wrong answers, lapses counting twice. Cram and exams count."""
    within, names = condition(scope, "q.deck", "q.key")
    found = []
    for key, card, revision, wrong, lapses, suspended in rows(HARDEST.format(scope=within), names):
        ((answers,),) = rows(ANSWERED, {"card": card, "revision": revision})
        found.append(Hard(key, answers, wrong, lapses, bool(suspended)))
    return tuple(found)


def slips(rows: Rows, scope: Scope) -> tuple[Slip, ...]:
    """The wrong answers with a known cause that were given most often."""
    within, names = condition(scope, "q.deck", "q.key")
    return tuple(Slip(*row) for row in rows(COMMONEST.format(scope=within), names))


def _sums(named: Iterable[tuple[Any, ...]], found: Met) -> dict[str, list[float]]:
    """For each name: how many in learning, young, mature, and the sum of their chances."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0, 0, 0, 0.0])
    kind, chance = found.kind, found.chance
    for name, card in named:
        if card in kind:
            total = sums[name]
            total[kind[card]] += 1
            total[3] += chance[card]
    return sums


def _mastery(name: str, questions: int, total: list[float] | None) -> Mastery:
    if total is None:
        return Mastery(name, questions)
    learning, young, mature = map(int, total[:3])
    seen = learning + young + mature
    return Mastery(name, questions - seen, learning, young, mature, total[3] / seen)
