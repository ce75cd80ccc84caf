"""The sums of a convolution: each window laid out as a column, and all columns times the weights.

Arrays have all their axes here, x (N, C, …) and weight (K, C/groups, …), and one dtype.
"""

from __future__ import annotations

import math

import numpy as np

from quizcnn.nn.arguments import Array
from quizcnn.nn.sliding import Sliding
from quizcnn.nn.windows import padded, seen_by_cell

BLOCK = 1_000_000
"""Windows are laid out for the matrix product in blocks of about so many values."""


# 0·∞ is NaN and an overflow is ∞, as in PyTorch: values for the reader, not warnings.
@np.errstate(invalid="ignore", over="ignore")
def correlate(how: Sliding, x: Array, weight: Array, bias: Array | None = None) -> Array:
    """The sums of pixel times weight under all windows: (N, K, *how.size)."""
    size, groups = how.size, how.groups
    seen = seen_by_cell(padded(x, how.sides), size, how.kernel, how.stride, how.dilation)
    images, filters, places = len(x), len(weight), math.prod(size)
    cells = weight.size // filters
    needed = images * groups * cells * places
    if needed > BLOCK:
        out = _in_blocks(seen, weight.reshape(groups, filters // groups, cells), size)
    elif images == groups == 1:
        # The matrix product needs each window laid out in full, k² times the image.
        out = weight.reshape(filters, cells).dot(seen.reshape(cells, places))
    else:
        columns = seen.reshape(images, groups, cells, places)
        out = np.matmul(weight.reshape(groups, filters // groups, cells), columns)
    out = out.reshape(images, filters, *size)
    if bias is not None:
        out += bias.reshape(-1, *(1 for _ in size))
    return out


def _in_blocks(seen: Array, weight: Array, size: tuple[int, ...]) -> Array:
    """The same, a few rows of an image after another: columns need no more than a block."""
    groups, makes, cells = weight.shape
    out = np.empty((len(seen), groups, makes, size[0], math.prod(size[1:])), seen.dtype)
    across = out.shape[-1]
    rows = max(1, BLOCK // (groups * cells * across))
    first = seen.ndim - len(size)
    for image in range(len(seen)):
        for top in range(0, size[0], rows):
            block = seen[(image,) + (slice(None),) * (first - 1) + (slice(top, top + rows),)]
            columns = block.reshape(groups, cells, -1)
            sums = np.matmul(weight, columns)
            out[image, :, :, top : top + rows] = sums.reshape(groups, makes, -1, across)
    return out
