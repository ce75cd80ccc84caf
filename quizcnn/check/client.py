"""The checker that the rooms above use: jobs in, proofs out, a worker process in between."""

from __future__ import annotations

import contextlib
import secrets
import threading
import weakref
from collections.abc import Sequence

from quizcnn.check.codec import JOB_LINE, decode_proof, encode_job
from quizcnn.check.codec_values import CodecError
from quizcnn.check.isolation.report import Isolation
from quizcnn.check.job import Job
from quizcnn.check.lines import DiedError
from quizcnn.check.process import Process
from quizcnn.check.processes import Processes
from quizcnn.check.proof import ClaimResult, Failure, FailureKind, Proof

TRIES = 3
"""Processes that jobs may be offered to: the one at work, the spare, a new one."""
AHEAD = 32
"""As many jobs at most are sent at once: the worker goes on while their answers are read."""


class _LateError(DiedError):
    """The worker did not answer in time."""

    kind: FailureKind = "timeout"


class Worker:
    """Runs jobs in a process of its own, with a warm spare behind it.

    Starts with the first job, or with `start()` in good time before it. Any thread may call; jobs
    of several threads take turns. A job that hangs or kills its process costs only itself: the
    spare goes on with the next. Ends with `close()`, with the `with` statement, or with Python.
    Worked `apart`, jobs of different decks never share a process: whatever a hole in the walls
    might let one deck do there, another deck's verdicts are not near.

    >>> with Worker() as worker:
    ...     [proof] = worker.run([Job("conv2d(ramp(8, 8), ones(3, 3)).shape")])
    >>> proof.value
    (6, 6)
    """

    def __init__(self, apart: bool = False) -> None:
        self._apart = apart
        self._deck = ""
        self._turn = threading.Lock()
        self._processes = Processes()
        self._finalizer = weakref.finalize(self, self._processes.close)
        self._isolation: Isolation | None = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def isolation(self) -> Isolation | None:
        """The walls round the process that ran the last job; None before the first."""
        return self._isolation

    def start(self) -> None:
        """Start the process without waiting for it, so that the first job finds it warm.

        Does nothing after `close()`; where it cannot start, the first job says why.
        """
        self._processes.want(1)

    def close(self) -> None:
        """End the processes. A job that runs elsewhere comes back as `died`."""
        self._finalizer()

    def run(self, jobs: Sequence[Job], timeout: float = 2.0) -> list[Proof]:
        """Run each job by itself and return a proof for each, in order.

        `timeout` is in seconds for each job. Never raises for what a job does.
        """
        proofs: list[Proof] = []
        while len(proofs) < len(jobs):
            proofs += self._run(jobs[len(proofs) :], timeout)
        return proofs

    def _run(self, jobs: Sequence[Job], timeout: float) -> list[Proof]:
        """Proofs of the first of these jobs: as many as go together, or up to one that is lost."""
        proofs: list[Proof] = []
        with self._turn:
            try:
                asked = self._together(jobs, timeout)
            except CodecError as error:
                return [_failed(jobs[0], Failure("limit", str(error)))]
            self._part(jobs[0].deck)
            try:
                process = self._asked([line for _, line in asked])
                for job, (number, _) in zip(jobs, asked, strict=False):
                    proofs.append(self._answer(process, number, job, timeout))
            except DiedError as error:
                self._processes.drop()
                failure = Failure(error.kind, str(error))
                seconds = timeout if error.kind == "timeout" else 0.0
                proofs.append(_failed(jobs[len(proofs)], failure, seconds))
            except OSError as error:
                failure = Failure("died", f"the worker could not start: {error}")
                proofs.append(_failed(jobs[len(proofs)], failure))
            except BaseException:  # an interrupt: what the process says now belongs to nobody
                self._processes.drop()
                raise
        return proofs

    def _together(self, jobs: Sequence[Job], timeout: float) -> list[tuple[int, bytes]]:
        """Numbers and lines of the jobs that are sent at once; CodecError if the first cannot be.

        They fit into the pipe together, so that writing them never waits.
        """
        asked: list[tuple[int, bytes]] = []
        room = JOB_LINE
        for job in jobs[:AHEAD]:
            if self._apart and job.deck != jobs[0].deck:
                break
            number = secrets.randbits(53)  # nobody can answer before being asked
            try:
                line = encode_job(number, job, timeout)
            except CodecError:
                if not asked:
                    raise
                break
            room -= len(line)
            if room < 0:
                break
            asked.append((number, line))
        return asked

    def _part(self, deck: str) -> None:
        """Go over to the spare where the process has run another deck's jobs."""
        if self._apart and deck and deck != self._deck:
            if self._deck:
                self._processes.drop()
            self._deck = deck

    def _asked(self, lines: Sequence[bytes]) -> Process:
        """A process that has the jobs; where it and the spare had died meanwhile, a new one."""
        for _ in range(TRIES - 1):
            with contextlib.suppress(DiedError):
                return self._ask(lines)
            self._processes.drop()
        return self._ask(lines)

    def _ask(self, lines: Sequence[bytes]) -> Process:
        process = self._processes.current()
        self._isolation = process.wait_ready()
        process.ask(lines)
        return process

    def _answer(self, process: Process, number: int, job: Job, timeout: float) -> Proof:
        line = process.take(timeout)
        if line is None:
            raise _LateError(f"the check took longer than {timeout:g} seconds")
        try:
            answered, proof = decode_proof(line)
        except CodecError as error:
            raise DiedError(f"the worker's answer is no proof: {error}") from error
        claims = tuple(claim.that for claim in proof.claims)
        unclaimed = proof.failure is not None and not claims
        if answered != number or (claims != job.claims and not unclaimed):
            raise DiedError("the worker's answer belongs to another job")
        if proof.windows and not job.trace:
            raise DiedError("the worker's answer tells windows that nobody asked for")
        if proof.failure is not None and proof.value is not None:
            raise DiedError("the worker's answer both failed and has a value")
        self._processes.want(2)
        return proof if proof.claims or not job.claims else _failed(job, proof.failure, 0.0, proof)


def _failed(
    job: Job, failure: Failure | None, seconds: float = 0.0, proof: Proof | None = None
) -> Proof:
    """A proof of nothing: every claim shares the failure."""
    assert failure is not None
    claims = tuple(ClaimResult(that, None, failure) for that in job.claims)
    return Proof(claims=claims, failure=failure, seconds=proof.seconds if proof else seconds)
