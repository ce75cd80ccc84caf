"""Values as JSON and back, with every type checked on the way in.

Values keep their types: floats that JSON cannot write are the texts "nan", "inf" and "-inf" under
`float`; arrays, names and records are objects with telling keys. An array's values are the bytes of
64-bit numbers (of one byte for a truth value) in base64: a third of the time that digits take.
"""

from __future__ import annotations

import binascii
import math
from array import array
from collections.abc import Callable
from typing import Any, TypeVar

from quizcnn.check.limits import BITS
from quizcnn.check.value import SAMPLED, SHOWN, Array, Name, Number, Record, Sample, Value

DEPTH = 24
"""How deep values may stand inside each other."""

DIMENSIONS = 64
"""How many sides an array may have, in NumPy too."""
LONGEST_TEXT = 60_000
"""Characters of a text: as many as fit into a job."""
LONGEST = 1e9
"""Seconds that anything may take."""

Json = Any
T = TypeVar("T")

ARRAY_KEYS = {"array", "dtype", "data", "ends"}
SAMPLED_KEYS = {*ARRAY_KEYS, "sample"}
SPECIAL = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


class CodecError(ValueError):
    """A line that is no job or proof."""


def encode_value(value: Value) -> Json:
    """A value as JSON."""
    if value is None or isinstance(value, int | str):
        return value
    if isinstance(value, float):
        return _encode_float(value)
    if isinstance(value, tuple):
        return [encode_value(item) for item in value]
    if isinstance(value, Name):
        return {"name": value.text}
    if isinstance(value, Record):
        return {"record": value.type, "fields": [[k, encode_value(v)] for k, v in value.fields]}
    data = None if value.data is None else _pack(READERS[value.dtype][0], value.data)
    low, high = (None if end is None else _encode_float(end) for end in (value.low, value.high))
    told: Json = {
        "array": list(value.shape),
        "dtype": value.dtype,
        "data": data,
        "ends": [low, high],
    }
    if value.sample is not None:
        some = value.sample
        packed = _pack(READERS[value.dtype][0], some.data)
        told["sample"] = [list(some.shape), list(some.steps), packed]
    return told


def _pack(code: str, numbers: tuple[Number, ...]) -> str:
    return binascii.b2a_base64(array(code, numbers).tobytes(), newline=False).decode("ascii")


def _encode_float(value: Number) -> Json:
    return value if math.isfinite(value) else {"float": str(value)}


def decode_value(value: Json, depth: int) -> Value:
    """The value that JSON says; CodecError where it says none."""
    if depth > DEPTH:
        raise CodecError("this nests too deep")
    kind = type(value)
    if kind is int:
        return as_int(value)
    if kind is dict:
        return _object(value, depth)
    if kind is list:
        return tuple([decode_value(item, depth + 1) for item in value])
    if kind is float:
        return as_finite(value)
    return as_text(value) if kind is str else optional(as_bool, value)


def _object(message: dict[str, Json], depth: int) -> Value:
    """What has no type of its own in JSON, told apart by its keys."""
    keys = message.keys()
    if keys in (ARRAY_KEYS, SAMPLED_KEYS):
        return _array(message)
    if keys == {"float"}:
        return _float(message["float"])
    if keys == {"name"}:
        return Name(as_text(message["name"]))
    if keys == {"record", "fields"}:
        fields = [as_several(pair, 2) for pair in as_list(message["fields"])]
        return Record(
            as_text(message["record"]),
            tuple((as_text(k), decode_value(v, depth + 1)) for k, v in fields),
        )
    raise CodecError("no value has these keys")


def _float(text: Json) -> float:
    if not isinstance(text, str) or text not in SPECIAL:
        raise CodecError("this is no float")
    return SPECIAL[text]


