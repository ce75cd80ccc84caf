"""What all poolings share, in any number of dimensions: the extreme or the mean of each window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, overload

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, Each, flag, floating, whole
from quizcnn.nn.joining import joined
from quizcnn.nn.places import Axis, axes_of, feature_maps
from quizcnn.nn.winners import winners_of


@overload
def extreme(
    operation: str,
    better: np.ufunc,
    x: ArrayLike,
    count: int,
    kernel_size: Each,
    stride: Each | None = ...,
    padding: Each = ...,
    dilation: Each = ...,
    ceil_mode: bool = ...,
    return_indices: Literal[False] = ...,
) -> Array: ...
@overload
def extreme(
    operation: str,
    better: np.ufunc,
    x: ArrayLike,
    count: int,
    kernel_size: Each,
    stride: Each | None,
    padding: Each,
    dilation: Each,
    ceil_mode: bool,
    return_indices: bool,
) -> Array | tuple[Array, Array]: ...
def extreme(
    operation: str,
    better: np.ufunc,
    x: ArrayLike,
    count: int,
    kernel_size: Each,
    stride: Each | None = None,
    padding: Each = 0,
    dilation: Each = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Array | tuple[Array, Array]:
    """The largest (`better` is np.maximum) or smallest value under each window of `count` axes."""
    maps = feature_maps(operation, x, count)
    axes = axes_of(operation, maps, count, kernel_size, stride, padding, dilation, ceil_mode)
    if flag(operation, "return_indices", return_indices):
        won = winners_of(operation, better, maps, axes)
        return won.values, won.indices
    return joined(better, maps, axes)


def average(
    operation: str,
    x: ArrayLike,
    count: int,
    kernel_size: Each,
    stride: Each | None,
    padding: Each,
    ceil_mode: bool,
    count_include_pad: bool,
    divisor_override: int | None = None,
) -> Array:
    """The mean of each window of `count` axes."""
    maps = floating(feature_maps(operation, x, count))
    axes = axes_of(operation, maps, count, kernel_size, stride, padding, 1, ceil_mode)
    divisor = divisor_of(operation, axes, count_include_pad, divisor_override, maps.dtype)
    # What is too large for a float is ∞, and ∞ − ∞ is NaN, as in PyTorch: values, not warnings.
    with np.errstate(invalid="ignore", over="ignore"):
        sums = joined(np.add, maps, axes)
        sums /= divisor
    return sums


def divisor_of(
    operation: str,
    axes: Sequence[Axis],
    count_include_pad: bool,
    divisor_override: int | None,
    dtype: np.dtype[np.generic],
) -> float | Array:
    """What the sum under each window is divided by: one number, or one for each window."""
    padding_counts = flag(operation, "count_include_pad", count_include_pad)
    if divisor_override is not None:
        divisor = whole(operation, "divisor_override", divisor_override, -(2**63))
        if divisor == 0:
            raise ValueError(f"{operation}: divisor_override must not be 0")
        return float(divisor)
    number = 1.0
    for axis in axes:
        number *= axis.kernel
    if all(axis.is_inside() for axis in axes):
        return number
    counted = np.ones((), dtype)
    for axis in axes:
        starts = axis.starts()
        ends = np.minimum(starts + axis.kernel, axis.size + axis.padding)
        if not padding_counts:
            starts, ends = np.maximum(starts, 0), np.minimum(ends, axis.size)
        counted = counted[..., np.newaxis] * (ends - starts).astype(dtype)
    return counted
