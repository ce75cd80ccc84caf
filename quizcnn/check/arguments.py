"""The arguments of an operation: bound to their names, and looked at before it is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from quizcnn.check.entry import Entry
from quizcnn.check.kinds import Inside, Stream, describe, is_function, is_record, weigh
from quizcnn.check.limits import ITEMS, Budget, LimitError, RaisedError, RefusedError
from quizcnn.check.table import did_you_mean
from quizcnn.check.targets import dtype_of, targets

ALWAYS = frozenset((np.ndarray, float, bool))
"""Types that any argument may have, as far as this looks; the operation knows better."""

INT64 = 63
"""Bits of NumPy's integers, the sign apart."""

KINDS = frozenset(("kind", "then", "only"))
"""Arguments that are a kind of layer."""


def bind(entry: Entry, args: Sequence[Inside], keywords: Mapping[str, Inside]) -> dict[str, Inside]:
    """The arguments by name, in the order of the signature; `*shape` as a tuple.

    Raises RaisedError where the operation has no such argument, or lacks one.
    """
    signature = entry.signature
    bound = dict(zip(signature.positional, args, strict=False))
    if signature.gathered is not None:
        bound[signature.gathered] = tuple(args[len(signature.positional) :])
    elif len(args) > len(signature.positional):
        limit = len(signature.positional)
        raise RaisedError(
            f"{entry.name} takes {limit or 'no'} argument{'s' if limit != 1 else ''} by position, "
            f"here are {len(args)}: {entry.usage}"
        )
    for name, value in keywords.items():
        if name not in signature.keywords:
            near = did_you_mean(name, signature.keywords)
            raise RaisedError(f"{entry.name} has no argument `{name}`{near}: {entry.usage}")
        if name in bound:
            raise RaisedError(f"{entry.name} is given `{name}` twice: {entry.usage}")
        bound[name] = value
    if not bound.keys() >= signature.required:
        missing = [name for name in signature.positional if name in signature.required - set(bound)]
        if missing:
            raise RaisedError(f"{entry.name} is missing `{missing[0]}`: {entry.usage}")
    if not keywords:
        return bound
    return {name: bound[name] for name in signature.names if name in bound}


def changed_in(
    entry: Entry,
    changed: Mapping[str, Inside],
    args: Sequence[Inside],
    keywords: Mapping[str, Inside],
) -> tuple[list[Inside], dict[str, Inside]]:
    """The arguments with some changed; by position what was by position, as NumPy wants it."""
    changed = dict(changed)
    given = list(args)
    for place, name in enumerate(entry.signature.positional[: len(given)]):
        if name in changed:
            given[place] = changed.pop(name)
    return given, {**keywords, **changed}


def prepare(entry: Entry, arguments: dict[str, Inside], budget: Budget) -> dict[str, Inside]:
    """Look at the arguments of an operation; those that are handed on as something else."""
    changed: dict[str, Inside] = {}
    for name, value in arguments.items():
        if name == "dtype" and value is not None:
            changed[name] = _dtype(entry, value)
        elif name in KINDS and value is not None:
            changed[name] = _kind_of_layer(entry, name, value)
        elif type(value) not in ALWAYS:
            _look_at(entry, name, value, budget)
    return changed


def _dtype(entry: Entry, value: Inside) -> type:
    """The type behind `int` or `np.float32`; NumPy reads a dtype off many other values."""
    if type(value) is str:
        raise RaisedError(f"{entry.name} takes no text as `dtype`: {entry.usage}")
    dtype = dtype_of(value.text) if is_function(value) else None
    if dtype is None:
        raise RaisedError(f"{describe(value)} is no dtype: use int, float, bool or np.float32")
    return dtype


def _kind_of_layer(entry: Entry, name: str, value: Inside) -> type:
    """The class behind `Conv2d`, for `layers_of(layers, Conv2d)`."""
    kind = targets().get(value.text) if is_function(value) else None
    if not isinstance(kind, type):
        raise RaisedError(
            f"{entry.name} takes a kind of layer as `{name}`, such as Conv2d, not {describe(value)}"
        )
    return kind


def _look_at(entry: Entry, name: str, value: Inside, budget: Budget) -> None:
    if type(value) is int and value.bit_length() <= INT64:
        return
    rights = entry.rights[name]
    numpy = entry.room in ("np", "method")
    top: tuple[Inside, ...] = value if name == entry.signature.gathered else (value,)
    waiting: list[Any] = [value]
    total = 0
    while waiting:
        item = waiting.pop()
        kind = type(item)
        if kind in (list, tuple):
            budget.look(len(item))
            total += len(item)
            if total > ITEMS:
                raise LimitError(f"a list or tuple may hold {ITEMS:,} values in all")
            waiting.extend(item)
        elif kind in ALWAYS or (kind is int and item.bit_length() <= INT64):
            continue
        elif kind is str and not rights.text:
            raise RaisedError(f"{entry.name} takes no text as `{name}`: {entry.usage}")
        elif kind is str and entry.words and item not in entry.words:
            raise RaisedError(f"{entry.name} has `{name}` {', '.join(entry.words)}, not {item!r}")
        elif is_function(item) and not rights.function:
            raise RaisedError(f"{entry.name} takes no function as `{name}`: {entry.usage}")
        elif kind is Stream and entry.room != "builtin":
            raise RefusedError(f"{entry.name} takes a list here: put list(...) or [...] round it")
        elif is_record(item) and numpy:
            raise RaisedError(f"{entry.name} takes numbers, not {describe(item)}")
        elif is_record(item) and entry.room == "nn":
            total += weigh(item, budget)
            if total > ITEMS:
                raise LimitError(f"a value may hold {ITEMS:,} others in all")
        elif item is None and numpy and not (rights.none and any(item is whole for whole in top)):
            raise RaisedError(f"{entry.name} takes numbers, not None")
        elif kind is int and entry.room != "builtin":
            raise RaisedError("NumPy's integers have 64 bits, this one has more: use a float")
