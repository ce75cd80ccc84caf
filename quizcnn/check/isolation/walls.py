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

    def start_clock(seconds: float) -> None:
        """Windows has no clock for this; the parent has."""

    def stop_clock() -> None:
        """There is none to stop."""
else:
    from quizcnn.check.isolation.limits import start_clock, stop_clock

__all__ = ["Isolation", "put_up", "start_clock", "stop_clock"]
