"""macOS and other Unix systems: limits, and a watch over memory. No wall round files and network.

There the closed evaluator is what keeps a deck from them.
"""

from __future__ import annotations

import subprocess
import sys

from quizcnn.check.isolation.report import Isolation

if sys.platform != "win32":
    from quizcnn.check.isolation import limits

    def restrict(highest: int) -> Isolation:
        """Put up the limits; `highest` is the number of the last open file that is kept."""
        walls = "no system wall round files and network"
        try:
            limits.restrict(highest)
        except (OSError, ValueError) as error:
            return Isolation(("memory watch",), (f"limits ({error})", walls))
        return Isolation(("limits", "memory watch"), (walls,))


def resident_bytes(pid: int) -> int | None:
    """The bytes of memory that a process holds, as `ps` tells; None where it does not."""
    try:
        told = subprocess.run(
            ["/bin/ps", "-o", "rss=", "-p", str(pid)],
            capture_output=True,
            timeout=5,
            check=False,
        ).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        return None
    return int(told) * 1024 if told.isdigit() else None
