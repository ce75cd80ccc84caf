"""The sums of a depthwise convolution, where each filter sees one channel and no other.

Each channel of the padded image lies flat here, row after row: a shift down and across is one step
along the line, and all places of a window make long columns that are quickly copied. Windows that
reach round the end of a row are computed as well, and left out afterwards.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import numpy as np
from numpy.lib.stride_tricks import as_strided

from quizcnn.nn.arguments import Array
from quizcnn.nn.sliding import Sliding
from quizcnn.nn.windows import Size, padded

PIECE = 250_000
"""Columns are laid out for about so many values at once: they stay in a CPU's cache."""
WASTE = 4
"""Sums are made at every pixel. Of a stride that leaves out more of them it is not worth it."""


def is_depthwise(how: Sliding, weight: Size) -> bool:
    """Whether each filter of a weight of this shape sees one channel of its own."""
    return weight[0] == how.groups and weight[1] == 1 and math.prod(how.stride) <= WASTE


def correlate_depthwise(how: Sliding, x: Array, weight: Array) -> Array:
    """The sums under all windows: (N, C, …) and (C, 1, …) → (N, C, *how.size)."""
    framed = padded(x, how.sides)
    pixels = _flat(framed)
    sums = np.zeros_like(pixels)
    weights = np.tile(weight.reshape(len(weight), 1, -1), (len(x), 1, 1))
    for rows, start, columns in _columns(how, pixels, framed.shape[2:]):
        target = sums[rows, np.newaxis, start : start + columns.shape[2]]
        np.matmul(weights[rows], columns, out=target)
    return np.ascontiguousarray(sums.reshape(framed.shape)[_standing(how)])


def weigh_depthwise(how: Sliding, y: Array, x: Array) -> Array:
    """How each weight met pixel and output, summed over all places: (C, 1, *how.kernel)."""
    framed = padded(x, how.sides)
    wide = np.zeros_like(framed)
    wide[_standing(how)] = y
    pixels, outputs = _flat(framed), _flat(wide)
    met = np.zeros((len(pixels), math.prod(how.kernel)), x.dtype)
    for rows, start, columns in _columns(how, pixels, framed.shape[2:]):
        sent = outputs[rows, start : start + columns.shape[2], np.newaxis]
        met[rows] += np.matmul(columns, sent)[:, :, 0]
    sums: Array = met.reshape(*x.shape[:2], -1).sum(axis=0)
    return sums.reshape(-1, 1, *how.kernel)


def _flat(x: Array) -> Array:
    """Each channel of each image as one line: (N·C, pixels)."""
    return np.ascontiguousarray(x).reshape(x.shape[0] * x.shape[1], math.prod(x.shape[2:]))


def _standing(how: Sliding) -> tuple[slice, ...]:
    """Where in a padded image the windows' first pixels are."""
    reach = (slice(0, (n - 1) * s + 1, s) for n, s in zip(how.size, how.stride, strict=True))
    return (slice(None), slice(None), *reach)


def _columns(how: Sliding, lines: Array, frame: Size) -> Iterator[tuple[slice, int, Array]]:
    """Some lines, where in them the first window stands, and (lines, cells, windows) from there."""
    pitch = [math.prod(frame[axis + 1 :]) for axis in range(len(frame))]
    last = sum((n - 1) * s * p for n, s, p in zip(how.size, how.stride, pitch, strict=True))
    cells = math.prod(how.kernel)
    length = min(last + 1, max(1, PIECE // cells))
    several = max(1, PIECE // (cells * length))
    room = np.empty(min(several, len(lines)) * cells * length, lines.dtype)
    across, step = lines.strides
    shifts = [p * d * step for p, d in zip(pitch, how.dilation, strict=True)]
    for first, start in itertools.product(
        range(0, len(lines), several), range(0, last + 1, length)
    ):
        some = lines[first : first + several, start:]
        shape = (len(some), *how.kernel, min(length, last + 1 - start))
        columns = room[: math.prod(shape)].reshape(shape)
        np.copyto(columns, as_strided(some, shape, (across, *shifts, step), writeable=False))
        yield slice(first, first + several), start, columns.reshape(len(some), cells, -1)
