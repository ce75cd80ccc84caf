"""Decks that cannot be read, checks that fail: a message with its place, never a traceback."""

import subprocess
import sys

import pytest

from quizcnn.cli.main import main

HEAD = """\
schema: 1
deck: bad
title: Bad
about: A deck with a mistake.
questions:
  - id: first
    kind: number
    ask: How many?
    answer: 4
"""

CHECK = "    check: 2 + 2\n"
CONTRAST = "    contrast:\n      - {check: 2 + 3, because: Another sum.}\n"

UNREADABLE = {
    "a syntax error": (HEAD + "    check: [1, 2\n", "bad.yaml:1"),
    "an unknown field": (HEAD + CHECK + CONTRAST + "    chekc: 5\n", "bad.yaml:13:5"),
    "a wrong type": (HEAD + CHECK + CONTRAST + "    level: deep\n", "bad.yaml:13:12"),
    "a duplicate id": (
        HEAD
        + CHECK
        + CONTRAST
        + "  - {id: first, kind: number, ask: What?, answer: 1, check: 1}\n",
        "bad.yaml:13",
    ),
    "nothing in it": ("", "bad.yaml:1"),
}

FAILING = {
    "a check that raises": ("    check: conv2d(ones(2, 2), ones(3, 3)).size\n", "2×2"),
    "a check that never ends": (
        "    check: |\n      n = 0\n      for i in range(10 ** 9):\n        n = n + 1\n      n\n",
        "",
    ),
    "a check that uses a forbidden name": ("    check: open('/etc/passwd')\n", "open"),
    "a check with an import": ("    check: |\n      import os\n      4\n", "import"),
    "a check that is not Python": ("    check: 2 +\n", ""),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_deck_that_cannot_be_read_is_refused_with_its_place(case, folder, capsys):
    """Exit 2, the place of the mistake on stderr, and the other deck is verified all the same."""
    text, place = UNREADABLE[case]
    (folder / "bad.yaml").write_text(text, encoding="utf-8")
    assert main(["verify", str(folder)]) == 2
    shown = capsys.readouterr()
    assert place in shown.err + shown.out
    assert "Traceback" not in shown.err
    assert main(["list", "--decks", str(folder)]) == 2
    assert "sizes/valid-size" in capsys.readouterr().out


@pytest.mark.parametrize("case", FAILING)
def test_a_check_that_fails_is_reported_with_its_place(case, folder, capsys):
    """Exit 1, the question's name and the line of its check; the other questions are verified."""
    check, told = FAILING[case]
    (folder / "bad.yaml").write_text(HEAD + check + CONTRAST, encoding="utf-8")
    assert main(["verify", str(folder)]) == 1
    shown = capsys.readouterr()
    assert "bad/first" in shown.out
    assert "bad.yaml:1" in shown.out
    assert told in shown.out
    assert "Traceback" not in shown.err
    assert main(["verify", str(folder / "sizes.yaml")]) == 0


def test_a_missing_path_is_named(tmp_path, capsys):
    """A path that is not there exits 2 and is named."""
    assert main(["verify", str(tmp_path / "nowhere")]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_an_empty_folder_is_not_all_well(tmp_path, capsys):
    """A folder without decks exits 2: nothing was verified."""
    assert main(["verify", str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err


def test_an_unreadable_file_is_named(folder, capsys):
    """A deck that cannot be opened, here a folder with a deck's name, is reported by name."""
    (folder / "locked.yaml").mkdir()
    assert main(["verify", str(folder)]) == 2
    assert "locked.yaml" in capsys.readouterr().err


def test_no_bad_command_line_gives_a_traceback():
    """An unknown command exits 2 with the usage."""
    done = subprocess.run(
        [sys.executable, "-m", "quizcnn", "verfy"], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert "usage" in done.stderr
    assert "Traceback" not in done.stderr
