"""What all layers share: they are small frozen descriptions, compare by value, read as written."""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from dataclasses import MISSING, dataclass, fields
from typing import Literal, SupportsIndex, TypeAlias

from quizcnn.nn.arguments import flag, real

__all__ = ["Layer"]

Size: TypeAlias = "int | tuple[int, ...]"
"""One whole number for all sides alike, or one for each."""

Padding: TypeAlias = "Size | Literal['same', 'valid']"

SIDES = {1: "(length,)", 2: "(height, width)", 3: "(depth, height, width)"}
"""How the sides of one, two and three dimensions are called."""


def sides(size: Size, axes: int) -> tuple[int, ...]:
    """A size as one number for each axis: an int stands for all of them.

    >>> sides(3, 2)
    (3, 3)
    """
    return (size,) * axes if isinstance(size, int) else size


@dataclass(frozen=True, repr=False)
class Layer:
    """What all layers share: they compare by value and read as one writes them.

    >>> Conv2d(1, 6, 5)
    Conv2d(1, 6, 5)
    >>> Conv2d(6, 16, kernel_size=3, padding=1) == Conv2d(6, 16, 3, padding=1)
    True
    """

    def __repr__(self) -> str:
        written = []
        for field in fields(self):
            value = getattr(self, field.name)
            if field.default is MISSING and not field.kw_only:
                written.append(repr(value))
            elif value != field.default:
                written.append(f"{field.name}={value!r}")
        return f"{type(self).__name__}({', '.join(written)})"

    def _count(self, *names: str) -> None:
        """Make each named field an int of at least 1, or refuse it."""
        for name in names:
            object.__setattr__(self, name, self._whole(name, getattr(self, name), at_least=1))

    def _size(self, *names: str, at_least: int = 1, axes: int = 2) -> None:
        """Make each named field an int or a tuple of `axes` ints, or refuse it."""
        for name in names:
            value = getattr(self, name)
            if isinstance(value, Sequence) and not isinstance(value, str):
                if len(value) != axes:
                    several = f"a pair {SIDES[2]}" if axes == 2 else SIDES[axes]
                    raise ValueError(
                        f"{type(self).__name__}: {name} is an int or {several}, not {value!r}"
                    )
                whole = tuple(self._whole(name, side, at_least) for side in value)
                object.__setattr__(self, name, whole)
            else:
                object.__setattr__(self, name, self._whole(name, value, at_least))

    def _switch(self, *names: str) -> None:
        """Make each named field True or False, or refuse it."""
        for name in names:
            value = flag(type(self).__name__, name, getattr(self, name))
            object.__setattr__(self, name, value)

    def _number(self, *names: str) -> None:
        """Make each named field a finite number of Python's, or refuse it."""
        for name in names:
            value = getattr(self, name)
            number = real(type(self).__name__, name, value)
            if not math.isfinite(number):
                raise ValueError(
                    f"{type(self).__name__}: {name} must be a finite number, but is {value!r}"
                )
            object.__setattr__(self, name, value if type(value) is int else number)

    def _whole(self, name: str, value: SupportsIndex, at_least: int) -> int:
        try:
            whole = operator.index(value)
        except TypeError:
            whole = at_least - 1
        if whole < at_least or isinstance(value, bool):
            raise ValueError(
                f"{type(self).__name__}: {name} must be a whole number of at least {at_least}, "
                f"not {value!r}"
            )
        return whole
