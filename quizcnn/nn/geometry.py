"""The shape of what each layer puts out, in exact integers and without computing anything.

Shapes are those of one example, channels first, without a batch axis: (C, H, W).
"""

from __future__ import annotations

import inspect
import math
import operator
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from quizcnn.nn.layers import (
    AvgPool2d,
    Conv2d,
    Flatten,
    GlobalAvgPool2d,
    GlobalMaxPool2d,
    Layer,
    Linear,
    LocallyConnected2d,
    MaxPool2d,
    Pair,
    Subsample2d,
    pair,
)

__all__ = ["output_shape", "shapes"]

Layers: TypeAlias = "Layer | Sequence[Layer]"
Shape: TypeAlias = tuple[int, ...]


def output_shape(layers: Layers, shape: Sequence[int]) -> Shape:
    """The shape that a layer, or a list of layers, makes of `shape`.

    Convolution and pooling round down, as PyTorch does: the last rows and columns that do not
    fill a window are left out. Raises ValueError, naming both shapes, where the layers do not fit.

    >>> output_shape(Conv2d(1, 6, 5), (1, 32, 32))
    (6, 28, 28)
    >>> output_shape([MaxPool2d(2), Flatten()], (16, 10, 10))
    (400,)
    >>> output_shape(Linear(400, 120), (16, 6, 6))
    Traceback (most recent call last):
    ValueError: Linear(400, 120) expects 400 values, the input has shape (16, 6, 6)
    """
    return [_read_shape(shape), *shapes(layers, shape)][-1]


def shapes(layers: Layers, shape: Sequence[int]) -> list[Shape]:
    """The shape after each layer, in order.

    >>> shapes([Conv2d(1, 6, 5), MaxPool2d(2), Flatten()], (1, 32, 32))
    [(6, 28, 28), (6, 14, 14), (1176,)]
    """
    current = _read_shape(shape)
    found = []
    for layer in listed(layers):
        current = _after(layer, current)
        found.append(current)
    return found


def listed(layers: Layers) -> list[Layer]:
    """A layer or a sequence of layers as a list; ValueError for anything that is no layer."""
    several: Iterable[object] = layers if isinstance(layers, list | tuple) else [layers]
    found: list[Layer] = []
    for layer in several:
        if isinstance(layer, Layer):
            found.append(layer)
        elif inspect.isclass(layer) and issubclass(layer, Layer):
            raise ValueError(
                f"a layer such as Conv2d(1, 6, 5) is needed here; {layer.__name__} alone only "
                f"names the kind: write {layer.__name__}(...)"
            )
        else:
            name = getattr(layer, "__name__", repr(layer))
            raise ValueError(f"{name} is not a layer such as Conv2d(1, 6, 5) or MaxPool2d(2)")
    return found


def sliding(layer: Layer) -> tuple[Pair, Pair] | None:
    """The window's extent (dilation counted) and its stride; None if nothing slides."""
    match layer:
        case Conv2d():
            rows, columns = pair(layer.kernel_size)
            down, across = pair(layer.dilation)
            return (down * (rows - 1) + 1, across * (columns - 1) + 1), pair(layer.stride)
        case LocallyConnected2d():
            return pair(layer.kernel_size), pair(layer.stride)
        case MaxPool2d() | AvgPool2d():
            return pair(layer.kernel_size), pair(layer.step)
        case Subsample2d():
            return pair(layer.kernel_size), pair(layer.kernel_size)
    return None


def _read_shape(shape: Sequence[int]) -> Shape:
    if isinstance(shape, int):
        return (shape,)
    sides = tuple(operator.index(side) for side in shape)
    if any(side < 1 for side in sides):
        raise ValueError(f"a shape has sides of at least 1, not {sides}")
    return sides


def _after(layer: Layer, shape: Shape) -> Shape:
    match layer:
        case Linear():
            if shape != (layer.in_features,):
                unflattened = len(shape) > 1 and math.prod(shape) == layer.in_features
                raise ValueError(
                    f"{layer} expects {layer.in_features} values, the input has shape {shape}"
                    + (": put Flatten() before it" if unflattened else "")
                )
            return (layer.out_features,)
        case Flatten():
            return (math.prod(shape),)
        case GlobalAvgPool2d() | GlobalMaxPool2d():
            _check_map(layer, shape, None)
            return shape[:-2]
        case Conv2d():
            _check_map(layer, shape, layer.in_channels)
            return (layer.out_channels, *_slid(layer, shape))
        case LocallyConnected2d():
            _check_map(layer, shape, layer.in_channels)
            if shape[-2:] != pair(layer.input_size):
                expected = (layer.in_channels, *pair(layer.input_size))
                raise ValueError(f"{layer} expects shape {expected}, the input has shape {shape}")
            return (layer.out_channels, *_slid(layer, shape))
        case Subsample2d():
            _check_map(layer, shape, layer.channels)
            return (*shape[:-2], *_slid(layer, shape))
        case MaxPool2d() | AvgPool2d():
            _check_map(layer, shape, None)
            return (*shape[:-2], *_slid(layer, shape))
    return shape


def _check_map(layer: Layer, shape: Shape, channels: int | None) -> None:
    if channels is None:
        if len(shape) not in (2, 3):
            raise ValueError(f"{layer} expects shape (C, H, W), the input has shape {shape}")
    elif len(shape) != 3 or shape[0] != channels:
        raise ValueError(f"{layer} expects shape ({channels}, H, W), the input has shape {shape}")


def _slid(layer: Layer, shape: Shape) -> Pair:
    """In how many places the layer's window stands, down and across."""
    slides = sliding(layer)
    assert slides is not None
    if isinstance(layer, Conv2d) and layer.padding == "same":
        return shape[-2], shape[-1]
    padding = getattr(layer, "padding", 0)
    padded = pair(0 if padding == "valid" else padding)
    places = []
    for side, extent, step, added in zip(shape[-2:], *slides, padded, strict=True):
        room = side + 2 * added - extent
        if room < 0:
            raise ValueError(
                f"{layer} needs at least {extent} pixels along each side, "
                f"the input has shape {shape}"
                + (f" and {added} pixels of padding" if added else "")
            )
        places.append(room // step + 1)
    return places[0], places[1]
