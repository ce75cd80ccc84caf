"""What the worker takes away from itself before its first job, where POSIX has limits."""

from __future__ import annotations

import math
import os
import sys

if sys.platform != "win32":
    import resource

MEMORY = 2 * 1024**3
"""Bytes of address space that the worker may have."""
SPARE_SECONDS = 2
"""Processor seconds on top of a job's own time, after which the system ends the worker.

The parent's clock is faster; this one is for a worker whose parent is gone.
"""


def restrict() -> None:
    """No core files, no files opened or written, no new processes, bounded memory."""
    if sys.platform == "win32":
        return
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_NOFILE, _highest_open() + 1)
    if sys.platform == "linux":  # elsewhere address space is not counted like this
        _lower(resource.RLIMIT_AS, MEMORY)
        _lower(resource.RLIMIT_NPROC, 0)


def allow_seconds(seconds: float) -> None:
    """Let the system end this process if the next job takes much longer than it may."""
    if sys.platform == "win32":
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = used.ru_utime + used.ru_stime + seconds + SPARE_SECONDS
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = math.ceil(until)
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


if sys.platform != "win32":

    def _lower(limit: int, value: int) -> None:
        """Set soft and hard limit to `value`, or leave a hard limit that is lower already."""
        _, hard = resource.getrlimit(limit)
        lowered = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (lowered, lowered))

    def _highest_open() -> int:
        """The highest file number in use."""
        highest = 2
        for number in range(3, 256):
            try:
                os.fstat(number)
            except OSError:
                continue
            highest = number
        return highest
