"""Which libraries a command pulls in, seen from a fresh interpreter."""

import os
import subprocess
import sys
from pathlib import Path

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


STARTING = """
import sys
from textual.app import App
import quizcnn.cli.home
import quizcnn.deck.looking
from quizcnn.cli.main import main
from quizcnn.tui.app import QuizApp

def drawn(app):
    print(*sys.modules)
    app.exit()

quizcnn.cli.home.on_terminal = lambda: True
quizcnn.deck.looking.SETTLED = 0  # a deck just written need not be read again
QuizApp.run = lambda app: App.run(app, headless=True, size=(80, 24))
QuizApp.warm_up = drawn  # what a screen calls when its first frame is drawn
main({arguments})
"""
DECK = """\
schema: 1
deck: sums
title: Sums
about: Sums.
questions:
  - id: square
    kind: true_false
    ask: Is the sum of a square of {n}×{n} ones sixteen?
    given: {n: 4}
    answer: true
    check: ones(n, n).sum() == 16
    contrast: [{given: {n: 3}, because: It is smaller.}]
"""
LATER = frozenset({
    "numpy", "yaml", "fsrs", "tomlkit", "tomllib", "hashlib", "_strptime",
    "quizcnn.pictures", "quizcnn.plain", "quizcnn.verify",
    "quizcnn.check", "quizcnn.deck.loader", "quizcnn.deck.near", "quizcnn.deck.nodes",
    "quizcnn.deck.pointing",
    "quizcnn.deck.searching", "quizcnn.deck.sifting", "quizcnn.deck.sources",
    "quizcnn.deck.storing", "quizcnn.answer.computing", "quizcnn.answer.grading",
    "quizcnn.answer.naming", "quizcnn.answer.reading", "quizcnn.answer.working",
    "quizcnn.study.statistics", "quizcnn.study.settings.table", "quizcnn.study.store.backups",
    "quizcnn.study.store.invariants", "quizcnn.study.store.salvage", "quizcnn.tui.commands",
    "quizcnn.tui.keymap", "quizcnn.tui.widgets.proof_column", "quizcnn.tui.widgets.picture",
})  # fmt: skip
"""What no start needs before it has drawn something; it is imported behind that, or at its use."""

SCREENS = frozenset(
    f"quizcnn.tui.screens.{path.stem}"
    for path in (Path(__file__).parents[1] / "quizcnn" / "tui" / "screens").glob("*.py")
)


def loaded_by_start(home: Path, *arguments: str) -> set[str]:
    """The modules, and the packages around them, that are there when the app has drawn its first
    frame; decks have been read in an earlier run."""
    folders = {f"XDG_{name}_HOME": str(home / name) for name in ("DATA", "CACHE", "CONFIG")}
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", STARTING.format(arguments=list(arguments))],
            env={**os.environ, **folders, "HOME": str(home)},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
    (names,) = (line for line in done.stdout.splitlines() if "quizcnn.tui.app" in line)
    return set(names.split())


def test_the_home_screen_is_drawn_without_what_only_questions_need(tmp_path):
    """Neither questions nor answers nor checks are imported before the home screen is seen."""
    loaded = loaded_by_start(tmp_path)
    assert loaded & SCREENS == {"quizcnn.tui.screens.home"}
    questions = {"argparse", "quizcnn.answer", "quizcnn.deck.model"}
    assert loaded & (LATER | questions) == set()


def test_the_first_question_is_drawn_without_what_only_its_answer_needs(tmp_path):
    """Nothing that computes, grades or draws a proof is imported before a question is seen."""
    deck = tmp_path / "sums.yaml"
    deck.write_text(DECK, "utf-8")
    loaded = loaded_by_start(tmp_path, "practice", str(deck))
    assert loaded & SCREENS == {"quizcnn.tui.screens.practice", "quizcnn.tui.screens.practice_keys"}
    assert loaded & (LATER | {"quizcnn.tui.widgets.deck_list"}) == set()
