"""Pooling along one axis, for signals, and along three, for volumes and films.

The same as in `pooling` for images: windows along one axis know nothing of the others.
"""

from __future__ import annotations

from typing import Literal, overload

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, Each
from quizcnn.nn.pooled import average, extreme

__all__ = ["avg_pool1d", "avg_pool3d", "max_pool1d", "max_pool3d"]


@overload
def max_pool1d(
    x: ArrayLike,
    kernel_size: Each,
    stride: Each | None = ...,
    padding: Each = ...,
    dilation: Each = ...,
    ceil_mode: bool = ...,
    return_indices: Literal[False] = ...,
) -> Array: ...
@overload
def max_pool1d(
    x: ArrayLike,
    kernel_size: Each,
    stride: Each | None = ...,
    padding: Each = ...,
    dilation: Each = ...,
    ceil_mode: bool = ...,
    *,
    return_indices: Literal[True],
) -> tuple[Array, Array]: ...
def max_pool1d(
    x: ArrayLike,
    kernel_size: Each,
    stride: Each | None = None,
    padding: Each = 0,
    dilation: Each = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Array | tuple[Array, Array]:
    """The largest value under each window of a signal: (L,), (C, L) or (N, C, L).

    All else as for `max_pool2d`. As torch.nn.functional.max_pool1d.

    >>> max_pool1d([1, 5, 2, 4], 2)
    array([5, 4])
    >>> max_pool1d([1, 5, 2, 4], 2, stride=1, return_indices=True)
    (array([5, 5, 4]), array([1, 1, 3]))
    """
    return extreme(
        "max_pool1d", np.maximum, x, 1,
        kernel_size, stride, padding, dilation, ceil_mode, return_indices,
    )  # fmt: skip


@overload
def max_pool3d(
    x: ArrayLike,
    kernel_size: Each,
    stride: Each | None = ...,
    padding: Each = ...,
    dilation: Each = ...,
    ceil_mode: bool = ...,
    return_indices: Literal[False] = ...,
) -> Array: ...
@overload
def max_pool3d(
    x: ArrayLike,
    kernel_size: Each,
    stride: Each | None = ...,
    padding: Each = ...,
    dilation: Each = ...,
    ceil_mode: bool = ...,
    *,
    return_indices: Literal[True],
) -> tuple[Array, Array]: ...
def max_pool3d(
    x: ArrayLike,
    kernel_size: Each,
    stride: Each | None = None,
    padding: Each = 0,
    dilation: Each = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Array | tuple[Array, Array]:
    """The largest value under each window of a volume: (D, H, W), (C, D, H, W) or (N, C, D, H, W).

    Sizes are a number or three (depth, height, width), an index counts through the whole volume;
    all else as for `max_pool2d`. As torch.nn.functional.max_pool3d.

    >>> max_pool3d([[[1, 2], [3, 4]], [[5, 6], [7, 8]]], (1, 2, 2))
    array([[[4]],
    <BLANKLINE>
           [[8]]])
    """
    return extreme(
        "max_pool3d", np.maximum, x, 3,
        kernel_size, stride, padding, dilation, ceil_mode, return_indices,
    )  # fmt: skip


def avg_pool1d(
    x: ArrayLike,
    kernel_size: Each,
    stride: Each | None = None,
    padding: Each = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    """The mean of the values under each window of a signal: (L,), (C, L) or (N, C, L).

    All else as for `avg_pool2d`, without `divisor_override`, as torch.nn.functional.avg_pool1d.

    >>> avg_pool1d([1, 5, 2, 4], 2)
    array([3., 3.])
    """
    return average("avg_pool1d", x, 1, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool3d(
    x: ArrayLike,
    kernel_size: Each,
    stride: Each | None = None,
    padding: Each = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Array:
    """The mean under each window of a volume: (D, H, W), (C, D, H, W) or (N, C, D, H, W).

    Sizes are a number or three (depth, height, width); all else as for `avg_pool2d`. As
    torch.nn.functional.avg_pool3d.

    >>> avg_pool3d([[[1, 2], [3, 4]], [[5, 6], [7, 8]]], 2)
    array([[[4.5]]])
    """
    return average(
        "avg_pool3d", x, 3,
        kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override,
    )  # fmt: skip
