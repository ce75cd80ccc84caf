"""Running a list of layers, with weights drawn at random: for values, shapes and gradients."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quizcnn.nn.applying import apply, weight_shape
from quizcnn.nn.arguments import numeric
from quizcnn.nn.blocks import Block, Layers, Parallel, Residual, every, listed
from quizcnn.nn.counting import parameters, weights_of_each_output
from quizcnn.nn.geometry import output_shape
from quizcnn.nn.layer import Layer
from quizcnn.nn.layer_windows import enlarging, sliding
from quizcnn.nn.layers import Conv, ConvTranspose2d
from quizcnn.nn.layers_pointwise import Activation, LocalResponseNorm
from quizcnn.nn.parts import without
from quizcnn.nn.seeding import generator

__all__ = ["forward"]

Floats: TypeAlias = NDArray[np.float64]

LARGEST = 4_000_000
"""Networks of more parameters are counted, not run."""

ROOM = 16_000_000
"""The most values that layers may hold at once, over a whole batch."""


class Applied(NamedTuple):
    """A layer that `forward` has run: where it stands, what went in and what came out.

    `where` counts from 1: `layer 2`, `layer 1 of the body of layer 4`. Arrays are (C, …) where
    `forward` was given one example, else (N, C, …).
    """

    where: str
    layer: Layer
    input: Floats
    weight: Floats | None
    output: Floats


Watch: TypeAlias = Callable[[Applied], None]

_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """While it lasts `watch` is told of each layer that `forward` runs, blocks' inner ones too.

    >>> with watching(lambda applied: print(applied.where, applied.layer, applied.output.shape)):
    ...     _ = forward([Residual(ReLU()), MaxPool2d(2)], ramp(4, 4))
    layer 1 of the body of layer 1 ReLU() (1, 4, 4)
    layer 2 MaxPool2d(2) (1, 2, 2)
    """
    token = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(token)


def forward(layers: Layers, x: ArrayLike, seed: int = 0) -> Floats:
    """What a layer, or a list of layers, makes of `x`, with weights drawn from `seed`.

    Weights are normal with variance 2 / inputs of each output (He et al. 2015, "Delving deep into
    rectifiers"), biases 0. `x` is one example, (C, H, W) or a vector, or a batch (N, C, H, W); an
    image (H, W) counts as one channel, and a single map comes back as (H, W). For Conv1d an
    example is (C, L), for Conv3d (C, D, H, W). All layers are at inference: Dropout changes
    nothing, batch normalisation has the statistics that it begins with, mean 0 and variance 1,
    normalisations neither scale nor shift. Raises ValueError where the layers do not fit `x`, and
    for networks of over 4 million parameters (LeNet-5 runs; AlexNet and VGG-16 can be counted
    only).

    >>> forward(lenet5(), zeros(1, 32, 32)).shape
    (10,)
    >>> forward([MaxPool2d(2)], ramp(4, 4))
    array([[ 5.,  7.],
           [13., 15.]])
    """
    several = listed(layers)
    data = numeric("forward", x).astype(np.float64)
    rank = example_rank(several)
    watch = _watch.get()
    if data.ndim == rank + 1:
        return run(several, data, he_weights(several, seed), watch)
    image = data.ndim == 2 and rank == 3
    example = data[np.newaxis] if image else data
    alone = None if watch is None else _of_one_example(watch)
    made: Floats = run(several, example[np.newaxis], he_weights(several, seed), alone)[0]
    if image and made.ndim == 3 and len(made) == 1:
        return made.reshape(made.shape[1:])
    return made


def _of_one_example(watch: Watch) -> Watch:
    """Tells what a batch of one is without its first axis."""
    return lambda applied: watch(applied._replace(input=applied.input[0], output=applied.output[0]))


def example_rank(layers: Layers) -> int:
    """How many axes an example has, by the first convolution: channels and what it slides along.

    >>> example_rank([ReLU(), Conv3d(1, 1, 3)]), example_rank([Linear(4, 2)])
    (4, 3)
    """
    for path in every(layers):
        layer = path[-1]
        if isinstance(layer, Conv):
            return layer.axes + 1
        if sliding(layer) or enlarging(layer):
            break
    return 3


def he_weights(layers: Layers, seed: int) -> list[Floats | None]:
    """Random weights of each layer, None for one without; those in blocks in their order."""
    rng = generator("forward", seed)
    return [
        None
        if shape is None
        else rng.normal(scale=math.sqrt(2 / weights_of_each_output(layer)), size=shape)
        for layer, shape in _weight_shapes(layers)
    ]


def unit_weights(layers: Layers) -> list[Floats | None]:
    """Weights of 1 everywhere: raising an input can then only raise outputs."""
    return [None if shape is None else np.ones(shape) for _, shape in _weight_shapes(layers)]


def rising(layers: Layers) -> list[Layer]:
    """The layers without those that squash large values, so that what is raised stays so.

    What is left out looks at no neighbours but, with local response normalisation, at channels.

    >>> rising([Conv2d(1, 1, 3), Sigmoid(), MaxPool2d(2), ReLU()])
    [Conv2d(1, 1, 3), MaxPool2d(2)]
    """
    return without(without(layers, Activation), LocalResponseNorm)


def paths(layers: Layers) -> int:
    """At most so many ways lead from one value of the input to one of the output.

    >>> paths([Conv2d(2, 4, 3), Residual(Conv2d(4, 4, 1))])
    90
    """
    ways = 1
    for layer in listed(layers):
        match layer:
            case Residual():
                ways *= paths(layer.body) + paths(layer.shortcut or ())
            case Parallel():
                ways *= max(map(paths, layer.branches))
            case _:
                ways *= max(1, weights_of_each_output(layer))
    return ways


def run(
    layers: Sequence[Layer],
    batch: Floats,
    weights: Sequence[Floats | None],
    watch: Watch | None = None,
) -> Floats:
    """The layers' outputs for a batch (N, ...), without biases. Checks that they fit."""
    values = len(batch) * largest_map(layers, batch.shape[1:])
    if values > ROOM:
        raise ValueError(
            f"forward has room for {ROOM} values after each layer; here {values} would come out: "
            "shapes works them out without running anything"
        )
    return _run(layers, batch, iter(weights), watch, "")


def _run(
    layers: Sequence[Layer],
    batch: Floats,
    weights: Iterator[Floats | None],
    watch: Watch | None,
    within: str,
) -> Floats:
    for number, layer in enumerate(layers, start=1):
        where = f"layer {number}{within}"
        match layer:
            case Residual():
                body = _run(layer.body, batch, weights, watch, f" of the body of {where}")
                past = f" of the shortcut of {where}"
                batch = body + _run(layer.shortcut or (), batch, weights, watch, past)
            case Parallel():
                made = [
                    _run(branch, batch, weights, watch, f" of branch {place} of {where}")
                    for place, branch in enumerate(layer.branches, start=1)
                ]
                batch = np.concatenate(made, axis=1)
            case _:
                batch = _applied(where, layer, batch, next(weights), watch)
    return batch


def _applied(
    where: str, layer: Layer, batch: Floats, weight: Floats | None, watch: Watch | None
) -> Floats:
    made = apply(layer, batch, weight)
    if watch is not None:
        watch(Applied(where, layer, batch, weight, made))
    return made


def largest_map(layers: Layers, shape: Sequence[int]) -> int:
    """The most values that one example needs at once on its way through the layers.

    A layer needs its input, padded, or its output, whichever is larger; what waits for the end of
    a block is added.

    >>> largest_map([Conv2d(1, 4, 3, padding=1), MaxPool2d(2)], (1, 8, 8))
    256
    >>> largest_map([Parallel([], Conv2d(1, 4, 3, padding=1))], (1, 8, 8))
    640
    """
    current = tuple(shape)
    most = math.prod(current)
    for layer in listed(layers):
        after = output_shape(layer, current)
        if isinstance(layer, Block):
            needs = waiting = math.prod(current)
            for branch in layer.branches_inside:
                needs = max(needs, waiting + largest_map(branch, current))
                waiting += math.prod(output_shape(branch, current)) if branch else 0
            needs = max(needs, waiting + math.prod(after))
        else:
            needs = max(_padded(layer, current), math.prod(after))
        most = max(most, needs)
        current = after
    return most


def _padded(layer: Layer, shape: Sequence[int]) -> int:
    """How many values the input of a layer has with its padding, or the output before it is cut."""
    if isinstance(layer, ConvTranspose2d):
        reach, steps, _ = enlarging(layer) or ((), (), ())
        made = [side * step + far for side, step, far in zip(shape[1:], steps, reach, strict=True)]
        return layer.out_channels * math.prod(made)
    slides = sliding(layer)
    if slides is None:
        return math.prod(shape)
    _, steps, added = slides
    # With ceil_mode a last window may hang over by less than a stride.
    hanging = getattr(layer, "ceil_mode", False)
    over = [2 * cells + (step - 1) * hanging for cells, step in zip(added, steps, strict=True)]
    around = [0] * (len(shape) - len(over)) + over
    return math.prod(side + cells for side, cells in zip(shape, around, strict=True))


def _weight_shapes(layers: Layers) -> list[tuple[Layer, tuple[int, ...] | None]]:
    """The layers that are no blocks, each with the shape of its weights."""
    count = parameters(layers)
    if count > LARGEST:
        raise ValueError(
            f"forward runs networks of up to {LARGEST} parameters, this one has {count}; "
            "parameters, multiply_adds and shapes work without running it"
        )
    single = (path[-1] for path in every(layers) if not isinstance(path[-1], Block))
    return [(layer, weight_shape(layer)) for layer in single]
