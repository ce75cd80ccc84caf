"""Normalisation: values shifted and scaled to mean 0 and variance 1, over one group or another.

What differs is over which values mean and variance are taken, of a batch (N, C, H, W): batch norm
for each channel over N, H, W; layer norm for each example over the last axes; instance norm for
each example and channel over H, W; group norm for each example over a few channels and H, W. The
variance is the mean squared distance (divided by the number, not by one less).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, flag, floating, numeric, real, whole
from quizcnn.nn.joining import joined
from quizcnn.nn.places import Axis
from quizcnn.nn.standardizing import (
    all_but_channels,
    normalized_axes,
    parameter,
    positive_eps,
    scaled,
    several,
    standardized,
    with_channels,
)

__all__ = [
    "RunningStatistics",
    "batch_norm",
    "group_norm",
    "instance_norm",
    "layer_norm",
    "local_response_norm",
    "running_statistics",
]


@dataclass(frozen=True)
class RunningStatistics:
    """A batch norm's memory: the mean and the variance of each channel, (C,) both."""

    mean: Array
    var: Array


def batch_norm(
    x: ArrayLike,
    running_mean: ArrayLike | None,
    running_var: ArrayLike | None,
    weight: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Array:
    """(x − mean) / √(variance + eps) · weight + bias, one of each for each channel.

    x (N, C) or (N, C, …), channels on axis 1; the others (C,). With `training` mean and variance
    are those of the batch, else `running_mean` and `running_var`, which may be None in training.
    Nothing is changed in place: `running_statistics` gives what they are after a batch, and
    `momentum` only matters there. Integers become float64. Raises ValueError for one value a
    channel in training. Ioffe & Szegedy 2015. As torch.nn.functional.batch_norm.

    >>> batch_norm([[1.0], [3.0]], None, None, training=True).round(3)
    array([[-1.],
           [ 1.]])
    >>> batch_norm([[1.0], [3.0]], [1.0], [4.0]).round(3)
    array([[0.],
           [1.]])
    """
    values = with_channels("batch_norm", x, 2)
    positive_eps("batch_norm", eps)
    real("batch_norm", "momentum", momentum)
    if flag("batch_norm", "training", training):
        axes = all_but_channels("batch_norm", values)
        out = standardized(values, axes, eps)
    else:
        out = _as_remembered("batch_norm", values, running_mean, running_var, eps)
    return scaled("batch_norm", out, weight, bias)


def running_statistics(
    x: ArrayLike, running_mean: ArrayLike, running_var: ArrayLike, momentum: float = 0.1
) -> RunningStatistics:
    """A batch norm's running mean and variance after the batch x, (N, C) or (N, C, …).

    Each becomes (1 − momentum) · old + momentum · that of the batch: PyTorch's momentum is 1 minus
    Keras's. As in PyTorch the variance that is remembered is divided by one less than the number
    of values, though the one that normalises is not.

    >>> running_statistics([[1.0], [3.0]], [0.0], [1.0], momentum=0.5)
    RunningStatistics(mean=array([1.]), var=array([1.5]))
    """
    name = "running_statistics"
    values = with_channels(name, x, 2)
    axes = all_but_channels(name, values)
    share = real(name, "momentum", momentum)
    mean = parameter(name, "running_mean", running_mean, values).ravel()
    var = parameter(name, "running_var", running_var, values).ravel()
    return RunningStatistics(
        (1 - share) * mean + share * values.mean(axis=axes),
        (1 - share) * var + share * values.var(axis=axes, ddof=1),
    )


def layer_norm(
    x: ArrayLike,
    normalized_shape: int | Sequence[int],
    weight: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    eps: float = 1e-5,
) -> Array:
    """Each example to mean 0 and variance 1 over its last axes, then times weight, plus bias.

    `normalized_shape` is the shape of these axes; `weight` and `bias` have it too. It is the same
    in training and after. Integers become float64. Ba, Kiros & Hinton 2016. As
    torch.nn.functional.layer_norm.

    >>> layer_norm([[1.0, 3.0], [10.0, 30.0]], 2).round(3)
    array([[-1.,  1.],
           [-1.,  1.]])
    """
    values = floating(numeric("layer_norm", x))
    shape = normalized_axes("layer_norm", values, normalized_shape)
    positive_eps("layer_norm", eps)
    out = standardized(values, tuple(range(-len(shape), 0)), eps)
    return scaled("layer_norm", out, weight, bias, shape)


def group_norm(
    x: ArrayLike,
    num_groups: int,
    weight: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    eps: float = 1e-5,
) -> Array:
    """Each example to mean 0 and variance 1 over each of `num_groups` groups of channels.

    x (N, C) or (N, C, …); `weight` and `bias` are (C,). One group is a layer norm over all, as many
    groups as channels are an instance norm. Wu & He 2018. As torch.nn.functional.group_norm.

    >>> group_norm([[1.0, 3.0, 10.0, 30.0]], 2).round(3)
    array([[-1.,  1., -1.,  1.]])
    """
    values = with_channels("group_norm", x, 2)
    groups = whole("group_norm", "num_groups", num_groups, 1)
    images, channels = values.shape[:2]
    if channels % groups:
        raise ValueError(
            f"group_norm: {channels} channels cannot be shared out among {groups} groups"
        )
    positive_eps("group_norm", eps)
    grouped = values.reshape(images, groups, channels // groups, *values.shape[2:])
    several("group_norm", values, grouped[:1, :1].size if images else 2)
    out = standardized(grouped, tuple(range(2, grouped.ndim)), eps)
    return scaled("group_norm", out.reshape(values.shape), weight, bias)


def instance_norm(
    x: ArrayLike,
    running_mean: ArrayLike | None = None,
    running_var: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    use_input_stats: bool = True,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Array:
    """Each channel of each example to mean 0 and variance 1 over its pixels.

    x (N, C, L), (N, C, H, W) or more; `weight` and `bias` are (C,). Without `use_input_stats` it is
    a batch norm with the running mean and variance. Ulyanov, Vedaldi & Lempitsky 2016. As
    torch.nn.functional.instance_norm.

    >>> instance_norm([[[1.0, 3.0], [10.0, 30.0]]]).round(3)
    array([[[-1.,  1.],
            [-1.,  1.]]])
    """
    values = with_channels("instance_norm", x, 3)
    positive_eps("instance_norm", eps)
    real("instance_norm", "momentum", momentum)
    if flag("instance_norm", "use_input_stats", use_input_stats):
        several("instance_norm", values, values[:1, :1].size if len(values) else 2)
        out = standardized(values, tuple(range(2, values.ndim)), eps)
    else:
        out = _as_remembered("instance_norm", values, running_mean, running_var, eps)
    return scaled("instance_norm", out, weight, bias)


def local_response_norm(
    x: ArrayLike, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0
) -> Array:
    """Each value divided by (k + alpha · mean of squares of `size` neighbouring channels)^beta.

    x (N, C, L) or (N, C, H, W), channels on axis 1; beyond the first and the last channel are
    zeros, of an even `size` one more before. AlexNet's (Krizhevsky, Sutskever & Hinton 2012)
    sums the squares instead of taking their mean: its n = 5, α = 1e-4, k = 2 is size 5,
    alpha 5e-4, k 2 here. As torch.nn.functional.local_response_norm.

    >>> local_response_norm([[[3.0], [4.0]]], 2, alpha=2.0, beta=1.0, k=0.0).round(4)
    array([[[0.3333],
            [0.16  ]]])
    """
    values = with_channels("local_response_norm", x, 3)
    window = whole("local_response_norm", "size", size, 1)
    scale = real("local_response_norm", "alpha", alpha)
    power = real("local_response_norm", "beta", beta)
    added = real("local_response_norm", "k", k)
    channels = values.shape[1]
    neighbours = Axis(channels, window, 1, window // 2, 1, channels)
    with np.errstate(all="ignore"):
        squares = np.moveaxis(values**2, 1, -1)
        sums = np.moveaxis(joined(np.add, squares, [neighbours]), -1, 1)
        normal: Array = values / (sums / window * scale + added) ** power
    return normal


def _as_remembered(
    operation: str,
    x: Array,
    running_mean: ArrayLike | None,
    running_var: ArrayLike | None,
    eps: float,
) -> Array:
    """x shifted and scaled by what was remembered of other batches."""
    if running_mean is None or running_var is None:
        raise ValueError(
            f"{operation}: without the batch's own statistics it needs running_mean and running_var"
        )
    mean = parameter(operation, "running_mean", running_mean, x)
    var = parameter(operation, "running_var", running_var, x)
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        normal: Array = (x - mean) / np.sqrt(var + x.dtype.type(eps))
    return normal
