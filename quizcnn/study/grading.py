"""What an answer does to a card: its schedule, its lapses, and whether it is set aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from quizcnn.study.desk import Desk
from quizcnn.study.records import Card, Grade, Memory, Stage
from quizcnn.study.scheduling import Scheduler


def self_grade(right: bool) -> Grade:
    """The grade that a checked answer gives itself."""
    return Grade.GOOD if right else Grade.AGAIN


def as_asked(card: Card, revision: int) -> Card:
    """The card as it stands for a question of this `revision`: a later one starts anew."""
    return Card(card.key, revision) if revision > card.revision else card


def graded(card: Card, grade: Grade, at: datetime, scheduler: Scheduler, leech_after: int) -> Card:
    """The card after an answer.

    A lapse is an AGAIN in stage REVIEW. After `leech_after` of them (0: never), and then after each
    half as many more, the card is marked as a leech and set aside, as Anki does.
    """
    memory = scheduler.review(card.memory, grade, at, _spread(card))
    lapsed = _in_review(card) and grade is Grade.AGAIN
    lapses = card.lapses + lapsed
    leech = lapsed and _is_leech(lapses, leech_after)
    return replace(
        card,
        memory=memory,
        reviews=card.reviews + 1,
        lapses=lapses,
        leech=card.leech or leech,
        suspended=card.suspended or leech,
        buried=None,
    )


def outlook(card: Card, at: datetime, scheduler: Scheduler) -> Mapping[Grade, Memory]:
    """What each grade would come to, given now."""
    return scheduler.preview(card.memory, at, _spread(card))


def change(revision: int, grade: Grade, at: datetime, desk: Desk) -> Callable[[Card], Card]:
    """What an answer does to whatever card the store then holds."""
    leech_after = desk.settings.leech_after
    return lambda card: graded(as_asked(card, revision), grade, at, desk.scheduler, leech_after)


def becomes_leech(card: Card | None, effect: Callable[[Card], Card]) -> bool:
    """Whether an answer's effect sets a question aside that was none yet."""
    return card is not None and not card.suspended and effect(card).suspended


def _spread(card: Card) -> str:
    return f"{card.key} {card.reviews}"


def _in_review(card: Card) -> bool:
    return card.memory is not None and card.memory.stage is Stage.REVIEW


def _is_leech(lapses: int, leech_after: int) -> bool:
    if not leech_after or lapses < leech_after:
        return False
    return (lapses - leech_after) % max(1, leech_after // 2) == 0
