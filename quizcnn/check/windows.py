"""What happens at each place of a sliding window: the values under it, products, sum or winner.

Told from what a proof recorded (`Sliding`); nothing here computes an output, which is the proof's.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from quizcnn.check.sliding import Sliding
from quizcnn.check.value import Array, Number

TOLERANCES = {"float32": 1e-4, "float16": 2e-2}
"""How far sums may be off for rounding, as a share of what is summed."""
TINIEST = {"float32": 1.4e-45, "float16": 6e-8}
"""The least that a power can be without being lost."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of an input or output: which image, which channel, row and column, all from 0."""

    image: int
    channel: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Term:
    """One value under a window: where it stands in the input, under which cell of the kernel.

    `weight` is None for a pool. A cell outside of the input is padding (not `inside`), its value 0.
    `power` is the p of a p-norm.
    """

    channel: int
    row: int
    column: int
    cell: tuple[int, int]
    value: Number
    weight: Number | None
    inside: bool = True
    power: float | None = None

    @property
    def product(self) -> Number:
        """What is summed up: the value times its weight, its power, or the value itself."""
        if self.power is not None:
            return powered(self.value, self.power)
        return self.value if self.weight is None else self.value * self.weight


@dataclass(frozen=True, slots=True)
class Window:
    """What one cell of the output is made of. `result` is its value as the proof has it.

    `terms` are the values under the window, row by row, channel after channel; of a spread those
    that were stamped on this cell. Padding that a pool leaves out is no term. `winner` is the
    number of the term that a max or min pool took, the first of equals; None for all else and
    where the window sees padding alone.
    """

    place: Place
    terms: tuple[Term, ...]
    result: Number
    bias: Number | None = None
    divisor: Number | None = None
    winner: int | None = None

    @property
    def total(self) -> Number:
        """The sum of the products and the bias, before it is divided."""
        summed: Number = sum(term.product for term in self.terms)
        return summed if self.bias is None else summed + self.bias


def powered(value: Number, power: float) -> float:
    """A value to a power as NumPy has it, where Python would raise or give a complex number.

    >>> powered(-2, 3), powered(-2.0, 0.5), powered(0, -1)
    (-8.0, nan, inf)
    """
    try:
        return math.pow(value, power)
    except OverflowError:
        return math.inf if value > 0 or power % 2 != 1 else -math.inf
    except ValueError:
        return math.nan if value else math.inf


def window(sliding: Sliding, place: Place) -> Window:
    """The window whose result is the cell at `place` of the output.

    >>> image = Array((1, 1, 1, 3), "int64", (1, 2, 3))
    >>> kernel = Array((1, 1, 1, 2), "int64", (1, 10))
    >>> output = Array((1, 1, 1, 2), "int64", (21, 32))
    >>> ways = ((1, 2), (1, 1), ((0, 0), (0, 0)), (1, 1))
    >>> slid = Sliding(1, "conv1d(x, k)", "sum", image, output, *ways, 1, kernel, signal=True)
    >>> [term.product for term in window(slid, Place(0, 0, 0, 1)).terms]
    [2, 30]
    >>> window(slid, Place(0, 0, 0, 1)).result
    32
    """
    terms = tuple(_terms(sliding, place))
    result = at(sliding.output, place)
    bias = None if sliding.bias is None else _data(sliding.bias)[place.channel]
    divisor = _divisor(sliding, place)
    winner = _winner(sliding, terms, result) if picks(sliding) else None
    return Window(place, terms, result, bias, divisor, winner)


def picks(sliding: Sliding) -> bool:
    """Whether one value of each window is taken and none summed up."""
    infinite = sliding.power is not None and math.isinf(sliding.power)
    return sliding.kind in ("max", "min") or infinite


def adds_up(sliding: Sliding, told: Window) -> bool:
    """Whether the sum of what is told of a window is its result, but for rounding.

    Always so but where 64-bit integers ran over; of what is not finite nothing can be said.
    """
    if picks(sliding):
        return told.winner is not None or not told.terms
    parts = [abs(term.product) for term in told.terms]
    parts += [abs(part) for part in (told.bias, told.result) if part is not None]
    whole = all(isinstance(part, int) for part in parts)
    if not told.divisor and told.divisor is not None:
        return False
    total = told.total if told.divisor is None else told.total / told.divisor
    if sliding.power is not None:
        return _roots_up(sliding, told, parts, total)
    if whole and told.divisor is None:
        return total == told.result
    if not all(map(math.isfinite, (*parts, total))):
        return True
    return abs(total - told.result) <= _share(sliding) * max(sum(parts), 1e-300)


