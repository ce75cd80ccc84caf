"""What a check can compute, as plain data that crosses the pipe and every room above.

The parent process never holds a NumPy array: arrays arrive as `Array`, operations and layers
as `Name`, results with named fields as `Record`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Number: TypeAlias = bool | int | float


@dataclass(frozen=True, slots=True)
class Sample:
    """Some values of an array: along each axis every so many-th, from the first on.

    `steps` has that number for each axis, `shape` how many are left, `data` the values in C order.
    """

    shape: tuple[int, ...]
    steps: tuple[int, ...]
    data: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Array:
    """An array's shape, dtype and values.

    `data` holds the values row by row (C order), or None for an array of more than
    `SHOWN` elements, of which only the extremes are known. `low` and `high` are the smallest and
    largest finite values, None where there are none. `sample` stands for the values of a large one
    where it is only shown.
    """

    shape: tuple[int, ...]
    dtype: str
    data: tuple[Number, ...] | None
    low: Number | None = None
    high: Number | None = None
    sample: Sample | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """An operation, layer or data set, as one writes it: `max_pool2d`, `Linear(4, 2)`."""

    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """A result with named fields, as `experiment(...)` returns."""

    type: str
    fields: tuple[tuple[str, Value], ...]


Value: TypeAlias = "bool | int | float | str | Array | Name | Record | tuple[Value, ...] | None"

SHOWN = 16_384
"""Arrays of more elements cross the pipe as shape, extremes and a sample only."""

SAMPLED = 4_096
"""Values of a sample at most."""


def shape_of(value: Value) -> tuple[int, ...] | None:
    """The shape of an array, None for anything else.

    >>> shape_of(Array((2, 3), "float64", None))
    (2, 3)
    """
    return value.shape if isinstance(value, Array) else None
