"""What a network holds and costs: parameters and operations, in exact integers."""

from __future__ import annotations

import math
from collections.abc import Sequence

from quizcnn.nn.geometry import Layers, Shape, listed, output_shape, shapes
from quizcnn.nn.layers import (
    Conv2d,
    GlobalMaxPool2d,
    Layer,
    Linear,
    LocallyConnected2d,
    MaxPool2d,
    Subsample2d,
    pair,
)

__all__ = [
    "comparisons",
    "multiply_adds",
    "multiply_adds_by_layer",
    "parameters",
    "parameters_by_layer",
]


def parameters(layers: Layers, only: type[Layer] | None = None) -> int:
    """How many numbers a layer, or a list of layers, learns: weights and biases.

    With `only` the layers of that kind alone are counted.

    >>> parameters(Conv2d(3, 8, 3))
    224
    >>> parameters(MaxPool2d(2))
    0
    >>> parameters([Conv2d(1, 6, 5), Linear(10, 2)], only=Linear)
    22
    """
    return sum(_parameters(layer) for layer in listed(layers) if _counts(layer, only))


def parameters_by_layer(layers: Layers) -> list[int]:
    """The parameters of each layer, in order.

    >>> parameters_by_layer([Conv2d(1, 6, 5), MaxPool2d(2), Linear(10, 2)])
    [156, 0, 22]
    """
    return [_parameters(layer) for layer in listed(layers)]


def multiply_adds(layers: Layers, shape: Sequence[int], only: type[Layer] | None = None) -> int:
    """How many times a weight is multiplied and added for one example of `shape` (C, H, W).

    Counted are the layers with weights; the addition of biases, activations and pooling are not.
    That is the usual convention of "MACs" (half as many as "FLOPs"). With `only` the layers of
    that kind alone are counted. Raises ValueError where the layers do not fit the shape.

    >>> multiply_adds(Conv2d(1, 6, 5), (1, 32, 32))
    117600
    >>> multiply_adds(MaxPool2d(2), (6, 28, 28))
    0
    """
    each = zip(listed(layers), multiply_adds_by_layer(layers, shape), strict=True)
    return sum(count for layer, count in each if _counts(layer, only))


def multiply_adds_by_layer(layers: Layers, shape: Sequence[int]) -> list[int]:
    """The multiply-adds of each layer, in order, for one example of `shape` (C, H, W).

    >>> multiply_adds_by_layer([Conv2d(1, 6, 5), MaxPool2d(2)], (1, 32, 32))
    [117600, 0]
    """
    after = shapes(layers, shape)
    return [
        math.prod(made) * weights_of_each_output(layer)
        for layer, made in zip(listed(layers), after, strict=True)
    ]


def comparisons(layers: Layers, shape: Sequence[int]) -> int:
    """How many comparisons max pooling makes for one example of `shape` (C, H, W).

    The largest of k² values is found with k² − 1 comparisons. Padded pixels are counted like
    others. Layers other than max pooling count nothing.

    >>> comparisons(MaxPool2d(2), (1, 224, 224))
    37632
    """
    total = 0
    current: Sequence[int] = shape
    for layer in listed(layers):
        made = output_shape(layer, current)
        if isinstance(layer, MaxPool2d):
            total += math.prod(made) * (math.prod(pair(layer.kernel_size)) - 1)
        elif isinstance(layer, GlobalMaxPool2d):
            total += math.prod(made) * (math.prod(current[-2:]) - 1)
        current = made
    return total


def _counts(layer: Layer, only: type[Layer] | None) -> bool:
    return only is None or isinstance(layer, only)


def _parameters(layer: Layer) -> int:
    match layer:
        case Conv2d() | Linear():
            outputs = layer.out_channels if isinstance(layer, Conv2d) else layer.out_features
        case LocallyConnected2d():
            outputs = math.prod(_locally_connected_outputs(layer))
        case Subsample2d():
            return 2 * layer.channels
        case _:
            return 0
    return outputs * (weights_of_each_output(layer) + layer.bias)


def weights_of_each_output(layer: Layer) -> int:
    """How many weights go into one output value, biases not counted; 0 for a layer without."""
    match layer:
        case Conv2d():
            return math.prod(pair(layer.kernel_size)) * (layer.in_channels // layer.groups)
        case LocallyConnected2d():
            return math.prod(pair(layer.kernel_size)) * layer.in_channels
        case Linear():
            return layer.in_features
        case Subsample2d():
            # the window is summed first; the sum is multiplied once
            return 1
    return 0


def _locally_connected_outputs(layer: LocallyConnected2d) -> Shape:
    return output_shape(layer, (layer.in_channels, *pair(layer.input_size)))
