"""The three sums of a convolution: outputs from windows, and both ways back from the outputs.

Each is a matrix product with the windows laid out as columns, k² times as large as the image;
so they are made and used up tile by tile. Arrays have all their axes here: images (N, C, …),
outputs (N, K, …), weights (K, C/groups, …), all of one dtype.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from operator import add, floordiv, mul
from types import EllipsisType
from typing import TypeAlias

import numpy as np

from quizcnn.nn.arguments import Array
from quizcnn.nn.depthwise import correlate_depthwise, is_depthwise, weigh_depthwise
from quizcnn.nn.sliding import Sliding
from quizcnn.nn.windows import Index, Sides, Size, cut, padded, seen_by_cell, standing

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
    if exact_in_doubles(x, weight, cells):
        return _correlate(how, x.astype(np.float64), weight.astype(np.float64)).astype(x.dtype)
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
    sides, images, filters = _around(how, size), len(y), len(weight)
    small = images == how.groups == 1 and weight[0].size * math.prod(how.size) <= SMALL
    # Columns are made either of the outputs, to correlate, or of the image, to be added up: adding
    # takes twice as long as copying.
    if small or 2 * weight.shape[1] < filters // how.groups:
        out = _spread_columns(how, y, weight, size)
    elif max(how.stride) == 1 and min(map(min, sides)) >= 0:
        out = _spread_closely(how._replace(size=size, sides=sides), y, weight)
    else:
        out = _spread_apart(how, y, weight, size)
    if bias is not None:
        out += bias.reshape(-1, *(1 for _ in size))
    return out


def _around(how: Sliding, size: Size) -> Sides:
    """How many zeros around the outputs give each pixel of the image a window of its own."""
    reach = (d * (k - 1) for d, k in zip(how.dilation, how.kernel, strict=True))
    return tuple(
        (r - before, n + before - m)
        for r, n, m, (before, _) in zip(reach, size, how.size, how.sides, strict=True)
    )


def _spread_closely(how: Sliding, y: Array, weight: Array) -> Array:
    """At stride 1 spreading is correlating, with flipped kernels and channels for filters."""
    grouped = weight.reshape(how.groups, -1, *weight.shape[1:]).swapaxes(1, 2)
    flipped = np.flip(grouped, tuple(range(3, grouped.ndim)))
    return _correlate(how, y, flipped.reshape(-1, grouped.shape[2], *how.kernel))


def _spread_apart(how: Sliding, y: Array, weight: Array, size: Size) -> Array:
    """At larger strides the image's pixels fall into sorts that see different cells of the kernel.

    With stride 2 the first, third, … pixel meets every second cell from the first on, the others
    meet those from the second on; each sort by itself is a convolution at stride 1.
    """
    framed = _frame(how, size, len(y), weight.shape[1] * how.groups, y.dtype)
    common = tuple(map(math.gcd, how.stride, how.dilation))
    apart = tuple(map(floordiv, how.stride, common))
    close = how._replace(
        stride=(1,) * len(size), dilation=tuple(map(floordiv, how.dilation, common))
    )
    for cell in itertools.product(*map(range, apart)):
        kept = tuple(slice(u, None, a) for u, a in zip(cell, apart, strict=True))
        part = weight[:, :, *kept]
        if part.size == 0:
            continue
        kernel = part.shape[2:]
        reach = tuple(d * (k - 1) for d, k in zip(close.dilation, kernel, strict=True))
        whole = tuple(map(add, how.size, reach))
        every = close._replace(size=whole, kernel=kernel, sides=tuple((r, r) for r in reach))
        first = tuple(map(mul, cell, how.dilation))
        framed[standing(first, whole, how.stride)] = _spread_closely(every, y, part)
    return framed[cut(size, how.sides)]


def _spread_columns(how: Sliding, y: Array, weight: Array, size: Size) -> Array:
    """What each cell of the kernel sends back, laid out as columns and added up."""
    images, groups, makes = len(y), how.groups, len(weight) // how.groups
    framed = _frame(how, size, images, weight.shape[1] * groups, y.dtype)
    turned = weight.reshape(groups, makes, -1).swapaxes(1, 2)
    for tile in tiles(images, how.size, weight[0].size * groups):
        part = y[tile]
        columns = np.matmul(turned, part.reshape(len(part), groups, makes, -1))
        cells = columns.reshape(len(part), framed.shape[1], *how.kernel, *part.shape[2:])
        first = tuple(places.start for places in tile[2:])
        add_cells(how, framed[tile[0]], cells, first)
    return framed[cut(size, how.sides)]


def add_up(how: Sliding, cells: Array, size: Size) -> Array:
    """What each cell sees, (N, C, *kernel, *how.size), added up where it saw it: (N, C, *size)."""
    framed = _frame(how, size, len(cells), cells.shape[1], cells.dtype)
    add_cells(how, framed, cells, (0,) * len(size))
    return framed[cut(size, how.sides)]


def add_cells(how: Sliding, framed: Array, cells: Array, first: Size) -> None:
    """Add to a padded image what each cell sees from the window number `first` on."""
    places = cells.shape[2 + len(first) :]
    reach = [
        [slice(u * d + at * s, u * d + (at + n - 1) * s + 1, s) for u in range(k)]
        for k, d, s, at, n in zip(how.kernel, how.dilation, how.stride, first, places, strict=True)
    ]
    one_by_one = cells.reshape(*cells.shape[:2], math.prod(how.kernel), *places)
    for number, pixels in enumerate(itertools.product(*reach)):
        seen: Index = (..., *pixels)
        framed[seen] += one_by_one[:, :, number]


def _frame(
    how: Sliding, size: Size, images: int, channels: int, dtype: np.dtype[np.generic]
) -> Array:
    """Zeros for an image and its padding."""
    sides = (n + before + after for n, (before, after) in zip(size, how.sides, strict=True))
    return np.zeros((images, channels, *sides), dtype)


@np.errstate(invalid="ignore", over="ignore")
def weigh(how: Sliding, y: Array, x: Array, channels: int) -> Array:
    """How each weight met pixel and output, summed over all places: (K, channels, *how.kernel)."""
    groups, makes = how.groups, y.shape[1] // how.groups
    shape = (groups * makes, channels, *how.kernel)
    cells = math.prod(shape[1:])
    if len(x) == groups == 1 and cells * math.prod(how.size) <= SMALL:
        met: Array = y.reshape(makes, -1).dot(_seen(how, x).reshape(cells, -1).T)
        return met.reshape(shape)
    if exact_in_doubles(x, y, len(x) * math.prod(how.size)):
        return weigh(how, y.astype(np.float64), x.astype(np.float64), channels).astype(x.dtype)
    if is_depthwise(how, shape):
        return weigh_depthwise(how, y, x)
    sums = np.zeros((groups, makes, cells), x.dtype)
    for tile, columns in _columns(how, x):
        part = columns.reshape(len(columns), groups, cells, -1)
        sent = y[tile].reshape(len(columns), groups, makes, -1)
        sums += np.matmul(sent, part.swapaxes(2, 3)).sum(axis=0)
    return sums.reshape(shape)


def exact_in_doubles(a: Array, b: Array, terms: int) -> bool:
    """Whether sums of so many products of whole numbers stay below 2⁵³.

    Doubles then hold them exactly, and multiply matrices ten times as fast as integers do.

    >>> exact_in_doubles(np.array([2**26]), np.array([-(2**26)]), 1)
    True
    >>> exact_in_doubles(np.array([2**26]), np.array([-(2**26)]), 2)
    False
    """
    if a.dtype.kind not in "iu" or a.size == 0 or b.size == 0:
        return False
    largest = [max(int(each.max()), -int(each.min())) for each in (a, b)]
    return terms * largest[0] * largest[1] < 2**53


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
