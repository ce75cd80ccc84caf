"""Rows of the progress database and the records that they stand for."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeAlias, TypeVar

from quizcnn.study.records import Card, Grade, Memory, Mode, Review, Scope, Sitting, Stage
from quizcnn.study.store.errors import DamagedError

P = ParamSpec("P")
T = TypeVar("T")
Row: TypeAlias = Sequence[Any]
Fields: TypeAlias = tuple[object, ...]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)

STATE = (
    "revision", "stage", "step", "stability", "difficulty", "due", "last_review", "reviews",
    "lapses", "suspended", "leech", "buried",
)  # fmt: skip
"""The columns of `cards` that can change, in the order of the rows here."""
BLANK: Fields = (1, None, None, None, None, None, None, 0, 0, 0, 0, None)
"""The state of a card of which nothing is known."""
LOG = (
    "revision", "at", "right", "grade", "typed", "computed", "slip", "variant", "took", "before",
    "stage", "step", "stability", "difficulty", "due",
)  # fmt: skip
"""The columns of `reviews` that make a Review, in the order of the rows here."""


def sound(read: Callable[P, T]) -> Callable[P, T]:
    """Has a function that reads a row tell of one that makes no sense."""

    @wraps(read)
    def reading(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return read(*args, **kwargs)
        except (ValueError, TypeError, LookupError, OverflowError, AttributeError) as error:
            raise DamagedError(
                f"A row of the progress is damaged ({error}). `quizcnn doctor` mends it."
            ) from error

    return reading


def milliseconds(at: datetime) -> int:
    """A moment as the whole milliseconds since 1970 in UTC, what is left of one dropped.

    >>> milliseconds(datetime(1970, 1, 1, 0, 0, 1, 500_999, tzinfo=UTC))
    1500
    """
    return (at - EPOCH) // MILLISECOND


def moment(at: int) -> datetime:
    """The moment that milliseconds since 1970 stand for.

    >>> moment(1500).isoformat()
    '1970-01-01T00:00:01.500000+00:00'
    """
    return EPOCH + at * MILLISECOND


@sound
def card_of(key: str, row: Row | None) -> Card:
    """The card that columns STATE stand for; a new one where there is no row."""
    if row is None:
        return Card(key)
    memory = None if row[1] is None else _memory(row[1:6], row[6])
    buried = None if row[11] is None else moment(row[11])
    return Card(key, row[0], memory, row[7], row[8], bool(row[9]), bool(row[10]), buried)


def state_of(card: Card) -> Fields:
    """The columns STATE of a card."""
    memory = card.memory
    buried = None if card.buried is None else milliseconds(card.buried)
    return (
        card.revision,
        *(_memory_fields(memory)),
        None if memory is None else milliseconds(memory.last_review),
        card.reviews,
        card.lapses,
        int(card.suspended),
        int(card.leech),
        buried,
    )


@sound
def review_of(key: str, row: Row) -> Review:
    """The review that columns LOG stand for."""
    return Review(
        key,
        at=moment(row[1]),
        right=bool(row[2]),
        grade=None if row[3] is None else Grade(row[3]),
        typed=row[4],
        computed=row[5],
        slip=row[6],
        variant=row[7],
        seconds=row[8] / 1000,
        revision=row[0],
        before=None if row[9] is None else Stage(row[9]),
        after=None if row[10] is None else _memory(row[10:15], row[1]),
    )


def log_of(review: Review) -> Fields:
    """The columns LOG of a review. Text that is not text (lone surrogates) is shown by "?"."""
    return (
        review.revision,
        milliseconds(review.at),
        int(review.right),
        review.grade,
        *(_storable(text) for text in (review.typed, review.computed, review.slip)),
        review.variant,
        max(0, round(review.seconds * 1000)),
        review.before,
        *_memory_fields(review.after),
    )


@sound
def sitting_of(row: Row) -> Sitting:
    """The session that columns id, mode, scope, began, ended, plan, seconds stand for."""
    scope, plan = json.loads(row[2]), json.loads(row[5])
    return Sitting(
        row[0],
        Mode(row[1]),
        Scope(tuple(scope["decks"]), tuple(scope["tags"]), scope["ahead"]),
        moment(row[3]),
        None if row[4] is None else moment(row[4]),
        tuple(plan),
        row[6],
    )


def scope_text(scope: Scope) -> str:
    """A scope as JSON, always written in the same way, so that equal scopes are equal texts.

    >>> scope_text(Scope(("convolution",)))
    '{"decks":["convolution"],"tags":[],"ahead":0}'
    """
    return text_of({"decks": scope.decks, "tags": scope.tags, "ahead": scope.ahead})


def before_text(row: Row | None) -> str:
    """Columns STATE as JSON for the undo journal: what differs from a blank card, null for none.

    >>> before_text(BLANK), before_text(None)
    ('{}', 'null')
    """
    if row is None:
        return "null"
    named = zip(STATE, row, BLANK, strict=True)
    return text_of({name: value for name, value, blank in named if value != blank})


@sound
def before_of(text: str) -> Fields | None:
    """Columns STATE as the undo journal has them."""
    known = json.loads(text)
    if known is None:
        return None
    return tuple(known.get(name, blank) for name, blank in zip(STATE, BLANK, strict=True))


def text_of(value: object) -> str:
    """A value as JSON in its shortest form."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _memory(row: Row, last_review: int) -> Memory:
    stage, step, stability, difficulty, due = row
    return Memory(Stage(stage), step, stability, difficulty, moment(due), moment(last_review))


def _memory_fields(memory: Memory | None) -> Fields:
    if memory is None:
        return (None,) * 5
    due = milliseconds(memory.due)
    return int(memory.stage), memory.step, memory.stability, memory.difficulty, due


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
