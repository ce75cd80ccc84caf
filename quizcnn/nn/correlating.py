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
from quizcnn.nn.shifting import correlate_depthwise, is_depthwise, weigh_depthwise
from quizcnn.nn.sliding import Sliding
from quizcnn.nn.windows import Sides, Size, cut, every, padded, seen_by_cell

BLOCK = 250_000
"""Columns are laid out for about so many values at once: few enough to stay in a CPU's cache."""

SMALL = 50_000
"""So many values of columns are made at once, without looking for a better way."""

Tile: TypeAlias = tuple[slice, EllipsisType, *tuple[slice, ...]]
"""Some outputs of some images: an index (images, ..., rows, columns)."""


# 0·∞ is NaN and an overflow is ∞, as in PyTorch: values for the reader, not warnings.
@np.errstate(invalid="ignore", over="ignore")
def correlate(how: Sliding, x: Array, weight: Array, bias: Array | None = None) -> Array:
    """The sums of pixel times weight under all windows: (N, K, *how.size)."""
    out = _correlate(how, x, weight)
    if bias is not None:
        out += bias.reshape(-1, *(1 for _ in how.size))
    return out


def _correlate(how: Sliding, x: Array, weight: Array) -> Array:
    filters, cells = len(weight), weight[0].size
    if len(x) == how.groups == 1 and cells * math.prod(how.size) <= SMALL:
        sums: Array = weight.reshape(filters, cells).dot(_seen(how, x).reshape(cells, -1))
        return sums.reshape(1, filters, *how.size)
    if is_depthwise(how, weight.shape):
        return correlate_depthwise(how, x, weight)
    groups, makes = how.groups, filters // how.groups
    flat = weight.reshape(groups, makes, cells)
    out = np.empty((len(x), groups * makes, *how.size), x.dtype)
    for tile, columns in _columns(how, x):
        part = columns.reshape(len(columns), groups, cells, -1)
        out[tile] = np.matmul(flat, part).reshape(out[tile].shape)
    return out


@np.errstate(invalid="ignore", over="ignore")
def spread(how: Sliding, y: Array, weight: Array, size: Size, bias: Array | None = None) -> Array:
    """Each output painted back over its window, times the weights: (N, C, *size).

    The transpose of `correlate`: what comes back to the image, and what a transposed convolution
    computes. `size` is the image's, without the padding that is cut off again.
    """
    sides = _around(how, size)
    # Zeros between the outputs are no loss where nothing but copying takes time.
    if min(map(min, sides)) >= 0 and (max(how.stride) == 1 or is_depthwise(how, weight.shape)):
        out = _spread_by_correlating(how, y, weight, size, sides)
    else:
        out = _spread(how, y, weight, size)
    if bias is not None:
        out += bias.reshape(-1, *(1 for _ in size))
    return out


def _spread(how: Sliding, y: Array, weight: Array, size: Size) -> Array:
    images, groups, makes = len(y), how.groups, len(weight) // how.groups
    channels = weight.shape[1] * groups
    frame = (n + before + after for n, (before, after) in zip(size, how.sides, strict=True))
    framed = np.zeros((images, channels, *frame), y.dtype)
    turned = weight.reshape(groups, makes, -1).swapaxes(1, 2)
    for tile in tiles(images, how.size, weight[0].size * groups):
        part = y[tile]
        columns = np.matmul(turned, part.reshape(len(part), groups, makes, -1))
        cells = columns.reshape(len(part), channels, *how.kernel, *part.shape[2:])
        add_cells(framed, cells, how, tile)
    return framed[cut(size, how.sides)]


def _around(how: Sliding, size: Size) -> Sides:
    """How many zeros around the outputs give each pixel of the image a window of its own."""
    sides = []
    for n, m, k, s, d, (before, _) in zip(
        size, how.size, how.kernel, how.stride, how.dilation, how.sides, strict=True
    ):
        sides.append((d * (k - 1) - before, n + before - (m - 1) * s - 1))
    return tuple(sides)


def _spread_by_correlating(
    how: Sliding, y: Array, weight: Array, size: Size, sides: Sides
) -> Array:
    """The same as a correlation: outputs a stride apart, kernels flipped, channels for filters."""
    between = tuple((m - 1) * s + 1 for m, s in zip(how.size, how.stride, strict=True))
    apart = y
    if between != how.size:
        apart = np.zeros((*y.shape[:2], *between), y.dtype)
        apart[every(how.stride)] = y
    grouped = weight.reshape(how.groups, -1, *weight.shape[1:]).swapaxes(1, 2)
    flipped = np.flip(grouped, tuple(range(3, grouped.ndim)))
    turned = flipped.reshape(-1, grouped.shape[2], *how.kernel)
    closely = how._replace(size=size, stride=(1,) * len(size), sides=sides)
    return _correlate(closely, apart, turned)


@np.errstate(invalid="ignore", over="ignore")
def weigh(how: Sliding, y: Array, x: Array, channels: int) -> Array:
    """How each weight met pixel and output, summed over all places: (K, channels, *how.kernel)."""
    groups, makes = how.groups, y.shape[1] // how.groups
    shape = (groups * makes, channels, *how.kernel)
    if is_depthwise(how, shape):
        return weigh_depthwise(how, y, x)
    cells = math.prod(shape[1:])
    sums = np.zeros((groups, makes, cells), x.dtype)
    for tile, columns in _columns(how, x):
        part = columns.reshape(len(columns), groups, cells, -1)
        sent = y[tile].reshape(len(columns), groups, makes, -1)
        sums += np.matmul(sent, part.swapaxes(2, 3)).sum(axis=0)
    return sums.reshape(shape)


def _seen(how: Sliding, x: Array) -> Array:
    """What each cell of the kernel sees of the padded image: (N, C, *how.kernel, *how.size)."""
    return seen_by_cell(padded(x, how.sides), how.size, how.kernel, how.stride, how.dilation)


def _columns(how: Sliding, x: Array) -> Iterator[tuple[Tile, Array]]:
    """Tile by tile what each cell sees, laid out in memory that is used again for the next one."""
    seen = _seen(how, x)
    room = np.empty(0, x.dtype)
    for tile in tiles(len(x), how.size, x.shape[1] * math.prod(how.kernel)):
        part = seen[tile]
        if room.size < part.size:
            room = np.empty(part.size, x.dtype)
        columns = room[: part.size].reshape(part.shape)
        np.copyto(columns, part)
        yield tile, columns


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
