"""The table's names bound to what they run: NumPy's and nn's own functions, looked up once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType, ModuleType
from typing import Any

import numpy as np
import numpy.fft
import numpy.linalg

from quizcnn import nn
from quizcnn.check.table import METHOD_TABLE, TABLE

Target = Callable[..., Any]

MODULES: Mapping[str, ModuleType] = {"np.linalg": numpy.linalg, "np.fft": numpy.fft, "np": np}

PLAIN_DTYPES: Mapping[str, type] = {"int": int, "float": float, "bool": bool, "complex": complex}


@cache
def targets() -> Mapping[str, Target]:
    """For each nn and np name of the table its function."""
    bound: dict[str, Target] = {}
    for name, entry in TABLE.items():
        if entry.room == "nn" and name in vars(nn):
            bound[name] = vars(nn)[name]
        elif entry.room == "np":
            module, _, plain = name.rpartition(".")
            bound[name] = vars(MODULES[module])[plain]
    return MappingProxyType(bound)


@cache
def method_targets() -> Mapping[type, Mapping[str, Target]]:
    """For arrays and for NumPy's numbers, each method of the table."""
    return {
        kind: MappingProxyType(
            {name: vars(kind)[name] for name in METHOD_TABLE if name in vars(kind)}
        )
        for kind in (np.ndarray, np.generic)
    }


def dtype_of(name: str) -> type | None:
    """What `dtype=float` or `dtype=np.float32` means, None for a name that is no dtype."""
    if name in PLAIN_DTYPES:
        return PLAIN_DTYPES[name]
    target = targets().get(name)
    return target if isinstance(target, type) and issubclass(target, np.generic) else None
