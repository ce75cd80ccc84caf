"""A checker that waits for a busy machine, and not for a check that does not end."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.check.job import Checker, Job
from quizcnn.check.proof import ClaimResult, Failure, Proof

PATIENCE = 5
"""By the clock on the wall a check may take as many times what its processor time may be."""

ENOUGH = 2
"""After as many jobs of one question that do not end, the others are not tried."""


class Patient:
    """Runs the jobs of one question on `checker`.

    A job's limit holds for its processor time, so that a verdict does not hang on what else the
    machine does; the clock on the wall only ends what would never end.
    """

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._overdue = 0

    def run(self, jobs: Sequence[Job], timeout: float = 2.0) -> list[Proof]:
        """A proof for each job, in order; `timeout` in seconds of processor time for each."""
        return [self._run(job, timeout) for job in jobs]

    def _run(self, job: Job, timeout: float) -> Proof:
        if self._overdue >= ENOUGH:
            return _late(job, "it was not run, as others before it did not end")
        (proof,) = self._checker.run([job], timeout * PATIENCE)
        if proof.failure is None and proof.seconds > timeout:
            proof = _late(job, f"it takes {proof.seconds:.1f} s, and may take {timeout:g} s")
        if proof.failure is not None and proof.failure.kind == "timeout":
            self._overdue += 1
        return proof


def _late(job: Job, message: str) -> Proof:
    failure = Failure("timeout", message)
    return Proof(
        claims=tuple(ClaimResult(that, None, failure) for that in job.claims), failure=failure
    )
