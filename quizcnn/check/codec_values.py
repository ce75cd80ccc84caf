"""Values as JSON and back, with every type checked on the way in.

Values keep their types: floats that JSON cannot write are the texts "nan", "inf" and "-inf" under
`float`; arrays, names and records are objects with telling keys.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from quizcnn.check.limits import BITS
from quizcnn.check.value import SHOWN, Array, Name, Number, Record, Value

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

SPECIAL = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


class CodecError(ValueError):
    """A line that is no job or proof."""


def encode_value(value: Value) -> Json:
    """A value as JSON."""
    if isinstance(value, float):
        return _encode_float(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, tuple):
        return [encode_value(item) for item in value]
    if isinstance(value, Name):
        return {"name": value.text}
    if isinstance(value, Record):
        return {"record": value.type, "fields": [[k, encode_value(v)] for k, v in value.fields]}
    data: Json = value.data
    if data is not None and value.dtype.startswith("float") and not _finite(data):
        data = [_special(item) for item in data]
    low, high = (None if end is None else _special(end) for end in (value.low, value.high))
    return {"array": list(value.shape), "dtype": value.dtype, "data": data, "ends": [low, high]}


def _encode_float(value: float) -> Json:
    return value if math.isfinite(value) else {"float": str(value)}


def _finite(numbers: Sequence[float]) -> bool:
    """Whether all are finite, told quickly; False also where only their sum is too large."""
    return math.isfinite(sum(numbers))


def _special(item: Number) -> Json:
    return item if math.isfinite(item) else str(item)


def decode_value(value: Json, depth: int) -> Value:
    """The value that JSON says; CodecError where it says none."""
    if depth > DEPTH:
        raise CodecError("this nests too deep")
    if isinstance(value, int):
        return as_int(value) if not isinstance(value, bool) else value
    if value is None:
        return value
    if isinstance(value, float):
        return as_finite(value)
    if isinstance(value, str):
        return as_text(value)
    if isinstance(value, list):
        return tuple(decode_value(item, depth + 1) for item in value)
    message = as_object(value)
    keys = set(message)
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
    if keys == {"array", "dtype", "data", "ends"}:
        return _array(message)
    raise CodecError("no value has these keys")


def _float(text: Json) -> float:
    if not isinstance(text, str) or text not in SPECIAL:
        raise CodecError("this is no float")
    return SPECIAL[text]


def _array(message: dict[str, Json]) -> Array:
    shape = tuple(as_int(side) for side in as_list(message["array"]))
    if any(side < 0 for side in shape):
        raise CodecError("an array's sides are not negative")
    dtype = as_text(message["dtype"])
    read = READERS.get(dtype)
    if read is None:
        raise CodecError("this is no dtype of an array")
    low, high = (optional(read, end) for end in as_several(message["ends"], 2))
    data = message["data"]
    if data is None:
        return Array(shape, dtype, None, low, high)
    items = as_list(data)
    if len(items) > SHOWN or len(shape) > DIMENSIONS or len(items) != math.prod(shape):
        raise CodecError(f"an array of this shape does not have {len(items)} values")
    values = items if _proper(items, read) else map(read, items)
    return Array(shape, dtype, tuple(values), low, high)


def _proper(items: list[Json], read: Callable[[Json], Number]) -> bool:
    """Whether `read` would leave all items as they are, told quickly; False where that is open."""
    kinds = set(map(type, items))
    if read is _array_float:
        return kinds == {float} and _finite(items)
    if read is as_int:
        return kinds == {int} and min(items) >= -(2**63) and max(items) < 2**64
    return kinds == {bool}


def _array_float(item: Json) -> float:
    return as_finite(item) if isinstance(item, float) else _float(item)


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
    if not isinstance(value, int) or isinstance(value, bool) or value.bit_length() > BITS:
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


READERS: dict[str, Callable[[Json], Number]] = {
    "bool": as_bool,
    **{f"{sign}int{bits}": as_int for sign in ("", "u") for bits in (8, 16, 32, 64)},
    **dict.fromkeys(("float16", "float32", "float64"), _array_float),
}
"""For each dtype of an array what reads one of its values."""
