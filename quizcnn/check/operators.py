"""Arithmetic and comparison, with every size looked at before the result is made."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from quizcnn.check.extents import broadcast, extent
from quizcnn.check.kinds import (
    Inside,
    admit,
    describe,
    holds,
    is_array,
    is_function,
    is_number,
    is_record,
    truth,
    weigh,
)
from quizcnn.check.limits import (
    BITS,
    ITEMS,
    TEXT,
    Budget,
    LimitError,
    RaisedError,
    RefusedError,
    whole,
)
from quizcnn.check.sizes import estimate

Binary = Callable[[Any, Any], Any]

SYMBOLS: Mapping[type[ast.operator], tuple[str, Binary, Binary]] = {
    ast.Add: ("+", operator.add, operator.iadd),
    ast.Sub: ("-", operator.sub, operator.isub),
    ast.Mult: ("*", operator.mul, operator.imul),
    ast.Div: ("/", operator.truediv, operator.itruediv),
    ast.FloorDiv: ("//", operator.floordiv, operator.ifloordiv),
    ast.Mod: ("%", operator.mod, operator.imod),
    ast.Pow: ("**", operator.pow, operator.ipow),
    ast.MatMult: ("@", operator.matmul, operator.imatmul),
    ast.LShift: ("<<", operator.lshift, operator.ilshift),
    ast.RShift: (">>", operator.rshift, operator.irshift),
    ast.BitAnd: ("&", operator.and_, operator.iand),
    ast.BitOr: ("|", operator.or_, operator.ior),
    ast.BitXor: ("^", operator.xor, operator.ixor),
}

QUICK = frozenset("+-*")
"""What two integers or two floats may always do, with a look at the result only."""

UNARY: Mapping[type[ast.unaryop], tuple[str, Callable[[Any], Any]]] = {
    ast.USub: ("-", operator.neg),
    ast.UAdd: ("+", operator.pos),
    ast.Invert: ("~", operator.invert),
}

COMPARISONS: Mapping[type[ast.cmpop], tuple[str, Binary]] = {
    ast.Eq: ("==", operator.eq),
    ast.NotEq: ("!=", operator.ne),
    ast.Lt: ("<", operator.lt),
    ast.LtE: ("<=", operator.le),
    ast.Gt: (">", operator.gt),
    ast.GtE: (">=", operator.ge),
}


def binary(
    kind: type[ast.operator], left: Inside, right: Inside, budget: Budget, in_place: bool = False
) -> Inside:
    """`left + right` and its like; with `in_place` `left += right`, which writes into arrays."""
    symbol, plain, augmented = SYMBOLS[kind]
    if type(left) is type(right) and type(left) in (int, float) and symbol in QUICK:
        value = plain(left, right)
        return whole(value) if type(value) is int else value
    apply = augmented if in_place else plain
    if symbol == "*":  # NumPy's whole numbers repeat lists, too
        left, right = _times(left, right), _times(right, left)
    if type(left) in (bool, int) and type(right) in (bool, int):
        _guard_integers(symbol, left, right)
    elif is_number(left) and is_number(right):
        _guard_numpy_integers(left, right)
    elif is_array(left) or is_array(right):
        _guard_arrays(symbol, left, right, budget)
    elif type(left) in (list, tuple, str) or type(right) in (list, tuple, str):
        _guard_sequences(symbol, left, right, budget, in_place)
        return apply(left, right)  # its items were looked at when they came in
    else:
        raise _unsuitable(symbol, left, right)
    return admit(apply(left, right), budget, (left, right))


def _times(value: Inside, other: Inside) -> Inside:
    """A whole number of NumPy's beside a list or tuple, as Python's."""
    whole = isinstance(value, np.integer) and type(other) in (list, tuple)
    return int(value) if whole else value


def _unsuitable(symbol: str, left: Inside, right: Inside) -> RaisedError:
    return RaisedError(f"`{symbol}` does not go with {describe(left)} and {describe(right)}")


def _guard_integers(symbol: str, left: int, right: int) -> None:
    """The bits of a result, before it is computed."""
    if symbol == "**" and right > 0 and abs(left) > 1:
        power_guard(left, right)
    elif symbol == "<<" and left and right > BITS:
        raise LimitError(f"an integer may have {BITS} bits, this one would have more")


def power_guard(base: int, exponent: int) -> None:
    """Refuse a power of integers that is too large, before it is computed."""
    if (abs(base).bit_length() - 1) * exponent > BITS:
        raise LimitError(f"an integer may have {BITS} bits, this power would have more")


def _guard_numpy_integers(*values: Inside) -> None:
    """Beside NumPy's numbers an integer must fit into 64 bits, or NumPy leaves numbers behind."""
    if any(map(is_array, values)):
        for value in values:
            if type(value) is int and value.bit_length() > 63:
                raise RaisedError("NumPy's integers have 64 bits, this one has more: use a float")


