"""A check printed as a script runs in plain Python and says what the evaluator found."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import quizcnn
from quizcnn.check.script import printed, script, seeded


def _output(text: str) -> str:
    root = str(Path(quizcnn.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {root!r})\n{text}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


def test_the_script_runs_and_agrees(run: Callable[..., Any]) -> None:
    """Givens, seed, several lines, claims and random draws, in one script."""
    code = "# windows\nx = normal(4, 4)\ny = grad(pool, x, 2)\n(count_nonzero(y) ==\n n)  # four\n"
    given = {"n": 4, "pool": "max_pool2d", "half": 0.5, "noise": "uniform(2,)", "big": 1e400}
    text = script(code, given, seed=3, claims=("n == 4", "round(x[0, 0], 6) > 100"))
    proof = run(code, given, seed=3, claims=("n == 4", "round(x[0, 0], 6) > 100"))
    assert proof.value is True
    assert [claim.holds for claim in proof.claims] == [True, False]
    assert _output(text).splitlines() == [
        "True",
        "claim n == 4 True",
        "claim round(x[0, 0], 6) > 100 False",
    ]


def test_the_seed_is_filled_in_as_in_the_evaluator(run: Callable[..., Any]) -> None:
    """Where the check leaves it out, the script writes it."""
    code = "a = normal(2)\nfloat(a[0] + dropout(ones(8), p=0.5).sum() + normal(1, seed=9)[0])"
    assert float(_output(script(code, {}, seed=5))) == run(code, seed=5).value


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("normal(3)", "normal(3, seed=seed)"),
        ("normal(3,)", "normal(3, seed=seed)"),
        ("normal(3, )", "normal(3, seed=seed )"),
        ("normal()", "normal(seed=seed)"),
        ("normal(3, seed=1)", "normal(3, seed=1)"),
        ("grad(dropout, x)", "grad(dropout, x)"),
        ("relu(normal(3)) + uniform(2)", "relu(normal(3, seed=seed)) + uniform(2, seed=seed)"),
        ("'äö', normal(3)", "'äö', normal(3, seed=seed)"),
        ("dropout(normal(3))", "dropout(normal(3, seed=seed), seed=seed)"),
        ("normal(\n  3,  # c\n)", "normal(\n  3, seed=seed  # c\n)"),
        ("normal(\n  (3)\n)", "normal(\n  (3), seed=seed\n)"),
        ("not python (", "not python ("),
    ],
)
def test_seeds_are_written_in(code: str, written: str) -> None:
    """At the end of each call that draws, and nowhere else."""
    assert seeded(code) == written


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("x = 3", "x = 3"),
        ("", ""),
        ("1 + 1", "print(1 + 1)"),
        ("x = 1\nx  # here", "x = 1\nprint(x)  # here"),
        ("f(1,\n  2)", "print(f(1,\n  2))"),
        ("'ä'; 'ö'", "'ä'; print('ö')"),
        ("(1,\n 2)", "print((1,\n 2))"),
        ("not python (", "not python ("),
    ],
)
def test_the_last_expression_is_printed(code: str, written: str) -> None:
    """Only the last, and only an expression."""
    assert printed(code) == written


def test_givens_are_written_as_they_are() -> None:
    """Literals by their repr, expressions as they stand, over several lines in brackets."""
    text = script("n", {"n": 8, "f": 0.5, "b": True, "x": "ramp(n,\n f)", "i": float("inf")})
    assert 'n = 8\nf = 0.5\nb = True\nx = (ramp(n,\n f))\ni = float("inf")\n' in text
