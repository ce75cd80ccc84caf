"""Limits that POSIX systems put on a process, set by the worker on itself."""

from __future__ import annotations

import os
import signal
import sys

from quizcnn.check.isolation.report import MEMORY

if sys.platform != "win32":
    import resource

    FILES = 1_024
    """Below this number files are closed that imports may have left open."""
    SPARE_SECONDS = 2.0
    """Seconds on top of a job's own time, after which the system ends the worker.

    The parent's clock is faster; this one is for a worker whose parent is gone.
    """

    def restrict(highest: int) -> None:
        """No core files, no files opened or written, no new processes, bounded memory.

        `highest` is the number of the last open file that the worker keeps.
        """
        os.closerange(highest + 1, FILES)
        _lower(resource.RLIMIT_CORE, 0)
        _lower(resource.RLIMIT_FSIZE, 0)
        _lower(resource.RLIMIT_NPROC, 0)
        _lower(resource.RLIMIT_NOFILE, highest + 1)
        if sys.platform == "linux":  # elsewhere address space is not counted like this
            _lower(resource.RLIMIT_AS, MEMORY)

    def start_clock(seconds: float) -> None:
        """Let the system end this process if the job takes much longer than it may.

        A clock of processor time would make the kernel tell that time in coarse ticks.
        """
        signal.setitimer(signal.ITIMER_REAL, seconds + SPARE_SECONDS)

    def stop_clock() -> None:
        """The job has ended."""
        signal.setitimer(signal.ITIMER_REAL, 0.0)

    def _lower(limit: int, value: int) -> None:
        """Set soft and hard limit to `value`, or leave a hard limit that is lower already."""
        _, hard = resource.getrlimit(limit)
        lowered = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (lowered, lowered))
