"""A busy machine is waited for, an endless check is not."""

from quizcnn.check.job import Job
from quizcnn.check.proof import Failure, Proof
from quizcnn.verify.patience import ENOUGH, PATIENCE, Patient


class Stand:
    """A checker whose proofs are given, and which remembers what it was asked."""

    def __init__(self, *proofs):
        self.proofs = list(proofs)
        self.timeouts = []

    def run(self, jobs, timeout=2.0):
        self.timeouts.append(timeout)
        return [self.proofs.pop(0) for _ in jobs]


HUNG = Proof(failure=Failure("timeout", "the check took longer"))


def test_the_clock_on_the_wall_is_wider_than_the_limit():
    """A check that is quick on the processor may wait for it."""
    stand = Stand(Proof(value=1, seconds=1.9))
    assert Patient(stand).run([Job("1")], timeout=2.0)[0].value == 1
    assert stand.timeouts == [2.0 * PATIENCE]


def test_processor_time_over_the_limit_fails():
    """A check that takes longer than it may by the processor's count has no value."""
    (proof,) = Patient(Stand(Proof(value=1, seconds=2.1))).run([Job("1")], timeout=2.0)
    assert proof.failure == Failure("timeout", "it takes 2.1 s, and may take 2 s")


def test_after_some_endless_jobs_the_others_are_not_run():
    """A check that hangs on every variant costs its time only so often."""
    stand = Stand(*[HUNG] * ENOUGH)
    proofs = Patient(stand).run([Job("1")] * 100)
    assert len(stand.timeouts) == ENOUGH
    assert all(proof.failure and proof.failure.kind == "timeout" for proof in proofs)
