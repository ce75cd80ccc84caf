"""Whatever a broken worker writes on the pipe: the parent reads a proof of it, or refuses it."""

from __future__ import annotations

import json
import math
from base64 import b64encode
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.check.codec import (
    BRACKETS,
    LINE,
    decode_hello,
    decode_proof,
    encode_failed,
    encode_hello,
    encode_proof,
)
from quizcnn.check.codec_values import CodecError
from quizcnn.check.isolation.report import Isolation
from quizcnn.check.proof import ClaimResult, Failure, Proof, Step
from quizcnn.check.telling import proof_lines
from quizcnn.check.value import Array, Name, Record

WHOLE = Proof(
    given=(("n", 8),),
    steps=(Step("x = ramp(2)", 1, "x", Array((2,), "float64", (0.0, 1.0), 0.0, 1.0)),),
    claims=(ClaimResult("n > 1", True), ClaimResult("ä", None, Failure("raised", "no", 1, 2))),
    value=(
        1,
        2.5,
        "text",
        None,
        True,
        Name("relu"),
        Record("Fit", (("residual", -0.0),)),
        math.nan,
    ),
    random=True,
    seconds=0.25,
)
PROOF = json.loads(encode_proof(1, Proof(value=1)))

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**400), 10**400)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["array", "dtype", "data", "ends", "float", "name", "record", "fields"])
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
forged_arrays = st.fixed_dictionaries(
    {
        "array": st.lists(st.integers(-1, 3) | json_values, max_size=3) | json_values,
        "dtype": st.sampled_from(["float64", "int64", "bool", "uint8", "object"]) | json_values,
        "data": st.binary(max_size=48).map(lambda raw: b64encode(raw).decode()) | json_values,
        "ends": st.lists(st.none() | st.floats(0, 1) | json_values, min_size=2, max_size=2),
    }
)
forged = json_values | forged_arrays
changes = st.dictionaries(
    st.sampled_from(
        ["number", "given", "steps", "claims", "value", "failure", "random", "networks", "seconds"]
    ),
    forged
    | st.lists(st.lists(forged, max_size=5), max_size=3)
    | st.lists(st.tuples(forged, forged, st.lists(st.lists(forged, max_size=5), max_size=2)))
    | st.tuples(st.just("raised"), forged, forged, forged, forged),
    max_size=3,
)


@given(change=changes)
@settings(max_examples=150)
def test_a_forged_proof_is_a_proof_or_an_error(change: dict[str, Any]) -> None:
    """Wrong types anywhere: either CodecError, or plain data that can be written and shown."""
    line = json.dumps(PROOF | change).encode()
    try:
        number, proof = decode_proof(line)
    except CodecError:
        return
    again = encode_proof(number, proof)
    assert encode_proof(*decode_proof(again)) == again  # NaN equals nothing, its bytes do
    for told in proof_lines(proof):
        told.encode()


@given(data=st.data())
@settings(max_examples=200)
def test_a_proof_with_altered_bytes_is_a_proof_or_an_error(data: st.DataObject) -> None:
    """Cut off, lengthened, with bytes changed: nothing but CodecError comes of it."""
    line = encode_proof(1, WHOLE)
    at = data.draw(st.integers(0, len(line)))
    put = data.draw(st.binary(max_size=3) | st.sampled_from([b"NaN", b"[" * 5000, b"1e999", b"{}"]))
    skip = data.draw(st.integers(0, 3))
    altered = line[:at] + put + line[at + skip :]
    try:
        decode_proof(altered)
    except CodecError:
        return
    assert json.loads(altered)


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 1_000_000,
        b'{"number":' * 100_000,
        b"[" + b"[]," * 500_000 + b"[]]",
        b'{"number":1,"number":1}',
        b'{"number":' + b"9" * 5_000 + b"}",
        b"\xff" * 100,
        b"\xef\xbb\xbf{}",
        b"NaN",
        b"",
        b'"' + b"a" * LINE + b'"',
    ],
    ids=[
        "deep list",
        "deep object",
        "many lists",
        "twice",
        "digits",
        "bytes",
        "mark",
        "NaN",
        "empty",
        "long",
    ],
)
def test_lines_made_to_hurt(line: bytes) -> None:
    """Depth, number, length and doubled keys are refused before they cost anything."""
    with pytest.raises(CodecError):
        decode_proof(line)
    with pytest.raises(CodecError):
        decode_hello(line)


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("seconds", "1" + "0" * 400),
        ("seconds", "1e999"),
        ("seconds", "-1"),
        ("value", "1e999"),
        ("value", '"\\ud800"'),
        ("value", '{"name":"\\udfff"}'),
        ("value", '{"array":[0],"dtype":"float64","data":"","ends":[1e999,null]}'),
        ("value", '{"array":[0],"dtype":"float64","data":"","ends":[null,-1e999]}'),
        ("value", '{"array":[0,99999999999],"dtype":"bool","data":"AQ==","ends":[null,null]}'),
        ("value", '{"array":[1],"dtype":"bool","data":"' + "AQ" * 70_000 + '","ends":[null,null]}'),
        ("value", '{"name":"a","name":"b"}'),
        ("value", json.dumps([1] * 70_000 + ["x" * 70_000])),
        ("shared", "true"),
        ("shared", "1"),
        ("failure", '["died","' + "x" * 70_000 + '",null,null,null]'),
        ("failure", '[["died"],"m",null,null,null]'),
    ],
)
def test_values_made_to_hurt(field: str, written: str) -> None:
    """Numbers that no float holds, halves of characters, doubled keys, texts without end."""
    line = json.dumps(PROOF | {field: "HERE"}).replace('"HERE"', written)
    with pytest.raises(CodecError):
        decode_proof(line.encode())


def test_a_proof_too_large_is_not_written() -> None:
    """What the parent would not read is refused by the worker that writes it."""
    lists = Proof(value=((),) * (BRACKETS + 1))
    for proof in (Proof(value=("x" * 50_000,) * 300), lists):
        with pytest.raises(CodecError):
            encode_proof(1, proof)


@pytest.mark.parametrize("walls", [Isolation(("Landlock 7",), ()), Isolation((), ("a", "b"))])
def test_hello_goes_round(walls: Isolation) -> None:
    """The walls come across as they are told; a worker that cannot start says why."""
    assert decode_hello(encode_hello(walls)) == walls
    assert decode_hello(encode_failed("no NumPy\n")) == "no NumPy\n"


@pytest.mark.parametrize(
    "message",
    [
        {"ready": True},
        {"ready": False, "isolation": {"full": True, "parts": [], "missing": []}},
        {"ready": True, "isolation": {"full": True, "parts": [], "missing": ["x"]}},
        {"ready": True, "isolation": {"full": False, "parts": [], "missing": []}},
        {"ready": True, "isolation": {"full": True, "parts": [1], "missing": []}},
        {"ready": True, "isolation": {"full": True, "parts": "x", "missing": []}},
        {"ready": True, "isolation": []},
        {"ready": True, "isolation": {"full": True, "parts": [], "missing": []}, "more": 1},
        {"failed": 1},
        {"failed": "a", "ready": True},
    ],
    ids=str,
)
def test_a_hello_of_unknown_shape_is_none(message: dict[str, Any]) -> None:
    """Full isolation is believed only where nothing is missing, and every type is looked at."""
    with pytest.raises(CodecError):
        decode_hello(json.dumps(message).encode())
