"""What may stand after a dot: attributes and methods of arrays, named fields of results."""

from __future__ import annotations

from quizcnn.check.entry import Entry
from quizcnn.check.kinds import Inside, admit, describe, field_value, fields_of, is_array, is_record
from quizcnn.check.limits import Budget, RaisedError, RefusedError
from quizcnn.check.table import ATTRIBUTES, METHOD_TABLE, did_you_mean

LIST_METHODS = {
    "append": "write name += [value]",
    "extend": "write name += [value]",
    "sort": "write sorted(name)",
    "reverse": "write name[::-1]",
}


def attribute(owner: Inside, name: str, budget: Budget) -> Inside:
    """`owner.name`."""
    if is_record(owner):
        known = fields_of(type(owner))
        if name in known:
            return field_value(owner, name, budget)
        raise RefusedError(f"{describe(owner)} has no field `{name}`{did_you_mean(name, known)}")
    plain = type(owner) in (bool, int, float, complex)
    if name in ATTRIBUTES and (is_array(owner) or (plain and name in ("real", "imag"))):
        return admit(_read(owner, name), budget, (owner,))
    if not is_array(owner):
        raise RefusedError(f"{describe(owner)} has no `.{name}`")
    if name in METHOD_TABLE:
        raise RefusedError(f"`.{name}` is called with brackets: .{name}()")
    near = did_you_mean(name, [*ATTRIBUTES, *METHOD_TABLE])
    raise RefusedError(f"an array has no `.{name}` in a check{near}")


def _read(owner: Inside, name: str) -> Inside:
    match name:
        case "shape":
            return owner.shape
        case "size":
            return owner.size
        case "ndim":
            return owner.ndim
        case "T":
            return owner.T
        case "real":
            return owner.real
        case _:
            return owner.imag


def method(owner: Inside, name: str) -> Entry:
    """What `owner.name(...)` calls."""
    if is_array(owner):
        if name in METHOD_TABLE:
            return METHOD_TABLE[name]
        if name in ATTRIBUTES:
            raise RaisedError(f"`.{name}` is a value: write it without brackets")
        near = did_you_mean(name, METHOD_TABLE)
        raise RefusedError(f"an array has no `.{name}()` in a check{near}")
    if is_record(owner) and name in fields_of(type(owner)):
        raise RaisedError(f"`.{name}` is a value: write it without brackets")
    if type(owner) is list and name in LIST_METHODS:
        raise RefusedError(f"`.{name}` is not part of a check: {LIST_METHODS[name]}")
    raise RefusedError(f"{describe(owner)} has no `.{name}()` in a check")
