"""How many values an operation is going to make, reckoned before it makes them.

Each rule takes the arguments by name and gives an upper bound. A rule never judges whether
arguments make sense: what it cannot read counts as nothing, and the operation itself complains.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from quizcnn.check.kinds import Inside, is_array

Arguments = Mapping[str, Inside]
Shape = tuple[int, ...]

EXPANDING = 8
"""A plan's own working arrays: conv2d may hold the windows it looks at in memory."""


def count(value: Inside, default: int = 0) -> int:
    """A whole number that is not negative; anything else counts as `default`."""
    if type(value) in (bool, int) or (isinstance(value, np.integer)):
        return max(int(value), 0)
    if type(value) is np.ndarray and value.size == 1 and value.dtype.kind in "iu":
        return max(int(value.item()), 0)
    return default


def extent(value: Inside) -> Shape:
    """The shape that an array of `value` would have; of ragged lists the largest sides."""
    if is_array(value):
        return tuple(value.shape)
    if type(value) in (list, tuple):
        inner = [extent(item) for item in value]
        rank = max(map(len, inner), default=0)
        sides = (max((s[axis] for s in inner if axis < len(s)), default=0) for axis in range(rank))
        return (len(value), *sides)
    return (len(value),) if type(value) is range else ()


def volume(value: Inside) -> int:
    """How many values an array of `value` would have."""
    return math.prod(extent(value))


def broadcast(shapes: list[Shape]) -> int:
    """How many values shapes have when broadcast together; too many if they do not fit."""
    rank = max(map(len, shapes), default=0)
    return math.prod(
        max((s[len(s) - axis] for s in shapes if axis <= len(s)), default=1)
        if all(s[len(s) - axis] for s in shapes if axis <= len(s))
        else 0
        for axis in range(1, rank + 1)
    )


def dimensions(value: Inside) -> list[int]:
    """The numbers of a shape argument: 3, (3, 4), [3, 4], or the tuple of `*shape`."""
    if type(value) in (list, tuple):
        if len(value) == 1 and type(value[0]) in (list, tuple):
            return dimensions(value[0])
        return [count(side) for side in value]
    if type(value) is np.ndarray:
        return [max(int(side), 0) for side in value.ravel()[:64] if np.isfinite(side)]
    return [count(value)]


def _shape(a: Arguments) -> int:
    return math.prod(dimensions(a["shape"]))


def _all(a: Arguments) -> int:
    return sum(volume(value) for value in a.values())


def _image(a: Arguments) -> int:
    return count(a["height"]) * count(a["width"])


def _first(a: Arguments) -> Inside:
    return next(iter(a.values()))


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


def _broadcast(a: Arguments) -> int:
    return broadcast([extent(value) for value in a.values()])


def _outer(a: Arguments) -> int:
    return volume(a["a"]) * volume(a["b"])


def _outer_a_q(a: Arguments) -> int:
    return volume(a["a"]) * max(volume(a["q"]), 1)


def _rows_squared(a: Arguments) -> int:
    shape = extent(_first(a))
    other = extent(a.get("y")) if a.get("y") is not None else ()
    rows = (shape[0] if len(shape) > 1 else 1) + (other[0] if len(other) > 1 else 1)
    last = shape[-1] if len(shape) > 1 and "full_matrices" in a else 0
    return (rows**2 + last**2) * math.prod(shape[:-2]) + volume(_first(a))


def _matmul(a: Arguments) -> int:
    """The product of (…, n, m) and (…, m, k) has n·k values for each of the leading places."""
    left, right = (extent(value) for value in a.values())
    rows = left[-2] if len(left) > 1 else 1
    columns = right[-1] if len(right) > 1 else 1
    if len(left) > 2 or len(right) > 2:  # np.dot of stacks pairs all with all, matmul fewer
        return math.prod(left[:-1]) * (math.prod(right[:-2]) if len(right) > 1 else 1) * columns
    return max(rows * columns, broadcast([left, right]) if not left or not right else 0)


def _inner(a: Arguments) -> int:
    left, right = extent(a["a"]), extent(a["b"])
    return math.prod(left[:-1]) * math.prod(right[:-1])


def _tensordot(a: Arguments) -> int:
    axes = a.get("axes", 2)
    left, right = extent(a["a"]), extent(a["b"])
    if type(axes) in (list, tuple) and len(axes) == 2:
        gone = axes[0] if type(axes[0]) in (list, tuple) else [axes[0]]
        common = math.prod(left[i] for i in gone if type(i) is int and -len(left) <= i < len(left))
    else:
        common = math.prod(left[len(left) - count(axes) :] if 0 < count(axes) <= len(left) else ())
    return math.prod(left) * math.prod(right) // max(common, 1) ** 2


def _einsum(a: Arguments) -> int:
    """The whole space of letters: with one letter for each axis, what it goes through."""
    letters: dict[str, int] = {}
    spaces = 1
    terms = str(a["subscripts"]).partition("->")[0].replace(" ", "").split(",")
    for term, operand in zip(terms, a["operands"], strict=False):
        shape = extent(operand)
        named = term.replace("...", "")
        if len(named) < len(shape):  # the axes of "..." count in full
            spaces *= math.prod(shape[: len(shape) - len(named)])
            shape = shape[len(shape) - len(named) :]
        for letter, side in zip(named, shape, strict=False):
            letters[letter] = max(letters.get(letter, 0), side)
    return math.prod(letters.values()) * spaces // EXPANDING


