"""Jobs and proofs as lines of JSON. What is read is checked; nothing is taken on trust."""

from __future__ import annotations

import json
from typing import get_args

from quizcnn.check.codec_values import (
    CodecError,
    Json,
    as_bool,
    as_int,
    as_list,
    as_number,
    as_object,
    as_several,
    as_text,
    decode_value,
    encode_value,
    optional,
)
from quizcnn.check.job import Given, Job
from quizcnn.check.proof import ClaimResult, Failure, FailureKind, Proof, Step
from quizcnn.check.value import Value

LINE = 16 * 1024 * 1024
"""Bytes that one answer may have."""
JOB_LINE = 60_000
"""Bytes that one job may have: it fits into the pipe, so that writing it never waits."""


def _line(message: Json, errors: str = "strict") -> bytes:
    text = json.dumps(message, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", errors) + b"\n"


def _message(line: bytes) -> dict[str, Json]:
    try:
        message = json.loads(line.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise CodecError("this line is not JSON") from error
    return as_object(message)


def _no_constant(name: str) -> Json:
    raise CodecError(f"{name} is not JSON")


# --- jobs ---------------------------------------------------------------------------------------


def encode_job(number: int, job: Job, timeout: float) -> bytes:
    """A job as a line; CodecError where it is too large or holds what cannot be written."""
    given = [[name, encode_value(value)] for name, value in job.given.items()]
    try:
        line = _line(
            {
                "number": number,
                "code": job.code,
                "given": given,
                "claims": list(job.claims),
                "seed": job.seed,
                "needs_value": job.needs_value,
                "timeout": timeout,
            }
        )
    except (TypeError, ValueError) as error:
        raise CodecError(f"this job cannot be written: {error}") from error
    if len(line) > JOB_LINE:
        raise CodecError(
            f"the code, givens and claims are {len(line):,} bytes; at most {JOB_LINE:,}"
        )
    return line


def decode_job(line: bytes) -> tuple[int, Job, float]:
    """The number, the job and the seconds it may take."""
    message = _message(line)
    given: dict[str, Given] = {}
    for pair in as_list(message.get("given")):
        name, value = as_several(pair, 2)
        decoded = decode_value(value, 0)
        if not isinstance(decoded, bool | int | float | str):
            raise CodecError("a given is a number or a text")
        given[as_text(name)] = decoded
    job = Job(
        code=as_text(message.get("code")),
        given=given,
        claims=tuple(as_text(claim) for claim in as_list(message.get("claims"))),
        seed=as_int(message.get("seed")),
        needs_value=as_bool(message.get("needs_value")),
    )
    return as_int(message.get("number")), job, float(as_number(message.get("timeout")))


# --- proofs -------------------------------------------------------------------------------------


def encode_proof(number: int, proof: Proof) -> bytes:
    """A proof as a line."""
    return _line(
        {
            "number": number,
            "given": [[name, encode_value(value)] for name, value in proof.given],
            "steps": [
                [step.source, step.line, step.name, encode_value(step.value)]
                for step in proof.steps
            ],
            "claims": [
                [claim.that, claim.holds, _encode_failure(claim.failure)] for claim in proof.claims
            ],
            "value": encode_value(proof.value),
            "failure": _encode_failure(proof.failure),
            "random": proof.random,
            "seconds": proof.seconds,
        },
        errors="replace",
    )


def decode_proof(line: bytes) -> tuple[int, Proof]:
    """The number and the proof; CodecError for anything that is not exactly that."""
    message = _message(line)
    return as_int(message.get("number")), Proof(
        given=tuple(_given(pair) for pair in as_list(message.get("given"))),
        steps=tuple(_step(step) for step in as_list(message.get("steps"))),
        claims=tuple(_claim(claim) for claim in as_list(message.get("claims"))),
        value=decode_value(message.get("value"), 0),
        failure=optional(_failure, message.get("failure")),
        random=as_bool(message.get("random")),
        seconds=float(as_number(message.get("seconds"))),
    )


def _given(pair: Json) -> tuple[str, Value]:
    name, value = as_several(pair, 2)
    return as_text(name), decode_value(value, 0)


def _step(step: Json) -> Step:
    source, line, name, value = as_several(step, 4)
    return Step(as_text(source), as_int(line), optional(as_text, name), decode_value(value, 0))


def _claim(claim: Json) -> ClaimResult:
    that, holds, failure = as_several(claim, 3)
    result = ClaimResult(as_text(that), optional(as_bool, holds), optional(_failure, failure))
    if (result.holds is None) is (result.failure is None):
        raise CodecError("a claim holds, or not, or failed")
    return result


def _encode_failure(failure: Failure | None) -> Json:
    if failure is None:
        return None
    return [failure.kind, failure.message, failure.line, failure.column, failure.given]


def _failure(failure: Json) -> Failure:
    kind, message, line, column, given = as_several(failure, 5)
    if kind not in get_args(FailureKind):
        raise CodecError(f"{kind!r} is no kind of failure")
    return Failure(
        kind,
        as_text(message),
        optional(as_int, line),
        optional(as_int, column),
        optional(as_text, given),
    )