def _roots_up(sliding: Sliding, told: Window, parts: Sequence[Number], mean: Number) -> bool:
    """Whether the result to the power p is the sum of powers, scaled up to a whole window."""
    assert sliding.power is not None
    wanted = mean * math.prod(sliding.size)
    found = powered(told.result, sliding.power)
    if not all(map(math.isfinite, (*parts, wanted, found))):
        return True
    near = _share(sliding) * max(1.0, abs(sliding.power))
    lost = len(parts) * TINIEST.get(sliding.output.dtype, 1e-300)
    return abs(wanted - found) <= near * (sum(parts) + abs(found)) + lost


def _share(sliding: Sliding) -> float:
    """How far a sum may be off, as a share of what is summed."""
    kinds = [sliding.input.dtype, sliding.output.dtype]
    return max(TOLERANCES.get(kind, 1e-9) for kind in kinds)


def at(array: Array, place: Place) -> Number:
    """The value of an array of four axes at a place."""
    _, channels, rows, columns = array.shape
    plane = (place.image * channels + place.channel) * rows * columns
    return _data(array)[plane + place.row * columns + place.column]


def weights(sliding: Sliding, filter_: int, channel: int) -> Sequence[Number]:
    """The kernel, row by row, that a channel of the output lays on a channel of the input."""
    assert sliding.kernel is not None
    return _data(sliding.kernel)[kernel_part(sliding, filter_, channel)]


def kernel_part(sliding: Sliding, filter_: int, channel: int) -> slice:
    """Which of the kernel's values lie between a channel of the output and one of the input."""
    assert sliding.kernel is not None
    second = sliding.kernel.shape[1]
    if sliding.kind == "spread":
        part = channel * second + filter_ % second
    else:
        part = filter_ * second + channel % second
    cells = sliding.size[0] * sliding.size[1]
    return slice(part * cells, (part + 1) * cells)


def _terms(sliding: Sliding, place: Place) -> Iterator[Term]:
    for channel in sliding.channels(place.channel):
        terms = list(_channel_terms(sliding, place, channel))
        inside = [term for term in terms if term.inside]
        # Padding is weighed like any value; it counts in a mean that is divided by it too.
        counts = sliding.kernel is not None
        if sliding.divisor is not None and len(inside) < len(terms):
            terms = [term for term in terms if _within(sliding, term)]
            counts = len(terms) == _divisor(sliding, place)
        yield from terms if counts else inside


def _channel_terms(sliding: Sliding, place: Place, channel: int) -> Iterator[Term]:
    rows, columns = sliding.seen(0)[place.row], sliding.seen(1)[place.column]
    _, channels, height, width = sliding.input.shape
    start = (place.image * channels + channel) * height * width
    values = _data(sliding.input)
    kernel = None if sliding.kernel is None else weights(sliding, place.channel, channel)
    for (u, row), (v, column) in product(rows, columns):
        inside = 0 <= row < height and 0 <= column < width
        value = values[start + row * width + column] if inside else 0
        weight = None if kernel is None else kernel[u * sliding.size[1] + v]
        yield Term(channel, row, column, (u, v), value, weight, inside, sliding.power)


def _within(sliding: Sliding, term: Term) -> bool:
    """Whether it lies in the input or its padding: ceil mode reaches even further."""
    (_, bottom), (_, right) = sliding.sides
    height, width = sliding.input.shape[2:]
    return term.row < height + bottom and term.column < width + right


def _divisor(sliding: Sliding, place: Place) -> Number | None:
    if sliding.divisor is None:
        return None
    return _data(sliding.divisor)[place.row * sliding.output.shape[3] + place.column]


def _winner(sliding: Sliding, terms: Sequence[Term], result: Number) -> int | None:
    """The number of the first term that has the result's value; of NaN the last, as in PyTorch."""
    if isinstance(result, float) and math.isnan(result):
        lost = [number for number, term in enumerate(terms) if math.isnan(term.value)]
        return lost[-1] if lost else None
    size = abs if sliding.kind == "power" else _itself
    return next((number for number, term in enumerate(terms) if size(term.value) == result), None)


def _itself(value: Number) -> Number:
    return value


def _data(array: Array) -> tuple[Number, ...]:
    assert array.data is not None
    return array.data
