"""A good deck, and faults that are marked where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from quizcnn.deck.catalog import Catalog
from quizcnn.deck.loader import read_deck
from quizcnn.deck.model import Deck, Problem

PATH = Path("pooling.yaml")
MARK = "‸"
"""Stands before the character that a problem must point at."""

GOOD = """\
# A comment, and every kind of question.
schema: 1
deck: pooling
title: Pooling
about: What pooling keeps and what it drops.
questions:

  - id: output-size
    kind: shape
    ask: An image of {n}×{n} meets a kernel of {f}×{f}. What size is the {{output}}?
    given: {n: 8, f: 3}
    vary:
      n: 4..6
      f: [3, 5]
    where: f <= n
    answer: (n - f + 1, n - f + 1)
    check: |
      image = ramp(n, n)

      conv2d(image, ones(f, f)).shape
    wrong:
      - is: (n, n)
        because: With {f}×{f} the size stays only with padding.
      - given: {f: 1}
        because: "Off by one: that is a kernel of one pixel."
    contrast:
      - check: conv2d(ramp(n, n), ones(f, f), padding=1).shape
        because: Padding makes room.
    layout: height × width
    hint: Where can the left edge stand?
    explain: In n − f + 1 columns.
    tags: [output-size]
    level: 1
    source: {ref: "pooling-faq#23", verdict: confirmed}

  - id: mean
    kind: number
    ask: What is the mean of 1 and 2?
    answer: 1.5
    tolerance: {abs: 0.01}
    unit: values
    check: np.mean(ramp(2) + 1)
    was: [average]
    needs: [output-size]
    timeout: 10
    revision: 2
    allow: {numbers: they are in the ask only}
    equivalent: [{change: 3 in place of 2, because: It is told in the ask.}]

  - id: doubled
    kind: array
    ask: Double 1, 2 and 3, 4.
    answer: [[2, 4], [6, 8]]
    tolerance: {rel: 1e-6}
    check: 2 * (ramp(2, 2) + 1)

  - id: no-parameters
    kind: choice
    ask: Which has nothing to learn?
    check: parameters(layer) == 0
    answer: {text: 2×2 max pooling, given: {layer: MaxPool2d(2)}}
    wrong:
      - {text: 3×3 convolution, given: {layer: "Conv2d(1, 1, 3)"}, because: Nine weights.}
      - {text: fully connected, given: {layer: "Linear(4, 2)"}, because: Eight weights.}
    contrast:
      - {given: {layer: "Linear(1, 1)"}, because: It learns.}

  - id: smallest
    kind: choice
    pick: min
    ask: Which is smallest?
    check: k
    answer:
      - {text: one, given: {k: 1}}
      - {text: also one, given: {k: 1}}
    wrong:
      - {text: two, given: {k: 2}, because: Two is more.}

  - id: one-receiver
    kind: true_false
    ask: Max pooling passes the gradient to one input.
    given: {pool: max_pool2d}
    answer: true
    check: count_nonzero(grad(pool, normal(4, 4), 2)) == 4
    contrast:
      - given: {pool: avg_pool2d}
        because: Average pooling passes a share to each.

  - id: name-of-it
    kind: text
    ask: Who passes the maximum?
    answer: [max pooling, maxpool]
    check: '"max pooling"'
    wrong:
      - text: no
        because: No is not a layer.

  - id: order-of-layers
    kind: order
    ask: In which order?
    answer: [convolution, ReLU, pooling]
    check: ("convolution", "ReLU", "pooling")

  - id: why
    kind: recall
    ask: Does pooling prevent overfitting?
    answer: It reduces it.
    check: |
      plain = 1
    claims:
      - {say: It holds, that: plain == 1}
    source:
      ref: pooling-faq#5
      verdict: qualified
      says: It prevents it.
      correction: "It reduces it; it cannot rule it out."
