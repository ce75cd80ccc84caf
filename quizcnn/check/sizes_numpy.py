"""How many values NumPy's functions make."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from quizcnn.check.extents import Arguments, broadcast, count, dimensions, extent, first, volume
from quizcnn.check.kinds import is_array

EXPANDING = 8
"""How much longer a sum may be than an array is large: its terms are not all there at once."""


def _shape(a: Arguments) -> int:
    return math.prod(dimensions(a["shape"]))


def _all(a: Arguments) -> int:
    return sum(volume(value) for value in a.values())


def _broadcast(a: Arguments) -> int:
    return broadcast([extent(value) for value in a.values()])


def _outer(a: Arguments) -> int:
    return volume(a["a"]) * volume(a["b"])


def _outer_a_q(a: Arguments) -> int:
    return volume(a["a"]) * max(volume(a["q"]), 1)


def _rows_squared(a: Arguments) -> int:
    shape = extent(first(a))
    other = extent(a.get("y")) if a.get("y") is not None else ()
    rows = (shape[0] if len(shape) > 1 else 1) + (other[0] if len(other) > 1 else 1)
    last = shape[-1] if len(shape) > 1 and "full_matrices" in a else 0
    return (rows**2 + last**2) * math.prod(shape[:-2]) + volume(first(a))


def _matmul(a: Arguments) -> int:
    """The product of (…, n, m) and (…, m, k) has n·k values for each of the leading places."""
    left, right = (extent(value) for value in a.values())
    rows = left[-2] if len(left) > 1 else 1
    columns = right[-1] if len(right) > 1 else 1
    return rows * columns * broadcast([left[:-2], right[:-2]])


def _dot(a: Arguments) -> int:
    """As matmul, but stacks are paired all with all, and numbers multiply."""
    left, right = (extent(value) for value in a.values())
    if not left or not right:
        return math.prod(left) * math.prod(right)
    return math.prod(left[:-1]) * math.prod(right[:-2]) * (right[-1] if len(right) > 1 else 1)


def _sections(a: Arguments) -> int:
    return volume(a["ary"]) + count(a["indices_or_sections"])


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


def _length(a: Arguments) -> int:
    return count(first(a))


def _eye(a: Arguments) -> int:
    rows = count(first(a))
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
    size = volume(first(a))
    if is_array(repeats) or type(repeats) in (list, tuple):
        return size * max(dimensions(repeats) or [0]) if volume(repeats) <= 64 else size**2
    return size * count(repeats)


def _take(a: Arguments) -> int:
    shape = extent(first(a))
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


NUMPY_RULES: Mapping[str, Callable[[Arguments], int]] = {
    "": _all,
    "shape": _shape,
    "broadcast": _broadcast,
    "outer": _outer,
    "outer of a and q": _outer_a_q,
    "rows squared": _rows_squared,
    "matmul": _matmul,
    "dot": _dot,
    "sections": _sections,
    "inner": _inner,
    "tensordot": _tensordot,
    "einsum": _einsum,
    "work": _work,
    "eye": _eye,
    "length": _length,
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
