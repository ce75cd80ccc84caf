"""A convolution as a matrix product: its windows as columns, or its weights as one large matrix."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, Each, each, numeric, whole
from quizcnn.nn.correlating import add_up
from quizcnn.nn.sliding import (
    Padding,
    Sliding,
    as_batch,
    filters_of,
    images_of,
    one_dtype,
    padding_sides,
    sliding,
)
from quizcnn.nn.windows import padded, seen_by_cell, sliding_size, windows

__all__ = ["conv_matrix", "fold", "unfold"]


def unfold(
    x: ArrayLike, kernel_size: Each, dilation: Each = 1, padding: Padding = 0, stride: Each = 1
) -> Array:
    """The windows of an image as columns ("im2col"): a convolution is then one matrix product.

    Shapes: x (C, H, W) gives (C·kH·kW, places), a column for each place of the window, row by row,
    holding the window's values channel by channel; (N, C, H, W) gives (N, C·kH·kW, places); (H, W)
    counts as one channel. weight.reshape(K, -1) @ unfold(x, k) is conv2d(x, weight), flattened.
    Values repeat, up to kH·kW times each. `padding` as in `conv2d`. Raises ValueError where the
    window does not fit. Arguments and their order as in torch.nn.functional.unfold.

    >>> unfold([[1, 2, 3], [4, 5, 6]], 2)
    array([[1, 2],
           [2, 3],
           [4, 5],
           [5, 6]])
    """
    image = images_of("unfold", x, 2)
    batch = image[(np.newaxis,) * (4 - image.ndim)]
    how = _how("unfold", batch.shape[2:], kernel_size, dilation, padding, stride)
    seen = seen_by_cell(padded(batch, how.sides), how.size, how.kernel, how.stride, how.dilation)
    rows = batch.shape[1] * math.prod(how.kernel)
    columns: Array = seen.reshape(len(batch), rows, math.prod(how.size))
    return columns if image.ndim == 4 else columns[0]


def fold(
    columns: ArrayLike,
    output_size: Each,
    kernel_size: Each,
    dilation: Each = 1,
    padding: Padding = 0,
    stride: Each = 1,
) -> Array:
    """Columns added up into an image ("col2im"): each value goes back to where `unfold` saw it.

    Shapes: columns (C·kH·kW, places) give (C, H, W) with (H, W) = `output_size`; (N, C·kH·kW,
    places) give (N, C, H, W). Where windows overlap values are *added*: fold(unfold(x)) is not x
    but x times how many windows see each pixel. What falls on the padding is dropped. Raises
    ValueError where rows or places do not fit. As torch.nn.functional.fold; the transpose of
    `unfold`.

    >>> fold(unfold([[1, 2, 3], [4, 5, 6]], 2), (2, 3), 2)
    array([[[ 1,  4,  3],
            [ 4, 10,  6]]])
    """
    values = numeric("fold", columns)
    if values.ndim not in (2, 3):
        raise ValueError(
            f"fold: the columns have shape {values.shape}, "
            "expected (C·kH·kW, places) or (N, C·kH·kW, places)"
        )
    size = each("fold", "output_size", output_size, 2, 1)
    how = _how("fold", size, kernel_size, dilation, padding, stride)
    cells, places = math.prod(how.kernel), math.prod(how.size)
    if values.shape[-1] != places or values.shape[-2] % cells:
        raise ValueError(
            f"fold: the columns have shape {values.shape}; for an output of {size[0]}×{size[1]} "
            f"the last axis must be {how.size[0]} × {how.size[1]} places = {places}, "
            f"and the one before it a multiple of the {cells} cells of the kernel"
        )
    (batch,) = one_dtype(values[np.newaxis] if values.ndim == 2 else values)
    images, channels = len(batch), batch.shape[1] // cells
    image = add_up(how, batch.reshape(images, channels, *how.kernel, *how.size), size)
    return image if values.ndim == 3 else image[0]


def _how(
    operation: str,
    size: tuple[int, ...],
    kernel_size: Each,
    dilation: Each,
    padding: Padding,
    stride: Each,
) -> Sliding:
    kernel = each(operation, "kernel_size", kernel_size, 2, 1)
    steps = each(operation, "stride", stride, 2, 1)
    spread = each(operation, "dilation", dilation, 2, 1)
    sides = padding_sides(operation, padding, size, kernel, steps, spread)
    places = sliding_size(operation, size, kernel, steps, sides, spread)
    return Sliding(places, kernel, steps, sides, spread, 1)


def conv_matrix(
    weight: ArrayLike,
    input_shape: Sequence[int],
    stride: Each = 1,
    padding: Padding = 0,
    dilation: Each = 1,
    groups: int = 1,
) -> Array:
    """The matrix of a convolution: times the flattened input it gives the flattened output.

    conv_matrix(w, x.shape) @ flatten(x) is flatten(conv2d(x, w)). One row for each output, one
    column for each input, both counted row by row, channel by channel; `input_shape` is (H, W) or
    (C, H, W). Most entries are 0, and each row holds the same weights. The rest as for `conv2d`.

    >>> conv_matrix([[1, 2]], (1, 4))
    array([[1, 2, 0, 0],
           [0, 1, 2, 0],
           [0, 0, 1, 2]])
    """
    kernels, shape = filters_of("conv_matrix", weight, 2), _input_shape(input_shape)
    inputs = math.prod(shape)
    places = np.arange(inputs).reshape(shape)
    batch, filters, groups = as_batch("conv_matrix", places, kernels, 2, groups)
    how = sliding("conv_matrix", batch, filters, stride, padding, dilation, groups)
    # Padding has no column of its own: its weights land in one extra column that is cut off.
    framed = padded(batch[0], how.sides, inputs)
    seen = windows(framed, how.size, how.kernel, how.stride, how.dilation)
    outputs, channels = math.prod(how.size), filters.shape[1]
    (filters,) = one_dtype(filters)
    matrix: Array = np.zeros((len(filters), outputs, inputs + 1), filters.dtype)
    for number, kernel in enumerate(filters):
        first = number // (len(filters) // groups) * channels
        inside = seen[first : first + channels].transpose(1, 2, 0, 3, 4).reshape(outputs, -1)
        np.put_along_axis(matrix[number], inside, np.broadcast_to(kernel.ravel(), inside.shape), 1)
    return np.ascontiguousarray(matrix[:, :, :inputs].reshape(-1, inputs))


def _input_shape(shape: Sequence[int]) -> tuple[int, ...]:
    sides = tuple(whole("conv_matrix", "each side of input_shape", side, 1) for side in shape)
    if len(sides) not in (2, 3):
        raise ValueError(f"conv_matrix: input_shape must be (H, W) or (C, H, W), but is {sides}")
    return sides
