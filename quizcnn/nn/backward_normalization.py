"""Exact backward passes of batch and layer normalisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, floating, numeric
from quizcnn.nn.standardizing import (
    all_but_channels,
    normalized_axes,
    positive_eps,
    scaled,
    standardized,
    standardized_backward,
    with_channels,
)

__all__ = ["NormGradients", "batch_norm_backward", "layer_norm_backward"]


@dataclass(frozen=True)
class NormGradients:
    """What the normalisations' backward passes return: a gradient for each argument."""

    input: Array
    weight: Array
    bias: Array


def batch_norm_backward(
    grad_output: ArrayLike, x: ArrayLike, weight: ArrayLike | None = None, eps: float = 1e-5
) -> NormGradients:
    """The gradients of batch_norm(x, …, weight, bias, training=True).

    The mean and the variance of the batch depend on x, too; that is counted. Without `weight` it
    is 1. The input's gradient sums to 0 over each channel.

    >>> batch_norm_backward([[1.0], [0.0]], [[1.0], [3.0]]).bias
    array([1.])
    """
    name = "batch_norm_backward"
    values = with_channels(name, x, 2)
    axes = all_but_channels(name, values)
    return _backward(name, grad_output, values, axes, axes, weight, None, eps)


def layer_norm_backward(
    grad_output: ArrayLike,
    x: ArrayLike,
    normalized_shape: int | Sequence[int],
    weight: ArrayLike | None = None,
    eps: float = 1e-5,
) -> NormGradients:
    """The gradients of layer_norm(x, normalized_shape, weight, bias).

    Without `weight` it is 1. The input's gradient sums to 0 over each example.

    >>> layer_norm_backward([[1.0, 2.0], [3.0, 4.0]], [[1.0, 3.0], [5.0, 5.0]], 2).bias
    array([4., 6.])
    """
    name = "layer_norm_backward"
    values = floating(numeric(name, x))
    shape = normalized_axes(name, values, normalized_shape)
    axes = tuple(range(values.ndim - len(shape), values.ndim))
    examples = tuple(range(values.ndim - len(shape)))
    return _backward(name, grad_output, values, axes, examples, weight, shape, eps)


def _backward(
    operation: str,
    grad_output: ArrayLike,
    x: Array,
    axes: tuple[int, ...],
    shared: tuple[int, ...],
    weight: ArrayLike | None,
    shape: Sequence[int] | None,
    eps: float,
) -> NormGradients:
    """Statistics are taken over `axes`; weight and bias are shared along `shared`."""
    positive_eps(operation, eps)
    grad = numeric(operation, grad_output, "gradient").astype(x.dtype, copy=False)
    if grad.shape != x.shape:
        raise ValueError(
            f"{operation}: the gradient has shape {grad.shape}, but the output has {x.shape}"
        )
    with np.errstate(invalid="ignore", over="ignore"):
        return NormGradients(
            standardized_backward(scaled(operation, grad, weight, None, shape), x, axes, eps),
            (grad * standardized(x, axes, eps)).sum(axis=shared),
            grad.sum(axis=shared),
        )
