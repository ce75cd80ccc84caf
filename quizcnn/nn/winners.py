"""Where the value that wins a window stands: what unpooling and the backward pass go by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from quizcnn.nn.arguments import Array
from quizcnn.nn.places import Axis, Ints


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


def seen_by(operation: str, axes: Sequence[Axis]) -> list[Seen]:
    """What the windows of a pooling see. Raises ValueError where one of them sees padding alone."""
    found = []
    for axis in axes:
        first, last = axis.ends()
        if (last < first).any():
            raise ValueError(
                f"{operation}: a window sees padding alone, so no value in it has an index "
                f"(kernel_size {axis.kernel}, dilation {axis.dilation} and padding {axis.padding} "
                f"on {axis.size} cells)"
            )
        found.append(Seen(first, last, axis.dilation))
    return found


def winners(better: np.ufunc, x: Array, seen: Sequence[Seen]) -> tuple[Array, Ints]:
    """The winning value of each window, and its index in its channel, counted row by row.

    Among equals the first in row-major order wins; of NaN, which wins over all, the last, both as
    in PyTorch. `better` is np.greater or np.less; `seen` are the last axes of `x`.

    >>> columns = Seen(np.array([0, 1]), np.array([1, 2]), 1)
    >>> winners(np.greater, np.array([[7, 7, 5]]), [columns])
    (array([[7, 7]]), array([[0, 1]]))
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
    return best, at
