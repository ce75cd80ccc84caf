"""The table of names: everything a check can call, and nothing else exists for it."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from quizcnn.check.entry import Entry
from quizcnn.check.table_builtins import ATTRIBUTES, BUILTINS, METHODS
from quizcnn.check.table_nn import NN
from quizcnn.check.table_numpy import NUMPY


def _by_name(entries: Iterable[Entry]) -> Mapping[str, Entry]:
    table: dict[str, Entry] = {}
    for entry in entries:
        assert entry.name not in table, f"{entry.name} is in the table twice"
        table[entry.name] = entry
    return MappingProxyType(table)


TABLE = _by_name((*NN, *NUMPY, *BUILTINS))
"""Operations by the name that a check writes: `conv2d`, `np.mean`, `len`."""

METHOD_TABLE = _by_name(METHODS)
"""Methods of arrays, by name."""

CONSTANTS: Mapping[str, float | None] = MappingProxyType(
    {
        "np.pi": math.pi,
        "np.e": math.e,
        "np.inf": math.inf,
        "np.nan": math.nan,
        "np.newaxis": None,
    }
)

SEEDED = frozenset(entry.name for entry in NN if entry.seeded)
"""Operations that draw random numbers."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`: did you mean ...?` with the nearest known name, or nothing.

    >>> did_you_mean("conv2", ["conv2d", "relu"])
    ': did you mean `conv2d`?'
    """
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f": did you mean `{near[0]}`?" if near else ""


__all__ = ["ATTRIBUTES", "CONSTANTS", "METHOD_TABLE", "SEEDED", "TABLE", "did_you_mean"]
