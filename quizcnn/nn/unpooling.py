"""Unpooling: values go back to where max pooling found them, zeros everywhere else."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, Each, each, numeric
from quizcnn.nn.places import feature_maps
from quizcnn.nn.windows import times

__all__ = ["max_unpool2d"]


def max_unpool2d(
    x: ArrayLike,
    indices: ArrayLike,
    kernel_size: Each,
    stride: Each | None = None,
    padding: Each = 0,
    output_size: Sequence[int] | None = None,
) -> Array:
    """Max pooling turned round with its `indices`: each value at its place, zeros elsewhere.

    x and `indices` have one shape, as `max_pool2d(…, return_indices=True)` gives both; an index
    counts row by row in its channel. Height becomes (H − 1)·stride − 2·padding + k; pooling that
    left something over at the edge made the same of several sizes, so `output_size` (height,
    width, or a whole shape that ends so) may name another one, less than a stride away. Where two
    values claim one cell, the last one is there. Zeiler & Fergus 2014, "Visualizing and
    understanding convolutional networks". As torch.nn.functional.max_unpool2d.

    >>> values, indices = max_pool2d([[1, 2, 5, 6], [3, 4, 8, 7]], 2, return_indices=True)
    >>> max_unpool2d(values, indices, 2)
    array([[0, 0, 0, 0],
           [0, 4, 8, 0]])
    """
    maps = feature_maps("max_unpool2d", x, 2)
    places = numeric("max_unpool2d", indices, "array of indices")
    if places.shape != maps.shape or places.dtype.kind not in "iu":
        raise ValueError(
            f"max_unpool2d: the indices must be whole numbers of the input's shape {maps.shape}, "
            f"but are {places.dtype} of shape {places.shape}"
        )
    size = _size(maps, kernel_size, stride, padding, output_size)
    cells = size[0] * size[1]
    if places.size and (places.min() < 0 or places.max() >= cells):
        wrong = places.min() if places.min() < 0 else places.max()
        raise ValueError(
            f"max_unpool2d: the index {wrong} lies outside of an output of {times(size)}; "
            "was the kernel, the stride or the padding another one?"
        )
    planes = maps.reshape(-1, maps.shape[-2] * maps.shape[-1])
    out: Array = np.zeros((len(planes), cells), maps.dtype)
    out[np.arange(len(planes))[:, np.newaxis], places.reshape(planes.shape)] = planes
    return out.reshape(*maps.shape[:-2], *size)


def _size(
    x: Array,
    kernel_size: Each,
    stride: Each | None,
    padding: Each,
    output_size: Sequence[int] | None,
) -> tuple[int, int]:
    kernel = each("max_unpool2d", "kernel_size", kernel_size, 2, 1)
    steps = kernel if stride is None else each("max_unpool2d", "stride", stride, 2, 1)
    sides = each("max_unpool2d", "padding", padding, 2, 0)
    size = [
        (n - 1) * s - 2 * p + k
        for n, k, s, p in zip(x.shape[-2:], kernel, steps, sides, strict=True)
    ]
    if output_size is not None:
        sequence = isinstance(output_size, tuple | list | np.ndarray)
        wanted = output_size[-2:] if sequence and len(output_size) in (2, x.ndim) else output_size
        given = each("max_unpool2d", "output_size", wanted, 2, 1)
        for side, usual, s in zip(given, size, steps, strict=True):
            if not usual - s < side < usual + s:
                raise ValueError(
                    f"max_unpool2d: output_size {times(given)} is not less than a stride "
                    f"{times(steps)} away from {times(tuple(size))}"
                )
        size = list(given)
    if min(size) < 1:
        raise ValueError(f"max_unpool2d: an output of {times(tuple(size))} has no pixels")
    return size[0], size[1]
