"""The walls of the system that this runs on, for the worker to put up round itself."""

from __future__ import annotations

import sys

from quizcnn.check.isolation.report import Isolation

if sys.platform == "linux":
    from quizcnn.check.isolation.linux import restrict as put_up
elif sys.platform == "win32":
    from quizcnn.check.isolation.windows import restrict as put_up
else:
    from quizcnn.check.isolation.macos import restrict as put_up

if sys.platform == "win32":

    def allow_seconds(seconds: float) -> None:
        """Windows has no clock for this; the parent has."""
else:
    from quizcnn.check.isolation.limits import allow_seconds

__all__ = ["Isolation", "allow_seconds", "put_up"]
