"""What a network holds and costs: parameters, operations, values and bytes, in exact integers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quizcnn.nn.arguments import whole
from quizcnn.nn.blocks import Layers, Parallel, every, listed
from quizcnn.nn.geometry import Shape, Step, output_shape, walk
from quizcnn.nn.layer import Layer, sides
from quizcnn.nn.layers import Conv, ConvTranspose2d, Linear, LocallyConnected2d, Subsample2d
from quizcnn.nn.layers_pointwise import (
    BatchNorm2d,
    Dropout,
    Flatten,
    GroupNorm,
    InstanceNorm2d,
    LayerNorm,
    PReLU,
)
from quizcnn.nn.layers_pooling import GlobalMaxPool2d, MaxPool2d

__all__ = [
    "Memory",
    "activation_count",
    "activation_count_by_layer",
    "comparisons",
    "flops",
    "memory",
    "multiply_adds",
    "multiply_adds_by_layer",
    "parameters",
    "parameters_by_layer",
]


@dataclass(frozen=True)
class Memory:
    """How many bytes a network's weights take, and the values that it makes of a batch."""

    weights: int
    activations: int
    total: int


def parameters(layers: Layers, only: type[Layer] | None = None) -> int:
    """How many numbers a layer, or a list of layers, learns: weights and biases.

    With `only` the layers of that kind alone are counted, and what stands inside them. The running
    statistics of batch normalisation are not learned and not counted.

    >>> parameters(Conv2d(3, 8, 3))
    224
    >>> parameters(MaxPool2d(2))
    0
    >>> parameters([Conv2d(1, 6, 5), Linear(10, 2)], only=Linear)
    22
    """
    return sum(parameters_of(path[-1]) for path in every(layers) if _counts(path, only))


def parameters_by_layer(layers: Layers) -> list[int]:
    """The parameters of each layer, in order; blocks such as Residual are one layer each.

    >>> parameters_by_layer([Conv2d(1, 6, 5), MaxPool2d(2), Linear(10, 2)])
    [156, 0, 22]
    """
    return [parameters(layer) for layer in listed(layers)]


def multiply_adds(layers: Layers, shape: Sequence[int], only: type[Layer] | None = None) -> int:
    """How many times a weight is multiplied and added for one example of `shape` (C, H, W).

    Counted are convolutions, dense layers and trained subsampling, each window in full, be it in
    the padding; the addition of biases, activations, pooling and normalisation are not. That is
    the usual convention of "MACs" (half as many as "FLOPs"). With `only` the layers of that kind
    alone are counted, and what stands inside them. Raises ValueError where the layers do not fit
    the shape.

    >>> multiply_adds(Conv2d(1, 6, 5), (1, 32, 32))
    117600
    >>> multiply_adds(MaxPool2d(2), (6, 28, 28))
    0
    """
    return _total(layers, shape, only, multiply_adds_of)


def multiply_adds_by_layer(layers: Layers, shape: Sequence[int]) -> list[int]:
    """The multiply-adds of each layer, in order, for one example of `shape` (C, H, W).

    >>> multiply_adds_by_layer([Conv2d(1, 6, 5), MaxPool2d(2)], (1, 32, 32))
    [117600, 0]
    """
    return _by_layer(layers, shape, multiply_adds_of)


def flops(layers: Layers, shape: Sequence[int], only: type[Layer] | None = None) -> int:
    """Floating point operations: each multiply-add is two, a multiplication and an addition.

    Papers mix the two: He et al. 2015 and Howard et al. 2017 call multiply-adds FLOPs or count
    "Mult-Adds", others write "FLOPs" for twice as many. Before comparing two papers, see what
    they have for a known network: VGG-16 makes 15.5 · 10⁹ multiply-adds, 30.9 · 10⁹ FLOPs.

    >>> flops(Conv2d(1, 6, 5), (1, 32, 32))
    235200
    """
    return 2 * multiply_adds(layers, shape, only)


def activation_count(layers: Layers, shape: Sequence[int], only: type[Layer] | None = None) -> int:
    """How many values the layers make of one example of `shape` (C, H, W).

    Each layer's output counts, and the sum that a Residual makes. What only hands values on makes
    none: Flatten, Dropout at inference, the concatenation of Parallel. The input is not counted;
    where ReLU works in place, leave it out: `activation_count(without(layers, ReLU), shape)`. With
    `only` the layers of that kind alone are counted, and what stands inside them.

    >>> activation_count([Conv2d(1, 6, 5), MaxPool2d(2), Flatten()], (1, 32, 32))
    5880
    """
    return _total(layers, shape, only, activations_of)


def activation_count_by_layer(layers: Layers, shape: Sequence[int]) -> list[int]:
    """How many values each layer makes of one example, in order.

    >>> activation_count_by_layer([Conv2d(1, 6, 5), MaxPool2d(2), Flatten()], (1, 32, 32))
    [4704, 1176, 0]
    """
    return _by_layer(layers, shape, activations_of)


