"""Lists of layers taken apart, blocks included."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from quizcnn.nn.blocks import Block, Layers, Parallel, Residual, every, listed
from quizcnn.nn.layer import Layer
from quizcnn.nn.layers_pointwise import (
    Activation,
    BatchNorm2d,
    Dropout,
    GroupNorm,
    InstanceNorm2d,
    LayerNorm,
    LocalResponseNorm,
    Softmax,
)

__all__ = ["followed_by", "layers_after", "layers_before", "layers_of", "without"]

IN_BETWEEN = (
    Activation,
    Softmax,
    Dropout,
    BatchNorm2d,
    InstanceNorm2d,
    GroupNorm,
    LayerNorm,
    LocalResponseNorm,
)
"""What does not count as a layer of its own where one follows another."""


def layers_of(layers: Layers, kind: type[Layer]) -> list[Layer]:
    """The layers of one kind, in order, also those inside blocks such as Residual.

    >>> len(layers_of(vgg16(), Conv2d))
    13
    >>> len(layers_of(resnet18(), Conv2d)), len(layers_of(resnet18(), Residual))
    (20, 8)
    """
    return [path[-1] for path in every(layers) if isinstance(path[-1], kind)]


def without(layers: Layers, kind: type[Layer]) -> list[Layer]:
    """The list with all layers of one kind left out, also inside blocks.

    >>> without([Conv2d(1, 1, 3), ReLU(), MaxPool2d(2)], ReLU)
    [Conv2d(1, 1, 3), MaxPool2d(2)]
    >>> without(Residual([Conv2d(1, 1, 1), ReLU()]), ReLU)
    [Residual(Conv2d(1, 1, 1))]
    """
    return [_stripped(layer, kind) for layer in listed(layers) if not isinstance(layer, kind)]


def layers_before(layers: Layers, kind: type[Layer]) -> list[Layer]:
    """The layers before the first one of a kind: `layers_before(vgg16(), Flatten)` convolves.

    Blocks are layers of their own here: what is inside them is not looked at.

    >>> layers_before([Conv2d(1, 1, 3), Flatten(), Linear(9, 2)], Flatten)
    [Conv2d(1, 1, 3)]
    """
    several = listed(layers)
    return several[: _first(several, kind)]


def layers_after(layers: Layers, kind: type[Layer]) -> list[Layer]:
    """The layers after the last one of a kind.

    >>> layers_after([MaxPool2d(2), Conv2d(1, 1, 3), MaxPool2d(2), Flatten()], MaxPool2d)
    [Flatten()]
    """
    several = listed(layers)
    from_the_end = _first(several[::-1], kind)
    return several[len(several) - from_the_end :]


def followed_by(layers: Layers, kind: type[Layer], then: type[Layer]) -> int:
    """How many layers of one kind are followed at once by a layer of another kind.

    Activations, normalisation and dropout between them do not count as layers here. Also counted
    within each branch of a block; from a branch to what comes after the block nothing follows.

    >>> followed_by(vgg16(), Conv2d, MaxPool2d)
    5
    """
    several = [layer for layer in listed(layers) if not isinstance(layer, IN_BETWEEN)]
    here = sum(
        isinstance(one, kind) and isinstance(other, then)
        for one, other in itertools.pairwise(several)
    )
    branches = [b for layer in several if isinstance(layer, Block) for b in layer.branches_inside]
    return here + sum(followed_by(branch, kind, then) for branch in branches)


def _stripped(layer: Layer, kind: type[Layer]) -> Layer:
    match layer:
        case Residual(shortcut=None):
            return Residual(without(layer.body, kind))
        case Residual():
            return Residual(without(layer.body, kind), without(layer.shortcut or (), kind))
        case Parallel():
            return Parallel(*(without(branch, kind) for branch in layer.branches))
    return layer


def _first(layers: Sequence[Layer], kind: type[Layer]) -> int:
    for index, layer in enumerate(layers):
        if isinstance(layer, kind):
            return index
    kinds = ", ".join(dict.fromkeys(type(layer).__name__ for layer in layers))
    raise ValueError(f"there is no {kind.__name__} layer here: {kinds or 'no layer at all'}")
