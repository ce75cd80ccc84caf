"""Activations: functions of each value, and softmax, which turns scores into probabilities."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, numeric, real, whole, word

__all__ = [
    "elu",
    "gelu",
    "hardsigmoid",
    "hardswish",
    "leaky_relu",
    "log_softmax",
    "prelu",
    "relu",
    "relu6",
    "selu",
    "sigmoid",
    "silu",
    "softmax",
    "softplus",
    "tanh",
]

SELU_ALPHA = 1.6732632423543772
SELU_SCALE = 1.0507009873554805
"""The two constants of Klambauer et al. 2017, with which mean 0 and variance 1 stay."""

_erfc = np.frompyfunc(math.erfc, 1, 1)


def relu(x: ArrayLike) -> Array:
    """max(x, 0) of each value: negative values become 0. Shape and dtype stay; NaN stays NaN.

    Nair & Hinton 2010. As torch.nn.functional.relu.

    >>> relu([-2, 0, 3])
    array([0, 0, 3])
    """
    values = numeric("relu", x)
    rectified: Array = np.maximum(values, values.dtype.type(0))
    return rectified


def relu6(x: ArrayLike) -> Array:
    """min(max(x, 0), 6) of each value: MobileNet's ReLU with a ceiling. Shape and dtype stay.

    Howard et al. 2017. As torch.nn.functional.relu6.

    >>> relu6([-2, 3, 8])
    array([0, 3, 6])
    """
    values = numeric("relu6", x)
    kind = values.dtype.type
    clipped: Array = np.minimum(np.maximum(values, kind(0)), kind(6))
    return clipped


def leaky_relu(x: ArrayLike, negative_slope: float = 0.01) -> Array:
    """x where it is positive, `negative_slope` · x where it is not. Integers become float64.

    Maas, Hannun & Ng 2013. As torch.nn.functional.leaky_relu.

    >>> leaky_relu([-2.0, 3.0], 0.1)
    array([-0.2,  3. ])
    """
    values = _floating("leaky_relu", x)
    slope = real("leaky_relu", "negative_slope", negative_slope)
    with np.errstate(invalid="ignore", over="ignore"):
        leaked: Array = np.where(values > 0, values, slope * values)
    return leaked


def prelu(x: ArrayLike, weight: ArrayLike) -> Array:
    """A leaky ReLU whose slopes are learned: one number for all, or one for each channel.

    Channels are axis 1: (N, C, …). Integers become float64. Raises ValueError where the number of
    slopes suits neither. He et al. 2015. As torch.nn.functional.prelu.

    >>> prelu([[-1.0, -1.0], [2.0, -2.0]], [0.5, 0.25])
    array([[-0.5 , -0.25],
           [ 2.  , -0.5 ]])
    """
    values, slopes = _floating("prelu", x), numeric("prelu", weight, "weight")
    channels = values.shape[1] if values.ndim > 1 else 1
    if slopes.ndim > 1 or slopes.size not in (1, channels):
        raise ValueError(
            f"prelu: the weight has shape {slopes.shape}, an input of shape {values.shape} "
            f"expects one number or {channels}"
        )
    slopes = slopes.astype(values.dtype)
    if slopes.size == 1:
        slopes = slopes.reshape(())
    else:
        slopes = slopes.reshape(-1, *(1,) * (values.ndim - 2))
    with np.errstate(invalid="ignore", over="ignore"):
        leaked: Array = np.where(values > 0, values, slopes * values)
    return leaked


def elu(x: ArrayLike, alpha: float = 1.0) -> Array:
    """x where it is positive, alpha · (e^x − 1) where it is not. Integers become float64.

    Clevert, Unterthiner & Hochreiter 2016. As torch.nn.functional.elu.

    >>> elu([1.0, 0.0, -1000.0])
    array([ 1.,  0., -1.])
    """
    values = _floating("elu", x)
    scale = real("elu", "alpha", alpha)
    with np.errstate(invalid="ignore"):
        bent: Array = np.where(values > 0, values, scale * np.expm1(np.minimum(values, 0)))
    return bent


def selu(x: ArrayLike) -> Array:
    """1.0507 · elu(x, 1.6733): keeps mean 0 and variance 1 from layer to layer.

    Klambauer et al. 2017. Integers become float64. As torch.nn.functional.selu.

    >>> selu([1.0, -1000.0]).round(4)
    array([ 1.0507, -1.7581])
    """
    scaled: Array = SELU_SCALE * elu(_floating("selu", x), SELU_ALPHA)
    return scaled


def gelu(x: ArrayLike, approximate: str = "none") -> Array:
    """x · Φ(x), Φ being the normal distribution: a smooth ReLU. Integers become float64.

    `approximate="tanh"` takes ½x(1 + tanh(√(2/π)(x + 0.044715x³))) instead, as GPT-2 does.
    Hendrycks & Gimpel 2016. As torch.nn.functional.gelu.

    >>> gelu([-1.0, 0.0, 1.0]).round(4)
    array([-0.1587,  0.    ,  0.8413])
    """
    values = _floating("gelu", x)
    with np.errstate(invalid="ignore", over="ignore"):
        if word("gelu", "approximate", approximate, ("none", "tanh")) == "tanh":
            inner = math.sqrt(2 / math.pi) * (values + 0.044715 * values**3)
            smooth: Array = 0.5 * values * (1 + np.tanh(inner))
        else:
            # erfc, as 1 + erf would lose all digits where x is far below 0.
            share = np.asarray(_erfc(values / -math.sqrt(2)), dtype=values.dtype)
            smooth = 0.5 * values * share
    return smooth


def silu(x: ArrayLike) -> Array:
    """x · sigmoid(x), also called swish. Integers become float64. As torch.nn.functional.silu.

    Ramachandran, Zoph & Le 2017.

    >>> silu([0.0, 100.0])
    array([  0., 100.])
    """
    values = _floating("silu", x)
    with np.errstate(invalid="ignore"):
        smooth: Array = values * sigmoid(values)
    return smooth


def hardsigmoid(x: ArrayLike) -> Array:
    """relu6(x + 3) / 6: a sigmoid of straight pieces. Integers become float64.

    As torch.nn.functional.hardsigmoid; Keras's has another slope, max(0, min(1, 0.2·x + 0.5)),
    in its versions before 3.

    >>> hardsigmoid([-4.0, 0.0, 1.5])
    array([0.  , 0.5 , 0.75])
    """
    return relu6(_floating("hardsigmoid", x) + 3) / 6


def hardswish(x: ArrayLike) -> Array:
    """x · relu6(x + 3) / 6: MobileNet-v3's cheap swish. Integers become float64.

    Howard et al. 2019. As torch.nn.functional.hardswish.

    >>> hardswish([-4.0, 0.0, 1.5, 4.0])
    array([-0.   ,  0.   ,  1.125,  4.   ])
    """
    values = _floating("hardswish", x)
    with np.errstate(invalid="ignore", over="ignore"):
        smooth: Array = values * relu6(values + 3) / 6
    return smooth


def softplus(x: ArrayLike, beta: float = 1.0, threshold: float = 20.0) -> Array:
    """log(1 + e^(beta·x)) / beta: a ReLU without its corner. Integers become float64.

    Where beta·x exceeds `threshold` it is x itself. Dugas et al. 2001. As
    torch.nn.functional.softplus.

    >>> softplus([0.0, 100.0]).round(4)
    array([  0.6931, 100.    ])
    """
    values = _floating("softplus", x)
    steep, bound = real("softplus", "beta", beta), real("softplus", "threshold", threshold)
    if steep == 0:
        raise ValueError("softplus: beta must not be 0")
    with np.errstate(invalid="ignore", over="ignore"):
        scaled = values * steep
        curve = np.log1p(np.exp(np.minimum(scaled, bound))) / steep
        smooth: Array = np.where(scaled > bound, values, curve)
    return smooth


def tanh(x: ArrayLike) -> Array:
    """(e^x − e^(−x)) / (e^x + e^(−x)) of each value, between −1 and 1. Integers become float64.

    >>> tanh([0.0, 1000.0, -1000.0])
    array([ 0.,  1., -1.])
    """
    squashed: Array = np.tanh(_floating("tanh", x))
    return squashed


def sigmoid(x: ArrayLike) -> Array:
    """1 / (1 + e^(−x)) of each value, between 0 and 1. Integers become float64.

    >>> sigmoid([0.0, 1000.0, -1000.0])
    array([0.5, 1. , 0. ])
    """
    values = _floating("sigmoid", x)
    # e^(−|x|) never overflows, whichever sign x has.
    small = np.exp(-np.abs(values))
    squashed: Array = np.where(values >= 0, 1, small) / (1 + small)
    return squashed


def softmax(x: ArrayLike, axis: int = -1) -> Array:
    """e^x divided by the sum of all e^x along `axis`: positive, and the sum along `axis` is 1.

    Integers become float64. As torch.softmax, whose `dim` is `axis` here. Raises ValueError where
    `axis` is not an axis of `x`.

    >>> softmax([0.0, 0.0])
    array([0.5, 0.5])
    >>> softmax([1000.0, 0.0])
    array([1., 0.])
    """
    values = _floating("softmax", x)
    along = class_axis("softmax", values, axis)
    # Taking the largest away changes nothing in the quotient and keeps e^x from overflowing;
    # ∞ − ∞ is NaN, as in PyTorch.
    with np.errstate(invalid="ignore"):
        powers = np.exp(values - values.max(axis=along, keepdims=True))
        shares: Array = powers / powers.sum(axis=along, keepdims=True)
    return shares


def log_softmax(x: ArrayLike, axis: int = -1) -> Array:
    """log(softmax(x)), without the detour that would make −∞ of small probabilities.

    Integers become float64. Raises ValueError where `axis` is not an axis of `x`.

    >>> log_softmax([1000.0, 0.0])
    array([    0., -1000.])
    """
    values = _floating("log_softmax", x)
    along = class_axis("log_softmax", values, axis)
    with np.errstate(invalid="ignore", divide="ignore"):
        shifted = values - values.max(axis=along, keepdims=True)
        logs: Array = shifted - np.log(np.exp(shifted).sum(axis=along, keepdims=True))
    return logs


def class_axis(operation: str, x: Array, axis: int) -> int:
    """`axis` if it is one of `x`, and x is not empty."""
    along = whole(operation, "axis", axis, -x.ndim)
    if along >= x.ndim or x.size == 0:
        raise ValueError(f"{operation}: axis {axis} does not suit an input of shape {x.shape}")
    return along


def _floating(operation: str, x: ArrayLike) -> Array:
    values = numeric(operation, x)
    return values if values.dtype.kind == "f" else values.astype(np.float64)
