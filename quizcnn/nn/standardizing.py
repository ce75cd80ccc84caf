"""What the normalisations share: their arguments, and values brought to mean 0 and variance 1."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, floating, numeric, real, whole


def standardized(x: Array, axes: tuple[int, ...], eps: float) -> Array:
    """x with mean 0 and variance 1 over `axes`.

    >>> standardized(np.array([1.0, 3.0]), (0,), 0.0)
    array([-1.,  1.])
    """
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        apart = x - _mean(x, axes)
        normal: Array = apart / np.sqrt(_mean(apart * apart, axes) + x.dtype.type(eps))
    return normal


def standardized_backward(grad: Array, x: Array, axes: tuple[int, ...], eps: float) -> Array:
    """The gradient with respect to x, given that with respect to `standardized(x, axes, eps)`.

    Each value also moves the mean and the variance of all: what of the gradient lies along these
    two is taken out.
    """
    normal = standardized(x, axes, eps)
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        apart = x - _mean(x, axes)
        deviation = np.sqrt(_mean(apart * apart, axes) + x.dtype.type(eps))
        across = grad - _mean(grad, axes) - normal * _mean(grad * normal, axes)
        turned: Array = across / deviation
    return turned


def _mean(x: Array, axes: tuple[int, ...]) -> Array:
    """The mean over `axes`, which stay with length 1; NaN of no values."""
    number = 1
    for axis in axes:
        number *= x.shape[axis]
    mean: Array = x.sum(axis=axes, keepdims=True) / x.dtype.type(number)
    return mean


def with_channels(operation: str, x: ArrayLike, least: int) -> Array:
    """`x` as floats of shape (N, C, …), with at least so many axes and one channel."""
    values = floating(numeric(operation, x))
    if values.ndim < least or values.shape[1] == 0:
        expected = "(N, C) or (N, C, …)" if least == 2 else "(N, C, L) or (N, C, H, W)"
        raise ValueError(
            f"{operation}: the input has shape {values.shape}, expected {expected}, "
            "with channels on axis 1"
        )
    return values


def all_but_channels(operation: str, x: Array) -> tuple[int, ...]:
    """The axes over which a batch norm takes its statistics."""
    several(operation, x, x.size // x.shape[1])
    return (0, *range(2, x.ndim))


def several(operation: str, x: Array, number: int) -> None:
    """Raise ValueError unless there are several values to take a mean and a variance of."""
    if number < 2:
        raise ValueError(
            f"{operation}: an input of shape {x.shape} has {number} value"
            f"{'s' if number != 1 else ''} to take a mean and a variance of; it takes two or more"
        )


def positive_eps(operation: str, eps: float) -> None:
    """Raise ValueError unless `eps` is a number that is not negative."""
    if not real(operation, "eps", eps) >= 0:
        raise ValueError(f"{operation}: eps must be at least 0, but is {eps}")


def normalized_axes(operation: str, x: Array, normalized_shape: int | Sequence[int]) -> list[int]:
    """`normalized_shape` as a list, if x ends so.

    >>> normalized_axes("layer_norm", np.zeros((2, 3)), 2)
    Traceback (most recent call last):
    ValueError: layer_norm: an input of shape (2, 3) does not end with (2,), the normalized_shape
    """
    sides = normalized_shape if isinstance(normalized_shape, tuple | list) else [normalized_shape]
    shape = [whole(operation, "each side of normalized_shape", side, 1) for side in sides]
    if not shape or list(x.shape[-len(shape) :]) != shape:
        raise ValueError(
            f"{operation}: an input of shape {x.shape} does not end with {tuple(shape)}, "
            "the normalized_shape"
        )
    return shape


def parameter(
    operation: str, name: str, value: ArrayLike, x: Array, shape: Sequence[int] | None = None
) -> Array:
    """`value` ready to be joined with x: of `shape`, the last axes; or one for each channel."""
    given = numeric(operation, value, name)
    expected = (x.shape[1],) if shape is None else tuple(shape)
    if given.shape != expected:
        raise ValueError(
            f"{operation}: {name} has shape {given.shape}, "
            f"an input of shape {x.shape} expects {expected}"
        )
    ready = given.astype(x.dtype, copy=False)
    return ready if shape is not None else ready.reshape(-1, *(1,) * (x.ndim - 2))


def scaled(
    operation: str,
    x: Array,
    weight: ArrayLike | None,
    bias: ArrayLike | None,
    shape: Sequence[int] | None = None,
) -> Array:
    """x times weight plus bias, where they are given."""
    with np.errstate(invalid="ignore", over="ignore"):
        if weight is not None:
            x = x * parameter(operation, "weight", weight, x, shape)
        if bias is not None:
            x = x + parameter(operation, "bias", bias, x, shape)
    return x
