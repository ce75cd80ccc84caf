"""How many values the convolutions of `quizcnn.nn` make."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from quizcnn.check.extents import (
    EXPANDING,
    Arguments,
    Shape,
    count,
    dimensions,
    extent,
    largest,
    product,
)
from quizcnn.check.kinds import Inside


class _Moves(NamedTuple):
    """A kernel's way over an image, along its last axes."""

    frame: list[int]
    """The image's sides with padding."""
    places: list[int]
    kernel: list[int]


def _each(value: Inside, axes: int, default: int = 0) -> list[int]:
    """A number for each axis: one for all, or one each; of pairs (before, after) the larger."""
    if type(value) is int or not extent(value):
        return [count(value, default)] * axes
    numbers = [largest(item) for item in list(value[:axes])]
    return (numbers + [max(numbers, default=default)] * axes)[:axes]


def _sides(shape: Shape, axes: int) -> list[int]:
    """The last sides of a shape, 1 where there are fewer."""
    return [1] * (axes - len(shape)) + [max(side, 1) for side in shape[-axes:]]


def _moves(a: Arguments, image: Shape, kernel: Sequence[int]) -> _Moves:
    axes = len(kernel)
    padding, reach = a["padding"], _each(a["dilation"], axes, 1)
    # Words add what keeps the size, which is no more than the kernel reaches.
    added = (
        [d * k for d, k in zip(reach, kernel, strict=True)]
        if type(padding) is str
        else [2 * side for side in _each(padding, axes)]
    )
    frame = [side + more for side, more in zip(_sides(image, axes), added, strict=True)]
    strides = _each(a["stride"], axes, 1)
    places = [
        max(side - k, 0) // max(s, 1) + 1 for side, k, s in zip(frame, kernel, strides, strict=True)
    ]
    return _Moves(frame, places, list(kernel))


def _batch(x: Shape, axes: int) -> tuple[int, int]:
    """Images, and images times channels."""
    return (max(x[0], 1) if len(x) == axes + 2 else 1), product(x[:-axes])


