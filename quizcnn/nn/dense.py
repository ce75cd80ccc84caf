"""What stands between the feature maps and the answer: flatten, fully connected layer, dropout."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, flag, numeric, whole
from quizcnn.nn.seeding import generator
from quizcnn.nn.sliding import one_dtype

__all__ = ["dropout", "flatten", "linear"]


def linear(x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None) -> Array:
    """A fully connected layer: each output is a weighted sum of all inputs, plus its bias.

    x (..., inputs) and weight (outputs, inputs) give (..., outputs); `bias` has shape (outputs,).
    Computes x · weightᵀ + bias. Integers stay integers, in 64 bits. As torch.nn.functional.linear.

    >>> linear([1, 2], [[1, 0], [0, 1], [1, 1]], [0, 0, 10])
    array([ 1,  2, 13])
    """
    values, weights = fitting("linear", x, weight)
    shift = None if bias is None else numeric("linear", bias, "bias")
    if shift is not None and shift.shape != weights.shape[:1]:
        raise ValueError(
            f"linear: the bias has shape {shift.shape}, "
            f"the weight of shape {weights.shape} expects {weights.shape[:1]}"
        )
    with np.errstate(invalid="ignore", over="ignore"):
        if shift is None:
            values, weights = one_dtype(values, weights)
            return values @ weights.T
        values, weights, shift = one_dtype(values, weights, shift)
        return values @ weights.T + shift


def fitting(operation: str, x: ArrayLike, weight: ArrayLike) -> tuple[Array, Array]:
    """`x` (..., inputs) and `weight` (outputs, inputs) as numbers.

    >>> fitting("linear", 3, [[1]])
    Traceback (most recent call last):
    ValueError: linear: an input of shape () has no axis, the weight of shape (1, 1) expects 1
    """
    values, weights = numeric(operation, x), numeric(operation, weight, "weight")
    if weights.ndim != 2:
        raise ValueError(
            f"{operation}: the weight has shape {weights.shape}, expected (outputs, inputs)"
        )
    if values.ndim == 0 or values.shape[-1] != weights.shape[1]:
        has = f"{values.shape[-1]} values along its last axis" if values.ndim else "no axis"
        raise ValueError(
            f"{operation}: an input of shape {values.shape} has {has}, "
            f"the weight of shape {weights.shape} expects {weights.shape[1]}"
        )
    return values, weights


def flatten(x: ArrayLike, start_dim: int = 0) -> Array:
    """All axes from `start_dim` on become one, row by row: (C, H, W) → (C·H·W,).

    `start_dim=1` keeps a batch's first axis: (N, C, H, W) → (N, C·H·W). As torch.flatten.

    >>> flatten([[1, 2], [3, 4]])
    array([1, 2, 3, 4])
    >>> flatten(np.zeros((10, 3, 4, 4)), start_dim=1).shape
    (10, 48)
    """
    values = numeric("flatten", x)
    axes = max(values.ndim, 1)
    start = whole("flatten", "start_dim", start_dim, -axes)
    if start >= axes:
        raise ValueError(f"flatten: start_dim {start_dim} is no axis of an input of {values.shape}")
    kept = values.shape[:start]
    return values.reshape(*kept, math.prod(values.shape[len(kept) :]))


def dropout(x: ArrayLike, p: float = 0.5, training: bool = True, seed: int = 0) -> Array:
    """Each value becomes 0 with probability `p`; the others are divided by 1 − p.

    This is inverted dropout: the mean stays (on average), and with `training=False` the values come
    back as they are. Integers become float64. With p = 1 all values are 0. As
    torch.nn.functional.dropout. Raises ValueError unless 0 ≤ p ≤ 1.

    >>> dropout(np.ones(8))
    array([0., 2., 0., 2., 2., 0., 0., 2.])
    >>> dropout([1.0, 2.0], training=False)
    array([1., 2.])
    """
    values = numeric("dropout", x)
    values = values if values.dtype.kind == "f" else values.astype(np.float64)
    rate = numeric("dropout", p, "probability")
    if rate.ndim or not 0 <= rate <= 1:
        raise ValueError(f"dropout: p must be a probability from 0 to 1, but is {p!r}")
    if not flag("dropout", "training", training):
        return values.copy()
    kept = generator("dropout", seed).random(values.shape) >= rate
    scale = 1 / (1 - float(rate)) if rate < 1 else 0.0
    # Multiplying, not choosing: what is NaN stays NaN, as in PyTorch.
    with np.errstate(invalid="ignore", over="ignore"):
        dropped: Array = values * (kept * scale).astype(values.dtype)
    return dropped
