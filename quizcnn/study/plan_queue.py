"""A queue that is fixed beforehand: the questions of a cram or an exam."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from quizcnn.study.queue import Waiting


class PlanQueue:
    """A fixed list of questions, each once; with `again` those answered wrong return at the end."""

    def __init__(self, plan: Sequence[str], again: bool) -> None:
        self._left = list(plan)
        self._again = again

    def next(self, at: datetime, leave: Collection[str]) -> str | None:
        """See `Queue.next`."""
        while self._left:
            key = self._left.pop(0)
            if key not in leave:
                return key
        return None

    def put_back(self, key: str) -> None:
        """See `Queue.put_back`."""
        self._left.insert(0, key)

    def answered(self, key: str, right: bool) -> None:
        """See `Queue.answered`: what was missed returns, where it may."""
        if self._again and not right:
            self._left.append(key)

    def taken_back(self, key: str) -> None:
        """See `Queue.taken_back`: then it was not missed either."""
        self._left = [other for other in self._left if other != key]

    def waiting(self, at: datetime, leave: Collection[str]) -> Waiting:
        """See `Queue.waiting`: what is left of the list."""
        return Waiting(due=len(self._left))

    def returns(self, at: datetime) -> datetime | None:
        """See `Queue.returns`: nothing does by itself."""
        return None