def _convolution(axes: int, a: Arguments) -> int:
    """The padded input, the output, and the windows that are laid side by side."""
    x, weight = extent(a["x"]), extent(a["weight"])
    moves = _moves(a, x, _sides(weight, axes))
    images, maps = _batch(x, axes)
    filters = max(weight[0], 1) if len(weight) > axes else 1
    windows = maps * math.prod(moves.places) * math.prod(moves.kernel)
    output = images * filters * math.prod(moves.places)
    return max(maps * math.prod(moves.frame), output, windows // EXPANDING)


def _backward(axes: int, a: Arguments) -> int:
    """As forward, with the input's gradient padded like the input, and the weight's."""
    framed = _batch(extent(a["x"]), axes)[1] * math.prod(
        _moves(a, extent(a["x"]), _sides(extent(a["weight"]), axes)).frame
    )
    weights = product(extent(a["weight"]))
    return max(_convolution(axes, a), 2 * framed + weights, product(extent(a["grad_output"])))


def _transposed(axes: int, a: Arguments) -> int:
    """The output before its padding is cut off, and what each pixel paints."""
    x, weight = extent(a["x"]), extent(a["weight"])
    sides, kernel = _sides(x, axes), _sides(weight, axes)
    rest = (_each(a[name], axes, 1) for name in ("stride", "dilation", "output_padding"))
    frame: list[int] = [
        n * max(s, 1) + max(d, 1) * k + more
        for n, k, s, d, more in zip(sides, kernel, *rest, strict=True)
    ]
    images, maps = _batch(x, axes)
    groups = min(count(a["groups"]), maps)
    makes = images * (max(weight[1], 1) * max(groups, 1) if len(weight) > axes else 1)
    painted = makes * math.prod(sides) * math.prod(kernel)
    return max(makes * math.prod(frame), painted // EXPANDING)


def _unfold(a: Arguments) -> int:
    moves = _moves(a, extent(a["x"]), _each(a["kernel_size"], 2, 1))
    cells = max(math.prod(moves.kernel), 1) * math.prod(moves.places)
    return _batch(extent(a["x"]), 2)[1] * max(cells, math.prod(moves.frame))


def _fold(a: Arguments) -> int:
    columns, cells = extent(a["columns"]), max(math.prod(_each(a["kernel_size"], 2, 1)), 1)
    frame = _moves(a, tuple(_each(a["output_size"], 2)), _each(a["kernel_size"], 2, 1)).frame
    maps = product(columns[:-2]) * max(columns[-2] // cells, 1) if len(columns) > 1 else 1
    return max(product(columns), maps * math.prod(frame))


def _conv_matrix(a: Arguments) -> int:
    """The matrix, the padded places, and for each output the columns of its window."""
    sides, weight = tuple(dimensions(a["input_shape"])), extent(a["weight"])
    moves = _moves(a, sides, _sides(weight, 2))
    outputs, filters = math.prod(moves.places), max(weight[0], 1) if len(weight) > 2 else 1
    return max(
        (product(sides) + 1) * outputs * filters,
        product(sides[:-2]) * math.prod(moves.frame),
        outputs * product(weight[-3:]),
    )


def _separable(a: Arguments) -> int:
    """The depthwise step, and what the pointwise one makes of as many places."""
    x, weight = extent(a["x"]), extent(a["depthwise"])
    moves = _moves(a, x, _sides(weight, 2))
    images, maps = _batch(x, 2)
    filters = max(product(extent(a["pointwise"])[:1]), product(weight[:1]))
    sums = maps * math.prod(moves.places) * math.prod(moves.kernel) // EXPANDING
    return max(maps * math.prod(moves.frame), images * filters * math.prod(moves.places), sums)


def _octave(a: Arguments) -> int:
    """Four convolutions that keep the size, two of them at each resolution."""
    padded = {"stride": 1, "padding": "same", "dilation": 1}
    weights = ("high_to_high", "high_to_low", "low_to_high", "low_to_low")
    steps = [
        _convolution(2, {"x": a[name[: name.index("_")]], "weight": a[name], **padded})
        for name in weights
    ]
    # The low output is doubled in height and width on its way up.
    return max(steps[0], steps[1], 4 * steps[2], steps[3])


def _involution(a: Arguments) -> int:
    """A kernel for each place and group, and each window's values."""
    x, side = extent(a["x"]), count(a["kernel_size"])
    height, width = _sides(x, 2)
    images, maps = _batch(x, 2)
    kernels = images * max(product(extent(a["span"])[:1]), product(extent(a["reduce"])[:1]))
    padded = maps * (height + side) * (width + side)
    return max((kernels + maps * side**2) * height * width, padded)


def _overlap(a: Arguments) -> tuple[int, int]:
    """The sides of both arguments added, multiplied; and how many weights the kernel has."""
    x, kernel = extent(a["x"]), extent(a["kernel"])
    axes = max(len(x), len(kernel), 1)
    sides = zip(_sides(x, axes), _sides(kernel, axes), strict=True)
    return math.prod(n + k for n, k in sides), product(kernel)


def _full_convolution(a: Arguments) -> int:
    values, weights = _overlap(a)
    return values * max(1, weights // EXPANDING)


def _by_transform(a: Arguments) -> int:
    """Both transforms, their product (complex values count as two), and the result."""
    return 4 * _overlap(a)[0]


def _deconvolution(a: Arguments) -> int:
    """Signal, quotient and remainder; the kernel is taken off once for each value."""
    signal, kernel = product(extent(a["signal"])), product(extent(a["kernel"]))
    return max(3 * signal + kernel, signal * kernel // EXPANDING)


CONVOLUTION_RULES: Mapping[str, Callable[[Arguments], int]] = {
    **{f"convolution {axes}d": partial(_convolution, axes) for axes in (1, 2, 3)},
    **{f"backward convolution {axes}d": partial(_backward, axes) for axes in (1, 2, 3)},
    **{f"transposed {axes}d": partial(_transposed, axes) for axes in (1, 2, 3)},
    "unfold": _unfold,
    "fold": _fold,
    "conv matrix": _conv_matrix,
    "separable": _separable,
    "octave": _octave,
    "involution": _involution,
    "full convolution": _full_convolution,
    "by transform": _by_transform,
    "deconvolution": _deconvolution,
}
