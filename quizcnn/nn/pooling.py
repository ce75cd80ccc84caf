"""Pooling: each window of a feature map becomes one value; channels stay apart.

All take (H, W), (C, H, W) or (N, C, H, W).
"""

from __future__ import annotations

import math
from typing import Literal, overload

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, Each, each, floating, numeric
from quizcnn.nn.joining import joined
from quizcnn.nn.places import axes_of, feature_maps
from quizcnn.nn.pooled import average, divisor_of, extreme

__all__ = [
    "avg_pool2d",
    "global_avg_pool2d",
    "global_max_pool2d",
    "lp_pool2d",
    "max_pool2d",
    "min_pool2d",
    "upsample",
]


@overload
def max_pool2d(
    x: ArrayLike,
    kernel_size: Each,
    stride: Each | None = ...,
    padding: Each = ...,
    dilation: Each = ...,
    ceil_mode: bool = ...,
    return_indices: Literal[False] = ...,
) -> Array: ...
@overload
def max_pool2d(
    x: ArrayLike,
    kernel_size: Each,
    stride: Each | None = ...,
    padding: Each = ...,
    dilation: Each = ...,
    ceil_mode: bool = ...,
    *,
    return_indices: Literal[True],
) -> tuple[Array, Array]: ...
def max_pool2d(
    x: ArrayLike,
    kernel_size: Each,
    stride: Each | None = None,
    padding: Each = 0,
    dilation: Each = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Array | tuple[Array, Array]:
    """The largest value under each window.

    `kernel_size`, `stride` (by default the kernel's size), `padding` and `dilation` are a number
    or a pair (height, width). Padding counts as −∞, so it never wins; it may be half the kernel at
    most. Height and width become ⌊(H + 2·padding − dilation·(k − 1) − 1) / stride⌋ + 1; rows and
    columns left over are not looked at. With `ceil_mode` the quotient is rounded up instead, so
    that they are, unless the last window would start behind the input (ONNX and PyTorch drop it).

    With `return_indices` the result is (values, indices): where each winner stands in its channel,
    counted row by row; among equals the first. The dtype stays; a window with a NaN gives NaN.
    Raises ValueError where no window fits in. Scherer, Müller & Behnke 2010 compare it with the
    mean. As torch.nn.functional.max_pool2d.

    >>> max_pool2d([[1, 2, 5, 6], [3, 4, 7, 8]], 2)
    array([[4, 8]])
    >>> max_pool2d([[1, 2, 5], [3, 4, 7]], 2)
    array([[4]])
    >>> max_pool2d([[1, 2, 5], [3, 4, 7]], 2, ceil_mode=True)
    array([[4, 7]])
    >>> max_pool2d([[1, 2, 5], [3, 4, 7]], 2, stride=1, return_indices=True)
    (array([[4, 7]]), array([[4, 5]]))
    """
    return extreme(
        "max_pool2d", np.maximum, x, 2,
        kernel_size, stride, padding, dilation, ceil_mode, return_indices,
    )  # fmt: skip


@overload
def min_pool2d(
    x: ArrayLike,
    kernel_size: Each,
    stride: Each | None = ...,
    padding: Each = ...,
    dilation: Each = ...,
    ceil_mode: bool = ...,
    return_indices: Literal[False] = ...,
) -> Array: ...
@overload
def min_pool2d(
    x: ArrayLike,
    kernel_size: Each,
    stride: Each | None = ...,
    padding: Each = ...,
    dilation: Each = ...,
    ceil_mode: bool = ...,
    *,
    return_indices: Literal[True],
) -> tuple[Array, Array]: ...
def min_pool2d(
    x: ArrayLike,
    kernel_size: Each,
    stride: Each | None = None,
    padding: Each = 0,
    dilation: Each = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Array | tuple[Array, Array]:
    """The smallest value under each window; as `max_pool2d`, with padding that counts as +∞.

    PyTorch has none: there it is −max_pool2d(−x, …).

    >>> min_pool2d([[1, 2, 5, 6], [3, 4, 7, 8]], 2)
    array([[1, 5]])
    """
    return extreme(
        "min_pool2d", np.minimum, x, 2,
        kernel_size, stride, padding, dilation, ceil_mode, return_indices,
    )  # fmt: skip


def avg_pool2d(
    x: ArrayLike,
    kernel_size: Each,
    stride: Each | None = None,
    padding: Each = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Array:
    """The mean of the values under each window.

    Sizes as for `max_pool2d`. Padding is zeros, and they count in the mean; with
    `count_include_pad=False` the sum is divided by the number of real values only. What `ceil_mode`
    adds beyond the padding never counts. `divisor_override` divides all sums alike. Integers become
    float64 (PyTorch rounds their means down). LeNet-5's subsampling (LeCun et al. 1998) is such a
    mean with a weight and a bias. Conventions as in torch.nn.functional.avg_pool2d; ONNX's
    AveragePool and TensorFlow leave padding out of the mean by default.

    >>> avg_pool2d([[1, 2, 5, 6], [3, 4, 7, 8]], 2)
    array([[2.5, 6.5]])
    >>> avg_pool2d([[4.0]], 2, padding=1, stride=1)
    array([[1., 1.],
           [1., 1.]])
    >>> avg_pool2d([[4.0]], 2, padding=1, stride=1, count_include_pad=False)
    array([[4., 4.],
           [4., 4.]])
    >>> avg_pool2d([[1, 2, 5, 6], [3, 4, 7, 8]], 2, divisor_override=1)
    array([[10., 26.]])
    """
    return average(
        "avg_pool2d", x, 2,
        kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override,
    )  # fmt: skip


def lp_pool2d(
    x: ArrayLike,
    norm_type: float,
    kernel_size: Each,
    stride: Each | None = None,
    ceil_mode: bool = False,
) -> Array:
    """The p-norm of the values under each window, p being `norm_type`: (Σ xᵖ)^(1/p).

    p = 1 is the sum, p = 2 the root of the sum of squares (L2 pooling), p = ∞ the largest absolute
    value. As torch.nn.functional.lp_pool2d in all its corners: it sums and takes no mean (papers
    that speak of L2 pooling often do); it takes no absolute values, so with an odd p signs stay,
    and a negative sum has no root (NaN); a window that `ceil_mode` lets reach over the edge is
    scaled up to a whole one. Integers become float64. Raises ValueError for p = 0. Sermanet,
    Chintala & LeCun 2012.

    >>> lp_pool2d([[3, 4, 6, 8]], 2, (1, 2))
    array([[ 5., 10.]])
    """
    maps = floating(feature_maps("lp_pool2d", x, 2))
    p = float(_power(norm_type))
    axes = axes_of("lp_pool2d", maps, 2, kernel_size, stride, ceil_mode=ceil_mode)
    if math.isinf(p):
        return joined(np.maximum if p > 0 else np.minimum, np.abs(maps), axes)
    with np.errstate(all="ignore"):
        sums = joined(np.add, maps**p, axes)
        seen = divisor_of("lp_pool2d", axes, True, None, maps.dtype)
        norms: Array = (sums / seen * (axes[0].kernel * axes[1].kernel)) ** (1 / p)
    return norms


def global_max_pool2d(x: ArrayLike) -> Array:
    """The largest value of each channel: (H, W) → a number, (C, H, W) → (C,), batch → (N, C).

    >>> global_max_pool2d([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])
    array([4, 8])
    """
    largest: Array = feature_maps("global_max_pool2d", x, 2).max(axis=(-2, -1))
    return largest


def global_avg_pool2d(x: ArrayLike) -> Array:
    """The mean of each channel: (H, W) → a number, (C, H, W) → (C,), and (N, C) of a batch.

    Integers become float64. Lin, Chen & Yan 2013, "Network in network".

    >>> global_avg_pool2d([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])
    array([2.5, 6.5])
    """
    with np.errstate(invalid="ignore", over="ignore"):
        mean: Array = feature_maps("global_avg_pool2d", x, 2).mean(axis=(-2, -1))
    return mean


def upsample(x: ArrayLike, factor: Each) -> Array:
    """Each pixel repeated `factor` times down and across (nearest neighbour).

    >>> upsample([[1, 2]], 2)
    array([[1, 1, 2, 2],
           [1, 1, 2, 2]])
    """
    image = feature_maps("upsample", x, 2)
    down, across = each("upsample", "factor", factor, 2, 1)
    return image.repeat(down, axis=-2).repeat(across, axis=-1)


def _power(norm_type: float) -> float:
    power = numeric("lp_pool2d", norm_type, "norm_type")
    if power.ndim or not power or np.isnan(power):
        raise ValueError(f"lp_pool2d: norm_type must be a number other than 0, but is {norm_type}")
    return float(power)
