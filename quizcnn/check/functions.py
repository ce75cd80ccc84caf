"""Python's builtins as checks have them: each item that they look at counts as a step."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from quizcnn.check.kinds import (
    Inside,
    Stream,
    describe,
    is_array,
    is_number,
    truth,
    weigh,
)
from quizcnn.check.limits import ITEMS, Budget, LimitError, RaisedError
from quizcnn.check.operators import binary, compare

MISSING = object()


def items(value: Inside, budget: Budget) -> Iterator[Inside]:
    """What `for` goes through, one item after another."""
    if type(value) is np.ndarray and value.ndim == 0:
        raise RaisedError("an array without axes has no items to go through")
    if type(value) not in (list, tuple, range, str, np.ndarray, Stream):
        raise RaisedError(f"{describe(value)} has no items to go through")
    for item in value.items if type(value) is Stream else value:
        budget.step()
        yield item


def _collected(value: Inside, budget: Budget) -> list[Inside]:
    collected = list(items(value, budget))
    if len(collected) > ITEMS:
        raise LimitError(f"a list or tuple may hold {ITEMS:,} values")
    return collected


def _len(budget: Budget, x: Inside) -> int:
    if type(x) not in (list, tuple, str, range, np.ndarray):
        raise RaisedError(f"{describe(x)} has no length")
    return len(x)


def _range(budget: Budget, start: Inside, stop: Inside = None, step: Inside = 1) -> range:
    bounds = (0, start, step) if stop is None else (start, stop, step)
    for bound in bounds:
        if type(bound) not in (bool, int) and not isinstance(bound, np.integer):
            raise RaisedError(f"range takes whole numbers, not {describe(bound)}")
        if int(bound).bit_length() > 62:
            raise LimitError("range takes whole numbers below 2**62")
    return range(*map(int, bounds))


def _sum(budget: Budget, values: Inside, start: Inside = 0) -> Inside:
    every = _collected(values, budget)
    if all(type(item) in (bool, int, float) for item in (start, *every)):
        return sum(every, start)  # from Python 3.12 on more exact than adding one by one
    total = start
    for item in every:
        total = binary(ast.Add, total, item, budget)
    return total


def _extreme(kind: type[ast.cmpop], name: str) -> Callable[..., Inside]:
    """min and max: the first of the best ones, as Python picks it."""

    def pick(
        budget: Budget, *values: Inside, key: Inside = None, default: Inside = MISSING
    ) -> Inside:
        several = len(values) != 1
        best = score = MISSING
        for item in values if several else items(values[0], budget):
            mark = item if key is None else key(item)
            if best is MISSING or truth(compare(kind, mark, score, budget)):
                best, score = item, mark
        if best is not MISSING:
            return best
        if default is MISSING:
            raise RaisedError(f"{name} was given nothing to choose from")
        return default

    return pick


def _abs(budget: Budget, x: Inside) -> Inside:
    _numeric("abs", x)
    return abs(x)


def _round(budget: Budget, x: Inside, digits: Inside = None) -> Inside:
    _numeric("round", x)
    if digits is None:
        return round(x)
    if type(digits) not in (bool, int) or abs(digits) > 400:
        raise RaisedError("round takes a number of digits between -400 and 400")
    return round(x, digits)


def _sorted(
    budget: Budget, values: Inside, key: Inside = None, reverse: Inside = False
) -> list[Inside]:
    every = _collected(values, budget)
    weigh(every, budget)
    return sorted(every, key=key, reverse=truth(reverse))


def _zip(budget: Budget, *values: Inside, strict: Inside = False) -> Stream:
    streams = [items(value, budget) for value in values]
    return Stream("zip(...)", zip(*streams, strict=truth(strict)))


def _enumerate(budget: Budget, values: Inside, start: Inside = 0) -> Stream:
    if type(start) not in (bool, int) or start.bit_length() > 62:
        raise RaisedError("enumerate starts at a whole number below 2**62")
    return Stream("enumerate(...)", enumerate(items(values, budget), start))


def _reversed(budget: Budget, values: Inside) -> Stream:
    if type(values) is range:
        return Stream("reversed(...)", items(values[::-1], budget))
    if type(values) not in (list, tuple, str, np.ndarray):
        raise RaisedError(f"{describe(values)} cannot be gone through from its end")
    return Stream("reversed(...)", reversed(_collected(values, budget)))


def _tuple(budget: Budget, values: Inside = ()) -> tuple[Inside, ...]:
    return tuple(_collected(values, budget))


def _list(budget: Budget, values: Inside = ()) -> list[Inside]:
    return _collected(values, budget)


def _int(budget: Budget, x: Inside = 0) -> int:
    _numeric("int", x)
    return int(x)


def _float(budget: Budget, x: Inside = 0.0) -> float:
    _numeric("float", x)
    return float(x)


def _complex(budget: Budget, real: Inside = 0.0, imag: Inside = 0.0) -> complex:
    _numeric("complex", real)
    _numeric("complex", imag)
    return complex(real, imag)


def _bool(budget: Budget, x: Inside = False) -> bool:
    return truth(x)


def _every(name: str, stop_at: bool) -> Callable[[Budget, Inside], bool]:
    """any and all, which stop at the first item that decides; over nothing they prove nothing."""

    def decide(budget: Budget, values: Inside) -> bool:
        empty = True
        for item in items(values, budget):
            empty = False
            if truth(item) is stop_at:
                return stop_at
        if empty:
            raise nothing_proved(name)
        return not stop_at

    return decide


def nothing_proved(name: str) -> RaisedError:
    """What is said where a verdict was reached by looking at nothing."""
    return RaisedError(f"{name} was given nothing to look at, which proves nothing")


def _divmod(budget: Budget, a: Inside, b: Inside) -> Inside:
    return (binary(ast.FloorDiv, a, b, budget), binary(ast.Mod, a, b, budget))


def _pow(budget: Budget, base: Inside, exp: Inside, mod: Inside = None) -> Inside:
    if mod is None:
        return binary(ast.Pow, base, exp, budget)
    if not all(type(value) in (bool, int) for value in (base, exp, mod)):
        raise RaisedError("pow with three arguments takes whole numbers")
    return pow(base, exp, mod)


def _numeric(name: str, value: Inside) -> None:
    if is_number(value) or (is_array(value) and (value.size == 1 or name in ("abs", "round"))):
        return
    raise RaisedError(f"{name} takes a number, not {describe(value)}")


BUILTIN_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "len": _len,
    "range": _range,
    "min": _extreme(ast.Lt, "min"),
    "max": _extreme(ast.Gt, "max"),
    "sum": _sum,
    "abs": _abs,
    "round": _round,
    "sorted": _sorted,
    "zip": _zip,
    "enumerate": _enumerate,
    "reversed": _reversed,
    "tuple": _tuple,
    "list": _list,
    "int": _int,
    "float": _float,
    "bool": _bool,
    "complex": _complex,
    "any": _every("any", True),
    "all": _every("all", False),
    "divmod": _divmod,
    "pow": _pow,
}
