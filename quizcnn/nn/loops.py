"""Every operation once more, as loops to read: what the fast ones compute, one number at a time.

Images have all their axes here, (N, C, H, W); strides, kernels and dilations are pairs (height,
width). Nothing is checked: the fast ones do that. The tests hold both against each other.
"""

from __future__ import annotations

import math

import numpy as np

from quizcnn.nn.arguments import Array
from quizcnn.nn.windows import NONE, Sides


def conv2d_loops(
    x: Array,
    weight: Array,
    bias: Array | None = None,
    stride: tuple[int, int] = (1, 1),
    sides: Sides = NONE,
    dilation: tuple[int, int] = (1, 1),
    groups: int = 1,
) -> Array:
    """For each image, filter and place: the sum over the window of pixel times weight.

    (N, C, H, W) and (K, C/groups, kH, kW) → (N, K, oH, oW).

    >>> x, weight = np.array([[[[1, 2, 3], [4, 5, 6]]]]), np.array([[[[1, 0], [0, 1]]]])
    >>> conv2d_loops(x, weight)
    array([[[[6., 8.]]]])
    """
    images, _, height, width = x.shape
    filters, channels, kernel_height, kernel_width = weight.shape
    (top, _), (left, _) = sides
    rows = _places(height + sum(sides[0]), dilation[0] * (kernel_height - 1) + 1, stride[0])
    columns = _places(width + sum(sides[1]), dilation[1] * (kernel_width - 1) + 1, stride[1])
    out = np.zeros((images, filters, rows, columns))
    for n in range(images):
        for k in range(filters):
            # Filters are shared out among the groups in order; each sees its group's channels only.
            first_channel = k // (filters // groups) * channels
            for i in range(rows):
                for j in range(columns):
                    total = 0.0 if bias is None else float(bias[k])
                    for c in range(channels):
                        for u in range(kernel_height):
                            for v in range(kernel_width):
                                row = i * stride[0] + u * dilation[0] - top
                                column = j * stride[1] + v * dilation[1] - left
                                inside = 0 <= row < height and 0 <= column < width
                                pixel = x[n, first_channel + c, row, column] if inside else 0.0
                                total += float(pixel) * float(weight[k, c, u, v])
                    out[n, k, i, j] = total
    return out


def conv_transpose2d_loops(
    x: Array,
    weight: Array,
    stride: tuple[int, int] = (1, 1),
    sides: Sides = NONE,
    dilation: tuple[int, int] = (1, 1),
    groups: int = 1,
) -> Array:
    """Each pixel paints the kernels, times its value, where it stands; then the edges are cut off.

    (N, C, H, W) and (C, K/groups, kH, kW) → (N, K, oH, oW).

    >>> conv_transpose2d_loops(np.array([[[[1, 2]]]]), np.array([[[[1, 10]]]]), (1, 2))
    array([[[[ 1., 10.,  2., 20.]]]])
    """
    images, channels, height, width = x.shape
    _, filters, kernel_height, kernel_width = weight.shape
    rows = (height - 1) * stride[0] + dilation[0] * (kernel_height - 1) + 1
    columns = (width - 1) * stride[1] + dilation[1] * (kernel_width - 1) + 1
    out = np.zeros((images, groups * filters, rows, columns))
    for n, c, i, j in np.ndindex(x.shape):
        # Channels are shared out among the groups in order; each paints its group's outputs only.
        first_filter = c // (channels // groups) * filters
        for k, u, v in np.ndindex(weight.shape[1:]):
            row, column = i * stride[0] + u * dilation[0], j * stride[1] + v * dilation[1]
            painted = float(x[n, c, i, j]) * float(weight[c, k, u, v])
            out[n, first_filter + k, row, column] += painted
    (top, bottom), (left, right) = sides
    return out[:, :, top : rows - bottom, left : columns - right]


def convolve2d_loops(x: Array, kernel: Array) -> Array:
    """The full convolution, from the other end: each pixel paints the kernel where it stands.

    (H, W) and (kH, kW) → (H + kH − 1, W + kW − 1). Nothing is flipped here: that a sliding kernel
    has to be is what comes of it.

    >>> convolve2d_loops(np.array([[1, 2]]), np.array([[1, 10]]))
    array([[ 1., 12., 20.]])
    """
    height, width = x.shape
    kernel_height, kernel_width = kernel.shape
    out = np.zeros((height + kernel_height - 1, width + kernel_width - 1))
    for i in range(height):
        for j in range(width):
            for u in range(kernel_height):
                for v in range(kernel_width):
                    out[i + u, j + v] += float(x[i, j]) * float(kernel[u, v])
    return out


