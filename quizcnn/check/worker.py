"""The worker: a process that reads jobs, runs them one by one, and answers with proofs.

Its answers go out on what was its standard output when it started; after that standard input,
output and error lead nowhere, so nothing that a job does can speak on the pipe. Before the first
job it puts up the walls of its system round itself, and tells which those are.
"""

from __future__ import annotations

import gc
import os
import sys
import warnings
from collections.abc import Iterator

from quizcnn.check.codec import JOB_LINE, decode_job, encode_failed, encode_hello, encode_proof
from quizcnn.check.codec_values import CodecError
from quizcnn.check.isolation import walls
from quizcnn.check.proof import Failure, Proof

RECURSION = 5_000
"""Python's own limit, well above what the evaluator's depth needs."""


def main() -> None:
    """Warm up, give away what a job must not have, then answer jobs until the pipe ends."""
    jobs, answers = _own_pipes()
    try:
        # Imported here, so that a NumPy that is missing or broken is reported on the pipe.
        from quizcnn.check import language, warming  # noqa: PLC0415

        sys.setrecursionlimit(RECURSION)
        warming.warm_up()
        warnings.simplefilter("ignore")  # nobody would see one
    except Exception as error:
        _write(answers, encode_failed(f"{type(error).__name__}: {error}"[:500]))
        raise
    isolation = walls.put_up(max(jobs, answers))
    _set_aside()
    _write(answers, encode_hello(isolation))
    for line in _lines(jobs):
        number, job, timeout = decode_job(line)
        walls.start_clock(timeout)
        answer = _answer(number, language.run_job(job))
        walls.stop_clock()
        _write(answers, answer)
        _set_aside()
    os._exit(0)  # Python's own end would want calls that are gone


def _own_pipes() -> tuple[int, int]:
    """The job and answer pipe under new numbers, with 0, 1 and 2 leading nowhere."""
    jobs, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    os.close(nowhere)
    return jobs, answers


def _set_aside() -> None:
    """Free what the last job left in circles, which may be much, and spare what stays from looks.

    Without this a lambda that knows itself keeps its arrays until memory runs out on another job.
    """
    gc.collect()
    gc.freeze()


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
    try:
        return encode_proof(number, proof)
    except CodecError as error:
        failure = Failure("limit", f"{error}: use smaller sizes")
        return encode_proof(number, Proof(failure=failure, claims=()))
