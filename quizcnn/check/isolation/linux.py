"""All walls of Linux: Landlock, limits, no privileges, and last seccomp."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable

from quizcnn.check.isolation import landlock, limits, seccomp
from quizcnn.check.isolation.libc import (
    PR_SET_DUMPABLE,
    PR_SET_PDEATHSIG,
    drop_capabilities,
    prctl,
    threads,
)
from quizcnn.check.isolation.report import Isolation

assert sys.platform == "linux"


def restrict(highest: int) -> Isolation:
    """Put up every wall that this kernel has, and tell which those are.

    `highest` is the number of the last open file that the worker keeps.
    """
    standing: list[str] = []
    missing: list[str] = []

    def put_up(name: str, wall: Callable[[], object]) -> None:
        try:
            version = wall()
        except (OSError, ValueError) as error:  # ValueError: a limit that cannot be lowered
            missing.append(f"{name} ({getattr(error, 'strerror', None) or error})")
        else:
            standing.append(name if version is None else f"{name} {version}")

    def limit() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        prctl(PR_SET_DUMPABLE, 0)
        limits.restrict(highest)
        drop_capabilities()

    # Landlock needs a free file number and /proc, so it comes before the limits.
    put_up("Landlock", _landlock)
    put_up("limits", limit)
    put_up("seccomp", seccomp.restrict)
    return Isolation(tuple(standing), tuple(missing))


def _landlock() -> int:
    if (number := threads()) > 1:  # it holds for one thread only
        raise OSError(0, f"the worker has {number} threads")
    return landlock.restrict()
