"""Activations: functions of each value, and softmax, which turns scores into probabilities."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, numeric, whole

__all__ = ["relu", "sigmoid", "softmax"]


def relu(x: ArrayLike) -> Array:
    """max(x, 0) of each value: negative values become 0. Shape and dtype stay; NaN stays NaN.

    >>> relu([-2, 0, 3])
    array([0, 0, 3])
    """
    values = numeric("relu", x)
    rectified: Array = np.maximum(values, values.dtype.type(0))
    return rectified


def sigmoid(x: ArrayLike) -> Array:
    """1 / (1 + e^(−x)) of each value, between 0 and 1. Integers become float64.

    >>> sigmoid([0.0, 1000.0, -1000.0])
    array([0.5, 1. , 0. ])
    """
    values = _floating(numeric("sigmoid", x))
    # e^(−|x|) never overflows, whichever sign x has.
    small = np.exp(-np.abs(values))
    squashed: Array = np.where(values >= 0, 1, small) / (1 + small)
    return squashed


def softmax(x: ArrayLike, axis: int = -1) -> Array:
    """e^x divided by the sum of all e^x along `axis`: positive, and the sum along `axis` is 1.

    Integers become float64. Raises ValueError where `axis` is not an axis of `x`.

    >>> softmax([0.0, 0.0])
    array([0.5, 0.5])
    >>> softmax([1000.0, 0.0])
    array([1., 0.])
    """
    values = _floating(numeric("softmax", x))
    along = whole("softmax", "axis", axis, -values.ndim)
    if along >= values.ndim or values.size == 0:
        raise ValueError(f"softmax: axis {axis} does not suit an input of shape {values.shape}")
    # Taking the largest away changes nothing in the quotient and keeps e^x from overflowing;
    # ∞ − ∞ is NaN, as in PyTorch.
    with np.errstate(invalid="ignore"):
        powers = np.exp(values - values.max(axis=along, keepdims=True))
        shares: Array = powers / powers.sum(axis=along, keepdims=True)
    return shares


def _floating(x: Array) -> Array:
    return x if x.dtype.kind == "f" else x.astype(np.float64)
