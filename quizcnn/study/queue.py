"""What comes next: learning, due and new questions in their turn."""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, Protocol

from quizcnn.study.days import Calendar
from quizcnn.study.queries import (
    DONE,
    DUE,
    FRESH,
    LATER,
    LEARNING,
    NEEDS,
    Rows,
    keys,
    moments,
    scope_sql,
)
from quizcnn.study.records import Scope
from quizcnn.study.settings.model import Settings

LEARN_AHEAD = timedelta(minutes=20)
"""Where nothing else is left, questions in learning are asked this much before their time."""

SPARE = 50
"""So many more new questions are looked at than are asked: some may need others first."""

MOST = 1000
"""Due questions that are fetched in one go, at most."""


class Waiting(NamedTuple):
    """How many questions wait: in learning (today), due, and new, within the day's limits."""

    learning: int = 0
    due: int = 0
    new: int = 0

    @property
    def all(self) -> int:
        """All of them."""
        return self.learning + self.due + self.new


class Queue(Protocol):
    """Gives a session its questions."""

    def next(self, at: datetime, leave: Collection[str]) -> str | None:
        """The key of the question to ask now, not one of `leave`; None when there is none."""
        ...

    def put_back(self, key: str) -> None:
        """Ask this question again soon: its asking was broken off by an undo."""
        ...

    def answered(self, key: str, right: bool) -> None:
        """A question was answered."""
        ...

    def taken_back(self, key: str) -> None:
        """Its last answer was taken back, and it is being asked anew."""
        ...

    def waiting(self, at: datetime, leave: Collection[str]) -> Waiting:
        """What is left beside the current question, and but for `leave`."""
        ...

    def returns(self, at: datetime) -> datetime | None:
        """When the first of those that are not waiting yet is due; None where there is none."""
        ...


class StudyQueue:
    """Learning questions at their time, then due and new ones mixed, within the day's limits.

    The keys are fetched in one go and looked at again when their turn comes, since another
    session may have answered them meanwhile. `scope.ahead` days bring what is due later too.
    """

    def __init__(self, rows: Rows, settings: Settings, calendar: Calendar, scope: Scope) -> None:
        self._rows = rows
        self._settings = settings
        self._calendar = calendar
        self._scope = scope
        self._where, self._names = scope_sql(scope)
        self._mixed: list[str] = []
        self._fresh: set[str] = set()
        self._fetched: date | None = None
        self._no_more_new = False

    def next(self, at: datetime, leave: Collection[str]) -> str | None:
        """See `Queue.next`."""
        if key := self._learning(at, at, leave):
            return key
        self._begin_day(at, leave)
        while self._mixed:
            key = self._mixed.pop(0)
            if key not in leave and self._still(key, at):
                return key
        self._fetch(at, leave)
        if self._mixed:
            return self._mixed.pop(0)
        return self._learning(at, at + LEARN_AHEAD, leave)

    def put_back(self, key: str) -> None:
        """See `Queue.put_back`."""
        self._mixed.insert(0, key)

    def answered(self, key: str, right: bool) -> None:
        """See `Queue.answered`: the schedule knows."""

    def taken_back(self, key: str) -> None:
        """See `Queue.taken_back`."""
        self._no_more_new = False

    def waiting(self, at: datetime, leave: Collection[str]) -> Waiting:
        """See `Queue.waiting`: learning questions of later today count too."""
        self._begin_day(at, leave)
        where = f"{self._where} AND q.key NOT IN (SELECT value FROM json_each(:leave))"
        values = self._values(at) | {"leave": json.dumps([*leave])}
        learning = len(self._rows(keys(LEARNING, where), values))
        left = [key in self._fresh for key in self._mixed if key not in leave]
        return Waiting(learning, left.count(False), left.count(True))

    def returns(self, at: datetime) -> datetime | None:
        """See `Queue.returns`."""
        query = f"SELECT c.due {LATER}{self._where} ORDER BY c.due LIMIT 1"
        found = self._rows(query, self._values(at))
        return datetime.fromtimestamp(found[0][0] / 1000, UTC) if found else None

    def _learning(self, at: datetime, until: datetime, leave: Collection[str]) -> str | None:
        """The question in learning that has waited longest, of those due by `until`."""
        query = keys(LEARNING, self._where, "ORDER BY c.due LIMIT :many")
        values = moments(until, self._calendar) | {"many": len(leave) + 1, **self._names}
        values |= {"until": values["now"], "now": self._values(at)["now"]}
        return next((key for (key,) in self._rows(query, values) if key not in leave), None)

    def _begin_day(self, at: datetime, leave: Collection[str]) -> None:
        if self._calendar.day(at) != self._fetched:
            self._no_more_new = False
            self._fetch(at, leave)

    def _fetch(self, at: datetime, leave: Collection[str]) -> None:
        self._fetched = self._calendar.day(at)
        due, new = self._limits(at)
        values = self._values(at) | {"many": due + len(leave)}
        query = keys(DUE, self._where, "ORDER BY c.due LIMIT :many")
        found = [key for (key,) in self._rows(query, values) if key not in leave][:due]
        # Questions of one deck were learnt together: shuffled they do not remind of each other.
        random.Random(str(self._fetched)).shuffle(found)
        fresh = self._new(at, new, leave)
        self._fresh = set(fresh)
        self._mixed = mixed(found, fresh)

    def _new(self, at: datetime, limit: int, leave: Collection[str]) -> list[str]:
        """The first new questions whose needed ones have been met, or come before them here."""
        if self._no_more_new or not limit:
            return []
        query = keys(FRESH, self._where, "ORDER BY q.rank LIMIT :many")
        many = limit + len(leave) + SPARE
        rows = self._rows(query, self._values(at) | {"many": many})
        found = [key for (key,) in rows if key not in leave]
        # Where none is left it takes a look at every question to see so: once is enough.
        self._no_more_new = not found and len(rows) < many
        needs: dict[str, set[str]] = {key: set() for key in found}
        for key, needed in self._rows(NEEDS, self._values(at) | {"keys": json.dumps(found)}):
            needs[key].add(needed)
        ready: list[str] = []
        for key in found:
            if needs[key] <= set(ready):
                ready.append(key)
        return (ready or found)[:limit]

    def _still(self, key: str, at: datetime) -> bool:
        """Whether a question is still due or new."""
        source = FRESH if key in self._fresh else DUE
        return bool(self._rows(keys(source, " AND q.key = :key"), self._values(at) | {"key": key}))

    def _limits(self, at: datetime) -> tuple[int, int]:
        """How many due and new questions the day still allows."""
        due, new = limits(self._rows, self._settings, self._values(at))
        return MOST if self._scope.ahead else min(due, MOST), new

    def _values(self, at: datetime) -> dict[str, object]:
        return moments(at, self._calendar, self._scope.ahead) | self._names


def limits(rows: Rows, settings: Settings, values: dict[str, object]) -> tuple[int, int]:
    """How many due and new questions the day still allows; `values` are `moments`."""
    ((due, new),) = rows(DONE, values)
    return max(settings.reviews_per_day - due, 0), max(settings.new_per_day - new, 0)


def mixed(due: Sequence[str], new: Sequence[str]) -> list[str]:
    """Both lists in their orders, the shorter spread evenly through the longer.

    >>> mixed(["a", "b", "c", "d"], ["x", "y"])
    ['a', 'x', 'b', 'c', 'y', 'd']
    """
    placed = [((index + 0.5) / len(due), 0, key) for index, key in enumerate(due)]
    placed += [((index + 0.5) / len(new), 1, key) for index, key in enumerate(new)]
    return [key for *_, key in sorted(placed)]