def _work(a: Arguments) -> int:
    """Convolving two vectors multiplies every value with every other."""
    return volume(a["a"]) * volume(a["v"]) // EXPANDING**2


def _box(a: Arguments) -> int:
    size = count(_first(a))
    return size**2 if "size" in a else size


def _eye(a: Arguments) -> int:
    rows = count(_first(a))
    return rows * (count(a["M"]) if a.get("M") is not None else rows)


def _arange(a: Arguments) -> int:
    start, stop = (0, a["start"]) if a.get("stop") is None else (a["start"], a["stop"])
    step = 1 if a.get("step") is None else a["step"]
    try:
        length = abs((float(stop) - float(start)) / float(step))
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return 0
    return math.ceil(length) if math.isfinite(length) else 10**30


def _linspace(a: Arguments) -> int:
    return count(a.get("num", 50)) * max(volume(a["start"]), volume(a["stop"]), 1)


def _indices(a: Arguments) -> int:
    sides = dimensions(a["dimensions"])
    return len(sides) * math.prod(sides)


def _meshgrid(a: Arguments) -> int:
    return len(a["xi"]) * math.prod(volume(vector) for vector in a["xi"])


def _pad(a: Arguments) -> int:
    """Every axis grows by its two borders; one number or pair counts for all."""
    widths = a["pad_width"]
    shape = extent(a["array"])
    if type(widths) is np.ndarray:
        widths = widths.tolist()
    rows = widths if type(widths) in (list, tuple) else [widths]
    nested = [row if type(row) in (list, tuple) else [row, row] for row in rows]
    if rows and type(rows[0]) not in (list, tuple):  # (before, after) for all axes
        nested = [[max(map(count, rows)), max(map(count, rows))]]
    borders = [2 * max(map(count, row), default=0) for row in nested]
    if len(borders) != len(shape):
        borders = [max(borders, default=0)] * len(shape)
    return math.prod(side + border for side, border in zip(shape, borders, strict=True))


def _tile(a: Arguments) -> int:
    return volume(a["A"]) * math.prod(dimensions(a["reps"]))


def _repeat(a: Arguments) -> int:
    repeats = a["repeats"]
    size = volume(_first(a))
    if is_array(repeats) or type(repeats) in (list, tuple):
        return size * max(dimensions(repeats) or [0]) if volume(repeats) <= 64 else size**2
    return size * count(repeats)


def _take(a: Arguments) -> int:
    shape = extent(_first(a))
    if a.get("axis") is None:
        return max(volume(a["indices"]), 1)
    return volume(a["indices"]) * (math.prod(shape) // max(min(shape, default=1), 1))


def _insert(a: Arguments) -> int:
    many = max(volume(a["obj"]), 1) * max(volume(a["values"]), 1)
    return volume(a["arr"]) * (1 + max(volume(a["obj"]), 1)) + many


def _diag(a: Arguments) -> int:
    shape = extent(a["v"])
    return (shape[0] + abs(int(a.get("k", 0)))) ** 2 if len(shape) == 1 else math.prod(shape)


def _fft(a: Arguments) -> int:
    shape = extent(a["a"])
    wanted = a.get("n") if "n" in a else a.get("s")
    if wanted is None:
        return 2 * math.prod(shape)
    sides = dimensions(wanted)
    rest = math.prod(shape) // max(min(shape, default=1), 1) if len(sides) == 1 else 0
    lead = math.prod(shape[:-2]) if len(sides) > 1 else 1
    return max(rest * sides[0], lead * math.prod(sides)) if sides else 0


def _largest_value(a: Arguments) -> int:
    x = np.asarray(a["x"]) if volume(a["x"]) else np.zeros(1)
    largest = int(x.max()) if x.dtype.kind in "iub" else 0
    return max(largest + 1, count(a.get("minlength", 0)))


def _bins(a: Arguments) -> int:
    return volume(a["a"]) + max(count(a.get("bins", 10)), volume(a.get("bins", 10)))


def _rank(a: Arguments) -> int:
    return volume(a["a"]) * max(len(extent(a["a"])), 1)


def _rank_of_shape(a: Arguments) -> int:
    return volume(a["indices"]) * max(len(dimensions(a["shape"])), 1)


RULES: Mapping[str, Callable[[Arguments], int]] = {
    "": _all,
    "shape": _shape,
    "image": _image,
    "box": _box,
    "convolution": _convolution,
    "full convolution": _full_convolution,
    "conv matrix": _conv_matrix,
    "pool": _pool,
    "upsample": _upsample,
    "linear": _linear,
    "square of x": _square_of_x,
    "broadcast": _broadcast,
    "outer": _outer,
    "outer of a and q": _outer_a_q,
    "rows squared": _rows_squared,
    "matmul": _matmul,
    "inner": _inner,
    "tensordot": _tensordot,
    "einsum": _einsum,
    "work": _work,
    "eye": _eye,
    "arange": _arange,
    "linspace": _linspace,
    "indices": _indices,
    "meshgrid": _meshgrid,
    "pad": _pad,
    "tile": _tile,
    "repeat": _repeat,
    "take": _take,
    "insert": _insert,
    "diag": _diag,
    "fft": _fft,
    "largest value": _largest_value,
    "bins": _bins,
    "rank": _rank,
    "rank of shape": _rank_of_shape,
}
"""The rules by the names that the table uses."""


def estimate(rule: str, arguments: Mapping[str, Any]) -> int:
    """The most values that an operation with this rule makes from these arguments."""
    return RULES[rule](arguments)
