"""The worker: a process that reads jobs, runs them one by one, and answers with proofs.

Its answers go out on what was its standard output when it started; after that standard input,
output and error lead nowhere, so nothing that a job does can speak on the pipe.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator

from quizcnn.check.codec import JOB_LINE, LINE, decode_job, encode_proof
from quizcnn.check.proof import Failure, Proof
from quizcnn.check.rlimits import allow_seconds, restrict

RECURSION = 5_000
"""Python's own limit, well above what the evaluator's depth needs."""

WARM_UP = """
x = normal(6, 6)
y = conv2d(x, ones(3, 3))
z = np.linalg.svd(x)[1].sum() + np.linalg.lstsq(x, x)[0].sum() + np.linalg.norm(np.linalg.inv(x))
w = np.real(np.fft.fft2(x)).sum() + np.einsum("ij,ij->", x, x) + np.corrcoef(x).sum()
v = np.pad(x, 1).std() + np.median(x) + np.unique(x).size + np.histogram(x)[0].sum()
bool(np.isfinite(w + z + v))
"""


def main() -> None:
    """Warm up, give away what a job must not have, then answer jobs until the pipe ends."""
    jobs, answers = _own_pipes()
    try:
        # Imported here, so that a NumPy that is missing or broken is reported on the pipe.
        from quizcnn.check.job import Job  # noqa: PLC0415
        from quizcnn.check.language import run_job  # noqa: PLC0415

        sys.setrecursionlimit(RECURSION)
        warm = run_job(Job(WARM_UP))
        if warm.failure is not None:
            raise RuntimeError(warm.failure.message)
    except Exception as error:
        message = {"failed": f"{type(error).__name__}: {error}"[:500]}
        _write(answers, json.dumps(message).encode() + b"\n")
        raise
    restrict()
    _write(answers, b'{"ready":true}\n')
    for line in _lines(jobs):
        number, job, timeout = decode_job(line)
        allow_seconds(timeout)
        _write(answers, _answer(number, run_job(job)))


def _own_pipes() -> tuple[int, int]:
    """The job and answer pipe under new numbers, with 0, 1 and 2 leading nowhere."""
    jobs, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    os.close(nowhere)
    return jobs, answers


def _lines(jobs: int) -> Iterator[bytes]:
    """Lines from the pipe, until it ends or a line is longer than a job can be."""
    waiting = b""
    while len(waiting) <= JOB_LINE:
        more = os.read(jobs, 65_536)
        if not more:
            return
        *lines, waiting = (waiting + more).split(b"\n")
        yield from lines


def _write(answers: int, line: bytes) -> None:
    while line:
        line = line[os.write(answers, line) :]


def _answer(number: int, proof: Proof) -> bytes:
    """A proof's line; one that is too long says so instead."""
    line = encode_proof(number, proof)
    if len(line) <= LINE:
        return line
    failure = Failure("limit", f"the proof has {len(line):,} bytes: use smaller sizes")
    return encode_proof(number, Proof(failure=failure, claims=()))
