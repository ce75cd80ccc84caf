"""Jobs and proofs cross the pipe and come out as they went in; anything else is an error."""

from __future__ import annotations

import json
import math
import struct
from base64 import b64encode
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.check.codec import (
    decode_job,
    decode_proof,
    encode_job,
    encode_proof,
)
from quizcnn.check.codec_values import CodecError
from quizcnn.check.job import Job
from quizcnn.check.proof import ClaimResult, Failure, Network, NetworkRow, Proof, Step
from quizcnn.check.value import Array, Name, Record

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
integers = st.integers(-(2**511), 2**511)
floats = st.floats(allow_nan=False)
scalars = st.one_of(st.none(), st.booleans(), integers, floats, texts)


@st.composite
def arrays(draw: st.DrawFn) -> Array:
    shape = tuple(draw(st.lists(st.integers(0, 3), max_size=3)))
    dtype, items = draw(
        st.sampled_from(
            [
                ("float64", floats),
                ("int64", st.integers(-(2**63), 2**63 - 1)),
                ("bool", st.booleans()),
            ]
        )
    )
    size = math.prod(shape)
    data = draw(st.none() | st.lists(items, min_size=size, max_size=size).map(tuple))
    low, high = draw(st.tuples(st.none() | items, st.none() | items))
    return Array(shape, dtype, data, low, high)


values = st.recursive(
    scalars | arrays() | texts.map(Name),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(tuple),
        st.builds(Record, texts, st.lists(st.tuples(texts, inner), max_size=3).map(tuple)),
    ),
    max_leaves=10,
)
failures = st.builds(
    Failure,
    st.sampled_from(["refused", "raised", "limit", "timeout", "died"]),
    texts,
    st.none() | st.integers(1, 99),
    st.none() | st.integers(1, 99),
    st.none() | texts,
)
claims = st.one_of(
    st.builds(ClaimResult, texts, st.booleans()),
    st.builds(ClaimResult, texts, st.none(), failures),
)
sides = st.lists(st.integers(1, 999), min_size=1, max_size=3).map(tuple)
counts = st.integers(0, 2**511)


def networks(known: bool) -> st.SearchStrategy[Network]:
    """Networks with shapes and multiply-adds, or without."""
    shape, work = (sides, counts) if known else (st.none(), st.none())
    row = st.builds(NetworkRow, texts, shape, counts, work, st.none() | sides)
    return st.builds(Network, texts, shape, st.lists(row, min_size=1, max_size=3).map(tuple))


proofs = st.builds(
    Proof,
    st.lists(st.tuples(texts, values), max_size=3).map(tuple),
    st.lists(st.builds(Step, texts, st.integers(1, 99), st.none() | texts, values), max_size=3).map(
        tuple
    ),
    st.lists(claims, max_size=3).map(tuple),
    values,
    st.none() | failures,
    st.booleans(),
    st.floats(0, 100),
    networks=st.lists(st.one_of(networks(True), networks(False)), max_size=3).map(tuple),
)


@given(proof=proofs, number=st.integers(0, 10**6))
@settings(max_examples=40)
def test_proofs_go_round(proof: Proof, number: int) -> None:
    """Every proof comes back equal, types and all, on one line."""
    line = encode_proof(number, proof)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert repr(decode_proof(line)) == repr((number, proof))


@given(
    code=texts,
    names=st.dictionaries(texts, st.one_of(st.booleans(), integers, floats, texts), max_size=3),
    claims=st.lists(texts, max_size=2).map(tuple),
    seed=st.integers(0, 2**32),
    needs_value=st.booleans(),
    steps=st.booleans(),
    trace=st.booleans(),
)
@settings(max_examples=50)
def test_jobs_go_round(
    code: str,
    names: dict[str, Any],
    claims: tuple[str, ...],
    seed: int,
    needs_value: bool,
    steps: bool,
    trace: bool,
) -> None:
    """Every job comes back equal, its givens in their order."""
    job = Job(code, names, claims, seed, needs_value, steps, trace)
    number, decoded, timeout = decode_job(encode_job(7, job, 1.5))
    assert (number, timeout) == (7, 1.5)
    assert repr(decoded) == repr(job)
    assert list(decoded.given) == list(names)


def test_nan_and_infinities_are_written_as_words() -> None:
    """JSON has no NaN; ours is strict."""
    value = (math.nan, math.inf, -math.inf, Array((2,), "float64", (math.nan, math.inf)))
    line = encode_proof(1, Proof(value=value))
    assert b"NaN" not in line
    assert b"Infinity" not in line
    assert repr(decode_proof(line)[1].value) == repr(value)
    json.loads(line, parse_constant=pytest.fail)


