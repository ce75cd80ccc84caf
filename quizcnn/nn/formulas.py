"""Formulas tested by putting in numbers: for every value of a grid, not for one example."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np

from quizcnn.nn.arguments import real

__all__ = ["agree", "counterexample"]

Function: TypeAlias = Callable[..., Any]
Values: TypeAlias = tuple[Any, ...]

COMBINATIONS = 10_000
"""So many combinations of values are tried, no more."""


def agree(
    f: Function,
    g: Function,
    *ranges: Sequence[Any],
    where: Function | None = None,
    tolerance: float = 1e-9,
) -> bool:
    """Whether f(*values) is g(*values) for every combination of values from the ranges.

    Each range lists the values of one argument: `range(3, 9)`, `[1, 2]`, `["same", "valid"]`.
    `where` says which combinations count. What the functions return may be numbers, truth values,
    shapes (tuples, lists) or arrays: whole numbers must be equal exactly, floats to `tolerance`
    of the larger one (or of 1, near 0), shapes side by side; NaN equals nothing. What one of the
    functions raises is passed on.

    A formula that agrees on a grid is not proved for all numbers, but a wrong one seldom gets
    through: two polynomials of degree d in one argument that agree at d + 1 places are the same.

    Raises ValueError without ranges, where there are more than 10 000 combinations, or none.

    >>> size = lambda n, k, s: ((n - k) // s + 1, (n - k) // s + 1)
    >>> really = lambda n, k, s: conv2d(ones(n, n), ones(k, k), stride=s).shape
    >>> agree(size, really, range(4, 9), range(1, 5), range(1, 4))
    True
    >>> agree(lambda n: n * n, lambda n: 2 * n, range(3, 9))
    False
    """
    return counterexample(f, g, *ranges, where=where, tolerance=tolerance) is None


def counterexample(
    f: Function,
    g: Function,
    *ranges: Sequence[Any],
    where: Function | None = None,
    tolerance: float = 1e-9,
) -> Values | None:
    """The first values for which f(*values) is not g(*values); None if they agree everywhere.

    Arguments as for `agree`; the last range goes through its values first.

    >>> halves = lambda n, s: n // s
    >>> really = lambda n, s: max_pool2d(ones(n, n), 2, stride=s).shape[0]
    >>> counterexample(halves, really, range(2, 9), [2])
    >>> counterexample(halves, really, range(2, 9), [2, 3])
    (2, 3)
    """
    for function in (f, g):
        if not callable(function):
            raise ValueError(
                f"agree compares functions, such as lambda n: n - 2, but here is {function!r}"
            )
    if not 0 <= real("agree", "tolerance", tolerance) < math.inf:
        raise ValueError(f"tolerance must be a number of at least 0, but is {tolerance!r}")
    seen = False
    for values in _combinations(ranges):
        if where is not None and not _meant(where(*values), values):
            continue
        seen = True
        if not _alike(f(*values), g(*values), tolerance):
            return values
    if not seen:
        raise ValueError("there is no combination of values to compare, which proves nothing")
    return None


def _combinations(ranges: Sequence[Sequence[Any]]) -> Iterator[Values]:
    if not ranges:
        raise ValueError("a range for each argument is needed, such as range(3, 9) or [1, 2]")
    for values in ranges:
        if not isinstance(values, range | list | tuple | np.ndarray):
            raise ValueError(
                f"a range lists the values of one argument, such as range(3, 9) or [1, 2], "
                f"but here is {values!r}"
            )
        if isinstance(values, np.ndarray) and values.ndim == 0:
            raise ValueError(f"a range lists the values of one argument; {values!r} is one number")
    count = math.prod(len(values) for values in ranges)
    if count > COMBINATIONS:
        raise ValueError(
            f"these ranges have {count:,} combinations, {COMBINATIONS:,} are tried at most: "
            "shorten them"
        )
    plain = (values.tolist() if isinstance(values, np.ndarray) else values for values in ranges)
    return itertools.product(*plain)


def _meant(verdict: Any, values: Values) -> bool:
    if not isinstance(verdict, bool | np.bool_):
        raise ValueError(f"where must be True or False, but is {verdict!r} for the values {values}")
    return bool(verdict)


def _alike(a: Any, b: Any, tolerance: float) -> bool:
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(_alike(x, y, tolerance) for x, y in zip(a, b, strict=True))
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        one, other = np.asarray(a), np.asarray(b)
        return one.shape == other.shape and all(
            _alike(x, y, tolerance)
            for x, y in zip(one.ravel().tolist(), other.ravel().tolist(), strict=True)
        )
    a = a.item() if isinstance(a, np.generic) else a
    b = b.item() if isinstance(b, np.generic) else b
    numbers = isinstance(a, int | float) and isinstance(b, int | float)
    if numbers and (isinstance(a, float) or isinstance(b, float)):
        return bool(a == b) or math.isclose(a, b, rel_tol=tolerance, abs_tol=tolerance)
    return bool(a == b)
