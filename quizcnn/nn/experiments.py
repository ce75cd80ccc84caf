"""A small network trained and tested on a toy task: filters, ReLU, pooling, a linear classifier.

The filters are fixed and the classifier is fitted in one step, so an experiment takes
milliseconds and differs from another in nothing but what is varied: the task, the pooling, the
number of examples.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.activations import relu
from quizcnn.nn.arguments import Array, numeric, whole
from quizcnn.nn.convolution import conv2d
from quizcnn.nn.data import Dataset
from quizcnn.nn.fits import accuracy, least_squares, predict
from quizcnn.nn.pooling import avg_pool2d, global_avg_pool2d, global_max_pool2d, max_pool2d

__all__ = ["Experiment", "bar_kernels", "experiment", "pixel_features", "pooled_features"]

Pooling: TypeAlias = Literal["none", "global", "2x2", "global average", "2x2 average"]

NEW_IMAGES = 1_000_000
"""Test images come from a seed so far away from that of the training images."""


@dataclass(frozen=True)
class Experiment:
    """The accuracy on the training examples, on new images, and the number of features."""

    train: float
    test: float
    features: int


def experiment(
    task: Callable[..., Dataset],
    pool: Pooling = "none",
    examples: int = 40,
    seed: int = 0,
    tests: int = 2000,
    features: Literal["filters", "pixels"] = "filters",
) -> Experiment:
    """Train a classifier on `examples` images of a task and test it on `tests` new ones.

    `task` is a data set with labels 0 and 1, such as `bars` or `dot_position`. With
    features="filters" each image goes through the two `bar_kernels` (3×3, without padding) and
    ReLU, is pooled, and flattened; with "pixels" the image itself is pooled and flattened. On these
    features a linear classifier with intercept is fitted by least squares to the labels; where it
    has more features than examples, by the smallest weights that fit. `pool` is "none",
    "global" or "2x2" (max pooling), "global average" or "2x2 average".

    >>> plain = experiment(bars, pool="none", examples=40)
    >>> pooled = experiment(bars, pool="global", examples=40)
    >>> plain.features, pooled.features
    (200, 2)
    >>> plain.test < 0.75 < 0.95 < pooled.test
    True
    """
    if features not in ("filters", "pixels"):
        raise ValueError(f'experiment: features are "filters" or "pixels", not {features!r}')
    whole("experiment", "tests", tests, 1)
    describe = pooled_features if features == "filters" else pixel_features
    known, new = _dataset(task, examples, seed), _dataset(task, tests, seed + NEW_IMAGES)
    described = describe(known.images, pool)
    fit = least_squares(described, known.labels, intercept=True)
    return Experiment(
        train=accuracy(fit.predictions, known.labels),
        test=accuracy(predict(fit, describe(new.images, pool)), new.labels),
        features=described.shape[1],
    )


def bar_kernels() -> Array:
    """Two 3×3 kernels of mean zero, (2, 3, 3): one answers horizontal bars, one vertical bars.

    >>> bar_kernels()[0]
    array([[-1., -1., -1.],
           [ 2.,  2.,  2.],
           [-1., -1., -1.]])
    """
    horizontal = np.array([[-1.0, -1.0, -1.0], [2.0, 2.0, 2.0], [-1.0, -1.0, -1.0]])
    return np.stack([horizontal, horizontal.T])


def pooled_features(
    images: ArrayLike, pool: Pooling = "none", kernels: ArrayLike | None = None
) -> Array:
    """What a convolution, ReLU and pooling leave of each image, flattened: (N, features).

    `images` is (N, H, W), `kernels` (K, kH, kW), by default `bar_kernels()`; no padding. `pool` as
    for `experiment`.

    >>> pooled_features(zeros(5, 12, 12)).shape
    (5, 200)
    >>> pooled_features(zeros(5, 12, 12), pool="global").shape
    (5, 2)
    """
    weight = bar_kernels() if kernels is None else numeric("pooled_features", kernels, "kernels")
    if weight.ndim != 3:
        raise ValueError(
            f"pooled_features: the kernels have shape {weight.shape}, expected (K, kH, kW)"
        )
    pictures = _pictures("pooled_features", images)
    return _pooled("pooled_features", relu(conv2d(pictures, weight[:, np.newaxis])), pool)


def pixel_features(images: ArrayLike, pool: Pooling = "none") -> Array:
    """The pixels of each image, pooled and flattened: (N, features).

    >>> pixel_features(zeros(5, 12, 12)).shape
    (5, 144)
    """
    return _pooled("pixel_features", _pictures("pixel_features", images), pool)


def _dataset(task: Callable[..., Dataset], examples: int, seed: int) -> Dataset:
    data = task(examples, seed) if callable(task) else None
    if not isinstance(data, Dataset) or data.labels.ndim != 1:
        raise ValueError(
            "experiment: expected a data set with a label for each image, such as bars, "
            f"not {getattr(task, '__name__', task)}"
        )
    return data


def _pictures(name: str, images: ArrayLike) -> Array:
    pictures = numeric(name, images, "images")
    if pictures.ndim != 3:
        raise ValueError(f"{name}: the images have shape {pictures.shape}, expected (N, H, W)")
    return pictures[:, np.newaxis]


def _pooled(name: str, maps: Array, pool: Pooling) -> Array:
    match pool:
        case "none":
            pooled = maps
        case "global":
            pooled = global_max_pool2d(maps)
        case "2x2":
            pooled = max_pool2d(maps, 2)
        case "global average":
            pooled = global_avg_pool2d(maps)
        case "2x2 average":
            pooled = avg_pool2d(maps, 2)
        case _:
            known = ", ".join(f'"{word}"' for word in get_args(Pooling))
            raise ValueError(f"{name}: pool must be one of {known}, not {pool!r}")
    return pooled.reshape(len(maps), -1)
