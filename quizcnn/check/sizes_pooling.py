"""How many values pooling, dense layers and normalisation in `quizcnn.nn` make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from quizcnn.check.extents import (
    EXPANDING,
    Arguments,
    count,
    extent,
    product,
    sides_of,
    volume,
)
from quizcnn.check.kinds import Inside, is_array


class _Windows(NamedTuple):
    """What a pooling goes through: channels of all examples, then for each axis three numbers."""

    maps: int
    framed: list[int]
    """The sides with their padding."""
    places: list[int]
    """How many windows stand side by side, rounded up."""
    kernel: list[int]

    def made(self) -> int:
        """The values after each axis that was pooled, all together, and the padded input.

        No padded input is made, but so much padding has no sense.
        """
        passes = 0
        for done in range(1, len(self.places) + 1):
            passes += self.maps * product(self.places[:done]) * product(self.framed[done:])
        return max(passes, self.maps * product(self.framed), self._work() // EXPANDING)

    def _work(self) -> int:
        """How many values are joined: those of each step along each axis."""
        return self.maps * product(self.framed) * sum(self.kernel)


def _windows(axes: int, a: Arguments) -> _Windows:
    shape = (1,) * axes + extent(a["x"])
    kernel = _numbers(a["kernel_size"], axes)
    stride = kernel if a.get("stride") is None else _numbers(a["stride"], axes)
    padding = _numbers(a.get("padding", 0), axes, 0)
    framed = [side + 2 * p for side, p in zip(shape[-axes:], padding, strict=True)]
    places = [
        max(n - k, 0) // max(s, 1) + 2 for n, k, s in zip(framed, kernel, stride, strict=True)
    ]
    # No output is larger than the padded input, whatever is rounded up.
    places = [min(m, n) for m, n in zip(places, framed, strict=True)]
    return _Windows(product(shape[:-axes]), framed, places, kernel)


def _numbers(value: Inside, axes: int, default: int = 1) -> list[int]:
    """An argument that is one number for all axes or one for each."""
    if len(extent(value)) == 1:
        numbers = [count(side, default) for side in list(value)[:axes]]
        return (numbers + numbers[-1:] * axes)[:axes] if numbers else [default] * axes
    return [count(value, default)] * axes


def _pool(axes: int, a: Arguments) -> int:
    """The pooled values; with indices values and indices of each, and what tells the winners."""
    made = _windows(axes, a).made()
    return 3 * made if a.get("return_indices") else made


def _mean_pool(axes: int, a: Arguments) -> int:
    """The pooled values, and those of whole numbers once more as floats."""
    return _pool(axes, a) + (0 if _is_floating(a["x"]) else volume(a["x"]))


def _is_floating(value: Inside) -> bool:
    return is_array(value) and value.dtype.kind == "f"


def _power_pool(a: Arguments) -> int:
    """The powers of all values, what is pooled of them, and its root."""
    return 2 * _mean_pool(2, a) + volume(a["x"])


def _pool_backward(a: Arguments) -> int:
    """The winners, found again, or the divided gradient, and the input's gradient."""
    return _pool(2, {**a, "return_indices": True}) + volume(a["x"])


def _adaptive(axes: int, a: Arguments) -> int:
    """The windows along each axis; together they see each cell about once, or repeat it."""
    shape = (1,) * axes + extent(a["x"])
    wanted = a["output_size"]
    several = len(extent(wanted)) == 1
    given = list(wanted)[:axes] if several else [wanted] * axes
    sides = shape[-axes:]
    places = [
        side if number is None else count(number)
        for side, number in zip(sides, (given + [None] * axes)[:axes], strict=True)
    ]
    made, maps = 0, product(shape[:-axes])
    for done in range(1, axes + 1):
        made += maps * product(places[:done]) * product(sides[done:])
        made += maps * product(sides[:done]) * product(places[done:])
    return (3 if a.get("return_indices") else 1) * (made + volume(a["x"]))


def _unpool(a: Arguments) -> int:
    """The output: as large as the strides make it, or almost a stride larger."""
    shape = (1, 1, *extent(a["x"]))
    kernel = _numbers(a["kernel_size"], 2)
    stride = kernel if a.get("stride") is None else _numbers(a["stride"], 2)
    sides = [n * s + k for n, k, s in zip(shape[-2:], kernel, stride, strict=True)]
    return product(shape[:-2]) * product(sides) + volume(a["x"])


def _upsample(a: Arguments) -> int:
    return volume(a["x"]) * product(sides_of(a["factor"], 1))


def _linear(a: Arguments) -> int:
    x, weight = extent(a["x"]), extent(a["weight"])
    return product(x[:-1]) * (weight[0] if weight else 1)


def _linear_backward(a: Arguments) -> int:
    """A gradient in the shape of each argument, and the arguments in one dtype."""
    return 2 * (volume(a["x"]) + volume(a["weight"]) + volume(a["grad_output"]))


def _temporaries(a: Arguments) -> int:
    """Several arrays as large as the input before there is a result."""
    return 5 * volume(a["x"])


def _neighbours(a: Arguments) -> int:
    """The squares, their sums and powers, or a share of all that is added."""
    return max(4 * volume(a["x"]), volume(a["x"]) * count(a["size"]) // EXPANDING)


POOLING_RULES: Mapping[str, Callable[[Arguments], int]] = {
    "pool": partial(_pool, 2),
    "pool 1d": partial(_pool, 1),
    "pool 3d": partial(_pool, 3),
    "mean pool": partial(_mean_pool, 2),
    "mean pool 1d": partial(_mean_pool, 1),
    "mean pool 3d": partial(_mean_pool, 3),
    "power pool": _power_pool,
    "pool backward": _pool_backward,
    "adaptive": partial(_adaptive, 2),
    "adaptive 1d": partial(_adaptive, 1),
    "unpool": _unpool,
    "upsample": _upsample,
    "linear": _linear,
    "linear backward": _linear_backward,
    "neighbours": _neighbours,
    "temporaries": _temporaries,
}
