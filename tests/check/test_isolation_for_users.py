"""The walls need no privilege: an ordinary user gets the same ones as root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import quizcnn

SETPRIV = shutil.which("setpriv")
USER = 65534
"""Nobody: no file is theirs, no group either."""
READS = "-all,+dac_read_search"
"""All that is kept is the leave to read where Python is installed, which the worker loses too."""


@pytest.fixture
def folder() -> Iterator[str]:
    """A folder to which every step of the way is open, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as path:
        yield path


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the walls of Linux")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="this is such a user")
@pytest.mark.skipif(SETPRIV is None, reason="needs setpriv, of util-linux, to become one")
def test_the_walls_hold_for_an_ordinary_user_too(folder: str) -> None:
    """Every attack on the walls, made once more by a user without any privilege."""
    tests = Path(__file__).with_name("test_isolation.py")
    home = Path(folder)
    os.chown(home, USER, USER)
    assert SETPRIV is not None
    as_user = [
        SETPRIV, f"--reuid={USER}", f"--regid={USER}", "--clear-groups",
        f"--inh-caps={READS}", f"--ambient-caps={READS}",
    ]  # fmt: skip
    options = ["-n0", "-rs", "-p", "no:cacheprovider", f"--basetemp={home / 'tmp'}", str(tests)]
    assert quizcnn.__file__ is not None
    package = str(Path(quizcnn.__file__).parent.parent)
    ended = subprocess.run(
        [*as_user, sys.executable, "-m", "pytest", *options],
        cwd=tests.parents[2],
        env={"HOME": str(home), "PYTHONPATH": package, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-1000:]
    assert "SKIPPED" not in ended.stdout
