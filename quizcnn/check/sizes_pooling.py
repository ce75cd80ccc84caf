"""How many values pooling and dense layers of `quizcnn.nn` make."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from quizcnn.check.extents import (
    EXPANDING,
    Arguments,
    extent,
    padded,
    product,
    sides_of,
    volume,
)


def _pool(a: Arguments) -> int:
    maps, height, width = padded(a)
    kernel = sides_of(a["kernel_size"], 1)
    down, right = sides_of(a["kernel_size"] if a["stride"] is None else a["stride"], 1)
    rows = max(height - kernel[0], 0) // max(down, 1) + 1
    columns = max(width - kernel[1], 0) // max(right, 1) + 1
    return max(maps * height * width, maps * rows * columns * math.prod(kernel) // EXPANDING)


def _upsample(a: Arguments) -> int:
    return volume(a["x"]) * math.prod(sides_of(a["factor"], 1))


def _linear(a: Arguments) -> int:
    x, weight = extent(a["x"]), extent(a["weight"])
    return product(x[:-1]) * (weight[0] if weight else 1)


POOLING_RULES: Mapping[str, Callable[[Arguments], int]] = {
    "pool": _pool,
    "upsample": _upsample,
    "linear": _linear,
}
