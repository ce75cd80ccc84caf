"""Jobs and proofs as lines of JSON. What is read is checked; nothing is taken on trust.

Values keep their types: floats that JSON cannot write are the texts "nan", "inf" and "-inf" under
`float`, arrays, names and records are objects with one telling key.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any, TypeVar, get_args

from quizcnn.check.job import Given, Job
from quizcnn.check.limits import BITS
from quizcnn.check.proof import ClaimResult, Failure, FailureKind, Proof, Step
from quizcnn.check.value import SHOWN, Array, Name, Number, Record, Value

LINE = 16 * 1024 * 1024
"""Bytes that one answer may have."""
JOB_LINE = 60_000
"""Bytes that one job may have: it fits into the pipe, so that writing it never waits."""
DEPTH = 24
"""How deep values may stand inside each other."""

Json = Any
T = TypeVar("T")

SPECIAL = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


class CodecError(ValueError):
    """A line that is no job or proof."""


def _line(message: Json, errors: str = "strict") -> bytes:
    text = json.dumps(message, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", errors) + b"\n"


def _message(line: bytes) -> dict[str, Json]:
    try:
        message = json.loads(line.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise CodecError("this line is not JSON") from error
    return _object(message)


def _no_constant(name: str) -> Json:
    raise CodecError(f"{name} is not JSON")


# --- jobs ---------------------------------------------------------------------------------------


def encode_job(number: int, job: Job, timeout: float) -> bytes:
    """A job as a line; CodecError where it is too large or holds what cannot be written."""
    given = [[name, _encode(value)] for name, value in job.given.items()]
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
    for pair in _list(message.get("given")):
        name, value = _several(pair, 2)
        decoded = _decode(value, 0)
        if not isinstance(decoded, bool | int | float | str):
            raise CodecError("a given is a number or a text")
        given[_text(name)] = decoded
    job = Job(
        code=_text(message.get("code")),
        given=given,
        claims=tuple(_text(claim) for claim in _list(message.get("claims"))),
        seed=_int(message.get("seed")),
        needs_value=_bool(message.get("needs_value")),
    )
    return _int(message.get("number")), job, float(_number(message.get("timeout")))


# --- proofs -------------------------------------------------------------------------------------


def encode_proof(number: int, proof: Proof) -> bytes:
    """A proof as a line."""
    return _line(
        {
            "number": number,
            "given": [[name, _encode(value)] for name, value in proof.given],
            "steps": [
                [step.source, step.line, step.name, _encode(step.value)] for step in proof.steps
            ],
            "claims": [
                [claim.that, claim.holds, _encode_failure(claim.failure)] for claim in proof.claims
            ],
            "value": _encode(proof.value),
            "failure": _encode_failure(proof.failure),
            "random": proof.random,
            "seconds": proof.seconds,
        },
        errors="replace",
    )


def decode_proof(line: bytes) -> tuple[int, Proof]:
    """The number and the proof; CodecError for anything that is not exactly that."""
    message = _message(line)
    return _int(message.get("number")), Proof(
        given=tuple(_given(pair) for pair in _list(message.get("given"))),
        steps=tuple(_step(step) for step in _list(message.get("steps"))),
        claims=tuple(_claim(claim) for claim in _list(message.get("claims"))),
        value=_decode(message.get("value"), 0),
        failure=_optional(_failure, message.get("failure")),
        random=_bool(message.get("random")),
        seconds=float(_number(message.get("seconds"))),
    )


def _given(pair: Json) -> tuple[str, Value]:
    name, value = _several(pair, 2)
    return _text(name), _decode(value, 0)


def _step(step: Json) -> Step:
    source, line, name, value = _several(step, 4)
    return Step(_text(source), _int(line), _optional(_text, name), _decode(value, 0))


def _claim(claim: Json) -> ClaimResult:
    that, holds, failure = _several(claim, 3)
    result = ClaimResult(_text(that), _optional(_bool, holds), _optional(_failure, failure))
    if (result.holds is None) is (result.failure is None):
        raise CodecError("a claim holds, or not, or failed")
    return result


def _encode_failure(failure: Failure | None) -> Json:
    if failure is None:
        return None
    return [failure.kind, failure.message, failure.line, failure.column, failure.given]


def _failure(failure: Json) -> Failure:
    kind, message, line, column, given = _several(failure, 5)
    if kind not in get_args(FailureKind):
        raise CodecError(f"{kind!r} is no kind of failure")
    return Failure(
        kind,
        _text(message),
        _optional(_int, line),
        _optional(_int, column),
        _optional(_text, given),
    )


# --- values -------------------------------------------------------------------------------------


def _encode(value: Value) -> Json:
    if isinstance(value, float):
        return _encode_float(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if isinstance(value, Name):
        return {"name": value.text}
    if isinstance(value, Record):
        return {"record": value.type, "fields": [[k, _encode(v)] for k, v in value.fields]}
    data: Json = None
    if value.data is not None:
        floats = value.dtype.startswith("float")
        data = [_special(item) for item in value.data] if floats else list(value.data)
    low, high = _encode(value.low), _encode(value.high)
    return {"array": list(value.shape), "dtype": value.dtype, "data": data, "ends": [low, high]}


def _encode_float(value: float) -> Json:
    return value if math.isfinite(value) else {"float": str(value)}


def _special(item: Number) -> Json:
    return item if math.isfinite(item) else str(item)


def _decode(value: Json, depth: int) -> Value:
    if depth > DEPTH:
        raise CodecError("this nests too deep")
    if isinstance(value, int):
        return _int(value) if not isinstance(value, bool) else value
    if value is None or isinstance(value, float):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return tuple(_decode(item, depth + 1) for item in value)
    message = _object(value)
    keys = set(message)
    if keys == {"float"}:
        return _float(message["float"])
    if keys == {"name"}:
        return Name(_text(message["name"]))
    if keys == {"record", "fields"}:
        fields = [_several(pair, 2) for pair in _list(message["fields"])]
        return Record(
            _text(message["record"]), tuple((_text(k), _decode(v, depth + 1)) for k, v in fields)
        )
    if keys == {"array", "dtype", "data", "ends"}:
        return _array(message)
    raise CodecError(f"no value has the keys {sorted(keys)}")


def _float(text: Json) -> float:
    if not isinstance(text, str) or text not in SPECIAL:
        raise CodecError("this is no float")
    return SPECIAL[text]


def _array(message: dict[str, Json]) -> Array:
    shape = tuple(_int(side) for side in _list(message["array"]))
    if any(side < 0 for side in shape):
        raise CodecError("an array's sides are not negative")
    dtype = _text(message["dtype"])
    read = _reader(dtype)
    low, high = (_optional(read, end) for end in _several(message["ends"], 2))
    data = message["data"]
    if data is None:
        return Array(shape, dtype, None, low, high)
    values = tuple(read(item) for item in _list(data))
    if len(values) != math.prod(shape) or len(values) > SHOWN:
        raise CodecError(f"an array of shape {shape} does not have {len(values)} values")
    return Array(shape, dtype, values, low, high)


def _reader(dtype: str) -> Callable[[Json], Number]:
    """What reads one value of an array of this dtype."""
    if dtype == "bool":
        return _bool
    if dtype.startswith(("int", "uint")):
        return _int
    if dtype.startswith("float"):
        return _array_float
    raise CodecError(f"{dtype!r} is no dtype of an array")


def _array_float(item: Json) -> float:
    return item if isinstance(item, float) else _float(item)


def _object(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise CodecError("an object was expected")
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise CodecError("a list was expected")
    return value


def _several(value: Json, number: int) -> list[Json]:
    several = _list(value)
    if len(several) != number:
        raise CodecError(f"a list of {number} was expected")
    return several


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise CodecError("a text was expected")
    return value


def _int(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value.bit_length() > BITS:
        raise CodecError("an integer was expected")
    return value


def _bool(value: Json) -> bool:
    if not isinstance(value, bool):
        raise CodecError("true or false was expected")
    return value


def _number(value: Json) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CodecError("a number was expected")
    return value


def _optional(read: Callable[[Json], T], value: Json) -> T | None:
    return None if value is None else read(value)
