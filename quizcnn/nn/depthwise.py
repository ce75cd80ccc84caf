"""The sums of a depthwise convolution, where each filter sees one channel and no other.

Each channel of the padded image lies flat here, row after row: a shift down and across is one step
along the line, and all places of a window make long columns that are quickly copied. Windows that
reach round the end of a row are computed as well, and left out afterwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from quizcnn.nn.arguments import Array
from quizcnn.nn.sliding import Sliding
from quizcnn.nn.windows import Index, Size, padded, standing, strided

PIECE = 250_000
"""Columns are laid out for about so many values at once: they stay in a CPU's cache."""
WASTE = 4
"""Sums are made at every pixel. Of a stride that leaves out more of them it is not worth it."""


def is_depthwise(how: Sliding, weight: Size) -> bool:
    """Whether each filter of a weight of this shape sees one channel of its own."""
    return weight[0] == how.groups and weight[1] == 1 and math.prod(how.stride) <= WASTE


def correlate_depthwise(how: Sliding, x: Array, weight: Array) -> Array:
    """The sums under all windows: (N, C, …) and (C, 1, …) → (N, C, *how.size)."""
    images, channels = x.shape[:2]
    channel_by_channel = x.reshape(images * channels, *x.shape[2:])
    weights = np.tile(weight.reshape(channels, 1, -1), (images, 1, 1))
    out = np.empty((images * channels, *how.size), x.dtype)
    for some, framed, columns in _pieces(how, channel_by_channel):
        sums = np.empty_like(framed)
        line = sums.reshape(len(sums), 1, -1)
        for start, part in columns:
            np.matmul(weights[some], part, out=line[:, :, start : start + part.shape[2]])
        out[some] = sums[_places(how)]
    return out.reshape(images, channels, *how.size)


def weigh_depthwise(how: Sliding, y: Array, x: Array) -> Array:
    """How each weight met pixel and output, summed over all places: (C, 1, *how.kernel)."""
    images, channels = x.shape[:2]
    channel_by_channel = x.reshape(images * channels, *x.shape[2:])
    sent = y.reshape(images * channels, *how.size)
    met = np.zeros((images * channels, math.prod(how.kernel)), x.dtype)
    for some, framed, columns in _pieces(how, channel_by_channel):
        wide = np.zeros_like(framed)
        wide[_places(how)] = sent[some]
        line = wide.reshape(len(wide), -1, 1)
        for start, part in columns:
            met[some] += np.matmul(part, line[:, start : start + part.shape[2]])[:, :, 0]
    sums: Array = met.reshape(images, channels, met.shape[1]).sum(axis=0)
    return sums.reshape(channels, 1, *how.kernel)


def _places(how: Sliding) -> Index:
    """Where in padded channels the windows' first pixels are."""
    return standing((0,) * len(how.size), how.size, how.stride)


def _pieces(how: Sliding, x: Array) -> Iterator[tuple[slice, Array, Iterator[tuple[int, Array]]]]:
    """Some channels at a time, then padded, and with the columns of their windows."""
    frame = tuple(n + sum(sides) for n, sides in zip(x.shape[1:], how.sides, strict=True))
    several = max(1, min(len(x), PIECE // (math.prod(how.kernel) * math.prod(frame))))
    room = np.empty(max(PIECE, math.prod(how.kernel)), x.dtype)
    for first in range(0, len(x), several):
        some = slice(first, first + several)
        framed = np.ascontiguousarray(padded(x[some], how.sides))
        yield some, framed, _columns(how, framed, room)


def _columns(how: Sliding, framed: Array, room: Array) -> Iterator[tuple[int, Array]]:
    """Where in each line a window stands first, and (lines, cells, windows) from there on.

    The columns are laid out in `room`, which the next ones use again.
    """
    frame, cells = framed.shape[1:], math.prod(how.kernel)
    pitch = [math.prod(frame[axis + 1 :]) for axis in range(len(frame))]
    windows = sum((n - 1) * s * p for n, s, p in zip(how.size, how.stride, pitch, strict=True)) + 1
    shifts = (step * d for step, d in zip(framed.strides[1:], how.dilation, strict=True))
    strides = (framed.strides[0], *shifts, framed.itemsize)
    length = max(1, len(room) // (cells * len(framed)))
    for start in range(0, windows, length):
        shape = (len(framed), *how.kernel, min(length, windows - start))
        columns = room[: math.prod(shape)].reshape(shape)
        np.copyto(columns, strided(framed, shape, strides, start))
        yield start, columns.reshape(len(framed), cells, -1)
