"""A checker that starts when it is first needed, so that the first frame need not wait for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from quizcnn.check.job import Checker, Job
    from quizcnn.check.proof import Proof


@runtime_checkable
class Closing(Protocol):
    """A checker that holds something to be given back, such as a process."""

    def close(self) -> None:
        """Give it back."""
        ...


class LateChecker:
    """Makes its checker at the first run. Thread-safe."""

    def __init__(self, make: Callable[[], Checker]) -> None:
        self._make = make
        self._checker: Checker | None = None
        self._lock = threading.Lock()

    def run(self, jobs: Sequence[Job], timeout: float = 2.0) -> list[Proof]:
        """Run the jobs; see `Checker.run`."""
        with self._lock:
            if self._checker is None:
                self._checker = self._make()
            checker = self._checker
        return checker.run(jobs, timeout)

    def warm_up(self) -> None:
        """Make the checker and have it run something, so that the first question need not wait."""
        from quizcnn.check.job import Job  # noqa: PLC0415 - behind the first frame

        self.run([Job("True")])

    def close(self) -> None:
        """Close the checker, if one was made."""
        with self._lock:
            checker, self._checker = self._checker, None
        if isinstance(checker, Closing):
            checker.close()
