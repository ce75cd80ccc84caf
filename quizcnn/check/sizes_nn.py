"""How many values the operations of `quizcnn.nn` make."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from quizcnn import nn
from quizcnn.check.extents import Arguments, count, dimensions, extent, product, volume
from quizcnn.check.kinds import Inside, is_record

EXPANDING = 8
"""How much longer a sum may be than an array is large: its terms are not all there at once."""

MASKED = 12
"""Values with every mask of which an exact expectation is worked out; more are refused by nn."""


def _image(a: Arguments) -> int:
    return count(a["height"]) * count(a["width"])


def _pair(value: Inside, default: int = 0) -> tuple[int, int]:
    if type(value) is int:
        return max(value, 0), max(value, 0)
    if type(value) in (list, tuple, range) or type(value) is np.ndarray:
        sides = [count(side, default) for side in list(value)[:2]] if len(extent(value)) else []
        return (sides[0], sides[-1]) if sides else (count(value, default), count(value, default))
    return count(value, default), count(value, default)


def _padded(a: Arguments) -> tuple[int, int, int]:
    """Everything before the last two axes multiplied, then height and width with padding."""
    shape = (1, 1, *extent(a["x"]))
    top, left = _pair(a["padding"])
    return product(shape[:-2]), shape[-2] + 2 * top, shape[-1] + 2 * left


def _reach(a: Arguments) -> tuple[int, int]:
    """How far a kernel reaches, down and across: what padding "same" adds at most."""
    height, width = (1, 1, *extent(a["weight"]))[-2:]
    down, across = _pair(a["dilation"], 1)
    return down * height, across * width


def _convolution(a: Arguments) -> int:
    """The padded input, the output, and the windows that a plan may lay side by side."""
    maps, height, width = _padded(a)
    weight = (1, 1, *extent(a["weight"]))
    kernel_height, kernel_width = weight[-2:]
    down, right = _pair(a["stride"], 1)
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
        top, left = _pair(a["padding"])
        height, width = height + 2 * top, width + 2 * left
        down, right = _pair(a["stride"], 1)
        rows = max(height - weight[-2], 0) // max(down, 1) + 1
        columns = max(width - weight[-1], 0) // max(right, 1) + 1
        outputs = rows * columns
    filters = weight[-4] if len(weight) >= 6 else 1
    padded = product(sides[:-2]) * height * width
    return max((inputs + 1) * outputs * filters, padded, outputs * product(weight[-3:]))


def _pool(a: Arguments) -> int:
    maps, height, width = _padded(a)
    kernel = _pair(a["kernel_size"], 1)
    down, right = _pair(a["kernel_size"] if a["stride"] is None else a["stride"], 1)
    rows = max(height - kernel[0], 0) // max(down, 1) + 1
    columns = max(width - kernel[1], 0) // max(right, 1) + 1
    return max(maps * height * width, maps * rows * columns * math.prod(kernel) // EXPANDING)


def _upsample(a: Arguments) -> int:
    return volume(a["x"]) * math.prod(_pair(a["factor"], 1))


def _linear(a: Arguments) -> int:
    x, weight = extent(a["x"]), extent(a["weight"])
    return product(x[:-1]) * (weight[0] if weight else 1)


def _square(a: Arguments) -> int:
    return count(a["size"]) ** 2


def _examples(a: Arguments) -> int:
    return max(count(a["examples"]), count(a.get("tests"))) * count(a.get("size", 12)) ** 2


def _windows_of(a: Arguments) -> int:
    """Every window as a row, and the products of each of its values with each."""
    shape = (1, *extent(a["images"]))
    size, stride = count(a["size"]), max(count(a.get("stride", 1)), 1)
    places = (max(side - size, 0) // stride + 1 for side in shape[-2:])
    return max(product(shape[:-2]) * product(places) * size**2, size**4)


def _features(a: Arguments) -> int:
    kernels = extent(a["kernels"]) if a.get("kernels") is not None else (2,)
    return volume(a["images"]) * (kernels[0] if kernels else 1)


def _masks(a: Arguments) -> int:
    """Every mask of the features, with each example."""
    x = extent(a["x"])
    return 2 ** min(x[-1], MASKED) * x[0] if len(x) > 1 else 0


def _run_layers(layers: Inside, x: Inside) -> tuple[int, int]:
    """The most that one example needs on its way, its weights included, and what comes out."""
    shape = extent(x)
    example = (1, *shape) if len(shape) == 2 else shape[-3:]
    try:
        made = [math.prod(after) for after in nn.shapes(layers, example)]
        return max(nn.parameters(layers), *made, 0), made[-1] if made else volume(x)
    except (ValueError, TypeError):  # these layers do not fit together: running them says so
        return 0, 0


def _forward(a: Arguments) -> int:
    """All weights, and the largest output."""
    shape = extent(a["x"])
    return _run_layers(a["layers"], a["x"])[0] * (shape[0] if len(shape) > 3 else 1)


def _slopes(a: Arguments) -> int:
    """What layers need to run; other functions look at their sizes themselves."""
    layers = is_record(a["f"]) or type(a["f"]) in (list, tuple)
    return max(volume(a["x"]), _run_layers(a["f"], a["x"])[0] if layers else 0)


def _jacobian(a: Arguments) -> int:
    """As many rows as inputs, or as layers have outputs; what functions return is counted."""
    layers = is_record(a["f"]) or type(a["f"]) in (list, tuple)
    outputs = _run_layers(a["f"], a["x"])[1] if layers else volume(a["x"])
    return max(_slopes(a), outputs * volume(a["x"]))


def _influence(a: Arguments) -> int:
    """As for a jacobian, but truth values take an eighth of the room."""
    return max(_slopes(a), _jacobian(a) // EXPANDING)


NN_RULES: Mapping[str, Callable[[Arguments], int]] = {
    "image": _image,
    "square": _square,
    "convolution": _convolution,
    "full convolution": _full_convolution,
    "conv matrix": _conv_matrix,
    "pool": _pool,
    "upsample": _upsample,
    "linear": _linear,
    "slopes": _slopes,
    "jacobian": _jacobian,
    "influence": _influence,
    "masks": _masks,
    "examples": _examples,
    "windows": _windows_of,
    "features": _features,
    "forward": _forward,
}
