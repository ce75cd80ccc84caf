"""`pytest questions/`: an item for each question, and nothing for anybody else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import hypothesis  # noqa: F401
import pytest

# what a run within this process imports must be there before it, and stay: pytester tidies up
from quizcnn.deck import loader, sources  # noqa: F401
from quizcnn.verify import executing, reporting, verifying  # noqa: F401

pytest_plugins = "pytester"

DECK = """\
schema: 1
deck: sums
title: Sums
about: Sums.
questions:
  - id: right
    kind: number
    ask: How many are {n} and {n}?
    given: {n: 2}
    answer: 2 * n
    tags: [doubling]
    check: |
      ramp(n).size + n
    contrast:
      - {check: ramp(n).size, because: One of them is left out.}
  - id: wrong
    kind: number
    ask: How many are {n} and {n}, twice?
    given: {n: 3}
    vary: {n: 2..3}
    answer: 4 * n + 1
    check: |
      twice = ramp(n).size + n
      twice * 2
    contrast:
      - {check: ramp(n).size, because: One of them is left out.}
"""


@pytest.fixture
def folder(pytester: pytest.Pytester) -> Path:
    """A folder of decks in a project of somebody's."""
    pytester.makeini("[pytest]")
    questions = pytester.mkdir("questions")
    (questions / "sums.yaml").write_text(DECK, encoding="utf-8")
    (questions / "other.yaml").write_text("- a list\n- of something else\n", encoding="utf-8")
    return questions


@pytest.fixture
def run(pytester: pytest.Pytester) -> Callable[..., tuple[int, str]]:
    """Runs pytest in the project's folder: gives the exit code and what it told."""

    def result(*arguments: str) -> tuple[int, str]:
        done = pytester.runpytest_inprocess("-p", "no:asyncio", *arguments)
        return int(done.ret), done.stdout.str() + done.stderr.str()

    return result


def test_a_question_is_an_item_and_its_failure_the_report(folder, run):
    """One holds and one fails, told at its line with a caret, smallest variant and proof."""
    code, told = run("questions", "-v")
    assert code == 1
    assert "questions/sums.yaml::right PASSED" in told
    assert "questions/sums.yaml::wrong FAILED" in told
    assert "sums.yaml:21:13: sums/wrong with n = 2: The stored answer is 9" in told
    assert "   21 |     answer: 4 * n + 1\n" in told
    assert "      |             ^\n" in told
    assert "twice = ramp(n).size + n" in told
    assert "Traceback" not in told


def test_one_question_can_be_named_or_sought(folder, run):
    """By its node's name, by `-k`, and by a tag."""
    assert run("questions/sums.yaml::right")[0] == 0
    assert run("questions", "-k", "right")[0] == 0
    assert run("questions", "-k", "doubling")[0] == 0
    assert run("questions", "-k", "wrong")[0] == 1


def test_what_failed_last_can_be_run_again(folder, run):
    """`--lf` runs the one that failed."""
    run("questions")
    _, told = run("questions", "-v", "--lf")
    assert "::wrong FAILED" in told
    assert "::right" not in told


def test_several_processes_share_the_questions(folder, run):
    """`-n 2` gives what one process gives."""
    code, told = run("questions", "-n", "2", "-v")
    assert code == 1
    assert "1 failed, 1 passed" in told


def test_junit_xml_has_the_report(folder, run):
    """CI shows the place and the proof."""
    run("questions", "--junitxml=out.xml")
    root = ET.parse(folder.parent / "out.xml").getroot()
    cases = {case.get("name"): case for case in root.iter("testcase")}
    assert set(cases) == {"right", "wrong"}
    failure = cases["wrong"].find("failure")
    assert failure is not None
    assert "The stored answer is 9" in (failure.text or "")


def test_a_deck_that_cannot_be_read_is_an_error_with_its_places(folder, run):
    """All its problems are told, and nothing of it runs."""
    broken = DECK.replace("kind: number", "kind: nmber")
    (folder / "sums.yaml").write_text(broken, encoding="utf-8")
    code, told = run("questions")
    assert code == 2
    assert told.count("`nmber` is no kind") >= 2
    assert "    7 |     kind: nmber\n" in told


def test_control_characters_of_a_deck_do_not_reach_the_terminal(folder, run):
    """What a deck's text is, it is cleaned before it is shown."""
    strange = DECK.replace("twice * 2", 'twice * 2 + len("\\x1b]0;x\\x07") + y')
    (folder / "sums.yaml").write_text(strange.replace("Sums.", "\x1b[31mSums."), encoding="utf-8")
    _, told = run("questions", "--color=no")
    assert "\x1b" not in told
    assert "control character" in told


def test_a_warning_is_a_warning_of_pytest(folder, pytester):
    """A question with a number in its prose holds."""
    warned = DECK.replace("How many are {n} and {n}?", "How many are {n} and {n} of 17?")
    (folder / "sums.yaml").write_text(warned, encoding="utf-8")
    done = pytester.runpytest_subprocess("questions", "-k", "right")
    done.assert_outcomes(passed=1, warnings=1, deselected=1)
    assert "[prose-number]" in done.stdout.str()


def test_nobody_else_is_disturbed(folder, pytester):
    """Where decks were not asked for, a run neither collects them nor imports what reads them."""
    pytester.makepyfile(
        test_theirs="""
        import sys

        def test_theirs():
            theirs = {"yaml", "numpy", "quizcnn.deck", "quizcnn.verify", "quizcnn.check"}
            assert not theirs & set(sys.modules)
        """
    )
    done = pytester.runpytest_subprocess()
    done.assert_outcomes(passed=1)


def test_a_folder_of_tests_is_no_folder_of_decks(folder, run):
    """Beside Python files a deck lies as data, unless all decks are asked for."""
    (folder / "test_theirs.py").write_text("def test_theirs():\n    pass\n")
    code, told = run("questions")
    assert code == 0, told
    assert "1 passed" in told
    code, told = run("questions", "--quizcnn")
    assert "1 failed, 2 passed" in told
    (folder.parent / "pytest.ini").write_text("[pytest]\nquizcnn_decks = true\n")
    code, told = run()
    assert "1 failed, 2 passed" in told


def test_a_link_to_elsewhere_is_not_followed(folder, run):
    """A folder of decks may come from a stranger; what was named itself is taken."""
    (folder / "sums.yaml").rename(folder.parent / "sums.yaml")
    (folder / "link.yaml").symlink_to(folder.parent / "sums.yaml")
    assert run("questions")[0] == 5
    assert run("questions/link.yaml", "-k", "right")[0] == 0


def test_other_yaml_is_left_alone(folder, run):
    """A YAML file that does not begin as a deck does is not read as one."""
    (folder / "sums.yaml").unlink()
    (folder / "schema.yaml").write_text("schema: 1\ntitle: an API\n", encoding="utf-8")
    assert run("questions")[0] == 5
    assert run("--quizcnn")[0] == 5


def test_the_plugin_is_light():
    """What every run of pytest loads imports nothing of quizcnn beside itself."""
    probe = (
        "import sys, pytest, quizcnn.pytest_plugin\n"
        "print(*sorted(name for name in sys.modules if name.startswith('quizcnn')))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["quizcnn", "quizcnn.pytest_plugin"]
