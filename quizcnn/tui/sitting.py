"""A session as the screens share it, so that leaving a screen loses nothing."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from quizcnn.answer.graded import Asked, Ungraded
from quizcnn.study.queue import Waiting
from quizcnn.study.records import Request
from quizcnn.study.session import Answered, Session


@dataclass(eq=False)
class Sitting:
    """A session under way, what was asked for, and the answer that was begun but not given.

    `pose`, `answer` and `undo` run checks or look into the store: they block, and are called from
    threads. The lock keeps a screen that was left while a check ran from running into the one that
    comes back.
    """

    request: Request
    title: str
    session: Session
    draft: str = ""
    waiting: Waiting = field(default_factory=Waiting)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def pose_at_once(self) -> Asked | None:
        """The current question, where no check has to be run to ask it; else None."""
        with self._lock:
            askable = self.session.askable()
        asked = self.pose() if askable else None
        return asked if isinstance(asked, Asked) else None

    def pose(self) -> Asked | Ungraded | None:
        """The current question as it is asked; `waiting` is what waits beside it."""
        with self._lock:
            asked = self.session.ask()
            self.waiting = self.session.waiting()
            return asked

    def answer(self, text: str) -> Answered:
        """Read and grade an answer."""
        with self._lock:
            answered = self.session.answer(text)
            self.waiting = self.session.waiting()
            return answered

    def undo(self) -> bool:
        """Take the last thing done back."""
        with self._lock:
            return self.session.undo()

    @property
    def over(self) -> bool:
        """Whether an exam's time is over."""
        return self.session.seconds_left == 0

    @property
    def clock_words(self) -> str:
        """What is left of an exam's time, as m:ss."""
        left = self.session.seconds_left
        return "" if left is None else f"{left // 60}:{left % 60:02d} left"
