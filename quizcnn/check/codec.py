"""Jobs and proofs as lines of JSON. What is read is checked; nothing is taken on trust."""

from __future__ import annotations

import json
from typing import get_args

from quizcnn.check.codec_networks import decode_networks, encode_network
from quizcnn.check.codec_values import (
    CodecError,
    Json,
    as_bool,
    as_int,
    as_list,
    as_object,
    as_seconds,
    as_several,
    as_text,
    decode_value,
    encode_value,
    optional,
)
from quizcnn.check.codec_windows import decode_windows, encode_window
from quizcnn.check.isolation.report import Isolation
from quizcnn.check.job import Given, Job
from quizcnn.check.proof import ClaimResult, Failure, FailureKind, Proof, Step
from quizcnn.check.value import Value

LINE = 12 * 1024 * 1024
"""Bytes that one answer may have."""
BRACKETS = 400_000
"""Lists and objects that one answer may have: in memory even an empty one takes sixty bytes."""
JOB_LINE = 60_000
"""Bytes that one job may have: it fits into the pipe, so that writing it never waits."""


KINDS = get_args(FailureKind)


def _line(message: Json, errors: str = "strict") -> bytes:
    return _WRITER.encode(message).encode("utf-8", errors) + b"\n"


def _message(line: bytes) -> dict[str, Json]:
    if len(line) > LINE or line.count(b"[") + line.count(b"{") > BRACKETS:
        raise CodecError("this line is too long")
    try:
        message = _READER.decode(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise CodecError("this line is not JSON") from error
    return as_object(message)


def _no_constant(name: str) -> Json:
    raise CodecError(f"{name} is not JSON")


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise CodecError("a key stands here twice")
    return read


_WRITER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_READER = json.JSONDecoder(parse_constant=_no_constant, object_pairs_hook=_once)


# --- the start ----------------------------------------------------------------------------------


def encode_hello(isolation: Isolation) -> bytes:
    """What a worker says when it is ready: the walls that it put up, and those it could not."""
    parts, missing = list(isolation.parts), list(isolation.missing)
    told = {"full": isolation.full, "parts": parts, "missing": missing}
    return _line({"ready": True, "isolation": told}, errors="replace")


def encode_failed(reason: str) -> bytes:
    """What a worker says that cannot start."""
    return _line({"failed": reason}, errors="replace")


def decode_hello(line: bytes) -> Isolation | str:
    """The walls of a worker that is ready, or why it cannot start."""
    message = _message(line)
    if set(message) == {"failed"}:
        return as_text(message["failed"])[:500]
    if set(message) != {"ready", "isolation"} or not as_bool(message["ready"]):
        raise CodecError("no worker starts with this")
    told = as_object(message["isolation"])
    parts, missing = (
        tuple(as_text(part)[:200] for part in as_list(told.get(name))[:10])
        for name in ("parts", "missing")
    )
    isolation = Isolation(parts, missing)
    if as_bool(told.get("full")) is not isolation.full:
        raise CodecError("full isolation lacks nothing")
    return isolation


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
                "steps": job.steps,
                "trace": job.trace,
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
        name, value = _given(pair)
        if not isinstance(value, int | float | str):
            raise CodecError("a given is a number or a text")
        given[name] = value
    job = Job(
        code=as_text(message.get("code")),
        given=given,
        claims=tuple(map(as_text, as_list(message.get("claims")))),
        seed=as_int(message.get("seed")),
        needs_value=as_bool(message.get("needs_value")),
        steps=as_bool(message.get("steps")),
        trace=as_bool(message.get("trace")),
    )
    return as_int(message.get("number")), job, as_seconds(message.get("timeout"))


# --- proofs -------------------------------------------------------------------------------------


def encode_proof(number: int, proof: Proof) -> bytes:
    """A proof as a line; CodecError where it is longer than an answer may be."""
    shared = bool(proof.steps) and proof.steps[-1].value is proof.value is not None
    line = _line(
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
            "value": None if shared else encode_value(proof.value),
            "shared": shared,
            "failure": _encode_failure(proof.failure),
            "random": proof.random,
            "windows": list(map(encode_window, proof.windows)),
            "networks": [encode_network(network) for network in proof.networks],
            "seconds": proof.seconds,
        },
        errors="replace",
    )
    if len(line) > LINE or line.count(b"[") + line.count(b"{") > BRACKETS:
        raise CodecError(f"the proof has {len(line):,} bytes")
    return line


def decode_proof(line: bytes) -> tuple[int, Proof]:
    """The number and the proof; CodecError for anything that is not exactly that."""
    message = _message(line)
    steps = tuple(map(_step, as_list(message.get("steps"))))
    value = decode_value(message.get("value"), 0)
    if as_bool(message.get("shared")):  # the last step's value is the proof's
        if not steps or value is not None:
            raise CodecError("there is no step to take the value from")
        value = steps[-1].value
    return as_int(message.get("number")), Proof(
        given=tuple(map(_given, as_list(message.get("given")))),
        steps=steps,
        claims=tuple(map(_claim, as_list(message.get("claims")))),
        value=value,
        failure=optional(_failure, message.get("failure")),
        random=as_bool(message.get("random")),
        windows=decode_windows(message.get("windows")),
        networks=decode_networks(message.get("networks")),
        seconds=as_seconds(message.get("seconds")),
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
    if kind not in KINDS:
        raise CodecError("this is no kind of failure")
    return Failure(
        kind,
        as_text(message),
        optional(as_int, line),
        optional(as_int, column),
        optional(as_text, given),
    )
