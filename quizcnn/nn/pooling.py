"""Pooling: each window of a feature map becomes one value; channels stay apart.

All take (H, W), (C, H, W) or (N, C, H, W).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, Pair, maps, pair
from quizcnn.nn.windows import NONE, Sides, padded, sliding_size

__all__ = [
    "avg_pool2d",
    "global_avg_pool2d",
    "global_max_pool2d",
    "max_pool2d",
    "min_pool2d",
    "upsample",
]


def max_pool2d(
    x: ArrayLike, kernel_size: Pair, stride: Pair | None = None, padding: Pair = 0
) -> Array:
    """The largest value under each window.

    `kernel_size`, `stride` (by default the kernel's size) and `padding` are a number or a pair
    (height, width). Padding counts as −∞, so it never wins; it may be half the kernel at most.
    Height and width become ⌊(H + 2·padding − k) / stride⌋ + 1; rows and columns left over are not
    looked at. The dtype stays; a window with a NaN gives NaN. As torch.nn.functional.max_pool2d.

    >>> max_pool2d([[1, 2, 5, 6], [3, 4, 7, 8]], 2)
    array([[4, 8]])
    >>> max_pool2d([[1, 2, 5], [3, 4, 7]], 2, stride=1)
    array([[4, 7]])
    """
    return _extreme("max_pool2d", np.maximum, x, kernel_size, stride, padding)


def min_pool2d(
    x: ArrayLike, kernel_size: Pair, stride: Pair | None = None, padding: Pair = 0
) -> Array:
    """The smallest value under each window; as `max_pool2d`, with padding that counts as +∞.

    >>> min_pool2d([[1, 2, 5, 6], [3, 4, 7, 8]], 2)
    array([[1, 5]])
    """
    return _extreme("min_pool2d", np.minimum, x, kernel_size, stride, padding)


def avg_pool2d(
    x: ArrayLike,
    kernel_size: Pair,
    stride: Pair | None = None,
    padding: Pair = 0,
    count_include_pad: bool = True,
) -> Array:
    """The mean of the values under each window.

    Sizes as for `max_pool2d`. Padding is zeros, and they count in the mean; with
    `count_include_pad=False` the sum is divided by the number of real values only. Integers become
    float64. Conventions as in torch.nn.functional.avg_pool2d.

    >>> avg_pool2d([[1, 2, 5, 6], [3, 4, 7, 8]], 2)
    array([[2.5, 6.5]])
    >>> avg_pool2d([[4.0]], 2, padding=1, stride=1)
    array([[1., 1.],
           [1., 1.]])
    >>> avg_pool2d([[4.0]], 2, padding=1, stride=1, count_include_pad=False)
    array([[4., 4.],
           [4., 4.]])
    """
    image = maps("avg_pool2d", x)
    kernel, steps, sides, size = _window("avg_pool2d", image, kernel_size, stride, padding)
    values = padded(_floating(image), sides)
    with np.errstate(invalid="ignore", over="ignore"):
        sums = _combine(np.add, values, kernel, steps, size)
        if count_include_pad or sides == NONE:
            return sums / (kernel[0] * kernel[1])
        real = padded(np.ones(image.shape[-2:], sums.dtype), sides)
        return sums / _combine(np.add, real, kernel, steps, size)


def global_max_pool2d(x: ArrayLike) -> Array:
    """The largest value of each channel: (H, W) → a number, (C, H, W) → (C,), batch → (N, C).

    >>> global_max_pool2d([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])
    array([4, 8])
    """
    largest: Array = maps("global_max_pool2d", x).max(axis=(-2, -1))
    return largest


def global_avg_pool2d(x: ArrayLike) -> Array:
    """The mean of each channel: (H, W) → a number, (C, H, W) → (C,), and (N, C) of a batch.

    Integers become float64.

    >>> global_avg_pool2d([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])
    array([2.5, 6.5])
    """
    with np.errstate(invalid="ignore", over="ignore"):
        mean: Array = maps("global_avg_pool2d", x).mean(axis=(-2, -1))
    return mean


def upsample(x: ArrayLike, factor: Pair) -> Array:
    """Each pixel repeated `factor` times down and across (nearest neighbour).

    >>> upsample([[1, 2]], 2)
    array([[1, 1, 2, 2],
           [1, 1, 2, 2]])
    """
    image = maps("upsample", x)
    down, across = pair("upsample", "factor", factor, 1)
    return image.repeat(down, axis=-2).repeat(across, axis=-1)


def _extreme(
    operation: str,
    better: np.ufunc,
    x: ArrayLike,
    kernel_size: Pair,
    stride: Pair | None,
    padding: Pair,
) -> Array:
    image = maps(operation, x)
    kernel, steps, sides, size = _window(operation, image, kernel_size, stride, padding)
    never = _never(image.dtype, better) if sides != NONE else 0
    return _combine(better, padded(image, sides, never), kernel, steps, size)


def _never(dtype: np.dtype[np.generic], better: np.ufunc) -> float:
    """The value that loses against every other."""
    if dtype.kind == "f":
        return -np.inf if better is np.maximum else np.inf
    limits = np.iinfo(dtype)  # type: ignore[type-var]
    return limits.min if better is np.maximum else limits.max


def _window(
    operation: str, image: Array, kernel_size: Pair, stride: Pair | None, padding: Pair
) -> tuple[tuple[int, int], tuple[int, int], Sides, tuple[int, int]]:
    kernel = pair(operation, "kernel_size", kernel_size, 1)
    steps = kernel if stride is None else pair(operation, "stride", stride, 1)
    down, across = pair(operation, "padding", padding, 0)
    if 2 * down > kernel[0] or 2 * across > kernel[1]:
        raise ValueError(
            f"{operation}: padding may be half the kernel at most, "
            f"but is {padding!r} for a kernel of {kernel[0]}×{kernel[1]}"
        )
    sides = ((down, down), (across, across))
    height, width = image.shape[-2:]
    return kernel, steps, sides, sliding_size(operation, (height, width), kernel, steps, sides)


def _combine(
    join: Callable[..., Array],
    x: Array,
    kernel: tuple[int, int],
    stride: tuple[int, int],
    size: tuple[int, int],
) -> Array:
    """The values under each window, joined: first down each column, then across each row.

    Two passes of kH and kW steps instead of kH·kW, and no array larger than the input.
    """
    down = (size[0] - 1) * stride[0] + 1
    rows = x[..., : down : stride[0], :]
    joined = rows.copy()
    for step in range(1, kernel[0]):
        join(joined, x[..., step : step + down : stride[0], :], out=joined)
    across = (size[1] - 1) * stride[1] + 1
    out = joined[..., : across : stride[1]].copy()
    for step in range(1, kernel[1]):
        join(out, joined[..., step : step + across : stride[1]], out=out)
    return out


def _floating(x: Array) -> Array:
    return x if x.dtype.kind == "f" else x.astype(np.float64)
