"""Jobs of many questions and variants collected, each run once, their proofs handed out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

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
        self._proofs: list[Proof] = []

    def add(self, job: Job) -> Ticket:
        """Queue `job`; the ticket gives its proof after `run`."""
        # 1, 1.0 and True are equal to Python, and different givens
        given = tuple((name, type(value), value) for name, value in job.given.items())
        key = (job.code, given, job.claims, job.seed, job.needs_value)
        place = self._places.setdefault(key, len(self._jobs))
        if place == len(self._jobs):
            usual = self._steps and not self._trace
            asked = job if usual else replace(job, steps=self._steps, trace=self._trace)
            self._jobs.append(asked)
        return lambda: self._proofs[place]

    def run(self, checker: Checker, timeout: float) -> None:
        """Run every job; `timeout` is in seconds for each. Called once."""
        for start in range(0, len(self._jobs), CHUNK):
            self._proofs += checker.run(self._jobs[start : start + CHUNK], timeout)
