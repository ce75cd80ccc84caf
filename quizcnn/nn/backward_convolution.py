"""What a convolution passes back: the exact gradients for input, weight and bias."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, Each
from quizcnn.nn.correlating import spread, weigh
from quizcnn.nn.sliding import Padding, as_batch, filters_of, images_of, one_dtype, sliding

__all__ = ["ConvolutionGradients", "conv1d_backward", "conv2d_backward", "conv3d_backward"]


@dataclass(frozen=True)
class ConvolutionGradients:
    """How fast a loss changes with each value of the input, the weight and the bias.

    Each in the shape of what it belongs to; the bias of a weight (kH, kW) is one number.
    """

    input: Array
    weight: Array
    bias: Array


def conv2d_backward(
    grad_output: ArrayLike,
    x: ArrayLike,
    weight: ArrayLike,
    stride: Each = 1,
    padding: Padding = 0,
    dilation: Each = 1,
    groups: int = 1,
) -> ConvolutionGradients:
    """The backward pass of `conv2d`: from the loss's gradient of the output to those of all inputs.

    `grad_output` has the shape of conv2d(x, weight, …); everything else is given as it was there.
    The input's gradient is a transposed convolution of `grad_output` with the weight; the weight's
    is a correlation of the padded input with `grad_output`; the bias's is the sum of
    `grad_output` over images and places. No nudging: integers stay integers. Raises ValueError
    where the shapes do not fit together. What torch.nn.grad.conv2d_input and conv2d_weight
    compute; derived in Dumoulin and Visin (2016), arXiv:1603.07285, section 4.

    >>> back = conv2d_backward([[1, 1]], [[1, 2, 3]], [[10, 20]])
    >>> back.input, back.weight, back.bias
    (array([[10, 30, 20]]), array([[3, 5]]), array(2))
    """
    return _backward(
        "conv2d_backward", 2, grad_output, x, weight, stride, padding, dilation, groups
    )


def conv1d_backward(
    grad_output: ArrayLike,
    x: ArrayLike,
    weight: ArrayLike,
    stride: Each = 1,
    padding: Padding = 0,
    dilation: Each = 1,
    groups: int = 1,
) -> ConvolutionGradients:
    """The backward pass of `conv1d`; as `conv2d_backward`.

    >>> conv1d_backward([1, 1], [1, 2, 3], [10, 20]).weight
    array([3, 5])
    """
    return _backward(
        "conv1d_backward", 1, grad_output, x, weight, stride, padding, dilation, groups
    )


def conv3d_backward(
    grad_output: ArrayLike,
    x: ArrayLike,
    weight: ArrayLike,
    stride: Each = 1,
    padding: Padding = 0,
    dilation: Each = 1,
    groups: int = 1,
) -> ConvolutionGradients:
    """The backward pass of `conv3d`; as `conv2d_backward`.

    >>> conv3d_backward(ones(1, 1, 1), ramp(2, 2, 2), ones(2, 2, 2)).weight
    array([[[0., 1.],
            [2., 3.]],
    <BLANKLINE>
           [[4., 5.],
            [6., 7.]]])
    """
    return _backward(
        "conv3d_backward", 3, grad_output, x, weight, stride, padding, dilation, groups
    )


def _backward(
    operation: str,
    axes: int,
    grad_output: ArrayLike,
    x: ArrayLike,
    weight: ArrayLike,
    stride: Each,
    padding: Padding,
    dilation: Each,
    groups: int,
) -> ConvolutionGradients:
    image, kernels = images_of(operation, x, axes), filters_of(operation, weight, axes)
    batch, filters, groups = as_batch(operation, image, kernels, axes, groups)
    how = sliding(operation, batch, filters, stride, padding, dilation, groups)
    sent = images_of(operation, grad_output, axes, "gradient")
    expected = (len(batch), len(filters), *how.size)
    shape = (
        expected[2:] if kernels.ndim == axes else expected[axes + 2 - max(image.ndim, axes + 1) :]
    )
    if sent.shape != shape:
        raise ValueError(
            f"{operation}: the gradient has shape {sent.shape}, the output has {shape}"
        )
    sent, batch, filters = one_dtype(sent.reshape(expected), batch, filters)
    to_input = spread(how, sent, filters, batch.shape[2:])
    to_weight = weigh(how, sent, batch, filters.shape[1])
    to_bias = sent.sum(axis=(0, *range(2, axes + 2)))
    return ConvolutionGradients(
        to_input.reshape(image.shape),
        to_weight.reshape(kernels.shape),
        to_bias.reshape(() if kernels.ndim == axes else len(filters)),
    )