def memory(layers: Layers, shape: Sequence[int], itemsize: int = 4, batch: int = 1) -> Memory:
    """Bytes for the weights, and for what `activation_count` counts on a batch of examples.

    `itemsize` is the bytes of one number: 4 for float32, 8 for float64, 2 for float16. Training
    keeps all activations for the backward pass, and beside each weight its gradient and what the
    optimiser remembers; inference may forget each activation once it is used.

    >>> memory(vgg16(), (3, 224, 224)).weights
    553430176
    >>> memory([Conv2d(1, 6, 5), ReLU()], (1, 32, 32), batch=10)
    Memory(weights=624, activations=376320, total=376944)
    """
    size = whole("memory", "itemsize", itemsize, 1)
    weights = size * parameters(layers)
    values = size * whole("memory", "batch", batch, 1) * activation_count(layers, shape)
    return Memory(weights, values, weights + values)


def comparisons(layers: Layers, shape: Sequence[int]) -> int:
    """How many comparisons max pooling makes for one example of `shape` (C, H, W).

    The largest of k² values is found with k² − 1 comparisons. Padded pixels are counted like
    others. Layers other than max pooling count nothing.

    >>> comparisons(MaxPool2d(2), (1, 224, 224))
    37632
    """
    return _total(layers, shape, None, _comparisons_of)


def parameters_of(layer: Layer) -> int:
    """The parameters of one layer; 0 for a block, whose layers have theirs."""
    match layer:
        case Conv():
            return layer.out_channels * (weights_of_each_output(layer) + layer.bias)
        case Linear():
            return layer.out_features * (layer.in_features + layer.bias)
        case ConvTranspose2d():
            kernel = math.prod(sides(layer.kernel_size, 2))
            weights = layer.in_channels * (layer.out_channels // layer.groups) * kernel
            return weights + layer.bias * layer.out_channels
        case LocallyConnected2d():
            outputs = math.prod(_locally_connected_outputs(layer))
            return outputs * (weights_of_each_output(layer) + layer.bias)
        case Subsample2d():
            return 2 * layer.channels
        case BatchNorm2d() | InstanceNorm2d():
            return 2 * layer.num_features * layer.affine
        case GroupNorm():
            return 2 * layer.num_channels * layer.affine
        case PReLU():
            return layer.num_parameters
        case LayerNorm():
            shape = layer.normalized_shape
            values = shape if isinstance(shape, int) else math.prod(shape)
            return values * layer.elementwise_affine * (1 + layer.bias)
    return 0


def multiply_adds_of(step: Step) -> int:
    """The multiply-adds of one layer; 0 for a block, whose layers have theirs."""
    layer = step.layer
    if isinstance(layer, ConvTranspose2d):
        # Every input value is multiplied with its whole kernel, whatever is cut off afterwards.
        kernel = math.prod(sides(layer.kernel_size, 2))
        return math.prod(step.before) * (layer.out_channels // layer.groups) * kernel
    return math.prod(step.after) * weights_of_each_output(layer)


def activations_of(step: Step) -> int:
    """How many values one layer makes, without those inside it; 0 if it only hands them on."""
    handed_on = isinstance(step.layer, Flatten | Dropout | Parallel)
    return 0 if handed_on else math.prod(step.after)


def weights_of_each_output(layer: Layer) -> int:
    """How many weights go into one output value, biases not counted; 0 for a layer without.

    For a transposed convolution the most that can.
    """
    match layer:
        case Conv():
            cells = math.prod(sides(layer.kernel_size, layer.axes))
            return cells * (layer.in_channels // layer.groups)
        case ConvTranspose2d():
            kernel, step = sides(layer.kernel_size, 2), sides(layer.stride, 2)
            # Only cells whose distances are multiples of the stride meet in one output.
            met = [
                -(-side * math.gcd(apart, gap) // apart)
                for side, apart, gap in zip(kernel, step, sides(layer.dilation, 2), strict=True)
            ]
            return math.prod(met) * (layer.in_channels // layer.groups)
        case LocallyConnected2d():
            return math.prod(sides(layer.kernel_size, 2)) * layer.in_channels
        case Linear():
            return layer.in_features
        case Subsample2d():
            # the window is summed first; the sum is multiplied once
            return 1
    return 0


def _comparisons_of(step: Step) -> int:
    if isinstance(step.layer, MaxPool2d):
        return math.prod(step.after) * (math.prod(sides(step.layer.kernel_size, 2)) - 1)
    if isinstance(step.layer, GlobalMaxPool2d):
        return math.prod(step.after) * (math.prod(step.before[-2:]) - 1)
    return 0


def _counts(path: Sequence[Layer], only: type[Layer] | None) -> bool:
    return only is None or any(isinstance(layer, only) for layer in path)


def _total(
    layers: Layers,
    shape: Sequence[int],
    only: type[Layer] | None,
    count: Callable[[Step], int],
) -> int:
    steps = walk(layers, shape)
    return sum(count(step) for step in steps if _counts((*step.inside, step.layer), only))


def _by_layer(layers: Layers, shape: Sequence[int], count: Callable[[Step], int]) -> list[int]:
    found, total = [], 0
    for step in walk(layers, shape):
        total += count(step)
        if not step.inside:
            found.append(total)
            total = 0
    return found


def _locally_connected_outputs(layer: LocallyConnected2d) -> Shape:
    return output_shape(layer, (layer.in_channels, *sides(layer.input_size, 2)))
