"""How much of the image a value of a layer sees, by arithmetic.

The measured counterpart of `receptive_field` is `quizcnn.nn.gradients.seen`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from quizcnn.nn.blocks import Layers, Parallel, Residual, listed
from quizcnn.nn.layer import Layer
from quizcnn.nn.layer_windows import enlarging, sliding
from quizcnn.nn.layers import Linear
from quizcnn.nn.layers_pointwise import Flatten, GroupNorm, InstanceNorm2d, LayerNorm
from quizcnn.nn.layers_pooling import (
    AdaptiveAvgPool2d,
    GlobalAvgPool2d,
    GlobalMaxPool2d,
)

__all__ = ["jump", "receptive_field", "receptive_field_start", "receptive_fields"]

PHASES = 10_000
"""After transposed convolutions outputs take turns in what they see, so many at most."""

WHOLE = (
    Linear,
    Flatten,
    GlobalAvgPool2d,
    GlobalMaxPool2d,
    LayerNorm,
    GroupNorm,
    InstanceNorm2d,
)
"""Layers that look at their whole input."""

T = TypeVar("T")


@dataclass(frozen=True)
class View:
    """What the outputs see along one axis of the image.

    Output number o, for o below the length P of both tuples, sees from pixel `starts[o]` to pixel
    `ends[o]`; output number o + P sees the same, `shift` pixels further on.
    """

    starts: tuple[int, ...] = (0,)
    ends: tuple[int, ...] = (0,)
    shift: int = 1

    def start(self, output: int) -> int:
        """The first pixel that an output sees."""
        turns, phase = divmod(output, len(self.starts))
        return self.starts[phase] + turns * self.shift

    def end(self, output: int) -> int:
        """The last pixel that an output sees."""
        turns, phase = divmod(output, len(self.ends))
        return self.ends[phase] + turns * self.shift

    @property
    def field(self) -> int:
        """The most pixels that an output sees."""
        both = zip(self.starts, self.ends, strict=True)
        return max(0, *(end - start + 1 for start, end in both))

    @property
    def jump(self) -> int | float:
        """How many pixels the view moves on from one output to the next, on average."""
        turns = len(self.starts)
        return self.shift / turns if self.shift % turns else self.shift // turns

    def keeps_step_with(self, other: View) -> bool:
        """Whether both jump alike, told in whole numbers."""
        return self.shift * len(other.starts) == other.shift * len(self.starts)


@dataclass(frozen=True)
class Unclear:
    """Why there is no receptive field to speak of."""

    reason: str


Views: TypeAlias = "tuple[View, ...] | Unclear"
"""One view for each axis of the image; none yet where nothing has slid along an axis."""

START = (View(),)
"""Before anything slides each value sees itself, along whatever axes there are."""


def receptive_field(layers: Layers) -> int | tuple[int, ...]:
    """The side length of the square of input pixels that one output sees.

    Worked out layer by layer: a window of k pixels adds (k − 1) × the jump so far, and the jump
    is multiplied by the layer's stride (Araujo, Norris and Sim 2019, "Computing receptive fields
    of convolutional neural networks"). Of branches the one that sees furthest counts, on each
    side; a transposed convolution sees ⌈k / stride⌉ of its inputs at most. A tuple (height, width)
    where the sides differ. Raises ValueError at a layer that looks at its whole input, such as a
    dense one, and where branches that meet have different jumps.

    >>> receptive_field([Conv2d(1, 1, 3), MaxPool2d(2), Conv2d(1, 1, 3)])
    8
    >>> receptive_field([Conv2d(1, 1, 3), Conv2d(1, 1, 3)])
    5
    >>> receptive_field(Residual([Conv2d(1, 1, 3, padding=1), Conv2d(1, 1, 3, padding=1)]))
    5
    """
    return same([view.field for view in _clear(layers)])


def receptive_fields(layers: Layers) -> list[int | tuple[int, ...]]:
    """The receptive field after each layer, in order; blocks such as Residual are one layer each.

    >>> receptive_fields([Conv2d(1, 1, 3), MaxPool2d(2), Conv2d(1, 1, 3)])
    [3, 4, 8]
    """
    found = []
    for _, inside, views in through(layers):
        if isinstance(views, Unclear):
            raise ValueError(views.reason)
        if not inside:
            found.append(same([view.field for view in views]))
    return found


def jump(layers: Layers) -> int | float | tuple[int | float, ...]:
    """How many input pixels lie between the fields of two neighbouring outputs.

    The product of the strides; those of transposed convolutions divide, so that it may be a
    fraction. A tuple (height, width) where the sides differ.

    >>> jump([Conv2d(1, 1, 3), MaxPool2d(2), Conv2d(1, 1, 3)])
    2
    >>> jump(ConvTranspose2d(1, 1, 2, stride=2))
    0.5
    """
    return same([view.jump for view in _clear(layers)])


def receptive_field_start(layers: Layers) -> int | tuple[int, ...]:
    """Where the receptive field of the first output begins: the number of its first input pixel.

    Negative where it begins in the padding (with zeros beyond the image): −1 is one pixel outside.
    The field of output number o begins o · jump further on. A tuple (row, column) where they
    differ.

    >>> receptive_field_start(Conv2d(1, 1, 3))
    0
    >>> receptive_field_start([Conv2d(1, 1, 3, 2, padding=1), Conv2d(1, 1, 3, 2, padding=1)])
    -3
    """
    return same([view.starts[0] for view in _clear(layers)])


def through(layers: Layers) -> Iterator[tuple[Layer, tuple[Layer, ...], Views]]:
    """Each layer, the blocks that it stands in, and what its outputs see, in the order of `walk`.

    >>> [views[0].field for _, _, views in through([Conv2d(1, 1, 3), MaxPool2d(2)])]
    [3, 4]
    """
    for layer, inside, views in _through(listed(layers), (), ()):
        yield layer, inside, views or START


def _through(
    layers: Sequence[Layer], views: Views, inside: tuple[Layer, ...]
) -> Iterator[tuple[Layer, tuple[Layer, ...], Views]]:
    for layer in layers:
        if isinstance(layer, Residual | Parallel):
            ends = []
            for branch in layer.branches_inside:
                end = views
                for found in _through(branch, views, (*inside, layer)):
                    yield found
                    if len(found[1]) == len(inside) + 1:
                        end = found[2]
                ends.append(end)
            views = ends[0]
            for end in ends[1:]:
                views = _together(layer, views, end)
        elif not isinstance(views, Unclear):
            views = _seen_by(layer, views)
        yield layer, inside, views


def _seen_by(layer: Layer, views: tuple[View, ...]) -> Views:
    """What the outputs of a layer see whose inputs have these views."""
    enlarges, slides = enlarging(layer), sliding(layer)
    options = enlarges or slides
    if options is None:
        return _whole(layer) or views
    axes = len(options[0])
    views = views or START * axes
    if len(views) != axes:
        return Unclear(f"{layer} slides along {axes} axes, a layer before it along {len(views)}")
    if enlarges and max(len(view.starts) for view in views) * max(enlarges[1]) > PHASES:
        return Unclear(f"{layer}: receptive fields are worked out for enlargements to {PHASES}")
    move = _enlarged if enlarges else _slid
    return tuple(move(view, *each) for view, *each in zip(views, *options, strict=True))


def _whole(layer: Layer) -> Unclear | None:
    """Why a layer without windows has no receptive field; None if it keeps that of its input."""
    if isinstance(layer, AdaptiveAvgPool2d):
        return Unclear(
            f"{layer} has windows that depend on its input's size: put AvgPool2d with the size and "
            "stride that they have"
        )
    if isinstance(layer, WHOLE):
        return Unclear(
            f"{layer} looks at its whole input, whatever its size: leave it out, "
            f"for instance with layers_before(layers, {type(layer).__name__})"
        )
    return None


def _slid(view: View, extent: int, stride: int, padding: int) -> View:
    """What windows see that slide over outputs with this view."""
    turns = len(view.starts) // math.gcd(len(view.starts), stride)
    first = [output * stride - padding for output in range(turns)]
    return View(
        tuple(view.start(place) for place in first),
        tuple(view.end(place + extent - 1) for place in first),
        view.shift * stride * turns // len(view.starts),
    )


def _enlarged(view: View, extent: int, stride: int, padding: int) -> View:
    """What the outputs of a transposed convolution see of inputs with this view."""
    turns = len(view.starts) * stride
    # Input i reaches from output i·stride − padding over the kernel's extent.
    places = [output + padding for output in range(turns)]
    return View(
        tuple(view.start(-((extent - 1 - place) // stride)) for place in places),
        tuple(view.end(place // stride) for place in places),
        view.shift,
    )


def _together(layer: Layer, one: Views, other: Views) -> Views:
    """What is seen from where two branches meet: all that either of them sees."""
    if isinstance(one, Unclear) or isinstance(other, Unclear):
        return one if isinstance(one, Unclear) else other
    one, other = one or START * len(other), other or START * len(one)
    in_step = all(a.keeps_step_with(b) for a, b in zip(one, other, strict=False))
    if len(one) != len(other) or not in_step:
        jumps = [same([view.jump for view in views]) for views in (one, other)]
        return Unclear(
            f"{layer}: its branches meet with different jumps, {jumps[0]} and {jumps[1]}, so that "
            "what an output sees grows with its place"
        )
    pairs = list(zip(one, other, strict=True))
    if any(math.lcm(len(a.starts), len(b.starts)) > PHASES for a, b in pairs):
        return Unclear(f"{layer}: what its outputs see repeats only after more than {PHASES}")
    return tuple(_union(a, b) for a, b in pairs)


def _union(a: View, b: View) -> View:
    turns = math.lcm(len(a.starts), len(b.starts))
    outputs = range(turns)
    return View(
        tuple(min(a.start(output), b.start(output)) for output in outputs),
        tuple(max(a.end(output), b.end(output)) for output in outputs),
        a.shift * turns // len(a.starts),
    )


def _clear(layers: Layers) -> tuple[View, ...]:
    views: Views = START
    for _, _, views in through(layers):
        if isinstance(views, Unclear):
            raise ValueError(views.reason)
    assert not isinstance(views, Unclear)
    return views


def same(each: Sequence[T]) -> T | tuple[T, ...]:
    """One number where all axes agree, a tuple otherwise."""
    return each[0] if len(set(each)) == 1 else tuple(each)
