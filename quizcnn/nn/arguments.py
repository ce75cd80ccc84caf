"""What every operation asks of its arguments, and the errors it answers with."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[Any]
Pair: TypeAlias = int | Sequence[int]
"""One whole number for height and width alike, or one for each."""

Padding: TypeAlias = Pair | Literal["same", "valid"]


def numeric(operation: str, x: ArrayLike, what: str = "input") -> Array:
    """`x` as an array of real numbers; truth values become the integers 0 and 1.

    Raises ValueError for anything else (text, complex numbers, rows of unequal length, integers
    beyond 64 bits).

    >>> numeric("relu", [True, False])
    array([1, 0])
    >>> numeric("relu", "seven")
    Traceback (most recent call last):
    ValueError: relu: the input must be numbers, but is <U5
    """
    if type(x) is np.ndarray:
        array: Array = x
    else:
        try:
            array = np.asarray(x)
        except ValueError as error:
            raise ValueError(f"{operation}: the {what} is not an array ({error})") from error
    kind = array.dtype.kind
    if kind in "fiu":
        return array
    if kind == "b":
        return array.astype(np.int64)
    raise ValueError(f"{operation}: the {what} must be numbers, but is {array.dtype}")


def whole(operation: str, name: str, value: object, least: int) -> int:
    """`value` as a whole number of at least `least`.

    >>> whole("box", "size", 0, 1)
    Traceback (most recent call last):
    ValueError: box: size must be at least 1, but is 0
    """
    number = _index(value)
    if number is None:
        raise ValueError(f"{operation}: {name} must be a whole number, but is {value!r}")
    if number < least:
        raise ValueError(f"{operation}: {name} must be at least {least}, but is {number}")
    return number


def real(operation: str, name: str, value: object) -> float:
    """`value` as one real number.

    >>> real("leaky_relu", "negative_slope", "steep")
    Traceback (most recent call last):
    ValueError: leaky_relu: negative_slope must be a number, but is 'steep'
    """
    if type(value) is float or type(value) is int:
        return float(value)
    if isinstance(value, np.ndarray | np.generic) and value.ndim == 0 and value.dtype.kind in "fiu":
        return float(value)
    raise ValueError(f"{operation}: {name} must be a number, but is {value!r}")


def pair(operation: str, name: str, value: object, least: int) -> tuple[int, int]:
    """`value` for height and width: a whole number counts for both, a pair gives each.

    >>> pair("conv2d", "stride", 2, least=1)
    (2, 2)
    >>> pair("conv2d", "stride", (2, 0), least=1)
    Traceback (most recent call last):
    ValueError: conv2d: stride must be at least 1, but is (2, 0)
    """
    both = (value, value) if type(value) is int else _two(operation, name, value)
    if both[0] < least or both[1] < least:
        raise ValueError(f"{operation}: {name} must be at least {least}, but is {value!r}")
    return both


def _two(operation: str, name: str, value: object) -> tuple[int, int]:
    number = _index(value)
    if number is not None:
        return (number, number)
    if isinstance(value, (tuple, list, np.ndarray)) and len(value) == 2:
        first, second = _index(value[0]), _index(value[1])
        if first is not None and second is not None:
            return (first, second)
    raise ValueError(
        f"{operation}: {name} must be a whole number or a pair of them (height, width), "
        f"but is {value!r}"
    )


def _index(value: object) -> int | None:
    if isinstance(value, (bool, np.bool_)):
        return None
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        return None
