"""Exact backward passes: from the gradient of the outputs to that of the inputs.

Each takes `grad_output`, the gradient of some loss with respect to what the operation put out, in
the output's shape, and the operation's own arguments. `grad` and `jacobian` find the same
numerically. Gradients keep the dtype of `grad_output`; where a division is needed integers become
float64.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.activations import class_axis, sigmoid, softmax
from quizcnn.nn.arguments import Array, floating, numeric, word
from quizcnn.nn.dense import fitting
from quizcnn.nn.losses import class_axis_of, target_shares
from quizcnn.nn.sliding import one_dtype

__all__ = [
    "LinearGradients",
    "cross_entropy_backward",
    "linear_backward",
    "relu_backward",
    "sigmoid_backward",
    "softmax_backward",
    "tanh_backward",
]


@dataclass(frozen=True)
class LinearGradients:
    """What linear_backward returns: a gradient in the shape of each argument of `linear`."""

    input: Array
    weight: Array
    bias: Array


def relu_backward(grad_output: ArrayLike, x: ArrayLike) -> Array:
    """The gradient of relu(x): `grad_output` where x is positive, 0 elsewhere.

    At 0, where ReLU has a corner, PyTorch's choice: 0. (Numerically it comes out as ½.)

    >>> relu_backward([1.0, 1.0, 1.0], [-2.0, 0.0, 3.0])
    array([0., 0., 1.])
    """
    values = numeric("relu_backward", x)
    grad = _grad("relu_backward", grad_output, values.shape)
    passed: Array = np.where(values <= 0, grad.dtype.type(0), grad)
    return passed


def sigmoid_backward(grad_output: ArrayLike, x: ArrayLike) -> Array:
    """The gradient of s = sigmoid(x): grad_output · s · (1 − s), a quarter of it at most.

    >>> sigmoid_backward([1.0], [0.0])
    array([0.25])
    """
    values = floating(numeric("sigmoid_backward", x))
    grad = floating(_grad("sigmoid_backward", grad_output, values.shape))
    with np.errstate(invalid="ignore", over="ignore"):
        shrunk: Array = grad * (sigmoid(values) * sigmoid(-values)).astype(grad.dtype)
    return shrunk


def tanh_backward(grad_output: ArrayLike, x: ArrayLike) -> Array:
    """The gradient of t = tanh(x): grad_output · (1 − t²).

    >>> tanh_backward([1.0, 1.0], [0.0, 1000.0])
    array([1., 0.])
    """
    values = floating(numeric("tanh_backward", x))
    grad = floating(_grad("tanh_backward", grad_output, values.shape))
    with np.errstate(invalid="ignore", over="ignore"):
        shrunk: Array = grad * (1 - np.tanh(values) ** 2).astype(grad.dtype)
    return shrunk


def linear_backward(grad_output: ArrayLike, x: ArrayLike, weight: ArrayLike) -> LinearGradients:
    """The gradients of linear(x, weight, bias): with respect to input, weight and bias.

    x (..., inputs), weight (outputs, inputs), `grad_output` (..., outputs). The input's is
    grad_output · weight; the weight's is grad_outputᵀ · x, summed over the examples like the
    bias's. Integers stay integers.

    >>> gradients = linear_backward([1, 10], [1, 2, 3], [[1, 0, 0], [0, 1, 1]])
    >>> gradients.input
    array([ 1, 10, 10])
    >>> gradients.weight
    array([[ 1,  2,  3],
           [10, 20, 30]])
    >>> gradients.bias
    array([ 1, 10])
    """
    values, weights = fitting("linear_backward", x, weight)
    outputs, inputs = weights.shape
    grad = _grad("linear_backward", grad_output, (*values.shape[:-1], outputs))
    grad, values, weights = one_dtype(grad, values, weights)
    examples = grad.reshape(math.prod(grad.shape[:-1]), outputs)
    with np.errstate(invalid="ignore", over="ignore"):
        return LinearGradients(
            grad @ weights,
            examples.T @ values.reshape(len(examples), inputs),
            examples.sum(axis=0),
        )


def softmax_backward(grad_output: ArrayLike, x: ArrayLike, axis: int = -1) -> Array:
    """The gradient of s = softmax(x, axis): s · (grad_output − Σ grad_output · s).

    It sums to 0 along `axis`: what one probability gains, the others lose.

    >>> softmax_backward([1.0, 0.0], [0.0, 0.0])
    array([ 0.25, -0.25])
    """
    values = floating(numeric("softmax_backward", x))
    along = class_axis("softmax_backward", values, axis)
    grad = floating(_grad("softmax_backward", grad_output, values.shape))
    shares = softmax(values, along).astype(grad.dtype, copy=False)
    with np.errstate(invalid="ignore", over="ignore"):
        moved: Array = shares * (grad - (grad * shares).sum(axis=along, keepdims=True))
    return moved


def cross_entropy_backward(
    x: ArrayLike, target: ArrayLike, *, reduction: str = "mean", label_smoothing: float = 0.0
) -> Array:
    """The gradient of cross_entropy(x, target): softmax(x) minus the one-hot target, over N.

    Arguments as for `cross_entropy`, target indices or probabilities; the result has the shape of
    x. N is the number of examples (times places), or 1 with reduction "sum".

    >>> cross_entropy_backward([[0.0, 0.0], [0.0, 0.0]], [0, 1])
    array([[-0.25,  0.25],
           [ 0.25, -0.25]])
    """
    name = "cross_entropy_backward"
    scores = floating(numeric(name, x))
    axis = class_axis_of(name, scores)
    shares = target_shares(name, scores, target, label_smoothing)
    word(name, "reduction", reduction, ("mean", "sum"))
    if scores.size == 0:
        return scores
    # Targets that are probabilities need not sum to 1; then neither does what is taken away.
    with np.errstate(invalid="ignore", over="ignore"):
        slopes: Array = softmax(scores, axis) * shares.sum(axis=axis, keepdims=True) - shares
    return slopes if reduction == "sum" else slopes / (scores.size // scores.shape[axis])


def _grad(operation: str, grad_output: ArrayLike, shape: tuple[int, ...]) -> Array:
    """`grad_output` as numbers in the shape of the output."""
    grad = numeric(operation, grad_output, "gradient")
    if grad.shape != shape:
        raise ValueError(
            f"{operation}: the gradient has shape {grad.shape}, but the output has {shape}"
        )
    return grad
