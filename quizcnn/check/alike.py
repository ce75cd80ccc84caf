"""Calls that are alike: what was found out about one holds for all, so only one is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from quizcnn.check.arguments import INT64
from quizcnn.check.entry import Entry
from quizcnn.check.kinds import Inside
from quizcnn.check.sizes import BY_SHAPE
from quizcnn.check.table import TABLE

Alike: TypeAlias = tuple[object, ...]

MOST = 4_000
"""Of so many kinds of calls is kept what was found."""
ARGUMENTS = 16
"""Calls with more arguments are looked at each time."""
LETTERS = 40
"""Texts that are longer are looked at each time."""
PLAIN = frozenset((float, bool, type(None)))

_BY_SHAPE: Mapping[str, int] = {name: BY_SHAPE.get(entry.size, 0) for name, entry in TABLE.items()}
"""For each operation of how many arguments by position nothing but an array's shape counts."""


class Seen(NamedTuple):
    """What a look at a call's arguments found.

    `steps` is what the look cost, `values` how many the call makes at most. `draws` is whether it
    takes the check's seed. `target` is what it runs.
    """

    steps: int
    values: int
    draws: bool
    target: Callable[..., Any]


def remember(found: dict[Alike, Seen], kind: Alike, seen: Seen) -> None:
    """Keep what was found of a kind of calls; when there are too many, it begins anew."""
    if len(found) >= MOST:
        found.clear()
    found[kind] = seen


def alike(entry: Entry, args: Sequence[Inside], keywords: Mapping[str, Inside]) -> Alike | None:
    """What a call has in common with those that need no look of their own after it.

    That is all but the values of the arrays of which no more is read than the shape; each argument
    is told so that its type is told too. None where each call must be looked at.
    """
    if len(args) + len(keywords) > ARGUMENTS:
        return None
    by_shape = _BY_SHAPE[entry.name]
    told: list[object] = [entry.name]
    for value in args:
        kind = type(value)
        if kind is np.ndarray:
            if len(told) > by_shape:
                return None
            told.append(value.shape)
        elif kind is int and value.bit_length() <= INT64:
            told.append(value)
        else:
            plain = _plain(kind, value)
            if plain is None:
                return None
            told.append(plain)
    for name, value in keywords.items():
        kind = type(value)
        plain = value if kind is int and value.bit_length() <= INT64 else _plain(kind, value)
        if plain is None:
            return None
        told += (name, plain)
    return tuple(told)


def _plain(kind: type, value: Inside) -> tuple[type, Inside] | None:
    """A value that is no array and no whole number, with its type: 1.0 equals 1 and True."""
    if kind in PLAIN or (kind is str and len(value) <= LETTERS):
        return kind, value
    few = kind is tuple and len(value) <= ARGUMENTS
    if few and all(type(each) is int and each.bit_length() <= INT64 for each in value):
        return kind, value
    return None
