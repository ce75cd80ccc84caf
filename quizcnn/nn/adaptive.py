"""Adaptive pooling: one says how many windows there shall be, not how large they are.

With n cells for m windows, window i sees the cells from ⌊i·n / m⌋ up to ⌈(i + 1)·n / m⌉: where m
does not divide n, windows differ in size and share cells at their edges. As PyTorch does it;
Keras and ONNX have none, other libraries cut differently.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias, overload

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, each, flag, floating
from quizcnn.nn.places import feature_maps
from quizcnn.nn.winners import Seen, winners

__all__ = ["adaptive_avg_pool1d", "adaptive_avg_pool2d", "adaptive_max_pool2d"]

OutputSize: TypeAlias = int | Sequence[int | None] | None
"""A number for both sides, or one for each; None keeps the input's."""


def adaptive_avg_pool2d(x: ArrayLike, output_size: OutputSize) -> Array:
    """The mean of each of `output_size` windows, spread evenly over the feature map.

    x (H, W), (C, H, W) or (N, C, H, W). `output_size` is a number, a pair (height, width), or None
    in place of a side that stays. It may be larger than the input: then values repeat. 1 is global
    average pooling. Integers become float64. As torch.nn.functional.adaptive_avg_pool2d.

    >>> adaptive_avg_pool2d([[1, 2, 3, 4, 5]], (1, 2))
    array([[2., 4.]])
    """
    return _mean("adaptive_avg_pool2d", x, output_size, 2)


def adaptive_avg_pool1d(x: ArrayLike, output_size: OutputSize) -> Array:
    """The same along one axis: (L,), (C, L) or (N, C, L).

    >>> adaptive_avg_pool1d([1, 2, 3, 4, 5], 2)
    array([2., 4.])
    """
    return _mean("adaptive_avg_pool1d", x, output_size, 1)


@overload
def adaptive_max_pool2d(
    x: ArrayLike, output_size: OutputSize, return_indices: Literal[False] = ...
) -> Array: ...
@overload
def adaptive_max_pool2d(
    x: ArrayLike, output_size: OutputSize, return_indices: Literal[True]
) -> tuple[Array, Array]: ...
def adaptive_max_pool2d(
    x: ArrayLike, output_size: OutputSize, return_indices: bool = False
) -> Array | tuple[Array, Array]:
    """The largest value of each of `output_size` windows, spread evenly over the feature map.

    The windows are those of `adaptive_avg_pool2d`, the rest is as for `max_pool2d`. As
    torch.nn.functional.adaptive_max_pool2d.

    >>> adaptive_max_pool2d([[1, 2, 3, 4, 5]], (1, 2))
    array([[3, 5]])
    """
    maps = feature_maps("adaptive_max_pool2d", x, 2)
    shares = shares_of("adaptive_max_pool2d", maps, output_size, 2)
    if flag("adaptive_max_pool2d", "return_indices", return_indices):
        won = winners(np.greater, maps, shares)
        return won.values, won.indices
    out = maps
    for place, share in enumerate(shares, start=-2):
        values = out
        out = values.take(share.first, axis=place)
        for count in range(1, share.most()):
            np.maximum(out, values.take(share.cells(count), axis=place), out=out)
    return out


def shares_of(operation: str, x: Array, output_size: OutputSize, count: int) -> list[Seen]:
    """The cells that each window sees along each of the last `count` axes of `x`."""
    sides = x.shape[x.ndim - count :]
    wanted: object = sides if output_size is None else output_size
    if isinstance(wanted, tuple | list) and len(wanted) == count:
        wanted = [n if m is None else m for n, m in zip(sides, wanted, strict=True)]
    places = each(operation, "output_size", wanted, count, 1)
    found = []
    for n, m in zip(sides, places, strict=True):
        number = np.arange(m)
        found.append(Seen(number * n // m, -(-(number + 1) * n // m) - 1, 1))
    return found


def _mean(operation: str, x: ArrayLike, output_size: OutputSize, count: int) -> Array:
    out = floating(feature_maps(operation, x, count))
    with np.errstate(invalid="ignore", over="ignore"):
        for place, share in enumerate(shares_of(operation, out, output_size, count), start=-count):
            lengths = (share.last - share.first + 1).reshape((-1,) + (1,) * (-place - 1))
            out = _sums(out, share, place) / lengths.astype(out.dtype)
    return out


def _sums(x: Array, share: Seen, place: int) -> Array:
    """The sums of the cells that each window sees along axis `place`."""
    lengths = share.last - share.first + 1
    after = (slice(None),) * (-place - 1)
    sums: Array = x.take(share.first, axis=place)
    for count in range(1, share.most()):
        longer = np.flatnonzero(lengths > count)
        cells = x.take(share.first[longer] + count, axis=place)
        if len(longer) == len(lengths):
            sums += cells
        else:
            windows: Any = (..., longer, *after)
            sums[windows] += cells
    return sums
