"""Networks that branch: lists inside lists, sums with a shortcut, branches side by side.

A block is a layer like any other. It holds its branches as tuples of layers.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from quizcnn.nn.layer import Layer

__all__ = ["Parallel", "Residual", "Sequential"]

Layers: TypeAlias = "Layer | Sequence[Layers]"
"""A layer, or layers in a list, in which lists may stand as well."""

DEEPEST = 40
"""How deep blocks and lists may stand inside each other."""


@dataclass(frozen=True, repr=False, init=False)
class Sequential(Layer):
    """Layers one after another, under one name: as if they stood in the list themselves.

    >>> Sequential(Conv2d(3, 8, 3), ReLU())
    Sequential(Conv2d(3, 8, 3), ReLU())
    >>> parameters_by_layer([Sequential(Conv2d(3, 8, 3), ReLU()), Flatten()])
    [224, 0, 0]
    """

    layers: tuple[Layer, ...]

    def __init__(self, *layers: Layers) -> None:
        object.__setattr__(self, "layers", tuple(listed(layers)))

    def __repr__(self) -> str:
        return f"Sequential({', '.join(map(repr, self.layers))})"


@dataclass(frozen=True, repr=False)
class Block(Layer):
    """A layer with branches of layers inside."""

    _depth: int = field(init=False, compare=False)

    @property
    def branches_inside(self) -> tuple[tuple[Layer, ...], ...]:
        """Each branch from the block's input to where the branches meet."""
        raise NotImplementedError

    def __str__(self) -> str:
        count = sum(len(branch) for branch in self.branches_inside)
        return f"{type(self).__name__}({count} layer{'' if count == 1 else 's'})"

    def _settle(self) -> None:
        """Note how deep blocks stand inside this one, or refuse it where that is too deep."""
        inside = (layer for branch in self.branches_inside for layer in branch)
        depth = 1 + max((depth_of(layer) for layer in inside), default=0)
        if depth > DEEPEST:
            raise ValueError(
                f"{type(self).__name__}: blocks may stand {DEEPEST} deep inside each other"
            )
        object.__setattr__(self, "_depth", depth)


@dataclass(frozen=True, repr=False, init=False)
class Residual(Block):
    """A body with a shortcut past it; the two are added (He et al. 2015).

    `body` is a layer or a list of layers, `shortcut` too; without one the block's input itself is
    added ("identity shortcut"). Both must give the same shape. "Deep residual learning for image
    recognition".

    >>> Residual([Conv2d(8, 8, 3, padding=1), ReLU(), Conv2d(8, 8, 3, padding=1)])
    Residual([Conv2d(8, 8, 3, padding=1), ReLU(), Conv2d(8, 8, 3, padding=1)])
    >>> output_shape(Residual(Conv2d(8, 16, 3, 2, 1), shortcut=Conv2d(8, 16, 1, 2)), (8, 14, 14))
    (16, 7, 7)
    >>> output_shape(Residual(Conv2d(8, 8, 3)), (8, 14, 14))
    Traceback (most recent call last):
    ValueError: Residual(1 layer): the body makes (8, 12, 12), the shortcut (8, 14, 14)
    """

    body: tuple[Layer, ...]
    shortcut: tuple[Layer, ...] | None = None

    def __init__(self, body: Layers, shortcut: Layers | None = None) -> None:
        past = None if shortcut is None else tuple(listed(shortcut))
        object.__setattr__(self, "body", tuple(listed(body)))
        object.__setattr__(self, "shortcut", past)
        self._settle()

    @property
    def branches_inside(self) -> tuple[tuple[Layer, ...], ...]:
        """The body, and the shortcut (empty for the identity)."""
        return (self.body, self.shortcut or ())

    def __repr__(self) -> str:
        shortcut = "" if self.shortcut is None else f", shortcut={_written(self.shortcut)}"
        return f"Residual({_written(self.body)}{shortcut})"


@dataclass(frozen=True, repr=False, init=False)
class Parallel(Block):
    """Branches side by side on the same input, their outputs concatenated along the channels.

    Each branch is a layer or a list of layers; an empty list hands the input on, as in DenseNet
    (Huang et al. 2017). Height and width must be the same everywhere. The block of GoogLeNet
    (Szegedy et al. 2015, "Going deeper with convolutions") has four branches.

    >>> output_shape(Parallel(Conv2d(8, 4, 1), [MaxPool2d(3, 1, 1), Conv2d(8, 2, 1)]), (8, 9, 9))
    (6, 9, 9)
    >>> output_shape(Parallel([], Conv2d(8, 12, 3, padding=1)), (8, 9, 9))
    (20, 9, 9)
    """

    branches: tuple[tuple[Layer, ...], ...]

    def __init__(self, *branches: Layers) -> None:
        if not branches:
            raise ValueError("Parallel: at least one branch is needed")
        object.__setattr__(self, "branches", tuple(tuple(listed(branch)) for branch in branches))
        self._settle()

    @property
    def branches_inside(self) -> tuple[tuple[Layer, ...], ...]:
        """Its branches, in order."""
        return self.branches

    def __repr__(self) -> str:
        return f"Parallel({', '.join(map(_written, self.branches))})"


def listed(layers: object, depth: int = 0) -> list[Layer]:
    """Layers as one list, those of inner lists in their places; ValueError for what is no layer.

    >>> listed([Conv2d(1, 1, 3), [ReLU(), [MaxPool2d(2)]], Sequential(Flatten())])
    [Conv2d(1, 1, 3), ReLU(), MaxPool2d(2), Flatten()]
    """
    if depth > DEEPEST:
        raise ValueError(f"lists of layers may stand {DEEPEST} deep inside each other")
    if isinstance(layers, list | tuple):
        return [layer for inner in layers for layer in listed(inner, depth + 1)]
    if isinstance(layers, Sequential):
        return list(layers.layers)
    if isinstance(layers, Layer):
        return [layers]
    if inspect.isclass(layers) and issubclass(layers, Layer):
        raise ValueError(
            f"a layer such as Conv2d(1, 6, 5) is needed here; {layers.__name__} alone only "
            f"names the kind: write {layers.__name__}(...)"
        )
    name = getattr(layers, "__name__", None) or repr(layers)[:80]
    raise ValueError(f"{name} is not a layer such as Conv2d(1, 6, 5) or MaxPool2d(2)")


def every(layers: Layers, inside: tuple[Layer, ...] = ()) -> Iterator[tuple[Layer, ...]]:
    """Each layer with the blocks that it stands in before it, from the outermost to itself.

    A block comes before what stands inside it.

    >>> [str(path[-1]) for path in every([Residual(Conv2d(1, 1, 1)), ReLU()])]
    ['Residual(1 layer)', 'Conv2d(1, 1, 1)', 'ReLU()']
    """
    for layer in listed(layers):
        path = (*inside, layer)
        yield path
        if isinstance(layer, Block):
            for branch in layer.branches_inside:
                yield from every(branch, path)


def depth_of(layer: Layer) -> int:
    """How deep blocks stand inside each other in this layer; 0 for one that is no block."""
    return layer._depth if isinstance(layer, Block) else 0


def _written(branch: tuple[Layer, ...]) -> str:
    """A branch as one writes it: a layer alone without brackets."""
    return repr(branch[0]) if len(branch) == 1 else repr(list(branch))
