"""A busy machine is waited for, an endless check is not."""

from quizcnn.check.job import Job
from quizcnn.check.proof import Failure, Proof
from quizcnn.verify.patience import ENOUGH, PATIENCE, TOGETHER, Patient


class Stand:
    """A checker whose proofs are given, and which remembers what it was asked."""

    def __init__(self, *proofs):
        self.proofs = list(proofs)
        self.timeouts = []
        self.together = []

    def run(self, jobs, timeout=2.0):
        self.timeouts.append(timeout)
        self.together.append(len(jobs))
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


def test_jobs_go_together_once_some_have_ended_well():
    """More and more of them, up to a number; each has its own proof."""
    stand = Stand(*[Proof(value=index) for index in range(100)])
    proofs = Patient(stand).run([Job("1")] * 100)
    assert [proof.value for proof in proofs] == list(range(100))
    assert stand.together[:6] == [1, 2, 4, 8, TOGETHER, TOGETHER]


def test_slow_jobs_go_one_by_one():
    """Together they take no longer than one may, by the slowest so far."""
    stand = Stand(*[Proof(value=1, seconds=seconds) for seconds in (0.1, 0.9, 0.9, 0.9)])
    Patient(stand).run([Job("1")] * 4, timeout=2.0)
    assert stand.together == [1, 2, 1]


def test_after_one_that_is_late_jobs_go_one_by_one():
    """So that one more is enough to give up."""
    late = Proof(value=1, seconds=2.5)
    stand = Stand(Proof(value=1), Proof(value=1), late, late)
    proofs = Patient(stand).run([Job("1")] * 50, timeout=2.0)
    assert stand.together == [1, 2, 1]
    assert [proof.failure is None for proof in proofs[:4]] == [True, True, False, False]
    assert all(proof.failure for proof in proofs[4:])