PROOF = json.loads(encode_proof(1, Proof(value=1)))


def packed(*numbers: float) -> str:
    """The values of an array as they cross the pipe."""
    return b64encode(struct.pack(f"{len(numbers)}d", *numbers)).decode()


VALUES = [
    {"name": 3},
    {"name": "x", "more": 1},
    {"float": "1"},
    {"float": 1.0},
    {"record": "R", "fields": [["a"]]},
    {"record": "R", "fields": [[1, 2]]},
    {"array": [2], "dtype": "float64", "data": packed(1.0), "ends": [None, None]},
    {"array": [1], "dtype": "float64", "data": packed(1.0)[:-4], "ends": [None, None]},
    {"array": [1], "dtype": "float64", "data": packed(1.0) + "!", "ends": [None, None]},
    {"array": [1], "dtype": "float64", "data": "é", "ends": [None, None]},
    {"array": [1], "dtype": "float64", "data": [1.0], "ends": [None, None]},
    {"array": [1], "dtype": "float64", "data": packed(1.0), "ends": [1, 1]},
    {"array": [1], "dtype": "float64", "data": packed(1.0), "ends": [True, True]},
    {"array": [1], "dtype": "float64", "data": packed(1.0), "ends": [{"float": "nan", "x": 1}, 1]},
    {"array": [1], "dtype": "int64", "data": packed(1.0), "ends": [1.0, 1.0]},
    {"array": [1], "dtype": "bool", "data": "Ag==", "ends": [None, None]},
    {"array": [1], "dtype": "bool", "data": "AQ==", "ends": [1, 1]},
    {"array": [1], "dtype": "object", "data": packed(1.0), "ends": [None, None]},
    {"array": [-1], "dtype": "int64", "data": None, "ends": [None, None]},
    {"array": [20_000], "dtype": "int64", "data": packed(*[0.0] * 20_000), "ends": [0, 0]},
    {"array": [1], "dtype": "int64", "data": packed(1.0), "ends": [1]},
    {"array": 1, "dtype": "int64", "data": packed(1.0), "ends": [1, 1]},
    2**513,
    {},
]


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_a_value_of_unknown_shape_is_no_value(value: Any) -> None:
    """Arrays must have their values, of their dtype, no more than are shown."""
    with pytest.raises(CodecError):
        decode_proof(json.dumps(PROOF | {"value": value}).encode())


def test_an_array_comes_as_the_bytes_of_its_numbers() -> None:
    """The same message with the right bytes is an array: the ones above fail for what is wrong."""
    value = {"array": [2], "dtype": "float64", "data": packed(1.5, -2.0), "ends": [-2.0, 1.5]}
    _, proof = decode_proof(json.dumps(PROOF | {"value": value}).encode())
    assert proof.value == Array((2,), "float64", (1.5, -2.0), -2.0, 1.5)


@pytest.mark.parametrize(
    "change",
    [
        {"number": True},
        {"number": "1"},
        {"given": [["a"]]},
        {"given": {}},
        {"steps": [["x", "1", None, 1]]},
        {"claims": [["a", None, None]]},
        {"claims": [["a", True, ["raised", "m", None, None, None]]]},
        {"failure": ["odd", "m", None, None, None]},
        {"failure": ["raised", "m"]},
        {"random": None},
        {"seconds": "1"},
        {"seconds": True},
    ],
    ids=str,
)
def test_a_proof_of_unknown_shape_is_no_proof(change: dict[str, Any]) -> None:
    """Every field has its type, no other is taken for it."""
    with pytest.raises(CodecError):
        decode_proof(json.dumps(PROOF | change).encode())


def test_missing_fields_are_errors() -> None:
    """A proof without its number, steps, seconds … is none."""
    for name in PROOF:
        if name not in ("value", "failure"):
            with pytest.raises(CodecError):
                decode_proof(json.dumps({k: v for k, v in PROOF.items() if k != name}).encode())


@given(st.binary(max_size=60))
@settings(max_examples=40)
def test_any_bytes_are_a_proof_or_an_error(line: bytes) -> None:
    """Nothing but CodecError comes of bytes that are no proof."""
    with pytest.raises(CodecError):
        decode_proof(line)


def test_jobs_that_cannot_be_written() -> None:
    """Half a surrogate pair, NaN-like givens and great lengths."""
    for job in (Job("\ud800"), Job("1", {"x": "\ud800"}), Job("1" * 60_001)):
        with pytest.raises(CodecError):
            encode_job(1, job, 1.0)
    _, job, _ = decode_job(encode_job(1, Job("x", {"x": math.inf}), 1.0))
    assert job.given == {"x": math.inf}
