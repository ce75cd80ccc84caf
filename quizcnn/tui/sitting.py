"""A session as the screens share it, so that leaving a screen loses nothing."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from quizcnn.answer.graded import Asked, Ungraded
from quizcnn.study.session import Answered, Session


@dataclass(eq=False)
class Sitting:
    """A session under way, its title, and the answer that was begun but not given.

    `pose` and `answer` run checks: they block, and are called from threads. The lock keeps a screen
    that was left while a check ran from running into the one that comes back.
    """

    name: str
    title: str
    session: Session
    draft: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def pose(self) -> Asked | Ungraded | None:
        """The current question as it is asked."""
        with self._lock:
            return self.session.ask()

    def answer(self, text: str) -> Answered:
        """Read and grade an answer."""
        with self._lock:
            return self.session.answer(text)
