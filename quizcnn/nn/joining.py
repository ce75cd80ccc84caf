"""The values under each window joined into one: by maximum, minimum or sum, axis by axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from quizcnn.nn.arguments import Array
from quizcnn.nn.places import Axis

ALL = slice(None)

BEHIND = ((ALL, ALL), (ALL,), ())
"""Indices of everything on the axes behind one, for three axes."""


def joined(join: np.ufunc, x: Array, axes: Sequence[Axis]) -> Array:
    """The real values under each window joined; padding is left out. Always a new array.

    `axes` are the last ones of `x`. First down each column, then across each row: kH + kW steps
    instead of kH·kW, and nothing larger than the input is made.

    >>> joined(np.add, np.arange(4).reshape(1, 4), [Axis(4, 2, 2, 0, 1, 2)])
    array([[1, 5]])
    """
    out = x
    for axis, after in along(axes):
        if not axis.is_inside():
            out = _joined_over_edges(join, out, axis, after)
            continue
        whole, stride, ahead = out, axis.stride, 0
        reach = (axis.places - 1) * stride + 1
        cells: Any = (..., slice(0, reach, stride), *after)
        first = out = whole[cells]
        for step in range(1, axis.kernel):
            ahead += axis.dilation
            cells = (..., slice(ahead, ahead + reach, stride), *after)
            out = join(first, whole[cells]) if step == 1 else join(out, whole[cells], out=out)
    return out if out.base is None and out is not x else out.copy()


def along(axes: Sequence[Axis]) -> Iterator[tuple[Axis, tuple[slice, ...]]]:
    """Each axis with an index for those behind it."""
    return zip(axes, BEHIND[-len(axes) :], strict=True)


def _at(cells: slice, after: tuple[slice, ...]) -> Any:
    """The index of `cells` on one axis, of everything on the others."""
    return (..., cells, *after)


def _joined_over_edges(join: np.ufunc, x: Array, axis: Axis, after: tuple[slice, ...]) -> Array:
    """Each step joins only the windows that have a real cell there."""
    spans = [axis.span(step) for step in axis.steps()]
    whole = next((span for span in spans if span[1] - span[0] == axis.places), None)
    if whole is None:
        place = x.ndim - 1 - len(after)
        shape = (*x.shape[:place], axis.places, *x.shape[place + 1 :])
        out: Array = np.full(shape, neutral(join, x.dtype), x.dtype)
    else:
        out = x[_at(whole[2], after)].copy()
    for span in spans:
        if span is not whole and span[0] < span[1]:
            part = out[_at(slice(span[0], span[1]), after)]
            join(part, x[_at(span[2], after)], out=part)
    return out


def neutral(join: np.ufunc, dtype: np.dtype[Any]) -> float:
    """What changes nothing when it is joined: 0 in a sum, the value that loses in a maximum."""
    if join is np.add:
        return 0
    if dtype.kind == "f":
        return -np.inf if join is np.maximum else np.inf
    limits = np.iinfo(dtype)
    return limits.min if join is np.maximum else limits.max


def spread(grad: Array, axes: Sequence[Axis]) -> Array:
    """`joined` by sums turned round: each window's value is added to all real cells that it sees.

    >>> spread(np.array([[1, 5]]), [Axis(4, 3, 1, 0, 1, 2)])
    array([[1, 6, 6, 5]])
    """
    out = grad
    for axis, after in along(axes):
        place = out.ndim - 1 - len(after)
        wide: Array = np.zeros((*out.shape[:place], axis.size, *out.shape[place + 1 :]), out.dtype)
        for step in axis.steps():
            first, last, cells = axis.span(step)
            if first < last:
                wide[_at(cells, after)] += out[_at(slice(first, last), after)]
        out = wide
    return out
