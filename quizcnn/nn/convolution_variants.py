"""Convolutions that save sums: depthwise and separable, octave convolution, involution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, Each, numeric, whole
from quizcnn.nn.convolution import conv2d
from quizcnn.nn.pooling import avg_pool2d, upsample
from quizcnn.nn.sliding import Padding, amount, images_of, one_dtype
from quizcnn.nn.unfolding import unfold

__all__ = ["Octaves", "depthwise_conv2d", "involution2d", "octave_conv2d", "separable_conv2d"]


def depthwise_conv2d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Each = 1,
    padding: Padding = 0,
    dilation: Each = 1,
) -> Array:
    """Each channel convolved by itself, with kernels of its own; nothing is summed over channels.

    Shapes: x (C, H, W) and weight (C, kH, kW) give (C, oH, oW). A weight (C·m, 1, kH, kW) makes m
    outputs of each channel, those of the first channel first ("channel multiplier"), as
    conv2d(x, weight, groups=C), which this is. x (N, C, H, W) gives (N, C·m, oH, oW); the rest as
    in `conv2d`. TensorFlow's depthwise_conv2d orders its weight (kH, kW, C, m).

    >>> depthwise_conv2d([[[1, 2]], [[3, 4]]], [[[1, 1]], [[10, 1]]])
    array([[[ 3]],
    <BLANKLINE>
           [[34]]])
    """
    image, kernels = images_of("depthwise_conv2d", x, 2), numeric("depthwise_conv2d", weight)
    channels = image.shape[-3] if image.ndim > 2 else 1
    if kernels.ndim == 3:
        kernels = kernels[:, np.newaxis]
    if kernels.ndim != 4 or kernels.shape[1] != 1 or kernels.shape[0] % max(channels, 1):
        raise ValueError(
            f"depthwise_conv2d: the weight has shape {np.shape(weight)}, expected (C, kH, kW) or "
            f"(C·m, 1, kH, kW) for {amount(channels, 'channel')}"
        )
    return conv2d(image, kernels, bias, stride, padding, dilation, groups=max(channels, 1))


def separable_conv2d(
    x: ArrayLike,
    depthwise: ArrayLike,
    pointwise: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Each = 1,
    padding: Padding = 0,
    dilation: Each = 1,
) -> Array:
    """A depthwise convolution, then a pointwise one: first along the image, then across channels.

    Shapes: x (C, H, W), `depthwise` (C, kH, kW) or (C·m, 1, kH, kW) as in `depthwise_conv2d`, and
    `pointwise` (K, C·m) or (K, C·m, 1, 1) give (K, oH, oW); x (N, C, H, W) gives (N, K, oH, oW).
    `stride`, `padding` and `dilation` belong to the depthwise step, `bias` (K,) to the pointwise
    one; nothing is in between. C·kH·kW + C·K weights instead of C·K·kH·kW. As in MobileNet
    (Howard et al. 2017, arXiv:1704.04861), there with normalisation and ReLU after each step.

    >>> separable_conv2d([[[1, 2]], [[3, 4]]], [[[1, 1]], [[10, 1]]], [[1, 100]])
    array([[[3403]]])
    """
    mixing = numeric("separable_conv2d", pointwise)
    if mixing.ndim == 2:
        mixing = mixing[:, :, np.newaxis, np.newaxis]
    if mixing.ndim != 4 or mixing.shape[2:] != (1, 1):
        raise ValueError(
            f"separable_conv2d: the pointwise weight has shape {np.shape(pointwise)}, "
            "expected (K, C) or (K, C, 1, 1)"
        )
    return conv2d(depthwise_conv2d(x, depthwise, None, stride, padding, dilation), mixing, bias)


@dataclass(frozen=True)
class Octaves:
    """Feature maps at two resolutions: `high` (K, H, W) and `low` (K', H/2, W/2)."""

    high: Array
    low: Array


def octave_conv2d(
    high: ArrayLike,
    low: ArrayLike,
    high_to_high: ArrayLike,
    high_to_low: ArrayLike,
    low_to_high: ArrayLike,
    low_to_low: ArrayLike,
) -> Octaves:
    """An octave convolution: part of the channels live at half the resolution, and both exchange.

    high' = conv(high) + upsample(conv(low), 2), low' = conv(low) + conv(avg_pool2d(high, 2)), each
    conv with its own weight (K, C, k, k), k odd, stride 1 and padding "same". `high` is (C, H, W)
    with even H and W, `low` (C', H/2, W/2); or both with a batch in front. A channel that moves to
    the low resolution needs a quarter of the sums. Chen et al., Drop an Octave (2019),
    arXiv:1904.05049.

    >>> one = ones(1, 1, 1, 1)
    >>> out = octave_conv2d(ramp(1, 2, 2), 10 * ones(1, 1, 1), one, one, one, one)
    >>> out.high, out.low
    (array([[[10., 11.],
            [12., 13.]]]), array([[[11.5]]]))
    """
    fine, coarse = images_of("octave_conv2d", high, 2), images_of("octave_conv2d", low, 2)
    if fine.shape[-2:] != (2 * coarse.shape[-2], 2 * coarse.shape[-1]):
        raise ValueError(
            "octave_conv2d: high must be twice as high and wide as low, "
            f"but they have shapes {fine.shape} and {coarse.shape}"
        )
    across = upsample(conv2d(coarse, low_to_high, padding="same"), 2)
    down = conv2d(avg_pool2d(fine, 2), high_to_low, padding="same")
    stay_high = conv2d(fine, high_to_high, padding="same")
    stay_low = conv2d(coarse, low_to_low, padding="same")
    if stay_high.shape != across.shape or stay_low.shape != down.shape:
        raise ValueError(
            "octave_conv2d: the weights that lead to the same resolution must make equally many "
            f"channels, but high gets shapes {stay_high.shape} and {across.shape}, "
            f"low gets {stay_low.shape} and {down.shape}"
        )
    return Octaves(stay_high + across, stay_low + down)


def involution2d(
    x: ArrayLike,
    reduce: ArrayLike,
    span: ArrayLike,
    kernel_size: int = 3,
    groups: int = 1,
) -> Array:
    """An involution: each place makes its own kernel from its pixel, shared by a group's channels.

    The reverse of convolution, whose kernels are the same at all places and differ from channel to
    channel. For x (C, H, W): kernels = span @ relu(reduce @ pixel) at each place, with `reduce`
    (R, C) and `span` (groups·k·k, R); then out[c, i, j] = Σ kernel[g, u, v, i, j] · x[c, i + u,
    j + v] over the k×k window around (i, j), k odd, zeros outside. The output has x's shape, which
    may have a batch in front. Li et al., Involution (2021), arXiv:2103.06255, at stride 1 and
    without their normalisation.

    >>> involution2d([[[1.0, 2, 3]]], [[1]], [[0]] * 3 + [[1]] * 3 + [[0]] * 3)
    array([[[ 3., 12., 15.]]])
    """
    image = images_of("involution2d", x, 2)
    side = whole("involution2d", "kernel_size", kernel_size, 1)
    groups = whole("involution2d", "groups", groups, 1)
    channels = image.shape[-3] if image.ndim > 2 else 1
    inner, outer = numeric("involution2d", reduce), numeric("involution2d", span)
    wanted = (inner.shape[:1] or (0,)) + (channels,), (groups * side**2, *inner.shape[:1])
    if inner.shape != wanted[0] or outer.shape != wanted[1]:
        raise ValueError(
            f"involution2d: reduce has shape {inner.shape} and span {outer.shape}, expected (R, C) "
            f"and (groups·k², R) with C = {channels} and groups·k² = {groups * side**2}"
        )
    if channels % groups or side % 2 == 0:
        raise ValueError(
            f"involution2d: kernel_size must be odd and groups divide the {channels} channels, "
            f"but they are {side} and {groups}"
        )
    image, inner, outer = one_dtype(image, inner, outer)
    batch = image[(np.newaxis,) * (4 - image.ndim)]
    images, height, width = len(batch), *batch.shape[2:]
    pixels = batch.reshape(images, channels, height * width)
    kernels = np.matmul(outer, np.maximum(np.matmul(inner, pixels), 0))
    kernels = kernels.reshape(images, groups, side**2, height * width)
    windows = unfold(batch, side, padding="same")
    windows = windows.reshape(images, groups, channels // groups, side**2, height * width)
    out: Array = np.einsum("ngkp,ngckp->ngcp", kernels, windows)
    return out.reshape(image.shape)
