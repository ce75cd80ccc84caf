"""What the README and the authors' guide show is true of what is there."""

import re
from pathlib import Path

import pytest

from quizcnn.check.client import Worker
from quizcnn.deck.loader import read_deck
from quizcnn.verify import reporting
from quizcnn.verify.verifying import verify

ROOT = Path(__file__).resolve().parent.parent
HEAD = "schema: 1\ndeck: shown\ntitle: Shown\nabout: Examples of the guides.\nquestions:\n"
GUIDES = ["README.md", "questions/README.md"]


@pytest.mark.parametrize("guide", GUIDES)
def test_the_questions_shown_to_authors_hold(guide):
    """Each example is a question or a whole deck, and is verified without a warning."""
    text = (ROOT / guide).read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    questions = [example for example in examples if example.startswith("  - id:")]
    assert questions
    texts = [example for example in examples if example not in questions]
    decks = []
    for number, content in enumerate([HEAD + "".join(questions), *texts]):
        deck, problems = read_deck(content.encode(), Path(f"shown-{number}.yaml"))
        assert problems == ()
        decks.append(deck)
    with Worker() as worker:
        report = verify(decks, worker)
    assert report.questions >= len(examples)
    assert [one.key for one in report.results if one.problems or one.warnings] == []


COOKBOOK = {
    "A size": "shape",
    "A count": "number",
    "A matrix to fill in": "array",
    "Which layer": "choice",
    "True or false": "true_false",
    "Why": "recall",
    "Put in order": "order",
    "A formula": "agree(",
    "An experiment": "experiment(",
}


def test_the_cookbook_has_an_example_of_each_sort():
    text = (ROOT / "questions" / "README.md").read_text(encoding="utf-8")
    cookbook = text.partition("\n## Cookbook\n")[2].partition("\n## ")[0]
    for heading, sign in COOKBOOK.items():
        section = cookbook.partition(f"\n### {heading}\n")[2].partition("\n### ")[0]
        assert sign in re.findall(r"```yaml\n(  - id:.*?)```", section, re.DOTALL)[0], heading


def test_verify_says_what_the_authors_guide_quotes():
    """The first question of the guide, with the mistake that it speaks of."""
    text = (ROOT / "questions" / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(schema.*?)```", text, re.DOTALL)
    (said,) = re.findall(r"```text\n(.*?)\n```", text, re.DOTALL)
    claimed = re.search(r"If you had claimed `(.*?)`", text)[1]
    broken = example.replace("answer: (n // k, n // k)", f"answer: {claimed}")
    assert broken != example
    deck, _ = read_deck(broken.encode(), Path("mine.yaml"))
    with Worker() as worker:
        (line, *_) = reporting.text(verify([deck], worker))
    assert said in line


def test_ci_runs_the_test_command_of_the_readme():
    """There is one test command, and `.ci/run` takes it from where people read it."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"<!-- test command -->\n```sh\n(.*?)\n```", text)
    assert len(commands) == 1
    assert commands[0].endswith("pytest")
    assert "test command" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
