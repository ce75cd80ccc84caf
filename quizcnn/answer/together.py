"""Formulas over the same givens computed in one job, as long as that comes to the same."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from quizcnn.check.job import Job
from quizcnn.check.proof import Proof
from quizcnn.check.value import Array, Value

ARITHMETIC = (
    ast.Expr, ast.Tuple, ast.List, ast.Name, ast.Constant, ast.BinOp, ast.UnaryOp, ast.Compare,
    ast.BoolOp, ast.IfExp, ast.Subscript, ast.Attribute, ast.Slice, ast.expr_context, ast.operator,
    ast.unaryop, ast.cmpop, ast.boolop,
)  # fmt: skip
"""What a formula is made of that is computed together with others: nothing that takes long."""


@lru_cache(maxsize=1024)
def is_arithmetic(code: str) -> bool:
    """Whether code is one expression that calls nothing.

    >>> is_arithmetic("(n - f) // s + 1"), is_arithmetic("len(x)"), is_arithmetic("1), (2")
    (True, False, False)
    """
    try:
        body = ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return len(body) == 1 and all(isinstance(node, ARITHMETIC) for node in ast.walk(body[0]))


@dataclass(slots=True)
class Together:
    """Jobs that differ in their code alone, each of them a formula."""

    jobs: list[Job] = field(default_factory=list)
    proofs: Sequence[Proof] = ()

    def add(self, job: Job) -> int:
        """Have a job among them; gives its place."""
        codes = [known.code for known in self.jobs]
        if job.code in codes:
            return codes.index(job.code)
        self.jobs.append(job)
        return len(codes)

    def job(self) -> Job:
        """One job that computes them all."""
        if len(self.jobs) == 1:
            return self.jobs[0]
        # a comment ends with its line
        items = "".join(f"({job.code}\n)," for job in self.jobs)
        return replace(self.jobs[0], code=f"({items})")

    def settle(self, proof: Proof) -> bool:
        """Take each one's proof from that of all; False where each must be run by itself.

        So it is where one fails, and where a value might be told otherwise beside others.
        """
        if len(self.jobs) == 1:
            self.proofs = [proof]
            return True
        values = proof.value
        if proof.failure or not isinstance(values, tuple) or len(values) != len(self.jobs):
            return False
        if not all(map(_is_told_alike, values)):
            return False
        self.proofs = [
            Proof(given=proof.given, value=value, random=proof.random, seconds=proof.seconds)
            for value in values
        ]
        return True


def _is_told_alike(value: Value) -> bool:
    """Whether a value is the same beside others: no text, as complex numbers become inside a
    tuple, and no array that there was no room for."""
    if isinstance(value, tuple):
        return all(map(_is_told_alike, value))
    if isinstance(value, Array):
        return value.data is not None
    return value is None or isinstance(value, bool | int | float)
