"""The checker that the rooms above use: jobs in, proofs out, a worker process in between."""

from __future__ import annotations

import contextlib
import threading
import weakref
from collections.abc import Sequence
from types import TracebackType

from quizcnn.check.codec import decode_proof, encode_job
from quizcnn.check.codec_values import CodecError
from quizcnn.check.job import Job
from quizcnn.check.process import DiedError, Process
from quizcnn.check.proof import ClaimResult, Failure, Proof


class Worker:
    """Runs jobs in a process of its own, with a warm spare behind it.

    Starts with the first job, or with `start()` in good time before it. Any thread may call; jobs
    of several threads take turns. A job that hangs or kills its process costs only itself: the
    spare goes on with the next. Ends with `close()`, with the `with` statement, or with Python.

    >>> with Worker() as worker:
    ...     [proof] = worker.run([Job("conv2d(ramp(8, 8), ones(3, 3)).shape")])
    >>> proof.value
    (6, 6)
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._processes = _Processes()
        self._finalizer = weakref.finalize(self, self._processes.close)
        self._number = 0

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the process without waiting for it, so that the first job finds it warm.

        Does nothing after `close()`; where it cannot start, the first job says why.
        """
        with contextlib.suppress(OSError, DiedError):
            self._processes.start()

    def close(self) -> None:
        """End the processes. A job that runs elsewhere comes back as `died`."""
        self._finalizer()

    def run(self, jobs: Sequence[Job], timeout: float = 2.0) -> list[Proof]:
        """Run each job by itself and return a proof for each, in order.

        `timeout` is in seconds for each job. Never raises for what a job does.
        """
        return [self._run(job, timeout) for job in jobs]

    def _run(self, job: Job, timeout: float) -> Proof:
        with self._turn:
            self._number += 1
            try:
                line = encode_job(self._number, job, timeout)
            except CodecError as error:
                return _failed(job, Failure("limit", str(error)))
            try:
                process = self._asked(line)
                return self._answer(process, job, timeout)
            except DiedError as error:
                self._processes.drop()
                return _failed(job, Failure("died", str(error)))
            except OSError as error:
                return _failed(job, Failure("died", f"the worker could not start: {error}"))
            except BaseException:  # an interrupt: what the process says now belongs to nobody
                self._processes.drop()
                raise

    def _asked(self, line: bytes) -> Process:
        """A process that has the job; one that had died meanwhile is replaced once."""
        process = self._processes.current()
        try:
            process.wait_ready()
            process.ask(line)
        except DiedError:
            self._processes.drop()
            process = self._processes.current()
            process.wait_ready()
            process.ask(line)
        return process

    def _answer(self, process: Process, job: Job, timeout: float) -> Proof:
        line = process.take(timeout)
        if line is None:
            self._processes.drop()
            message = f"the check took longer than {timeout:g} seconds"
            return _failed(job, Failure("timeout", message), timeout)
        try:
            number, proof = decode_proof(line)
        except CodecError as error:
            raise DiedError(f"the worker's answer is no proof: {error}") from error
        if number != self._number or (
            proof.failure is None and tuple(claim.that for claim in proof.claims) != job.claims
        ):
            raise DiedError("the worker's answer belongs to another job")
        self._processes.spare()
        return proof if proof.claims or not job.claims else _failed(job, proof.failure, 0.0, proof)


class _Processes:
    """The process at work and the spare. Knows nothing of jobs, so that it can outlive them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._alive: list[Process] = []
        self._closed = False

    def start(self) -> None:
        """Have one process, at work or warming up."""
        with self._lock:
            self._fill(1)

    def spare(self) -> None:
        """Have one more behind it."""
        with self._lock:
            if not self._closed:
                self._fill(2)

    def current(self) -> Process:
        """The process at work; DiedError when closed."""
        with self._lock:
            while self._alive and not self._alive[0].alive:
                self._alive.pop(0).kill()
            self._fill(1)
            return self._alive[0]

    def drop(self) -> None:
        """Kill the process at work; the spare takes its place."""
        with self._lock:
            if self._alive:
                self._alive.pop(0).kill()

    def close(self) -> None:
        """Kill all."""
        with self._lock:
            self._closed = True
            while self._alive:
                self._alive.pop().kill()

    def _fill(self, number: int) -> None:
        if self._closed:
            raise DiedError("the worker is closed")
        while len(self._alive) < number:
            self._alive.append(Process())


def _failed(
    job: Job, failure: Failure | None, seconds: float = 0.0, proof: Proof | None = None
) -> Proof:
    """A proof of nothing: every claim shares the failure."""
    assert failure is not None
    claims = tuple(ClaimResult(that, None, failure) for that in job.claims)
    return Proof(claims=claims, failure=failure, seconds=proof.seconds if proof else seconds)
