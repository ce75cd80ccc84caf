"""What a single layer does to a batch, given its weights."""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from quizcnn.nn.activations import (
    elu,
    gelu,
    leaky_relu,
    relu,
    relu6,
    sigmoid,
    silu,
    softmax,
    tanh,
)
from quizcnn.nn.adaptive import adaptive_avg_pool2d
from quizcnn.nn.convolution import conv1d, conv2d, conv3d
from quizcnn.nn.dense import linear
from quizcnn.nn.geometry import output_shape
from quizcnn.nn.layer import Layer, sides
from quizcnn.nn.layer_windows import sliding
from quizcnn.nn.layers import (
    Conv,
    ConvTranspose2d,
    Linear,
    LocallyConnected2d,
    Subsample2d,
)
from quizcnn.nn.layers_pointwise import (
    ELU,
    GELU,
    BatchNorm2d,
    Dropout,
    Flatten,
    GroupNorm,
    InstanceNorm2d,
    LayerNorm,
    LeakyReLU,
    LocalResponseNorm,
    PReLU,
    ReLU,
    ReLU6,
    Sigmoid,
    SiLU,
    Softmax,
    Tanh,
)
from quizcnn.nn.layers_pooling import (
    AdaptiveAvgPool2d,
    AvgPool2d,
    GlobalAvgPool2d,
    GlobalMaxPool2d,
    MaxPool2d,
    Upsample,
)
from quizcnn.nn.normalization import group_norm, instance_norm, layer_norm, local_response_norm
from quizcnn.nn.pooling import (
    avg_pool2d,
    global_avg_pool2d,
    global_max_pool2d,
    max_pool2d,
    upsample,
)
from quizcnn.nn.transposed import conv_transpose2d

Floats: TypeAlias = NDArray[np.float64]

CONVOLUTIONS = {1: conv1d, 2: conv2d, 3: conv3d}


def weight_shape(layer: Layer) -> tuple[int, ...] | None:
    """The shape of a layer's weights, as PyTorch has them; None for one without.

    >>> weight_shape(Conv2d(4, 8, 3, groups=2))
    (8, 2, 3, 3)
    """
    match layer:
        case Conv():
            channels = layer.in_channels // layer.groups
            return (layer.out_channels, channels, *sides(layer.kernel_size, layer.axes))
        case ConvTranspose2d():
            channels = layer.out_channels // layer.groups
            return (layer.in_channels, channels, *sides(layer.kernel_size, 2))
        case Linear():
            return (layer.out_features, layer.in_features)
        case LocallyConnected2d():
            inputs = (layer.in_channels, *sides(layer.input_size, 2))
            places = output_shape(layer, inputs)
            return (*places, layer.in_channels, *sides(layer.kernel_size, 2))
        case Subsample2d():
            return (layer.channels, 1, 1)
    return None


def apply(layer: Layer, batch: Floats, weight: Floats | None) -> Floats:
    """The output of a layer for a batch (N, ...), without biases, at inference."""
    made = _weighted(layer, batch, weight) if weight is not None else _plain(layer, batch)
    if made is None:
        raise ValueError(f"{layer} cannot be run")
    return made


def _weighted(layer: Layer, batch: Floats, weight: Floats) -> Floats | None:
    match layer:
        case Conv():
            stride, padding, dilation = layer.stride, layer.padding, layer.dilation
            return CONVOLUTIONS[layer.axes](
                batch, weight, None, stride, padding, dilation, layer.groups
            )
        case ConvTranspose2d():
            return conv_transpose2d(
                batch,
                weight,
                None,
                layer.stride,
                layer.padding,
                layer.output_padding,
                layer.groups,
                layer.dilation,
            )
        case Linear():
            return linear(batch, weight)
        case LocallyConnected2d():
            slides = sliding(layer)
            assert slides is not None
            window, (down, across), _ = slides
            windows = sliding_window_view(batch, window, axis=(2, 3))[:, :, ::down, ::across]
            local: Floats = np.einsum("nchwij,khwcij->nkhw", windows, weight, optimize=True)
            return local
        case Subsample2d():
            window = sides(layer.kernel_size, 2)
            return avg_pool2d(batch, window) * math.prod(window) * weight
    return None


def _plain(layer: Layer, batch: Floats) -> Floats | None:
    match layer:
        case MaxPool2d():
            return max_pool2d(
                batch,
                layer.kernel_size,
                layer.stride,
                layer.padding,
                layer.dilation,
                layer.ceil_mode,
            )
        case AvgPool2d():
            return avg_pool2d(
                batch,
                layer.kernel_size,
                layer.stride,
                layer.padding,
                layer.ceil_mode,
                layer.count_include_pad,
                layer.divisor_override,
            )
        case AdaptiveAvgPool2d():
            return adaptive_avg_pool2d(batch, layer.output_size)
        case Upsample():
            return upsample(batch, layer.scale_factor)
        case GlobalAvgPool2d():
            return global_avg_pool2d(batch)
        case GlobalMaxPool2d():
            return global_max_pool2d(batch)
        case Flatten():
            return batch.reshape(len(batch), -1)
        case Dropout():
            return batch
        case BatchNorm2d():
            # Its statistics begin with mean 0 and variance 1.
            return batch / math.sqrt(1 + layer.eps)
        case GroupNorm():
            return group_norm(batch, layer.num_groups, eps=layer.eps)
        case InstanceNorm2d():
            return instance_norm(batch, eps=layer.eps)
        case LayerNorm():
            return layer_norm(batch, layer.normalized_shape, eps=layer.eps)
        case LocalResponseNorm():
            return local_response_norm(batch, layer.size, layer.alpha, layer.beta, layer.k)
    return _activated(layer, batch)


def _activated(layer: Layer, batch: Floats) -> Floats | None:
    match layer:
        case ReLU():
            return relu(batch)
        case ReLU6():
            return relu6(batch)
        case LeakyReLU():
            return leaky_relu(batch, layer.negative_slope)
        case PReLU():
            return leaky_relu(batch, layer.init)
        case ELU():
            return elu(batch, layer.alpha)
        case GELU():
            return gelu(batch)
        case SiLU():
            return silu(batch)
        case Sigmoid():
            return sigmoid(batch)
        case Tanh():
            return tanh(batch)
        case Softmax():
            return softmax(batch)
    return None
