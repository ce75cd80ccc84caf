"""Decks written as an author writes them, and the worker that verifies them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent, indent

import pytest

from quizcnn.check.client import Worker
from quizcnn.deck.loader import read_deck
from quizcnn.deck.model import Deck
from quizcnn.verify.report import Report, Result
from quizcnn.verify.verifying import verify


def make_deck(*questions: str, name: str = "test") -> Deck:
    """A deck of questions, each the YAML below `- `."""
    blocks = [indent(dedent(question).strip(), "    ") for question in questions]
    body = "\n".join("  - " + block[4:] for block in blocks)
    text = f"schema: 1\ndeck: {name}\ntitle: Test\nabout: A test.\nquestions:\n{body}\n"
    deck, problems = read_deck(text.encode(), Path(f"{name}.yaml"))
    assert deck is not None, [str(problem) for problem in problems]
    return deck


@pytest.fixture(scope="session")
def deck() -> Callable[..., Deck]:
    """Makes a deck of questions in YAML."""
    return make_deck


@pytest.fixture(scope="session")
def worker() -> Iterator[Worker]:
    """The process that computes checks."""
    with Worker() as started:
        yield started


@pytest.fixture(scope="session")
def report(worker: Worker) -> Callable[..., Report]:
    """Verifies questions in YAML."""
    return lambda *questions: verify([make_deck(*questions)], worker)


@pytest.fixture(scope="session")
def result(report: Callable[..., Report]) -> Callable[[str], Result]:
    """Verifies one question in YAML."""
    return lambda question: report(question).results[0]


@pytest.fixture(scope="session")
def codes(result: Callable[[str], Result]) -> Callable[[str], set[str]]:
    """The codes of a question's problems."""
    return lambda question: {problem.code for problem in result(question).problems}
