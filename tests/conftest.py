"""No test reads or writes what a person keeps in folders of their own, and none is timed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from shelf import OPENED

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

_NUMBERS = count()


@pytest.fixture(autouse=True)
def _nothing_stays_open() -> Iterator[None]:
    """Python 3.13 warns of a database that is left open."""
    yield
    while OPENED:
        OPENED.pop().close()


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has its own places for decks, progress, catalog and settings; none exists yet."""
    home = tmp_path_factory.getbasetemp() / f"home{next(_NUMBERS)}"
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
