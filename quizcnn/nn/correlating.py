"""The three sums of a convolution: outputs from windows, and both ways back from the outputs.

Each is a matrix product with the windows laid out as columns, k² times as large as the image;
so they are made and used up tile by tile. Arrays have all their axes here: images (N, C, …),
outputs (N, K, …), weights (K, C/groups, …), all of one dtype.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from types import EllipsisType
from typing import TypeAlias

import numpy as np

from quizcnn.nn.arguments import Array
from quizcnn.nn.sliding import Sliding
from quizcnn.nn.windows import Size, cut, padded, seen_by_cell

BLOCK = 250_000
"""Columns are laid out for about so many values at once: few enough to stay in a CPU's cache."""


Tile: TypeAlias = tuple[slice, EllipsisType, *tuple[slice, ...]]
"""Some outputs of some images: an index (images, ..., rows, columns)."""


# 0·∞ is NaN and an overflow is ∞, as in PyTorch: values for the reader, not warnings.
@np.errstate(invalid="ignore", over="ignore")
def correlate(how: Sliding, x: Array, weight: Array, bias: Array | None = None) -> Array:
    """The sums of pixel times weight under all windows: (N, K, *how.size)."""
    size, groups = how.size, how.groups
    seen = seen_by_cell(padded(x, how.sides), size, how.kernel, how.stride, how.dilation)
    images, filters, cells = len(x), len(weight), weight[0].size
    if images == groups == 1 and cells * math.prod(size) <= BLOCK:
        sums: Array = weight.reshape(filters, cells).dot(seen.reshape(cells, -1))
        out = sums.reshape(1, filters, *size)
    else:
        flat = weight.reshape(groups, filters // groups, cells)
        out = np.empty((images, filters, *size), x.dtype)
        for tile in tiles(images, size, groups * cells):
            part = seen[tile]
            columns = part.reshape(len(part), groups, cells, -1)
            out[tile] = np.matmul(flat, columns).reshape(out[tile].shape)
    if bias is not None:
        out += bias.reshape(-1, *(1 for _ in size))
    return out


@np.errstate(invalid="ignore", over="ignore")
def spread(how: Sliding, y: Array, weight: Array, size: Size, bias: Array | None = None) -> Array:
    """Each output painted back over its window, times the weights: (N, C, *size).

    The transpose of `correlate`: what comes back to the image, and what a transposed convolution
    computes. `size` is the image's, without the padding that is cut off again.
    """
    images, groups, filters = len(y), how.groups, len(weight)
    channels = weight.shape[1] * groups
    frame = (n + before + after for n, (before, after) in zip(size, how.sides, strict=True))
    framed = np.zeros((images, channels, *frame), y.dtype)
    turned = weight.reshape(groups, filters // groups, -1).swapaxes(1, 2)
    for tile in tiles(images, how.size, weight[0].size * groups):
        part = y[tile]
        columns = np.matmul(turned, part.reshape(len(part), groups, filters // groups, -1))
        cells = columns.reshape(len(part), channels, *how.kernel, *part.shape[2:])
        add_cells(framed, cells, how, tile)
    out = framed[cut(size, how.sides)]
    if bias is not None:
        out += bias.reshape(-1, *(1 for _ in size))
    return out


@np.errstate(invalid="ignore", over="ignore")
def weigh(how: Sliding, y: Array, x: Array, channels: int) -> Array:
    """How each weight met pixel and output, summed over all places: (K, channels, *how.kernel)."""
    images, filters, groups = len(x), y.shape[1], how.groups
    cells = channels * math.prod(how.kernel)
    seen = seen_by_cell(padded(x, how.sides), how.size, how.kernel, how.stride, how.dilation)
    sums = np.zeros((groups, filters // groups, cells), x.dtype)
    for tile in tiles(images, how.size, groups * cells):
        part = y[tile]
        columns = seen[tile].reshape(len(part), groups, cells, -1).swapaxes(2, 3)
        flat = part.reshape(len(part), groups, filters // groups, -1)
        sums += np.matmul(flat, columns).sum(axis=0)
    return sums.reshape(filters, channels, *how.kernel)


def add_cells(framed: Array, cells: Array, how: Sliding, tile: Tile) -> None:
    """Add (N, C, *kernel, *places) to the pixels of a padded image that each cell sees."""
    axes = list(zip(how.dilation, how.stride, tile[2:], strict=True))
    for cell in np.ndindex(how.kernel):
        index: Tile = (
            tile[0],
            ...,
            *(
                slice(u * d + at.start * s, u * d + (at.stop - 1) * s + 1, s)
                for u, (d, s, at) in zip(cell, axes, strict=True)
            ),
        )
        framed[index] += cells[(slice(None), slice(None), *cell)]


def tiles(images: int, size: Size, cells: int) -> Iterator[Tile]:
    """Which outputs to take at once, as indices (images, ..., rows, columns).

    Together all tiles are everything, and each has about BLOCK values in its columns.
    """
    room = max(1, BLOCK // cells)
    lengths: list[int] = []
    for side in (*reversed(size), images):
        lengths.insert(0, max(1, min(side, room)))
        room //= lengths[0]
    cuts = (
        [slice(start, min(start + length, side)) for start in range(0, side, length)]
        for side, length in zip((images, *size), lengths, strict=True)
    )
    for first, *rest in itertools.product(*cuts):
        yield (first, ..., *rest)
