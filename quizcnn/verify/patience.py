"""A checker that waits for a busy machine, and not for a check that does not end."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.check.job import Checker, Job
from quizcnn.check.proof import ClaimResult, Failure, Proof

PATIENCE = 5
"""By the clock on the wall a check may take as many times what its processor time may be."""

ENOUGH = 2
"""After as many jobs of one question that do not end, the others are not tried."""


TOGETHER = 16
"""As many jobs go to the checker at once, once some have ended well."""


class Patient:
    """Runs the jobs of one question on `checker`.

    A job's limit holds for its processor time, so that a verdict does not hang on what else the
    machine does; the clock on the wall only ends what would never end. Jobs go together as long as
    all end, together well within one's limit, so that a question that hangs is soon done with.
    """

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._overdue = 0
        self._together = 1
        self._slowest = 0.0

    def run(self, jobs: Sequence[Job], timeout: float = 2.0) -> list[Proof]:
        """A proof for each job, in order; `timeout` in seconds of processor time for each."""
        proofs: list[Proof] = []
        while len(proofs) < len(jobs):
            next_ones = jobs[len(proofs) : len(proofs) + self._together]
            if self._overdue >= ENOUGH:
                why = "it was not run, as others before it did not end"
                proofs += [_late(job, why) for job in next_ones]
            else:
                proofs += self._run(next_ones, timeout)
        return proofs

    def _run(self, jobs: Sequence[Job], timeout: float) -> list[Proof]:
        proofs = self._checker.run(jobs, timeout * PATIENCE)
        for at, (job, proof) in enumerate(zip(jobs, proofs, strict=True)):
            if proof.failure is None and proof.seconds > timeout:
                told = f"it takes {proof.seconds:.1f} s, and may take {timeout:g} s"
                proofs[at] = _late(job, told)
            self._slowest = max(self._slowest, proof.seconds)
            self._overdue += _lost(proofs[at])
        twice = min(2 * self._together, TOGETHER)
        self._together = 1 if self._overdue or twice * self._slowest > timeout else twice
        return proofs


def _lost(proof: Proof) -> bool:
    return proof.failure is not None and proof.failure.kind == "timeout"


def _late(job: Job, message: str) -> Proof:
    failure = Failure("timeout", message)
    return Proof(
        claims=tuple(ClaimResult(that, None, failure) for that in job.claims), failure=failure
    )
