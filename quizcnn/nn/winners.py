"""Where the value that wins a window stands: what unpooling and the backward pass go by."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from quizcnn.nn.arguments import Array
from quizcnn.nn.joining import joined
from quizcnn.nn.places import Axis, Ints

MOST = 255
"""Kernels of so many cells at most are gone through cell by cell: a byte tells which one it was."""


def winners_of(operation: str, better: np.ufunc, x: Array, axes: Sequence[Axis]) -> Places:
    """The winning value of each window of a pooling, and its index, as `winners` does.

    Raises ValueError where a window sees padding alone.
    """
    for axis in axes:
        if axis.dilation > 1 and axis.padding:  # else each window has a cell that is real
            _refuse_padding_alone(operation, axis)
    cells = math.prod([axis.kernel for axis in axes])
    best = joined(better, x, axes)
    if cells > MOST or (x.dtype.kind == "f" and bool(np.isnan(best).any())):
        seen = [Seen(*axis.ends(), axis.dilation) for axis in axes]
        return winners(np.greater if better is np.maximum else np.less, x, seen)
    # Where the winner is known, looking for it takes a third of the time.
    return Places(best, _found(x, best, axes, cells))


def _found(x: Array, best: Array, axes: Sequence[Axis], cells: int) -> Ints:
    """The index of the first cell of each window that has its `best` value."""
    sides = _row_by_row([axis.size for axis in axes])
    kernel = _row_by_row([axis.kernel for axis in axes])
    code: Array = np.zeros(best.shape, np.uint8)
    offsets: Ints = np.zeros(cells + 1, np.int64)
    hits: Array = np.empty(best.shape, np.bool_)
    for steps in product(*map(_steps, axes, kernel, sides)):
        windows: Any = (..., *(step.windows for step in steps))
        seen: Any = (..., *(step.cells for step in steps))
        hit = np.equal(x[seen], best[windows], out=hits[windows]).view(np.uint8)
        # The earlier the cell, the larger its number: of several hits the largest stays.
        number = cells - sum([step.number for step in steps])
        hit *= np.uint8(number)
        seen_first = code[windows]
        np.maximum(seen_first, hit, out=seen_first)
        offsets[number] = sum([step.offset for step in steps])
    at: Ints = offsets.take(code)
    for place, (axis, wide) in enumerate(zip(axes, sides, strict=True), start=1 - len(axes)):
        at += (axis.starts() * wide).reshape((-1,) + (1,) * -place)
    return at


class _Step(NamedTuple):
    """A cell of the kernel along one axis: the windows that have a real one there, and which."""

    windows: slice
    cells: slice
    number: int
    """What it adds to the number of a cell in the kernel."""
    offset: int
    """What it adds to the index of a cell in the channel."""


def _steps(axis: Axis, kernel: int, side: int) -> list[_Step]:
    steps = []
    for step in axis.steps():
        first, last, cells = axis.span(step)
        if first < last:
            offset = step * axis.dilation * side
            steps.append(_Step(slice(first, last), cells, step * kernel, offset))
    return steps


def _row_by_row(sides: Sequence[int]) -> list[int]:
    """How far apart neighbours along each axis are, where cells are counted row by row.

    >>> _row_by_row([2, 3, 4])
    [12, 4, 1]
    """
    return [math.prod(sides[axis + 1 :]) for axis in range(len(sides))]


class Places(NamedTuple):
    """Of each window the winning value, and its index."""

    values: Array
    indices: Ints


class Seen(NamedTuple):
    """The cells that each window sees along one axis: from `first` on by `step` to `last`."""

    first: Ints
    last: Ints
    step: int

    def most(self) -> int:
        """How many cells the window that sees most of them sees."""
        return int((self.last - self.first).max()) // self.step + 1

    def cells(self, number: int) -> Ints:
        """For each window its cell so many steps on, or its last one."""
        return np.minimum(self.first + number * self.step, self.last)


def _refuse_padding_alone(operation: str, axis: Axis) -> None:
    first, last = axis.ends()
    if (last < first).any():
        raise ValueError(
            f"{operation}: a window sees padding alone, so no value in it has an index "
            f"(kernel_size {axis.kernel}, dilation {axis.dilation} and padding {axis.padding} "
            f"on {axis.size} cells)"
        )


def winners(better: np.ufunc, x: Array, seen: Sequence[Seen]) -> Places:
    """The winning value of each window, and its index in its channel, counted row by row.

    Among equals the first in row-major order wins; of NaN, which wins over all, the last, both as
    in PyTorch. `better` is np.greater or np.less; `seen` are the last axes of `x`.

    >>> columns = Seen(np.array([0, 1]), np.array([1, 2]), 1)
    >>> winners(np.greater, np.array([[7, 7, 5]]), [columns])
    Places(values=array([[7, 7]]), indices=array([[0, 1]]))
    """
    sides = x.shape[x.ndim - len(seen) :]
    best, at = x, np.arange(int(np.prod(sides))).reshape(sides)
    # Columns first: of equals in a row the leftmost is left, and then the topmost of these.
    for number, axis in reversed(list(enumerate(seen))):
        place = number - len(seen)
        values, places = best, at
        best, at = (each.take(axis.first, axis=place) for each in (values, places))
        at = np.broadcast_to(at, best.shape).copy()
        for count in range(1, axis.most()):
            cells = axis.cells(count)
            rival = values.take(cells, axis=place)
            wins = better(rival, best)
            if rival.dtype.kind == "f":
                wins |= np.isnan(rival)
            np.copyto(best, rival, where=wins)
            np.copyto(at, np.broadcast_to(places.take(cells, axis=place), at.shape), where=wins)
    return Places(best, at)
