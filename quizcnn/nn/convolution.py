"""Convolution as neural networks use it (cross-correlation), and as mathematics defines it."""

from __future__ import annotations

from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array
from quizcnn.nn.correlating import correlate
from quizcnn.nn.sliding import (
    Each,
    Padding,
    as_batch,
    bias_of,
    filters_of,
    images_of,
    one_dtype,
    sliding,
)

__all__ = ["conv2d"]


def conv2d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Each = 1,
    padding: Padding = 0,
    dilation: Each = 1,
    groups: int = 1,
) -> Array:
    """What a convolution layer computes: the kernel slides over the image and is *not* flipped.

    Shapes: x (H, W) and weight (kH, kW) give (oH, oW); x (C, H, W) and weight
    (K, C/groups, kH, kW) give (K, oH, oW); x (N, C, H, W) gives (N, K, oH, oW); x (H, W) counts
    as one channel for a weight (K, 1, kH, kW). `bias` is (K,), or a number for a weight (kH, kW).

    Along each side oH = ⌊(H + 2·padding − dilation·(kH − 1) − 1) / stride⌋ + 1. `padding` adds
    zeros on all four sides: a number, a pair (height, width), "valid" (none), or "same" (as many
    as keep the size; where that is odd, the extra cell is at the end; stride 1 only).

    Integers stay integers, computed in 64 bits; floats keep their precision. Raises ValueError
    where shapes do not fit together. Conventions as in PyTorch's torch.nn.functional.conv2d.

    >>> conv2d([[1, 2, 3], [4, 5, 6], [7, 8, 9]], [[1, 0], [0, 1]])
    array([[ 6,  8],
           [12, 14]])
    >>> conv2d(np.ones((3, 8, 8)), np.ones((5, 3, 3, 3)), padding="same").shape
    (5, 8, 8)
    """
    return _convolve("conv2d", 2, x, weight, bias, stride, padding, dilation, groups)


def _convolve(
    operation: str,
    axes: int,
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None,
    stride: Each,
    padding: Padding,
    dilation: Each,
    groups: int,
) -> Array:
    """A convolution along the last `axes` axes."""
    image, kernels = images_of(operation, x, axes), filters_of(operation, weight, axes)
    batch, filters, groups = as_batch(operation, image, kernels, axes, groups)
    how = sliding(operation, batch, filters, stride, padding, dilation, groups)
    if bias is None:
        out = correlate(how, *one_dtype(batch, filters))
    else:
        shift = bias_of(operation, bias, kernels, axes)
        out = correlate(how, *one_dtype(batch, filters, shift))
    if kernels.ndim == axes:
        return out.reshape(how.size)
    return out if image.ndim == axes + 2 else out.reshape(out.shape[1:])