def _guard_arrays(symbol: str, left: Inside, right: Inside, budget: Budget) -> None:
    if symbol != "@" and type(left) is type(right) is np.ndarray and left.shape == right.shape:
        budget.room(left.size)
        return
    for side in (left, right):
        if type(side) in (list, tuple):
            numbers_only(side, budget)
        elif not (is_number(side) or is_array(side)):
            raise _unsuitable(symbol, left, right)
    _guard_numpy_integers(left, right)
    if symbol == "@":
        budget.room(estimate("matmul", {"a": left, "b": right}))
    else:
        budget.room(broadcast([extent(left), extent(right)]))


def numbers_only(value: Inside, budget: Budget) -> None:
    """Refuse lists that hold anything but numbers, arrays and lists of these."""
    weigh(value, budget)
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if type(item) in (list, tuple):
            waiting.extend(item)
        elif not (is_number(item) or is_array(item)):
            raise RaisedError(f"an array is made of numbers, not of {describe(item)}")
        elif type(item) is int and item.bit_length() > 63:
            raise RaisedError("NumPy's integers have 64 bits, this one has more: use a float")


def _guard_sequences(
    symbol: str, left: Inside, right: Inside, budget: Budget, in_place: bool
) -> None:
    texts = str in (type(left), type(right))
    if texts and symbol == "%":
        raise RefusedError("formatting text is not part of a check: return a number or a tuple")
    many: int
    if symbol == "+" and type(left) is type(right):
        many = len(left) + len(right)
        if in_place and type(left) is list and holds(right, left):
            raise RefusedError("a list cannot hold itself")
    elif symbol == "*" and (type(left) is int or type(right) is int):
        times, items = (left, right) if type(left) is int else (right, left)
        many = max(times, 0) * len(items)
    else:
        raise _unsuitable(symbol, left, right)
    if texts and many > TEXT:
        raise LimitError(f"a text may have {TEXT:,} characters, this one would have more")
    if many > ITEMS:
        raise LimitError(f"a list or tuple may hold {ITEMS:,} values, this one would have more")
    budget.look(many)


def unary(kind: type[ast.unaryop], value: Inside, budget: Budget) -> Inside:
    """`-value`, `+value`, `~value`, `not value`."""
    if kind is ast.Not:
        return not truth(value)
    symbol, apply = UNARY[kind]
    if not (is_number(value) or is_array(value)):
        raise RaisedError(f"`{symbol}` does not go with {describe(value)}")
    if is_array(value):
        budget.room(int(value.size))
    return admit(apply(value), budget, (value,))


def compare(kind: type[ast.cmpop], left: Inside, right: Inside, budget: Budget) -> Inside:
    """`left < right` and its like, `in`, `is`."""
    if kind in (ast.Is, ast.IsNot):
        return _same(left, right) is (kind is ast.Is)
    if kind in (ast.In, ast.NotIn):
        return _inside(left, right, budget) is (kind is ast.In)
    symbol, apply = COMPARISONS[kind]
    if type(left) is type(right) and type(left) in (int, float):
        return apply(left, right)
    arrays = is_array(left) or is_array(right)
    for side in (left, right):
        if is_record(side):
            weigh(side, budget)
        if type(side) in (list, tuple):
            weigh(side, budget)
            if arrays:
                numbers_only(side, budget)
        elif not (is_number(side) or is_array(side)) and (
            arrays or (symbol not in ("==", "!=") and type(side) is not str)
        ):
            raise _unsuitable(symbol, left, right)
    if arrays:
        budget.room(broadcast([extent(left), extent(right)]))
        _guard_numpy_integers(left, right)
    return admit(apply(left, right), budget)


def _same(left: Inside, right: Inside) -> bool:
    if left is None or right is None:
        return left is right
    if is_function(left) and is_function(right):
        return bool(left == right)
    raise RefusedError("`is` only asks for None: write ==")


def _inside(item: Inside, whole: Inside, budget: Budget) -> bool:
    if type(whole) in (list, tuple):
        weigh(whole, budget)
        weigh(item, budget)
    elif type(whole) is np.ndarray:
        if not is_number(item):
            raise RaisedError(f"`in` looks for a number in an array, not for {describe(item)}")
        _guard_numpy_integers(item, whole)
        budget.room(int(whole.size))
    elif type(whole) is range and not isinstance(item, int | np.integer):
        raise RaisedError(f"`in` looks for a whole number in a range, not for {describe(item)}")
    elif type(whole) is str and type(item) is not str:
        raise RaisedError(f"`in` looks for a text in a text, not for {describe(item)}")
    elif type(whole) not in (range, str):
        raise RaisedError("`in` looks into a list, tuple, range, array or text")
    if type(whole) is range:
        item = int(item)  # or Python would go through the whole range
    return bool(item in whole)
