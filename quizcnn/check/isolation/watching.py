"""How the parent sees how much memory a worker has, where the system keeps no limit."""

from __future__ import annotations

import sys
from collections.abc import Callable

resident: Callable[[int], int | None] | None
"""The bytes that the process of this id holds now, None if that cannot be told.

There is no such function on Linux, where the kernel itself keeps the limit.
"""

if sys.platform == "linux":
    resident = None
elif sys.platform == "win32":
    from quizcnn.check.isolation.windows import resident_bytes

    resident = resident_bytes
else:
    from quizcnn.check.isolation.macos import resident_bytes

    resident = resident_bytes
