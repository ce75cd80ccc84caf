"""How much of the image a value of a layer sees, by arithmetic, and lists of layers in parts.

The measured counterpart of `receptive_field` is `quizcnn.nn.gradients.seen`.
"""

from __future__ import annotations

import itertools

from quizcnn.nn.geometry import Layers, listed, sliding
from quizcnn.nn.layers import Dropout, Layer, Pair, ReLU, Softmax

__all__ = [
    "followed_by",
    "jump",
    "layers_after",
    "layers_before",
    "layers_of",
    "receptive_field",
    "receptive_fields",
    "without",
]


def receptive_field(layers: Layers) -> int | Pair:
    """The side length of the square of input pixels that one output sees.

    Worked out layer by layer: a window of k pixels adds (k − 1) × the jump so far, and the jump
    is multiplied by the layer's stride (Araujo, Norris and Sim 2019, "Computing receptive fields
    of convolutional neural networks"). A pair (height, width) where the sides differ. Raises
    ValueError at a layer that looks at its whole input, such as a dense one.

    >>> receptive_field([Conv2d(1, 1, 3), MaxPool2d(2), Conv2d(1, 1, 3)])
    8
    >>> receptive_field([Conv2d(1, 1, 3), Conv2d(1, 1, 3)])
    5
    """
    return _same(_field_and_jump(layers)[0])


def receptive_fields(layers: Layers) -> list[int | Pair]:
    """The receptive field after each layer, in order.

    >>> receptive_fields([Conv2d(1, 1, 3), MaxPool2d(2), Conv2d(1, 1, 3)])
    [3, 4, 8]
    """
    several = listed(layers)
    return [receptive_field(several[: end + 1]) for end in range(len(several))]


def jump(layers: Layers) -> int | Pair:
    """How many input pixels lie between the fields of two neighbouring outputs.

    The product of the strides; a pair (height, width) where they differ.

    >>> jump([Conv2d(1, 1, 3), MaxPool2d(2), Conv2d(1, 1, 3)])
    2
    """
    return _same(_field_and_jump(layers)[1])


def layers_of(layers: Layers, kind: type[Layer]) -> list[Layer]:
    """The layers of one kind, in order.

    >>> len(layers_of(vgg16(), Conv2d))
    13
    """
    return [layer for layer in listed(layers) if isinstance(layer, kind)]


def without(layers: Layers, kind: type[Layer]) -> list[Layer]:
    """The list with all layers of one kind left out.

    >>> without([Conv2d(1, 1, 3), ReLU(), MaxPool2d(2)], ReLU)
    [Conv2d(1, 1, 3), MaxPool2d(2)]
    """
    return [layer for layer in listed(layers) if not isinstance(layer, kind)]


def layers_before(layers: Layers, kind: type[Layer]) -> list[Layer]:
    """The layers before the first one of a kind: `layers_before(vgg16(), Flatten)` convolves.

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

    Activations and dropout between them do not count as layers here.

    >>> followed_by(vgg16(), Conv2d, MaxPool2d)
    5
    """
    several = [layer for layer in listed(layers) if not isinstance(layer, ReLU | Softmax | Dropout)]
    pairs = itertools.pairwise(several)
    return sum(isinstance(one, kind) and isinstance(other, then) for one, other in pairs)


def _first(layers: list[Layer], kind: type[Layer]) -> int:
    for index, layer in enumerate(layers):
        if isinstance(layer, kind):
            return index
    raise ValueError(f"there is no {kind.__name__} layer among {layers}")


def _field_and_jump(layers: Layers) -> tuple[Pair, Pair]:
    field, jumped = (1, 1), (1, 1)
    for layer in listed(layers):
        slides = sliding(layer)
        if slides is None:
            if isinstance(layer, ReLU | Softmax | Dropout):
                continue
            raise ValueError(
                f"{layer} looks at its whole input, whatever its size: leave it out, "
                f"for instance with layers_before(layers, {type(layer).__name__})"
            )
        extent, stride = slides
        field = (field[0] + (extent[0] - 1) * jumped[0], field[1] + (extent[1] - 1) * jumped[1])
        jumped = (jumped[0] * stride[0], jumped[1] * stride[1])
    return field, jumped


def _same(sides: Pair) -> int | Pair:
    return sides[0] if sides[0] == sides[1] else sides
