"""No test reads or writes what a person keeps in folders of their own, and none is timed."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

_NUMBERS = count()


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has its own places for decks, progress, catalog and settings; none exists yet."""
    home = tmp_path_factory.getbasetemp() / f"home{next(_NUMBERS)}"
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
