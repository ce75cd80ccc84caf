"""Questions made by hand, and the worker that computes them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from quizcnn.answer.asking import ask
from quizcnn.answer.graded import Asked
from quizcnn.check.job import Checker
from quizcnn.deck.model import Kind, Option, Place, Question, Variant, Wrong

PLACE = Place("deck.yaml", 1)

EXAMPLES: dict[str, Any] = {
    "number": "6",
    "shape": "(6, 6)",
    "array": "[1, 2]",
    "choice": (Option("max pooling", {"k": 0}, PLACE),),
    "true_false": True,
    "text": ("max pooling",),
    "order": ("convolution", "ReLU", "pooling"),
    "recall": "It shrinks the map.",
}


def make_question(kind: str = "number", **fields: Any) -> Question:
    """A question of `kind`; the fields that matter are given."""
    fields.setdefault("answer", EXAMPLES[kind])
    fields.setdefault("check", "6")
    fields.setdefault("ask", "What comes out?")
    fields.setdefault("id", "one")
    return Question(
        deck="test", kind=Kind(kind), place=PLACE, places={}, check_place=PLACE, **fields
    )


def make_asked(kind: str = "number", seed: int = 0, values: Any = None, **fields: Any) -> Asked:
    """A question as it is asked, its options in a shuffled order that is always the same."""
    question = make_question(kind, **fields)
    variant = Variant(0, question.given, question.given if values is None else values)
    return ask(question, variant, random.Random(5), seed)


def make_wrong(because: str = "", **fields: Any) -> Wrong:
    """A wrong answer."""
    return Wrong(because, PLACE, **fields)


@pytest.fixture(scope="session")
def question() -> Callable[..., Question]:
    """Makes a question of a kind."""
    return make_question


@pytest.fixture(scope="session")
def asked() -> Callable[..., Asked]:
    """Makes a question as it is asked."""
    return make_asked


@pytest.fixture(scope="session")
def wrong() -> Callable[..., Wrong]:
    """Makes a wrong answer."""
    return make_wrong


@pytest.fixture(scope="session")
def worker() -> Iterator[Checker]:
    """The process that computes checks."""
    from quizcnn.check.client import Worker

    with Worker() as started:
        yield started


@pytest.fixture
def strided() -> Question:
    """An image of 9×9, a kernel of 3×3, stride 2, padding 1: (9 + 2 − 3) // 2 + 1 = 5."""
    return make_question(
        "shape",
        given={"n": 9, "f": 3, "s": 2, "p": 1},
        vary={"n": range(9, 12)},
        answer="((n + 2*p - f) // s + 1, (n + 2*p - f) // s + 1)",
        check="conv2d(ramp(n, n), ones(f, f), stride=s, padding=p).shape",
    )
