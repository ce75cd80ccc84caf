"""What the README and the authors' guide show is true of what is there."""

import re
from pathlib import Path

import pytest

from quizcnn.check.client import Worker
from quizcnn.deck.loader import read_deck
from quizcnn.verify.verifying import verify

ROOT = Path(__file__).resolve().parent.parent
HEAD = "schema: 1\ndeck: shown\ntitle: Shown\nabout: Examples of the guides.\nquestions:\n"
GUIDES = ["README.md", "questions/README.md"]


@pytest.mark.parametrize("guide", GUIDES)
def test_the_questions_shown_to_authors_hold(guide):
    """Each example question is read without a problem and verified without a warning."""
    text = (ROOT / guide).read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n(  - id:.*?)```", text, re.DOTALL)
    assert examples
    deck, problems = read_deck((HEAD + "".join(examples)).encode(), Path("shown.yaml"))
    assert problems == ()
    assert deck is not None
    with Worker() as worker:
        report = verify([deck], worker)
    assert [(one.problems, one.warnings) for one in report.results] == [((), ())] * len(examples)


def test_ci_runs_the_test_command_of_the_readme():
    """There is one test command, and `.ci/run` takes it from where people read it."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"<!-- test command -->\n```sh\n(.*?)\n```", text)
    assert len(commands) == 1
    assert commands[0].endswith("pytest")
    assert "test command" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
