"""What every operation asks of its arguments, and the errors it answers with."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[Any]

Each: TypeAlias = int | Sequence[int]
"""One whole number for all axes alike, or one for each."""

NUMBERS = {
    1: "a whole number",
    2: "a whole number or a pair of them (height, width)",
    3: "a whole number or three of them (depth, height, width)",
}


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


def each(operation: str, name: str, value: object, axes: int, least: int) -> tuple[int, ...]:
    """`value` for each axis: a whole number counts for all.

    >>> each("conv3d", "stride", 2, 3, least=1)
    (2, 2, 2)
    >>> each("conv2d", "stride", (2, 0), 2, least=1)
    Traceback (most recent call last):
    ValueError: conv2d: stride must be at least 1, but is (2, 0)
    """
    if type(value) is int and value >= least:
        return (value,) * axes
    numbers = numbers_for(value, axes)
    if numbers is None:
        raise ValueError(f"{operation}: {name} must be {NUMBERS[axes]}, but is {value!r}")
    if min(numbers) < least:
        raise ValueError(f"{operation}: {name} must be at least {least}, but is {value!r}")
    return numbers


def numbers_for(value: object, axes: int) -> tuple[int, ...] | None:
    """Whole numbers for so many axes, None if `value` is not that."""
    if isinstance(value, tuple | list) or (isinstance(value, np.ndarray) and value.ndim):
        return _whole(value) if len(value) == axes else None
    number = _whole((value,))
    return None if number is None else number * axes


def _whole(values: Sequence[object] | Array) -> tuple[int, ...] | None:
    numbers = tuple(number for value in values if (number := _index(value)) is not None)
    return numbers if len(numbers) == len(values) else None


def flag(operation: str, name: str, value: object) -> bool:
    """`value` as True or False.

    >>> flag("max_pool2d", "ceil_mode", "yes")
    Traceback (most recent call last):
    ValueError: max_pool2d: ceil_mode must be True or False, but is 'yes'
    """
    if value is True or value is False:
        return value
    if isinstance(value, np.bool_) or value in ((0, 1) if type(value) is int else ()):
        return bool(value)
    raise ValueError(f"{operation}: {name} must be True or False, but is {value!r}")


def word(operation: str, name: str, value: object, words: tuple[str, ...]) -> str:
    """`value` if it is one of `words`.

    >>> word("gelu", "approximate", "erf", ("none", "tanh"))
    Traceback (most recent call last):
    ValueError: gelu: approximate must be "none" or "tanh", but is 'erf'
    """
    if isinstance(value, str) and value in words:
        return value
    *others, last = (f'"{known}"' for known in words)
    known = f"{', '.join(others)} or {last}"
    raise ValueError(f"{operation}: {name} must be {known}, but is {value!r}")


def floating(x: Array) -> Array:
    """`x` itself if it is of floats, else in float64."""
    return x if x.dtype.kind == "f" else x.astype(np.float64)


def _index(value: object) -> int | None:
    if isinstance(value, (bool, np.bool_)):
        return None
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        return None
