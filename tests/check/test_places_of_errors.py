"""An error is told at the piece of the check that was at work, wherever it was called from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from quizcnn.check.job import Job
from quizcnn.check.language import run_job
from quizcnn.check.statements import PIECES_KEPT, Kept, compiled_program
from quizcnn.check.syntax import read_program

PLACES = {
    "1 + (2 / 0)": (1, 6),
    "x = 1\nx + (2 / 0)": (2, 6),
    "f = lambda n: 1 / n\nf(0) + f(1)": (1, 15),
    "f = lambda n: n\nf(1, 2)": (2, 1),
    "f = lambda n: n + 1\nf(1) + ones(2)[5]": (2, 8),
    "grad(lambda x: x / (1 / 0), ones(2))": (1, 21),
    "f = lambda x: x\ngrad(f, 'text')": (2, 1),
    "[1 / n for n in (2, 1, 0)]": (1, 2),
    "[n for n in (1, 2) if ones(2)]": (1, 1),
    "sum(1 / n for n in (1, 0))": (1, 5),
    "sum(n for n in 5)": (1, 1),
    "[n for n in 5]": (1, 1),
    "x = [n for n in (1, 2)]\nmax(n for n in x) + len(5)": (2, 21),
    "for n in (1, 2):\n    x = 1 / (n - 2)\n1": (2, 9),
    "for n in 5:\n    x = 1\n1": (1, 1),
    "if ones(2):\n    x = 1\n1": (1, 1),
    "assert ones(2)\n1": (1, 1),
    "a, b = 1, 2, 3\n1": (1, 1),
    "x = ones(2)\nx[5] = 1\n1": (2, 1),
    "x = ones(2)\nx += ones(3)\n1": (2, 1),
    "1 < ones(2) < 3": (1, 1),
    "ones(2).sum(5)": (1, 1),
    "ones(2).summ()": (1, 1),
    "(1, zip([1], [2]))": (1, 1),
    "missing = lambda: other\nother = missing()\n1": (1, 19),
}


@pytest.mark.parametrize(("code", "place"), PLACES.items(), ids=map(repr, PLACES))
def test_an_error_has_its_place(
    code: str, place: tuple[int, int], failure: Callable[..., Any]
) -> None:
    """Line and column of the innermost piece that failed."""
    found = failure(code)
    assert (found.line, found.column) == place, found


def test_after_an_error_the_next_claim_is_as_deep_as_it_was() -> None:
    """A claim that ran too deep takes nothing from those after it."""
    nested = "1 + (" * 30 + "1" + ")" * 30 + " > 0"
    proof = run_job(Job("f = lambda n: f(n)\n1", claims=("f(0)",) * 5 + (nested, "1 / 0")))
    kinds = [claim.failure and claim.failure.kind for claim in proof.claims]
    assert kinds == ["limit"] * 5 + [None, "raised"]


def test_programs_are_compiled_once_as_long_as_there_is_room() -> None:
    """What was not asked for longest goes first, and never more is kept than so many pieces."""
    programs = {name: compiled_program(f"{name} = 1 + 2\n{name}") for name in "abcd"}
    assert compiled_program("a = 1 + 2\na") is programs["a"]
    pieces = read_program("a = 1 + 2\na").pieces
    kept = Kept(3 * pieces)
    for name in "abcad":
        assert kept.find(("program", name), lambda name=name: programs[name]) is programs[name]
    asked = []
    for name in "acd":
        kept.find(("program", name), lambda name=name: asked.append(name) or programs[name])
    assert asked == []
    kept.find(("program", "b"), lambda: asked.append("b") or programs["b"])
    assert asked == ["b"]
    assert 20 * pieces < PIECES_KEPT
