"""Formulas computed in one job come to what each comes to by itself."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from listening import Listening

from quizcnn.answer.batch import Batch
from quizcnn.answer.together import is_arithmetic
from quizcnn.check.client import Worker
from quizcnn.check.job import Job
from quizcnn.check.proof import Proof

GIVEN = {"n": 8, "f": 3, "x": "ramp(3, 3)", "pool": "max_pool2d", "w": 0.5}
FORMULAS = [
    "n - f + 1",
    "(n, n)",
    "n - f + 1, f",
    "n / f  # the side",
    "[[n, f], [f, n]]",
    "x",
    "x[0] * w",
    "x.shape",
    "n if f > 2 else f",
    "n > f",
]
ALONE = [
    "1 / (f - 3)",
    "(1 + 2j) * w * 1j",
    "'text'",
    "pool",
    "missing + 1",
    "2 ** n ** n",
    "1), (2",
    "*x",
    "x = 3\nx",
    "n +",
    "  n",
    "x.sum()",
    "[n for n in x]",
]


def _found(codes: Sequence[str], checker: Listening, steps: bool = False) -> list[Proof]:
    batch = Batch(steps)
    tickets = [batch.add_formula(Job(code, GIVEN)) for code in codes]
    batch.run(checker, 2.0)
    return [ticket() for ticket in tickets]


def _told(proof: Proof) -> tuple[object, ...]:
    return proof.given, repr(proof.value), proof.failure, proof.random


@pytest.mark.parametrize("odd", [None, *ALONE])
def test_each_comes_to_what_it_comes_to_alone(worker: Worker, odd: str | None) -> None:
    """Values and failures with their places, also where one of them fails or is none."""
    codes = [*FORMULAS[:5], *([odd] if odd else []), *FORMULAS[5:]]
    together = _found(codes, Listening(worker))
    alone = worker.run([Job(code, GIVEN, steps=False) for code in codes])
    assert list(map(_told, together)) == list(map(_told, alone))


def test_formulas_over_the_same_givens_are_one_job(worker: Worker) -> None:
    """One that is written twice is computed once; other givens are another job."""
    checker = Listening(worker)
    _found([*FORMULAS, FORMULAS[0]], checker)
    assert len(checker.jobs) == 1
    batch = Batch(steps=False)
    tickets = [batch.add_formula(Job("n", {"n": value})) for value in (1, 1.0, True)]
    batch.run(checker, 2.0)
    assert list(map(repr, (ticket().value for ticket in tickets))) == ["1", "1.0", "True"]


def test_where_steps_are_told_each_is_a_job(worker: Worker) -> None:
    """A proof that somebody reads tells its own formula alone."""
    checker = Listening(worker)
    proofs = _found(FORMULAS, checker, steps=True)
    assert len(checker.jobs) == len(FORMULAS)
    assert [proof.steps[-1].source for proof in proofs[:2]] == FORMULAS[:2]


@pytest.mark.parametrize("code", ALONE[6:])
def test_what_is_no_formula_stays_alone(code: str) -> None:
    """Code that would mean something else between others, or may take long."""
    assert not is_arithmetic(code)


def test_large_arrays_are_known_in_full_as_they_are_alone(worker: Worker) -> None:
    """Several that have no room beside each other are computed one by one."""
    given = {"x": "ramp(128, 128)"}
    batch = Batch(steps=False)
    tickets = [batch.add_formula(Job(f"x + {index}", given)) for index in range(6)]
    batch.run(worker, 2.0)
    assert all(len(ticket().value.data) == 128 * 128 for ticket in tickets)