def max_pool2d_loops(
    x: Array, kernel: tuple[int, int], stride: tuple[int, int], sides: Sides = NONE
) -> Array:
    """For each place the largest value seen in the window, NaN if there is one; (N, C, H, W).

    >>> max_pool2d_loops(np.array([[[[1, 2], [4, 3]]]]), (2, 2), (2, 2))
    array([[[[4.]]]])
    """
    out = np.zeros((*x.shape[:2], *_pooled_size(x, kernel, stride, sides)))
    for place in np.ndindex(out.shape):
        best = -math.inf
        for value in _seen(x, place, kernel, stride, sides):
            # A NaN is neither larger nor smaller: it has to be asked for.
            if value > best or math.isnan(value):
                best = value
            if math.isnan(best):
                break
        out[place] = best
    return out


def min_pool2d_loops(
    x: Array, kernel: tuple[int, int], stride: tuple[int, int], sides: Sides = NONE
) -> Array:
    """For each place the smallest value: the largest of all signs turned, turned back.

    >>> min_pool2d_loops(np.array([[[[1, 2], [4, 3]]]]), (2, 2), (2, 2))
    array([[[[1.]]]])
    """
    return -max_pool2d_loops(-x.astype(np.float64), kernel, stride, sides)


def avg_pool2d_loops(
    x: Array,
    kernel: tuple[int, int],
    stride: tuple[int, int],
    sides: Sides = NONE,
    count_include_pad: bool = True,
) -> Array:
    """For each place the sum over the window, divided by how many values count; (N, C, H, W).

    >>> avg_pool2d_loops(np.array([[[[1, 2], [4, 3]]]]), (2, 2), (2, 2))
    array([[[[2.5]]]])
    """
    out = np.zeros((*x.shape[:2], *_pooled_size(x, kernel, stride, sides)))
    for place in np.ndindex(out.shape):
        total, count = 0.0, 0
        for value in _seen(x, place, kernel, stride, sides):
            total += value
            count += 1
        out[place] = total / (kernel[0] * kernel[1] if count_include_pad else count)
    return out


def upsample_loops(x: Array, factor: tuple[int, int]) -> Array:
    """Each pixel of the large image looks up the small image's pixel that it lies in; (N, C, H, W).

    >>> upsample_loops(np.array([[[[1, 2]]]]), (1, 2))
    array([[[[1., 1., 2., 2.]]]])
    """
    images, channels, height, width = x.shape
    out = np.zeros((images, channels, height * factor[0], width * factor[1]))
    for n, c, i, j in np.ndindex(out.shape):
        out[n, c, i, j] = x[n, c, i // factor[0], j // factor[1]]
    return out


def linear_loops(x: Array, weight: Array, bias: Array | None = None) -> Array:
    """For each example and output: the sum of input times weight; (N, inputs) → (N, outputs).

    >>> linear_loops(np.array([[1, 2]]), np.array([[3, 4], [5, 6]]))
    array([[11., 17.]])
    """
    out = np.zeros((len(x), len(weight)))
    for n in range(len(x)):
        for k in range(len(weight)):
            total = 0.0 if bias is None else float(bias[k])
            for i in range(x.shape[1]):
                total += float(x[n, i]) * float(weight[k, i])
            out[n, k] = total
    return out


def softmax_loops(x: Array) -> Array:
    """For each value of a vector its power of e, divided by the sum of them all.

    >>> softmax_loops(np.array([0.0, 0.0]))
    array([0.5, 0.5])
    """
    total = 0.0
    for value in x:
        total += math.exp(value)
    out = np.zeros(len(x))
    for i in range(len(x)):
        out[i] = math.exp(x[i]) / total
    return out


def _places(size: int, window: int, stride: int) -> int:
    """How many windows stand side by side, found by setting them down one after another."""
    count = 0
    while count * stride + window <= size:
        count += 1
    return count


def _pooled_size(
    x: Array, kernel: tuple[int, int], stride: tuple[int, int], sides: Sides
) -> tuple[int, int]:
    height, width = x.shape[2] + sum(sides[0]), x.shape[3] + sum(sides[1])
    return _places(height, kernel[0], stride[0]), _places(width, kernel[1], stride[1])


def _seen(
    x: Array,
    place: tuple[int, ...],
    kernel: tuple[int, int],
    stride: tuple[int, int],
    sides: Sides,
) -> list[float]:
    """The real values under a window, without the padding."""
    n, c, i, j = place
    values = []
    for u in range(kernel[0]):
        for v in range(kernel[1]):
            row, column = i * stride[0] + u - sides[0][0], j * stride[1] + v - sides[1][0]
            if 0 <= row < x.shape[2] and 0 <= column < x.shape[3]:
                values.append(float(x[n, c, row, column]))
    return values
