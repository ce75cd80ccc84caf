"""Toy data sets: small images with labels, each a pure function of its seed.

`bars` and `shape_anywhere` ask what is in the image, wherever it is; `dot_position` asks where
it is; `random_labels` asks nothing that could be learned; `edges` asks for a map.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quizcnn.nn.arguments import Array, numeric, whole
from quizcnn.nn.seeding import generator

__all__ = ["Dataset", "bars", "dot_position", "edges", "random_labels", "shape_anywhere"]


@dataclass(frozen=True, eq=False)
class Dataset:
    """Images (N, H, W) and their labels: 0 or 1 for each image (N,), or a map for each."""

    images: Array
    labels: Array


def bars(
    examples: int,
    seed: int = 0,
    noise: float = 0.3,
    size: int = 12,
    length: int = 4,
    inset: int = 1,
) -> Dataset:
    """A bar of ones, horizontal (label 0) or vertical (label 1), anywhere in the image.

    It is `length` pixels long, one wide, and at least `inset` pixels away from the image's edge;
    normal noise of standard deviation `noise` lies over the whole `size` × `size` image.

    >>> count_nonzero(bars(1, noise=0.0).images)
    4
    >>> bars(40).images.shape, bars(40).labels.shape
    ((40, 12, 12), (40,))
    """
    size = whole("bars", "size", size, 1)
    length = whole("bars", "length", length, 1)
    inset = _inset("bars", inset, size, length)
    images, labels, rng = _start("bars", examples, seed, noise, size)
    along = rng.integers(inset, size - inset - length + 1, len(labels))
    across = rng.integers(inset, size - inset, len(labels))
    for pixel in range(length):
        rows = np.where(labels == 0, across, along + pixel)
        columns = np.where(labels == 0, along + pixel, across)
        images[np.arange(len(labels)), rows, columns] += 1
    return Dataset(images, labels)


def shape_anywhere(
    examples: int, seed: int = 0, noise: float = 0.1, size: int = 12, inset: int = 1
) -> Dataset:
    """A plus (label 0) or a diagonal cross (label 1) of 5×5 pixels, anywhere in the image.

    Both have nine pixels, of value 1, at least `inset` pixels away from the image's edge; normal
    noise of standard deviation `noise` lies over the whole `size` × `size` image.

    >>> shape_anywhere(1, noise=0.0, size=5, inset=0).images.astype(int).tolist()[0][:2]
    [[1, 0, 0, 0, 1], [0, 1, 0, 1, 0]]
    """
    size = whole("shape_anywhere", "size", size, 1)
    inset = _inset("shape_anywhere", inset, size, 5)
    images, labels, rng = _start("shape_anywhere", examples, seed, noise, size)
    tops = rng.integers(inset, size - inset - 4, len(labels))
    lefts = rng.integers(inset, size - inset - 4, len(labels))
    for row, column in np.ndindex(5, 5):
        plus, cross = 2 in (row, column), row in (column, 4 - column)
        images[np.arange(len(labels)), tops + row, lefts + column] += np.where(labels, cross, plus)
    return Dataset(images, labels)


def dot_position(
    examples: int, seed: int = 0, noise: float = 0.0, size: int = 12, inset: int = 2
) -> Dataset:
    """One pixel of value 1, in the top half (label 0) or the bottom half (label 1) of the image.

    It lies at least `inset` pixels away from the edge: with 2, a 3×3 kernel without padding
    answers with all its nine values wherever the dot is, so that nothing but position tells the
    halves apart.

    >>> data = dot_position(40)
    >>> count_nonzero(data.images[data.labels == 1][:, :6])
    0
    """
    size = whole("dot_position", "size", size, 2)
    inset = _inset("dot_position", inset, size, 2)
    half = size // 2
    images, labels, rng = _start("dot_position", examples, seed, noise, size)
    top = rng.integers(inset, half, len(labels))
    bottom = rng.integers(half, size - inset, len(labels))
    columns = rng.integers(inset, size - inset, len(labels))
    images[np.arange(len(labels)), np.where(labels == 0, top, bottom), columns] += 1
    return Dataset(images, labels)


def random_labels(examples: int, seed: int = 0, size: int = 12) -> Dataset:
    """Images of pure noise whose labels, 0 or 1, were thrown with a coin: nothing to learn.

    >>> random_labels(40).images.shape
    (40, 12, 12)
    """
    size = whole("random_labels", "size", size, 1)
    images, labels, _ = _start("random_labels", examples, seed, 1.0, size)
    return Dataset(images, labels)


def edges(examples: int, seed: int = 0, noise: float = 0.3, size: int = 12) -> Dataset:
    """A vertical edge in each image, and a map that marks where it is.

    Left of the edge the image is dark and right of it bright by 1, or the other way round, with
    normal noise of standard deviation `noise`. The labels are maps (N, size − 2, size − 2), one
    value for each 3×3 window: 1 where the window straddles an edge from dark to bright, −1 from
    bright to dark, 0 elsewhere.

    >>> data = edges(1, noise=0.0, size=6)
    >>> data.images[0, 0].tolist(), data.labels[0, 0].tolist()
    ([0.0, 0.0, 1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 0.0, 0.0])
    """
    size = whole("edges", "size", size, 3)
    images, signs, rng = _start("edges", examples, seed, noise, size)
    columns = rng.integers(1, size, len(signs))
    bright_right = np.arange(size) >= columns[:, np.newaxis]
    images += np.where(signs[:, np.newaxis] == 1, bright_right, ~bright_right)[:, np.newaxis]
    lefts = np.arange(size - 2)
    straddles = (lefts < columns[:, np.newaxis]) & (columns[:, np.newaxis] <= lefts + 2)
    marks = straddles * (2.0 * signs[:, np.newaxis] - 1)
    maps = np.repeat(marks[:, np.newaxis], size - 2, axis=1)
    return Dataset(images, maps)


def _start(
    name: str, examples: int, seed: int, noise: float, size: int
) -> tuple[Array, Array, np.random.Generator]:
    """Noise images (N, size, size), labels thrown with a coin, and the generator to go on with."""
    count = whole(name, "examples", examples, 1)
    deviation = float(numeric(name, noise, "noise"))
    if not 0 <= deviation < np.inf:
        raise ValueError(f"{name}: noise must be a number of at least 0, but is {noise!r}")
    rng = generator(name, seed)
    images = deviation * rng.standard_normal((count, size, size))
    return images, rng.integers(0, 2, count), rng


def _inset(name: str, inset: int, size: int, needed: int) -> int:
    """`inset`, if a shape of `needed` pixels still fits between the edges."""
    margin = whole(name, "inset", inset, 0)
    if size - 2 * margin < needed:
        raise ValueError(
            f"{name}: {needed} pixels do not fit into a side of {size} with {margin} "
            "pixels left free at each end"
        )
    return margin