"""


@pytest.fixture
def good() -> str:
    """A deck without problems that has every kind and every field."""
    return GOOD


@pytest.fixture
def deck(good: str) -> Deck:
    """The good deck, read."""
    return read(good)


def read(text: str) -> Deck:
    """The deck of a text that has no problems."""
    found, problems = read_deck(text.encode(), PATH)
    assert not problems, "\n".join(map(str, problems))
    assert found is not None
    return found


def problems_of(text: str) -> tuple[Problem, ...]:
    """The problems of a text that has some."""
    found, problems = read_deck(text.encode(), PATH)
    assert found is None
    assert problems
    return problems


def expect(marked: str, message: str, hint: str) -> None:
    """The text has exactly one problem, at its mark, whose words contain these."""
    before, mark, after = marked.partition(MARK)
    assert mark, "the text has no mark"
    (problem,) = problems_of(before + after)
    line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
    assert (problem.place.line, problem.place.column) == (line, column), str(problem)
    assert message in problem.message
    assert hint in problem.hint


@pytest.fixture(name="read")
def _read() -> Callable[[str], Deck]:
    return read


@pytest.fixture(name="problems_of")
def _problems_of() -> Callable[[str], tuple[Problem, ...]]:
    return problems_of


@pytest.fixture(name="expect")
def _expect() -> Callable[[str, str, str], None]:
    return expect


@pytest.fixture
def question_with() -> Callable[..., str]:
    """Builds a deck of one question of a kind, some of its lines replaced or added."""
    return question_text


_HEAD = "schema: 1\ndeck: pooling\ntitle: Pooling\nquestions:\n"
_EXPRESSED = "answer: n - f + 1\ncheck: n - f + 1"
_KINDS = {
    "number": _EXPRESSED,
    "shape": "answer: (n, n)\ncheck: (n, n)",
    "array": "answer: [1, 2]\ncheck: ramp(2) + 1",
    "true_false": "answer: true\ncheck: n > f",
    "text": "answer: max pooling\ncheck: '\"max pooling\"'",
    "order": "answer: [first, second]\ncheck: ('first', 'second')",
    "recall": "answer: It does.\ncheck: x = 1\nclaims: [{say: It is, that: x == 1}]",
    "choice": "answer: {text: none, given: {k: 0}}\ncheck: k == 0\n"
    "wrong: [{text: one, given: {k: 1}, because: It has one.}]",
}


def question_text(lines: str = "", kind: str = "number", without: str = "") -> str:
    """A deck of one question; a field in `lines` stands in the place of the example's own.

    `lines` are written without the question's indentation.
    """
    example = f"id: one\nkind: {kind}\nask: How?\ngiven: {{n: 8, f: 3}}\n{_KINDS[kind]}"
    fields = {_name(field): field for field in example.split("\n")}
    for name in without.split():
        del fields[name]
    if lines:
        fields |= {_name(field): field for field in re.split(r"\n(?=[^ \n])", lines)}
    return f"{_HEAD}  - " + "\n".join(fields.values()).replace("\n", "\n    ") + "\n"


def _name(field: str) -> str:
    return field.removeprefix(MARK).partition(":")[0]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a deck of one question and gives its path."""

    def write_deck(name: str, lines: str = "", folder: str = "decks") -> Path:
        path = tmp_path / folder / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(question_text(lines).replace("deck: pooling", f"deck: {name}"))
        return path

    return write_deck


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Where a catalog is kept; its folder is not there yet."""
    return tmp_path / "cache" / "catalog.sqlite"


@pytest.fixture(name="read_all")
def _read_all() -> Callable[..., tuple[tuple[str, ...], tuple[str, ...]]]:
    """What a run with a catalog comes to: the keys, and the problems in words."""

    def run(kept: Path, *paths: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
        with Catalog.open(kept) as catalog:
            problems = catalog.read(paths)
            return catalog.keys(), tuple(map(str, problems))

    return run
