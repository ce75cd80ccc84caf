"""How many values the operations of `quizcnn.nn` make."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from quizcnn import nn
from quizcnn.check.extents import Arguments, count, dimensions, extent, volume
from quizcnn.check.kinds import Inside, is_record

EXPANDING = 8
"""How much longer a sum may be than an array is large: its terms are not all there at once."""


def _image(a: Arguments) -> int:
    return count(a["height"]) * count(a["width"])


def _pair(value: Inside, default: int = 0) -> tuple[int, int]:
    if type(value) in (list, tuple) and len(value) == 2:
        return count(value[0], default), count(value[1], default)
    return count(value, default), count(value, default)


def _padded(a: Arguments) -> tuple[int, int, int]:
    """Everything before the last two axes multiplied, then height and width with padding."""
    shape = (1, 1, *extent(a["x"]))
    top, left = _pair(a.get("padding", 0))
    return math.prod(shape[:-2]), shape[-2] + 2 * top, shape[-1] + 2 * left


def _convolution(a: Arguments) -> int:
    """The padded input, the output, and the windows that a plan may lay side by side."""
    maps, height, width = _padded(a)
    weight = (1, 1, *extent(a["weight"]))
    kernel_height, kernel_width = weight[-2:]
    down, right = _pair(a.get("stride", 1), 1)
    if type(a.get("padding")) is str:
        height, width = height + kernel_height, width + kernel_width
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
    sides = dimensions(a["input_shape"])
    weight = (1, 1, *extent(a["weight"]))
    top, left = _pair(a.get("padding", 0))
    inputs = math.prod(sides)
    height, width = ([1, 1, *sides])[-2:]
    outputs = (height + 2 * top) * (width + 2 * left)
    if type(a.get("padding")) is not str:
        down, right = _pair(a.get("stride", 1), 1)
        rows = max(height + 2 * top - weight[-2], 0) // max(down, 1) + 1
        columns = max(width + 2 * left - weight[-1], 0) // max(right, 1) + 1
        outputs = rows * columns
    filters = weight[-4] if len(weight) >= 6 else 1
    return inputs * outputs * filters


def _pool(a: Arguments) -> int:
    maps, height, width = _padded(a)
    kernel = _pair(a["kernel_size"], 1)
    down, right = _pair(a["stride"] if a.get("stride") is not None else a["kernel_size"], 1)
    rows = max(height - kernel[0], 0) // max(down, 1) + 1
    columns = max(width - kernel[1], 0) // max(right, 1) + 1
    return max(maps * height * width, maps * rows * columns * math.prod(kernel) // EXPANDING)


def _upsample(a: Arguments) -> int:
    return volume(a["x"]) * math.prod(_pair(a["factor"], 1))


def _linear(a: Arguments) -> int:
    x, weight = extent(a["x"]), extent(a["weight"])
    return math.prod(x[:-1]) * (weight[0] if weight else 1)


def _square_of_x(a: Arguments) -> int:
    return volume(a["x"]) ** 2 // EXPANDING


def _square(a: Arguments) -> int:
    return count(a["size"]) ** 2


def _examples(a: Arguments) -> int:
    side = count(a.get("size", 12))
    return max(count(a.get("examples", 40)), count(a.get("tests", 0))) * side**2


def _windows_of(a: Arguments) -> int:
    return volume(a["images"]) * count(a.get("size", 3)) ** 2 // EXPANDING


def _features(a: Arguments) -> int:
    kernels = extent(a["kernels"]) if a.get("kernels") is not None else (2,)
    return volume(a["images"]) * (kernels[0] if kernels else 1)


def _forward(a: Arguments) -> int:
    """All weights, and the largest output."""
    layers = [a["layers"]] if is_record(a["layers"]) else a["layers"]
    shape = extent(a["x"])
    example = shape[-3:] if len(shape) > 2 else (1, *shape)
    try:
        largest = max(map(math.prod, nn.shapes(layers, example)), default=0)
        return max(nn.parameters(layers), largest * (shape[0] if len(shape) > 3 else 1))
    except (ValueError, TypeError):  # these layers do not fit together: forward says so itself
        return 0


NN_RULES: Mapping[str, Callable[[Arguments], int]] = {
    "image": _image,
    "square": _square,
    "convolution": _convolution,
    "full convolution": _full_convolution,
    "conv matrix": _conv_matrix,
    "pool": _pool,
    "upsample": _upsample,
    "linear": _linear,
    "square of x": _square_of_x,
    "examples": _examples,
    "windows": _windows_of,
    "features": _features,
    "forward": _forward,
}
