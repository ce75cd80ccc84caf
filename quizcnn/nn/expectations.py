"""What dropout does on average: exactly, over every mask, or by drawing masks."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, numeric, whole
from quizcnn.nn.seeding import generator

__all__ = ["dropout_loss", "expected_dropout_loss", "expected_under_dropout"]

MOST = 12
"""Values that can be dropped in an exact expectation: 2¹² masks are 4096 evaluations."""

BATCH = 1_000_000
"""Masks are drawn together, up to about so many values."""


def expected_under_dropout(f: Callable[..., Any], x: ArrayLike, p: float = 0.5) -> Array:
    """The exact expectation of f(x) when dropout with rate `p` strikes x.

    The mean of f over every mask, each weighted with its probability. Inverted dropout: each
    value is 0 with probability p and divided by 1 − p otherwise. x has at most 12 values; f may
    return numbers, arrays, or truth values (then the result is a probability).

    >>> x = np.array([[1.0, 2.0], [3.0, 4.0]])
    >>> expected_under_dropout(lambda x: avg_pool2d(x, 2), x)
    array([[2.5]])
    >>> expected_under_dropout(lambda x: max_pool2d(x, 2) == 0, x)
    array([[0.0625]])
    """
    values = numeric("expected_under_dropout", x).astype(np.float64)
    rate = _rate("expected_under_dropout", p)
    if not 1 <= values.size <= MOST:
        raise ValueError(
            f"expected_under_dropout: x has {values.size} values, but goes through every mask and "
            f"so takes 1 to {MOST}"
        )
    if not callable(f):
        raise ValueError(f"expected_under_dropout: expected a function of x, not {f!r}")
    kept, chances = _all_masks(values.size, rate)
    results = [f((mask * values.ravel()).reshape(values.shape) / (1 - rate)) for mask in kept]
    stacked = np.array(results, dtype=np.float64)
    expectation: Array = np.tensordot(chances, stacked, axes=1)
    return expectation


def expected_dropout_loss(
    x: ArrayLike, weights: ArrayLike, targets: ArrayLike, p: float = 0.5
) -> float:
    """The exact expected squared loss of a linear model when dropout strikes its inputs.

    x is (N, features), `weights` (features,), `targets` (N,); the loss Σ (x·w − y)² is averaged
    over every mask, weighted with its probability, for at most 12 features. The theory says: the
    loss without dropout plus p/(1 − p) · Σ_j w_j² ‖x_j‖², x_j being the j-th column (Wager, Wang
    and Liang 2013, "Dropout training as adaptive regularization").

    >>> expected_dropout_loss([[1.0, 2.0]], [1.0, 1.0], [3.0])
    5.0
    """
    data, slopes, goal, rate = _model("expected_dropout_loss", x, weights, targets, p)
    if len(slopes) > MOST:
        raise ValueError(
            f"expected_dropout_loss: {len(slopes)} features; every mask can be tried "
            f"for up to {MOST}: dropout_loss draws masks instead"
        )
    # by linearity the sum over examples may share one mask: its expectation is the same
    kept, chances = _all_masks(len(slopes), rate)
    predictions = (kept * slopes / (1 - rate)) @ data.T
    return float(chances @ ((predictions - goal) ** 2).sum(axis=1))


def dropout_loss(
    x: ArrayLike,
    weights: ArrayLike,
    targets: ArrayLike,
    p: float = 0.5,
    draws: int = 2000,
    seed: int = 0,
) -> float:
    """The squared loss of a linear model under dropout, averaged over masks drawn at random.

    As `expected_dropout_loss`, but by Monte Carlo: for each of `draws` passes each input value of
    each example is dropped by itself. It comes within a few percent at 2000 draws.

    >>> loss = dropout_loss([[1.0, 2.0]], [1.0, 1.0], [3.0], draws=10_000)
    >>> abs(loss - 5.0) < 0.3
    True
    """
    data, slopes, goal, rate = _model("dropout_loss", x, weights, targets, p)
    count = whole("dropout_loss", "draws", draws, 1)
    rng = generator("dropout_loss", seed)
    together = max(1, BATCH // data.size)
    total = 0.0
    for first in range(0, count, together):
        kept = rng.random((min(together, count - first), *data.shape)) >= rate
        predictions = (kept * data / (1 - rate)) @ slopes
        total += float(((predictions - goal) ** 2).sum())
    return total / count


def _all_masks(size: int, rate: float) -> tuple[Array, Array]:
    """Every mask of 0 (dropped) and 1 (kept), (2^size, size), and the probability of each."""
    kept = np.array(list(np.ndindex((2,) * size)), dtype=np.float64)
    survivors = kept.sum(axis=1)
    return kept, rate ** (size - survivors) * (1 - rate) ** survivors


def _model(
    name: str, x: ArrayLike, weights: ArrayLike, targets: ArrayLike, p: float
) -> tuple[Array, Array, Array, float]:
    data, slopes = numeric(name, x), numeric(name, weights, "weights")
    goal = numeric(name, targets, "targets")
    if data.ndim != 2 or slopes.shape != data.shape[1:] or goal.shape != data.shape[:1]:
        raise ValueError(
            f"{name}: expected x (N, features), weights (features,) and targets (N,), but they "
            f"have shapes {data.shape}, {slopes.shape} and {goal.shape}"
        )
    if not data.size:
        raise ValueError(f"{name}: x of shape {data.shape} holds no examples")
    return data, slopes, goal, _rate(name, p)


def _rate(name: str, p: float) -> float:
    rate = float(numeric(name, p, "p"))
    if not 0 <= rate < 1 or math.isnan(rate):
        raise ValueError(f"{name}: p must be a probability of at least 0 and below 1, but is {p!r}")
    return rate
