"""Convolution as neural networks use it: a kernel slides over signals, images or volumes."""

from __future__ import annotations

from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, Each
from quizcnn.nn.correlating import correlate
from quizcnn.nn.sliding import Padding, as_batch, bias_of, filters_of, images_of, one_dtype, sliding

__all__ = ["conv1d", "conv2d", "conv3d"]


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
    With groups the channels fall into as many parts in order, and each part makes K/groups of the
    outputs; groups = C is a depthwise convolution, a kernel of 1×1 a pointwise one.

    Along each side oH = ⌊(H + padding before and after − dilation·(kH − 1) − 1) / stride⌋ + 1.
    `padding` adds zeros: a number on all four sides, a pair (height, width), or
    ((top, bottom), (left, right)), which PyTorch leaves to its function pad. In words: "valid" is
    none; "same" keeps the size, with stride 1 only, an odd zero at the bottom and right, as in
    PyTorch; "same_upper" does so for any stride, oH = ⌈H / stride⌉, as TensorFlow's SAME and ONNX's
    SAME_UPPER; "same_lower" is ONNX's SAME_LOWER, the odd zero at the top and left.

    Integers stay integers, computed in 64 bits; floats keep their precision. Raises ValueError
    where shapes do not fit together. Conventions as in PyTorch's torch.nn.functional.conv2d; for
    the arithmetic of sizes see Dumoulin and Visin, A guide to convolution arithmetic for deep
    learning (2016), arXiv:1603.07285.

    >>> conv2d([[1, 2, 3], [4, 5, 6], [7, 8, 9]], [[1, 0], [0, 1]])
    array([[ 6,  8],
           [12, 14]])
    >>> conv2d(np.ones((3, 8, 8)), np.ones((5, 3, 3, 3)), padding="same").shape
    (5, 8, 8)
    >>> conv2d([[1, 2, 3]], [[1, 1]], padding=((0, 0), (1, 0)))
    array([[1, 3, 5]])
    """
    return _convolve("conv2d", 2, x, weight, bias, stride, padding, dilation, groups)


def conv1d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Each = 1,
    padding: Padding = 0,
    dilation: Each = 1,
    groups: int = 1,
) -> Array:
    """A convolution along one axis, over signals: everything else as in `conv2d`.

    Shapes: x (L,) and weight (k,) give (oL,); x (C, L) and weight (K, C/groups, k) give (K, oL);
    x (N, C, L) gives (N, K, oL). Padding that differs at both ends is written ((left, right),): a
    causal convolution looks back only, with ((dilation·(k − 1), 0),). Conventions as in
    torch.nn.functional.conv1d.

    >>> conv1d([1, 2, 3, 4], [1, 10])
    array([21, 32, 43])
    >>> conv1d([1, 2, 3, 4], [1, 10], padding=((1, 0),))
    array([10, 21, 32, 43])
    """
    return _convolve("conv1d", 1, x, weight, bias, stride, padding, dilation, groups)


def conv3d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Each = 1,
    padding: Padding = 0,
    dilation: Each = 1,
    groups: int = 1,
) -> Array:
    """A convolution along three axes, over volumes or films: everything else as in `conv2d`.

    Shapes: x (D, H, W) and weight (kD, kH, kW) give (oD, oH, oW); x (C, D, H, W) and weight
    (K, C/groups, kD, kH, kW) give (K, oD, oH, oW); x (N, C, D, H, W) gives (N, K, oD, oH, oW).
    Padding is a number, three, or ((front, back), (top, bottom), (left, right)), or a word.
    Conventions as in torch.nn.functional.conv3d.

    >>> conv3d(ramp(3, 3, 3), ones(2, 2, 2))
    array([[[ 52.,  60.],
            [ 76.,  84.]],
    <BLANKLINE>
           [[124., 132.],
            [148., 156.]]])
    """
    return _convolve("conv3d", 3, x, weight, bias, stride, padding, dilation, groups)


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
