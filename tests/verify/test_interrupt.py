"""Ctrl-C while a deck is verified: nobody waits for the checks that still run."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest

from quizcnn.check.client import Worker
from quizcnn.check.job import Job
from quizcnn.check.proof import Failure, Proof
from quizcnn.verify.verifying import verify

QUESTION = """
    id: {name}
    kind: number
    ask: How many values has an image of {{n}}×{{n}}?
    given: {{n: 4}}
    answer: n * n
    check: ramp(n, n).size + 0 * len("{name}")
    contrast:
      - {{given: {{n: 5}}, because: "Another size."}}
    """


class Stuck:
    """A checker that does not come back from the second question until it is let go."""

    def __init__(self, checker: Worker, go: threading.Event) -> None:
        self.checker = checker
        self.go = go
        self.came_back = False

    def run(self, jobs: Sequence[Job], timeout: float = 2.0) -> list[Proof]:
        if any("second" in job.code for job in jobs):
            self.go.wait(10)
            self.came_back = True
            return [Proof(failure=Failure("died", "let go")) for _ in jobs]
        return self.checker.run(jobs, timeout)


def test_an_interrupt_does_not_wait_for_checks(deck, worker):
    """The interrupt comes through while another question is still being computed."""
    go = threading.Event()

    def interrupted(done: int, total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    checkers = [Stuck(worker, go), Stuck(worker, go)]
    questions = deck(QUESTION.format(name="first"), QUESTION.format(name="second"))
    try:
        with pytest.raises(KeyboardInterrupt):
            verify([questions], checkers[0], progress=interrupted, helpers=checkers[1:])
        assert not any(checker.came_back for checker in checkers)
    finally:
        go.set()
