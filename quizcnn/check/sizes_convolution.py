"""How many values the convolutions of `quizcnn.nn` make."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from quizcnn.check.extents import (
    EXPANDING,
    Arguments,
    dimensions,
    extent,
    padded,
    product,
    sides_of,
)


def _reach(a: Arguments) -> tuple[int, int]:
    """How far a kernel reaches, down and across: what padding "same" adds at most."""
    height, width = (1, 1, *extent(a["weight"]))[-2:]
    down, across = sides_of(a["dilation"], 1)
    return down * height, across * width


def _convolution(a: Arguments) -> int:
    """The padded input, the output, and the windows that a plan may lay side by side."""
    maps, height, width = padded(a)
    weight = (1, 1, *extent(a["weight"]))
    kernel_height, kernel_width = weight[-2:]
    down, right = sides_of(a["stride"], 1)
    if type(a["padding"]) is str:
        height, width = height + _reach(a)[0], width + _reach(a)[1]
    rows = max(height - kernel_height, 0) // max(down, 1) + 1
    columns = max(width - kernel_width, 0) // max(right, 1) + 1
    images = extent(a["x"])[0] if len(extent(a["x"])) == 4 else 1
    filters = weight[-4] if len(weight) >= 6 else 1
    windows = maps * rows * columns * kernel_height * kernel_width
    output = images * filters * rows * columns
    return max(maps * height * width, output, windows // EXPANDING)


def _full_convolution(a: Arguments) -> int:
    x, kernel = (1, 1, *extent(a["x"])), (1, 1, *extent(a["kernel"]))
    sides = [x[axis] + kernel[axis] for axis in (-2, -1)]
    return math.prod(sides) * max(1, math.prod(kernel[-2:]) // EXPANDING)


def _conv_matrix(a: Arguments) -> int:
    """The matrix, the padded places, and for each output the columns of its window."""
    sides = dimensions(a["input_shape"])
    weight = (1, 1, *extent(a["weight"]))
    height, width = ([1, 1, *sides])[-2:]
    inputs = product(sides)
    if type(a["padding"]) is str:
        height, width = height + _reach(a)[0], width + _reach(a)[1]
        outputs = height * width
    else:
        top, left = sides_of(a["padding"])
        height, width = height + 2 * top, width + 2 * left
        down, right = sides_of(a["stride"], 1)
        rows = max(height - weight[-2], 0) // max(down, 1) + 1
        columns = max(width - weight[-1], 0) // max(right, 1) + 1
        outputs = rows * columns
    filters = weight[-4] if len(weight) >= 6 else 1
    padded = product(sides[:-2]) * height * width
    return max((inputs + 1) * outputs * filters, padded, outputs * product(weight[-3:]))


CONVOLUTION_RULES: Mapping[str, Callable[[Arguments], int]] = {
    "convolution": _convolution,
    "full convolution": _full_convolution,
    "conv matrix": _conv_matrix,
}
