"""Exact backward passes of pooling: to the winner alone, or to all cells of a window alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, Each, floating, numeric
from quizcnn.nn.joining import spread
from quizcnn.nn.places import Axis, axes_of, feature_maps
from quizcnn.nn.pooled import divisor_of
from quizcnn.nn.winners import winners_of

__all__ = ["avg_pool2d_backward", "max_pool2d_backward"]


def max_pool2d_backward(
    grad_output: ArrayLike,
    x: ArrayLike,
    kernel_size: Each,
    stride: Each | None = None,
    padding: Each = 0,
    dilation: Each = 1,
    ceil_mode: bool = False,
) -> Array:
    """The gradient of max_pool2d(x, …) with respect to x, in the shape of x.

    `grad_output` has the shape of the output; each of its values goes to the winner of its window,
    among equals to the first in row-major order, all others get 0. Where windows overlap a winner
    of several gets the sum. As PyTorch's autograd.

    >>> max_pool2d_backward([[10.0]], [[1, 3], [3, 2]], 2)
    array([[ 0., 10.],
           [ 0.,  0.]])
    """
    name = "max_pool2d_backward"
    maps = feature_maps(name, x, 2)
    axes = axes_of(name, maps, 2, kernel_size, stride, padding, dilation, ceil_mode)
    grad = _grad(name, grad_output, maps, axes)
    indices = winners_of(name, np.maximum, maps, axes).indices
    height, width = maps.shape[-2:]
    planes = indices.reshape(-1, axes[0].places * axes[1].places)
    cells = planes + np.arange(len(planes))[:, np.newaxis] * (height * width)
    out: Array = np.zeros(maps.size, grad.dtype)
    np.add.at(out, cells.ravel(), grad.ravel())
    return out.reshape(maps.shape)


def avg_pool2d_backward(
    grad_output: ArrayLike,
    x: ArrayLike,
    kernel_size: Each,
    stride: Each | None = None,
    padding: Each = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Array:
    """The gradient of avg_pool2d(x, …) with respect to x, in the shape of x.

    Each value of `grad_output` is divided as the mean was and goes to all cells of its window
    alike; of x only the shape matters. Integers become float64. As PyTorch's autograd.

    >>> avg_pool2d_backward([[4.0, 8.0]], np.zeros((2, 4)), 2)
    array([[1., 1., 2., 2.],
           [1., 1., 2., 2.]])
    """
    name = "avg_pool2d_backward"
    maps = feature_maps(name, x, 2)
    axes = axes_of(name, maps, 2, kernel_size, stride, padding, 1, ceil_mode)
    grad = floating(_grad(name, grad_output, maps, axes))
    with np.errstate(invalid="ignore", over="ignore"):
        divisor = divisor_of(name, axes, count_include_pad, divisor_override, grad.dtype)
        return spread(grad / divisor, axes)


def _grad(operation: str, grad_output: ArrayLike, x: Array, axes: tuple[Axis, ...]) -> Array:
    """`grad_output` as numbers in the shape of the output."""
    grad = numeric(operation, grad_output, "gradient")
    shape = (*x.shape[: -len(axes)], *(axis.places for axis in axes))
    if grad.shape != shape:
        raise ValueError(
            f"{operation}: the gradient has shape {grad.shape}, but the output has {shape}"
        )
    return grad
