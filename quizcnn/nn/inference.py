"""Running a list of layers, with weights drawn at random: for values, shapes and gradients."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from quizcnn.nn.activations import relu, softmax
from quizcnn.nn.arguments import numeric
from quizcnn.nn.convolution import conv2d
from quizcnn.nn.counting import parameters, weights_of_each_output
from quizcnn.nn.dense import linear
from quizcnn.nn.geometry import Layers, listed, shapes, sliding
from quizcnn.nn.layers import (
    AvgPool2d,
    Conv2d,
    Dropout,
    Flatten,
    GlobalAvgPool2d,
    GlobalMaxPool2d,
    Layer,
    Linear,
    LocallyConnected2d,
    MaxPool2d,
    ReLU,
    Softmax,
    Subsample2d,
    pair,
)
from quizcnn.nn.pooling import avg_pool2d, global_avg_pool2d, global_max_pool2d, max_pool2d
from quizcnn.nn.seeding import generator

__all__ = ["forward"]

Floats: TypeAlias = NDArray[np.float64]

LARGEST = 4_000_000
"""Networks of more parameters are counted, not run."""

ROOM = 16_000_000
"""The most values that one layer may put out, over a whole batch."""


def forward(layers: Layers, x: ArrayLike, seed: int = 0) -> Floats:
    """What a layer, or a list of layers, makes of `x`, with weights drawn from `seed`.

    Weights are normal with variance 2 / inputs of each output (He et al. 2015, "Delving deep into
    rectifiers"), biases 0. `x` is one example, (C, H, W) or a vector, or a batch (N, C, H, W); an
    image (H, W) counts as one channel, and a single map comes back as (H, W). Dropout is at
    inference and changes nothing. Raises ValueError where the layers do not fit `x`, and for
    networks of over 4 million parameters (LeNet-5 runs; AlexNet and VGG-16 can be counted only).

    >>> forward(lenet5(), zeros(1, 32, 32)).shape
    (10,)
    >>> forward([MaxPool2d(2)], ramp(4, 4))
    array([[ 5.,  7.],
           [13., 15.]])
    """
    several = listed(layers)
    data = numeric("forward", x).astype(np.float64)
    if data.ndim == 4:
        return run(several, data, he_weights(several, seed))
    example = data[np.newaxis] if data.ndim == 2 else data
    made: Floats = run(several, example[np.newaxis], he_weights(several, seed))[0]
    if data.ndim == 2 and made.ndim == 3 and len(made) == 1:
        return made.reshape(made.shape[1:])
    return made


def he_weights(layers: Sequence[Layer], seed: int) -> list[Floats | None]:
    """Random weights of each layer, None for one without."""
    rng = generator("forward", seed)
    return [
        None
        if shape is None
        else rng.normal(scale=math.sqrt(2 / weights_of_each_output(layer)), size=shape)
        for layer, shape in zip(layers, _weight_shapes(layers), strict=True)
    ]


def unit_weights(layers: Sequence[Layer]) -> list[Floats | None]:
    """Weights of 1 everywhere: raising an input can then only raise outputs."""
    return [None if shape is None else np.ones(shape) for shape in _weight_shapes(layers)]


def run(layers: Sequence[Layer], batch: Floats, weights: Sequence[Floats | None]) -> Floats:
    """The layers' outputs for a batch (N, ...), without biases. Checks that they fit."""
    values = len(batch) * largest_map(layers, batch.shape[1:])
    if values > ROOM:
        raise ValueError(
            f"forward has room for {ROOM} values after each layer; here {values} would come out: "
            "shapes works them out without running anything"
        )
    for layer, weight in zip(layers, weights, strict=True):
        batch = _apply(layer, batch, weight)
    return batch


def largest_map(layers: Sequence[Layer], shape: Sequence[int]) -> int:
    """The most values that one example has on its way through the layers."""
    return max(math.prod(made) for made in [tuple(shape), *shapes(layers, shape)])


def _weight_shapes(layers: Sequence[Layer]) -> list[tuple[int, ...] | None]:
    count = parameters(layers)
    if count > LARGEST:
        raise ValueError(
            f"forward runs networks of up to {LARGEST} parameters, this one has {count}; "
            "parameters, multiply_adds and shapes work without running it"
        )
    return [_weight_shape(layer) for layer in layers]


def _weight_shape(layer: Layer) -> tuple[int, ...] | None:
    match layer:
        case Conv2d():
            channels = layer.in_channels // layer.groups
            return (layer.out_channels, channels, *pair(layer.kernel_size))
        case Linear():
            return (layer.out_features, layer.in_features)
        case LocallyConnected2d():
            inputs = (layer.in_channels, *pair(layer.input_size))
            places = shapes(layer, inputs)[0]
            return (*places, layer.in_channels, *pair(layer.kernel_size))
        case Subsample2d():
            return (layer.channels, 1, 1)
    return None


def _apply(layer: Layer, batch: Floats, weight: Floats | None) -> Floats:
    match layer, weight:
        case Conv2d(), np.ndarray():
            return conv2d(
                batch,
                weight,
                stride=layer.stride,
                padding=layer.padding,
                dilation=layer.dilation,
                groups=layer.groups,
            )
        case Linear(), np.ndarray():
            return linear(batch, weight)
        case LocallyConnected2d(), np.ndarray():
            slides = sliding(layer)
            assert slides is not None
            window, (down, across) = slides
            windows = sliding_window_view(batch, window, axis=(2, 3))[:, :, ::down, ::across]
            local: Floats = np.einsum("nchwij,khwcij->nkhw", windows, weight, optimize=True)
            return local
        case Subsample2d(), np.ndarray():
            height, width = pair(layer.kernel_size)
            return avg_pool2d(batch, layer.kernel_size) * (height * width) * weight
        case MaxPool2d(), _:
            return max_pool2d(batch, layer.kernel_size, layer.stride, layer.padding)
        case AvgPool2d(), _:
            return avg_pool2d(batch, layer.kernel_size, layer.stride, layer.padding)
        case GlobalAvgPool2d(), _:
            return global_avg_pool2d(batch)
        case GlobalMaxPool2d(), _:
            return global_max_pool2d(batch)
        case Flatten(), _:
            return batch.reshape(len(batch), -1)
        case ReLU(), _:
            return relu(batch)
        case Softmax(), _:
            return softmax(batch)
        case Dropout(), _:
            return batch
    raise ValueError(f"{layer} cannot be run")