def _array(message: dict[str, Json]) -> Array:
    shape = tuple(map(as_int, as_list(message["array"])))
    if shape and min(shape) < 0:
        raise CodecError("an array's sides are not negative")
    dtype = as_text(message["dtype"])
    if dtype not in READERS:
        raise CodecError("this is no dtype of an array")
    code, read = READERS[dtype]
    low, high = (optional(read, end) for end in as_several(message["ends"], 2))
    data = message["data"]
    if data is None:
        sample = _sample(shape, code, message["sample"]) if "sample" in message else None
        return Array(shape, dtype, None, low, high, sample)
    if "sample" in message:
        raise CodecError("an array that is there in full needs no sample")
    values = _unpack(code, data)
    if len(values) > SHOWN or len(shape) > DIMENSIONS or len(values) != math.prod(shape):
        raise CodecError(f"an array of this shape does not have {len(values)} values")
    return Array(shape, dtype, values, low, high)


def _sample(shape: tuple[int, ...], code: str, told: Json) -> Sample:
    """Some values of an array of this shape: as many as its steps leave."""
    sides, steps, data = as_several(told, 3)
    left, step = tuple(map(as_int, as_list(sides))), tuple(map(as_int, as_list(steps)))
    if not len(shape) == len(left) == len(step) <= DIMENSIONS or min(step, default=0) < 1:
        raise CodecError("a sample has a step for each axis")
    values = _unpack(code, data)
    fit = left == tuple(-(-side // each) for side, each in zip(shape, step, strict=True))
    if not fit or not 0 < len(values) <= SAMPLED or len(values) != math.prod(left):
        raise CodecError("a sample has as many values as its steps leave")
    return Sample(left, step, values)


def _unpack(code: str, data: Json) -> tuple[Number, ...]:
    """The numbers of an array; any bytes are numbers, but not all are truth values."""
    numbers = array(code)
    try:
        numbers.frombytes(binascii.a2b_base64(data, strict_mode=True))
    except (ValueError, TypeError) as error:
        raise CodecError("an array's values are base64 of whole numbers of bytes") from error
    if code == TRUTH and len(numbers) and max(numbers) > 1:
        raise CodecError("true or false was expected")
    return tuple(map(bool, numbers)) if code == TRUTH else tuple(numbers)


def _read_float(item: Json) -> float:
    value = decode_value(item, 0)
    if not isinstance(value, float):
        raise CodecError("this is no float")
    return value


def as_object(value: Json) -> dict[str, Json]:
    """A JSON object."""
    if not isinstance(value, dict):
        raise CodecError("an object was expected")
    return value


def as_list(value: Json) -> list[Json]:
    """A JSON list."""
    if not isinstance(value, list):
        raise CodecError("a list was expected")
    return value


def as_several(value: Json, number: int) -> list[Json]:
    """A list of so many."""
    several = as_list(value)
    if len(several) != number:
        raise CodecError(f"a list of {number} was expected")
    return several


def as_text(value: Json) -> str:
    """A text of bounded length, without halves of surrogate pairs, which no terminal can show."""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise CodecError("a text was expected")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise CodecError("this is not proper Unicode text") from error
    return value


def as_int(value: Json) -> int:
    """An integer of bounded size, not a bool."""
    if type(value) is not int or value.bit_length() > BITS:
        raise CodecError("an integer was expected")
    return value


def as_finite(value: float) -> float:
    """A float that JSON can write; 1e999 is read as infinity, which has its own word."""
    if not math.isfinite(value):
        raise CodecError("this is no float")
    return value


def as_bool(value: Json) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise CodecError("true or false was expected")
    return value


def as_seconds(value: Json) -> float:
    """A finite number that is not negative, not a bool."""
    if type(value) not in (int, float) or not 0 <= value <= LONGEST:
        raise CodecError("seconds were expected")
    return float(value)


def optional(read: Callable[[Json], T], value: Json) -> T | None:
    """`value` read, or None as it is."""
    return None if value is None else read(value)


TRUTH = "B"
"""How one byte is written in `array`."""

READERS: dict[str, tuple[str, Callable[[Json], Number]]] = {
    "bool": (TRUTH, as_bool),
    **{f"int{bits}": ("q", as_int) for bits in (8, 16, 32, 64)},
    **{f"uint{bits}": ("Q", as_int) for bits in (8, 16, 32, 64)},
    **dict.fromkeys(("float16", "float32", "float64"), ("d", _read_float)),
}
"""For each dtype of an array the code of its packed values in `array`, and what reads one end."""
