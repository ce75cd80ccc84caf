"""A convolution as a matrix product: its windows as columns, or its weights as one large matrix."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, whole
from quizcnn.nn.sliding import Each, Padding, as_batch, filters_of, one_dtype, sliding
from quizcnn.nn.windows import padded, windows

__all__ = ["conv_matrix"]


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
