"""Which libraries a command pulls in, seen from a fresh interpreter."""

import subprocess
import sys

import pytest

PROBE = """
import sys
{code}
loaded = {{name.split(".")[0] for name in sys.modules}}
print(*sorted(loaded & {{"numpy", "textual", "rich", "yaml", "fsrs", "tomlkit"}}))
"""


def imported(code: str) -> set[str]:
    """Which of our libraries `code` leaves in `sys.modules`."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(code=code)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(done.stdout.splitlines()[-1].split())


def test_help_imports_no_library_at_all():
    """`--help` answers before NumPy, Textual, PyYAML, fsrs or tomlkit are loaded."""
    code = """
from quizcnn.cli.main import main
try:
    main(["--help"])
except SystemExit:
    pass
print()
"""
    assert imported(code) == set()


@pytest.mark.parametrize(
    "room",
    [
        "deck.catalog",
        "answer.grading",
        "verify.verifying",
        "study.session",
        "study.settings.file",
        "study.statistics.counting",
        "pictures.arrays",
        "plain.practice",
        "plain.statistics",
        "check.client",
    ],
)
def test_rooms_below_the_screen_import_neither_textual_nor_numpy(room):
    """The calling process computes nothing: NumPy lives in the worker, Textual in the TUI."""
    assert imported(f"import quizcnn.{room}") <= {"yaml", "fsrs"}


def test_settings_are_read_without_what_writes_them():
    """Few runs save settings, and all read them."""
    assert imported("import quizcnn.study.settings.file") == set()


def test_the_app_imports_no_numpy():
    """The first frame does not wait for NumPy."""
    assert "numpy" not in imported("import quizcnn.tui.app")
