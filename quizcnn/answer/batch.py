"""Jobs of many questions and variants collected, each run once, their proofs handed out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from quizcnn.answer.together import Together, is_arithmetic
from quizcnn.check.job import Checker, Job
from quizcnn.check.proof import Proof

Ticket: TypeAlias = Callable[[], Proof]
"""Gives the proof of one job, once its batch has run."""

CHUNK = 256
"""As many jobs go to the checker in one call."""


class Batch:
    """Jobs that wait to be run together. The same job added twice is run once.

    Without `steps` the proofs tell none, which is quicker where only the outcome counts; with
    `trace` they tell the windows that were slid, for a person to watch.
    """

    def __init__(self, steps: bool = True, trace: bool = False) -> None:
        self._steps = steps
        self._trace = trace
        self._jobs: list[Job] = []
        self._places: dict[object, int] = {}
        self._formulas: dict[object, Together] = {}
        self._proofs: list[Proof] = []

    def add(self, job: Job) -> Ticket:
        """Queue `job`; the ticket gives its proof after `run`."""
        key = (job.code, _given(job), job.claims, job.seed, job.needs_value)
        place = self._places.setdefault(key, len(self._jobs))
        if place == len(self._jobs):
            self._jobs.append(self._asked(job))
        return lambda: self._proofs[place]

    def add_formula(self, job: Job) -> Ticket:
        """Queue an expression over its givens; without steps, many of them are one job."""
        if self._steps or job.claims or not is_arithmetic(job.code):
            return self.add(job)
        formulas = self._formulas.setdefault((_given(job), job.seed, job.deck), Together())
        place = formulas.add(self._asked(job))
        return lambda: formulas.proofs[place]

    def run(self, checker: Checker, timeout: float) -> None:
        """Run every job; `timeout` is in seconds for each. Called once."""
        groups = list(self._formulas.values())
        proofs = _run([*self._jobs, *(group.job() for group in groups)], checker, timeout)
        self._proofs = proofs[: len(self._jobs)]
        for group, proof in zip(groups, proofs[len(self._jobs) :], strict=True):
            if not group.settle(proof):
                group.proofs = _run(group.jobs, checker, timeout)

    def _asked(self, job: Job) -> Job:
        return Job(
            code=job.code,
            given=job.given,
            claims=job.claims,
            seed=job.seed,
            needs_value=job.needs_value,
            steps=self._steps,
            trace=self._trace,
            deck=job.deck,
        )


def _given(job: Job) -> tuple[object, ...]:
    # 1, 1.0 and True are equal to Python, and different givens
    return tuple([(name, type(value), value) for name, value in job.given.items()])


def _run(jobs: Sequence[Job], checker: Checker, timeout: float) -> list[Proof]:
    proofs: list[Proof] = []
    for start in range(0, len(jobs), CHUNK):
        proofs += checker.run(jobs[start : start + CHUNK], timeout)
    return proofs
