"""Gradients by small nudges, and influence by large ones.

A nudge tells how fast outputs change; of a max pooling's window it notices the winner alone.
Moving an input beyond all others tells whether an output looks at it at all.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quizcnn.nn.arguments import numeric
from quizcnn.nn.blocks import Layers, listed
from quizcnn.nn.inference import Floats, forward, largest_map, paths, rising, run, unit_weights
from quizcnn.nn.layer import Layer

__all__ = ["grad", "influence", "jacobian", "seen"]

Function: TypeAlias = "Callable[..., Any] | Layers"
Bools: TypeAlias = NDArray[np.bool_]

EPS = 2.0**-16
"""The nudge, a power of two: on small whole numbers the arithmetic is then exact."""

BATCH = 2_000_000
"""Copies of the input are run through layers together, up to about so many values."""


def grad(f: Function, x: ArrayLike, *args: object) -> Floats:
    """The gradient of sum(f(x, *args)) with respect to x, in the shape of x.

    Found numerically, by central differences: each value of x is moved up and down by 2⁻¹⁶
    (more where x goes beyond a thousand). For functions made of straight pieces, such as
    convolution, pooling and ReLU, that is exact to rounding (about 1e-10 on values around 1),
    unless a piece ends within the nudge, as with ties in max pooling. `f` is an operation, a
    lambda, a layer, or a list of layers; layers get the weights of `forward` with seed 0.

    >>> grad(avg_pool2d, ramp(2, 2), 2)
    array([[0.25, 0.25],
           [0.25, 0.25]])
    >>> grad(max_pool2d, ramp(2, 2), 2)
    array([[0., 0.],
           [0., 1.]])
    """
    start = _floats(x)
    sums = [slope.sum() for slope in _slopes(f, start, args)]
    return np.array(sums, dtype=np.float64).reshape(start.shape)


def jacobian(f: Function, x: ArrayLike, *args: object) -> Floats:
    """How each output of f(x, *args) changes with each value of x: (outputs, inputs).

    Both are flattened row by row. Found as by `grad`, with the same accuracy; the gradient is the
    sum of each column.

    >>> jacobian(lambda x: conv2d(x, ones(1, 2)), ramp(1, 3))
    array([[1., 1., 0.],
           [0., 1., 1.]])
    """
    start = _floats(x)
    if start.size == 0:
        raise ValueError("jacobian: the input has no values")
    return np.stack([slope.ravel() for slope in _slopes(f, start, args)], axis=1)


def influence(f: Function, x: ArrayLike, *args: object) -> Bools:
    """Which outputs can be changed by which values of x: truth values, (outputs, inputs).

    Each value in turn is raised far above all others, then lowered far below them; what changes
    then depends on it. So for max pooling all inputs of a window count, not only the winner.
    Layers get weights of 1, so that nothing cancels; then raising suffices.

    >>> influence(max_pool2d, ramp(2, 4), 2).astype(int)
    array([[1, 1, 0, 0, 1, 1, 0, 0],
           [0, 0, 1, 1, 0, 0, 1, 1]])
    """
    start = _floats(x)
    if start.size == 0:
        raise ValueError("influence: the input has no values")
    return np.stack([changed.ravel() for changed in _changes(f, start, args)], axis=1)


def seen(f: Function, x: ArrayLike, *args: object) -> tuple[int, int]:
    """The receptive field, measured: (height, width) of what the output in the middle sees of x.

    The smallest box around the pixels of x, (H, W) or (C, H, W), that influence the middle of
    f(x, *args) in any channel; for an output without height and width, any of its values. Give
    an image large enough: a box that reaches its edge may be cut off there. For layers the
    arithmetic of `receptive_field` must agree.

    >>> seen([Conv2d(1, 1, 3), MaxPool2d(2), Conv2d(1, 1, 3)], ramp(16, 16))
    (8, 8)
    >>> seen(max_pool2d, ramp(8, 8), 2)
    (2, 2)
    """
    start = _floats(x)
    if start.ndim not in (2, 3) or start.size == 0:
        raise ValueError(f"seen: expected an image (H, W) or (C, H, W), not shape {start.shape}")
    influences = [_middle(changed).any() for changed in _changes(f, start, args)]
    pixels = np.array(influences).reshape(-1, *start.shape[-2:]).any(axis=0)
    rows, columns = np.nonzero(pixels)
    if not rows.size:
        return 0, 0
    return int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1


def _middle(output: Bools) -> Bools:
    if output.ndim < 2:
        return output
    height, width = output.shape[-2:]
    return output[..., height // 2, width // 2]


def _floats(x: ArrayLike) -> Floats:
    return numeric("the input of a gradient", x).astype(np.float64)


def _function(f: Function, args: tuple[object, ...]) -> Callable[[Floats], Floats]:
    """`f` as a function of x alone that returns floats."""
    if isinstance(f, Layer | list | tuple):
        layers = _layers_alone(f, args)
        return lambda x: forward(layers, x, seed=0)
    if not callable(f) or isinstance(f, type):
        raise ValueError(
            f"{f!r} is no function of an image: expected an operation such as max_pool2d, "
            "a lambda, a layer such as MaxPool2d(2) or a list of layers"
        )
    return lambda x: np.asarray(f(x, *args), dtype=np.float64)


def _layers_alone(layers: Layers, args: tuple[object, ...]) -> list[Layer]:
    if args:
        raise ValueError(f"layers take the image alone, without the further arguments {args}")
    return listed(layers)


def _slopes(f: Function, x: Floats, args: tuple[object, ...]) -> Iterator[Floats]:
    """For each value of x, how fast each output rises with it."""
    function = _function(f, args)
    largest = float(np.abs(x).max(initial=0.0))
    # beyond a thousand a nudge of 2⁻¹⁶ would drown in rounding
    eps = max(EPS, 2.0**-26 * 2.0 ** math.frexp(largest)[1])
    for index in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[index] += eps
        below[index] -= eps
        yield (function(above) - function(below)) / (2 * eps)


def _changes(f: Function, x: Floats, args: tuple[object, ...]) -> Iterator[Bools]:
    """For each value of x, which outputs change when it is moved far away from all others."""
    low, high = float(x.min()), float(x.max())
    spread = max(high - low, abs(high), abs(low)) or 1.0
    if isinstance(f, Layer | list | tuple):
        yield from _changes_of_layers(_layers_alone(f, args), x, high, spread)
        return
    function = _function(f, args)
    before = function(x)
    for index in np.ndindex(x.shape):
        raised, lowered = x.copy(), x.copy()
        raised[index] = high + 1e6 * spread
        lowered[index] = low - 1e6 * spread
        yield _differ(before, function(raised)) | _differ(before, function(lowered))


def _changes_of_layers(
    layers: list[Layer], x: Floats, high: float, spread: float
) -> Iterator[Bools]:
    layers = rising(layers)
    weights = unit_weights(layers)
    # the raised value must win against sums over whole windows, or max pooling would hide it
    ways = paths(layers)
    if ways > 10**11:
        raise ValueError(
            f"{len(layers)} layers are too deep to measure influence in 64-bit floats; "
            "receptive_field works it out"
        )
    raised_to = high + spread * max(1e6, 4.0 * ways)
    example = x[np.newaxis] if x.ndim == 2 else x
    before = run(layers, example[np.newaxis], weights)[0]
    together = max(1, BATCH // largest_map(layers, example.shape))
    for first in range(0, example.size, together):
        count = min(together, example.size - first)
        batch = np.repeat(example[np.newaxis], count, axis=0)
        batch.reshape(count, -1)[np.arange(count), np.arange(first, first + count)] = raised_to
        for after in run(layers, batch, weights):
            yield _differ(before, after)


def _differ(before: Floats, after: Floats) -> Bools:
    """Where two outputs differ by more than rounding."""
    if before.shape != after.shape:
        raise ValueError(
            f"the output's shape must not depend on values: it was {before.shape}, "
            f"then {after.shape}"
        )
    largest = max(float(np.abs(before).max(initial=0)), float(np.abs(after).max(initial=0)))
    changed: Bools = np.abs(after - before) > 1e-12 * largest
    return changed
