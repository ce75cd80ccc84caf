"""The shape of what each layer puts out, in exact integers and without computing anything.

Shapes are those of one example, channels first, without a batch axis: (C, H, W).
"""

from __future__ import annotations

import math
import operator
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from quizcnn.nn.blocks import Layers, Parallel, Residual, listed
from quizcnn.nn.layer import Layer, sides
from quizcnn.nn.layer_windows import enlarged, window_places
from quizcnn.nn.layers import (
    Conv,
    ConvTranspose2d,
    Linear,
    LocallyConnected2d,
    Subsample2d,
)
from quizcnn.nn.layers_pointwise import (
    BatchNorm2d,
    Flatten,
    GroupNorm,
    InstanceNorm2d,
    LayerNorm,
    LocalResponseNorm,
    PReLU,
)
from quizcnn.nn.layers_pooling import (
    AdaptiveAvgPool2d,
    AvgPool2d,
    GlobalAvgPool2d,
    GlobalMaxPool2d,
    MaxPool2d,
    Upsample,
)

__all__ = ["output_shape", "shapes"]

Shape: TypeAlias = tuple[int, ...]

LETTERS = {1: "L", 2: "H, W", 3: "D, H, W"}


@dataclass(frozen=True)
class Step:
    """A layer at work: what goes in, what comes out, and the blocks that it stands in."""

    layer: Layer
    before: Shape
    after: Shape
    inside: tuple[Layer, ...]


def output_shape(layers: Layers, shape: Sequence[int]) -> Shape:
    """The shape that a layer, or a list of layers, makes of `shape`.

    Convolution and pooling round down, as PyTorch does: the last rows and columns that do not
    fill a window are left out (with `ceil_mode` pooling rounds up). Raises ValueError, naming both
    shapes, where the layers do not fit.

    >>> output_shape(Conv2d(1, 6, 5), (1, 32, 32))
    (6, 28, 28)
    >>> output_shape([MaxPool2d(2), Flatten()], (16, 10, 10))
    (400,)
    >>> output_shape(Linear(400, 120), (16, 6, 6))
    Traceback (most recent call last):
    ValueError: Linear(400, 120) expects 400 values, the input has shape (16, 6, 6)
    """
    return [read_shape(shape), *shapes(layers, shape)][-1]


def shapes(layers: Layers, shape: Sequence[int]) -> list[Shape]:
    """The shape after each layer, in order; blocks such as Residual are one layer each.

    >>> shapes([Conv2d(1, 6, 5), MaxPool2d(2), Flatten()], (1, 32, 32))
    [(6, 28, 28), (6, 14, 14), (1176,)]
    """
    return [step.after for step in walk(layers, shape) if not step.inside]


def walk(layers: Layers, shape: Sequence[int]) -> Generator[Step, None, Shape]:
    """All layers at work, in order: those inside a block come before the block itself.

    >>> [step.after for step in walk([Parallel(Conv2d(1, 2, 3, padding=1), [])], (1, 8, 8))]
    [(2, 8, 8), (3, 8, 8)]
    """
    return (yield from _through(listed(layers), read_shape(shape), ()))


def _through(
    layers: Sequence[Layer], shape: Shape, inside: tuple[Layer, ...]
) -> Generator[Step, None, Shape]:
    for layer in layers:
        within = (*inside, layer)
        match layer:
            case Residual():
                body = yield from _through(layer.body, shape, within)
                past = yield from _through(layer.shortcut or (), shape, within)
                if body != past:
                    raise ValueError(f"{layer}: the body makes {body}, the shortcut {past}")
                after = body
            case Parallel():
                made = []
                for branch in layer.branches:
                    made.append((yield from _through(branch, shape, within)))
                after = _side_by_side(layer, made)
            case _:
                after = _after(layer, shape)
        yield Step(layer, shape, after, inside)
        shape = after
    return shape


def _side_by_side(layer: Parallel, made: list[Shape]) -> Shape:
    if () in made or len({branch[1:] for branch in made}) > 1:
        raise ValueError(
            f"{layer}: all branches must give the same height and width, but they make "
            f"{', '.join(map(str, made))}"
        )
    return (sum(branch[0] for branch in made), *made[0][1:])


def read_shape(shape: Sequence[int]) -> Shape:
    """A shape as a tuple of ints of at least 1; one number counts as a vector."""
    if isinstance(shape, int):
        shape = (shape,)
    try:
        found = tuple(operator.index(side) for side in shape)
    except TypeError:
        raise ValueError(
            f"a shape is made of whole numbers, such as (3, 32, 32), not {shape!r}"
        ) from None
    if any(side < 1 for side in found):
        raise ValueError(f"a shape has sides of at least 1, not {found}")
    return found


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
        case AdaptiveAvgPool2d():
            _check_map(layer, shape, None)
            wanted = layer.output_size
            pair = (wanted, wanted) if isinstance(wanted, int) else wanted
            both = zip(pair, shape[-2:], strict=True)
            return (*shape[:-2], *(had if side is None else side for side, had in both))
        case Upsample():
            _check_map(layer, shape, None)
            factors = zip(shape[-2:], sides(layer.scale_factor, 2), strict=True)
            return (*shape[:-2], *(side * factor for side, factor in factors))
        case Conv():
            _check_map(layer, shape, layer.in_channels, layer.axes)
            return (layer.out_channels, *window_places(layer, shape))
        case ConvTranspose2d():
            _check_map(layer, shape, layer.in_channels)
            return (layer.out_channels, *enlarged(layer, shape))
        case LocallyConnected2d():
            _check_map(layer, shape, layer.in_channels)
            if shape[-2:] != sides(layer.input_size, 2):
                expected = (layer.in_channels, *sides(layer.input_size, 2))
                raise ValueError(f"{layer} expects shape {expected}, the input has shape {shape}")
            return (layer.out_channels, *window_places(layer, shape))
        case Subsample2d():
            _check_map(layer, shape, layer.channels)
            return (*shape[:-2], *window_places(layer, shape))
        case MaxPool2d() | AvgPool2d():
            _check_map(layer, shape, None)
            return (*shape[:-2], *window_places(layer, shape))
        case BatchNorm2d() | InstanceNorm2d():
            _check_map(layer, shape, layer.num_features)
        case LayerNorm():
            normalized = layer.normalized_shape
            last = (normalized,) if isinstance(normalized, int) else normalized
            if shape[-len(last) :] != last:
                raise ValueError(
                    f"{layer} expects shape (..., {', '.join(map(str, last))}), "
                    f"the input has shape {shape}"
                )
        case GroupNorm():
            _check_channels(layer, shape, layer.num_channels)
        case PReLU(num_parameters=1):
            pass
        case PReLU():
            _check_channels(layer, shape, layer.num_parameters)
        case LocalResponseNorm():
            _check_map(layer, shape, None)
    return shape


def _check_map(layer: Layer, shape: Shape, channels: int | None, axes: int = 2) -> None:
    if channels is None:
        if len(shape) not in (axes, axes + 1):
            raise ValueError(
                f"{layer} expects shape (C, {LETTERS[axes]}), the input has shape {shape}"
            )
    elif len(shape) != axes + 1 or shape[0] != channels:
        raise ValueError(
            f"{layer} expects shape ({channels}, {LETTERS[axes]}), the input has shape {shape}"
        )


def _check_channels(layer: Layer, shape: Shape, channels: int) -> None:
    if shape[0] != channels:
        raise ValueError(f"{layer} expects {channels} channels, the input has shape {shape}")
