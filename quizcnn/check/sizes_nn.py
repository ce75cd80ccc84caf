"""How many values the operations of `quizcnn.nn` make."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from quizcnn import nn
from quizcnn.check.extents import EXPANDING, Arguments, count, extent, product, volume
from quizcnn.check.kinds import Inside, is_record
from quizcnn.nn.inference import example_rank, largest_map

MASKED = 12
"""Values with every mask of which an exact expectation is worked out; more are refused by nn."""


def _image(a: Arguments) -> int:
    return count(a["height"]) * count(a["width"])


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
    """The most that layers need to run, their weights included, and how much comes out."""
    shape = extent(x)
    try:
        rank = example_rank(layers)
        examples, example = (shape[0], shape[1:]) if len(shape) > rank else (1, shape)
        if len(shape) == 2 and rank == 3:
            example = (1, *shape)
        needed = examples * largest_map(layers, example)
        made = examples * math.prod(nn.output_shape(layers, example))
        return max(nn.parameters(layers), needed), made
    except (ValueError, TypeError):  # these layers do not fit together: running them says so
        return 0, 0


def _forward(a: Arguments) -> int:
    """All weights, and what is held at once."""
    return _run_layers(a["layers"], a["x"])[0]


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
    "slopes": _slopes,
    "jacobian": _jacobian,
    "influence": _influence,
    "masks": _masks,
    "examples": _examples,
    "windows": _windows_of,
    "features": _features,
    "forward": _forward,
}
