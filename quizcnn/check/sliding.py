"""A call that slid a window over its input, as plain data: what went in, what came out, and how.

Recorded by the worker where a job asks for it (`Job.trace`); `windows` tells each place of it.
Imports no NumPy: the front ends read it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import Literal, TypeAlias

from quizcnn.check.value import Array

Pair: TypeAlias = tuple[int, int]
"""Down and across."""

Kind: TypeAlias = Literal["sum", "spread", "max", "min", "mean", "power"]
"""What becomes of a window: sum and spread weigh it by a kernel, the others are pools.

A power is a p-norm: the root of the sum of powers; of an infinite p the extreme absolute value.
"""

Laid: TypeAlias = Literal["even", "adaptive", "whole"]
"""How windows are laid: evenly by a stride; so many that they share the input out; one for all."""

Seen: TypeAlias = tuple[tuple[int, int], ...]
"""What one place sees along one axis: (cell of the kernel, cell of the input) in order."""

LARGEST = 64 * 64
"""Values of one channel of an input or output, at most."""
FARTHEST = 1_000
"""No stride, dilation or padding is larger."""
MILLIONS = 10**9
"""More images or channels there are not."""
MOST = 16
"""So many calls of one check are recorded."""


@dataclass(frozen=True, slots=True)
class Sliding:
    """A call of an operation that slides a window.

    Arrays have all their axes: `input` (N, C, H, W) and `output` (N, K, oH, oW); a `signal` is an
    image of one row. `kernel` is (K, C/groups, kH, kW), of a spread (C, K/groups, kH, kW), and None
    for a pool. `bias` is (K,), `divisor` (oH, oW): what a mean divides its sums by, and of a power
    how many cells each window sees. `power` is its p. `sides` are the cells of padding before and
    after along each axis; those of a spread are cut off its output. `size` is the kernel's height
    and width, of windows that are not `laid` evenly the largest one's. `axes` says how many the
    check's own output has, and `flipped` that `kernel` was turned by 180° before it slid. `of` says
    how many images and channels there are in all, where only the first ones of a pool are here.
    `line` counts from 1 in the check.
    """

    line: int
    source: str
    kind: Kind
    input: Array
    output: Array
    size: Pair
    stride: Pair
    sides: tuple[Pair, Pair]
    dilation: Pair
    groups: int
    kernel: Array | None = None
    bias: Array | None = None
    divisor: Array | None = None
    axes: int = 2
    signal: bool = False
    flipped: bool = False
    laid: Laid = "even"
    power: float | None = None
    of: Pair | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """The output's shape with the check's own axes; of some channels theirs."""
        return self._with_axes(*self.output.shape[:2])

    @property
    def full_shape(self) -> tuple[int, ...]:
        """The output's shape as the check has it."""
        return self._with_axes(*(self.of or self.output.shape[:2]))

    def _with_axes(self, images: int, channels: int) -> tuple[int, ...]:
        shape = (images, channels, *self.output.shape[2:][2 - self.flat :])
        return shape[len(shape) - self.axes :]

    @property
    def flat(self) -> int:
        """How many axes a channel of the check's own output has."""
        return 0 if self.laid == "whole" else 1 if self.signal else 2

    @property
    def steps(self) -> int:
        """In how many steps it is played: one for each window, of a spread for each stamp."""
        images, filters, *_ = self.output.shape
        return images * filters * prod(self.walked.shape[2:])

    @property
    def walked(self) -> Array:
        """The array whose cells are gone through one by one: the output, of a spread the input."""
        return self.input if self.kind == "spread" else self.output

    def seen(self, axis: int) -> tuple[Seen, ...]:
        """For each place of the output along an axis (0 is down) what it sees of the input.

        A cell of the input below 0 or from its size on is padding.
        """
        places, cells = self.output.shape[2 + axis], self.input.shape[2 + axis]
        if self.laid != "even":
            return _shared_out(places, cells)
        geometry = (self.size[axis], self.stride[axis], self.sides[axis][0], self.dilation[axis])
        return (_spread if self.kind == "spread" else _seen)(places, cells, *geometry)

    def channels(self, filter_: int) -> range:
        """The channels of the input that one channel of the output is made of."""
        each = self.input.shape[1] // self.groups
        group = filter_ // (self.output.shape[1] // self.groups)
        return range(group * each, (group + 1) * each)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A call that slides a window and is not recorded, and why."""

    line: int
    source: str
    why: str


@lru_cache(256)
def _seen(
    places: int, cells: int, size: int, stride: int, before: int, dilation: int
) -> tuple[Seen, ...]:
    return tuple(
        tuple((u, place * stride - before + u * dilation) for u in range(size))
        for place in range(places)
    )


@lru_cache(256)
def _shared_out(places: int, cells: int) -> tuple[Seen, ...]:
    """Windows from ⌊i·n / m⌋ up to ⌈(i + 1)·n / m⌉, as adaptive pooling has them."""
    return tuple(
        tuple(enumerate(range(place * cells // places, -(-(place + 1) * cells // places))))
        for place in range(places)
    )


@lru_cache(256)
def _spread(
    places: int, cells: int, size: int, stride: int, before: int, dilation: int
) -> tuple[Seen, ...]:
    found: list[list[tuple[int, int]]] = [[] for _ in range(places)]
    for cell in range(cells):
        for u in range(size):
            place = cell * stride - before + u * dilation
            if 0 <= place < places:
                found[place].append((u, cell))
    return tuple(map(tuple, found))


def flaw(sliding: Sliding) -> str:
    """What does not fit together in it, "" where all does: then every place of it can be told."""
    arrays = [sliding.input, sliding.output]
    if any(len(array.shape) != 4 or 0 in array.shape for array in arrays):
        return "an input and an output have four axes"
    others = (sliding.kernel, sliding.bias, sliding.divisor)
    arrays += [array for array in others if array is not None]
    if any(array.data is None or len(array.data) != prod(array.shape) for array in arrays):
        return "every array has its values"
    if max(prod(array.shape[2:]) for array in arrays[:2]) > LARGEST or prod(sliding.size) > LARGEST:
        return "it is too large"
    if sliding.line < 1 or not _near(sliding):
        return "a line, stride, dilation or padding is out of its range"
    if not _channelled(sliding):
        return "the channels do not fit together"
    if not all(_fits(sliding, axis) for axis in (0, 1)):
        return "the output is not of the size that comes of the input"
    return _unlikely(sliding)


def _unlikely(sliding: Sliding) -> str:
    """Why it has no such axes or no such power, "" where it may."""
    flat = [sliding.input.shape[2], sliding.output.shape[2], sliding.size[0]]
    if not sliding.flat <= sliding.axes <= sliding.flat + 2:
        return "an image has two axes, a signal one, a number none"
    if sliding.signal and (flat != [1, 1, 1] or sliding.laid == "whole"):
        return "a signal is an image of one row"
    if (sliding.power is not None) is not (sliding.kind == "power"):
        return "a power has its p, and nothing else has one"
    if sliding.of is not None and not _more(sliding, sliding.of):
        return "only of a pool some channels are left out"
    if sliding.power is not None and (not sliding.power or math.isnan(sliding.power)):
        return "there is no such p"
    return ""


def _more(sliding: Sliding, of: Pair) -> bool:
    """Whether some images or channels of a pool are part of so many."""
    here = sliding.output.shape[:2]
    fits = here[0] <= of[0] and here[1] <= of[1] and here != of
    return sliding.kernel is None and fits and max(of) <= MILLIONS


def _near(sliding: Sliding) -> bool:
    """Whether it moves by no more than `FARTHEST`; sizes and groups have bounds of their own."""
    moves: Sequence[int] = (*sliding.stride, *sliding.dilation)
    around = [cells for pair in sliding.sides for cells in pair]
    least = min(*moves, *sliding.size, sliding.groups)
    return least >= 1 and min(around) >= 0 and max(*moves, *around) <= FARTHEST


def _channelled(sliding: Sliding) -> bool:
    """Whether kernel, bias and divisor are those of this kind, and of these channels."""
    (images, channels), (made, filters) = sliding.input.shape[:2], sliding.output.shape[:2]
    groups = sliding.groups
    if images != made or channels % groups or filters % groups:
        return False
    divides = sliding.kind == "mean" or (sliding.kind == "power" and math.isfinite(_p(sliding)))
    if (sliding.divisor is not None) is not divides:
        return False
    if sliding.divisor is not None and sliding.divisor.shape != sliding.output.shape[2:]:
        return False
    if sliding.kind not in ("sum", "spread"):
        plain = sliding.kernel is None and sliding.bias is None and not sliding.flipped
        return plain and channels == filters == groups
    if sliding.bias is not None and sliding.bias.shape != (filters,):
        return False
    spread = sliding.kind == "spread"
    first, second = (channels, filters) if spread else (filters, channels)
    wanted = (first, second // groups, *sliding.size)
    return sliding.kernel is not None and sliding.kernel.shape == wanted


def _p(sliding: Sliding) -> float:
    return math.nan if sliding.power is None else sliding.power


def _fits(sliding: Sliding, axis: int) -> bool:
    cells, places = sliding.input.shape[2 + axis], sliding.output.shape[2 + axis]
    if sliding.laid != "even":
        return _shares_fit(sliding, axis, places)
    stride, dilation = sliding.stride[axis], sliding.dilation[axis]
    around, reach = sum(sliding.sides[axis]), dilation * (sliding.size[axis] - 1)
    if sliding.kind == "spread":
        least = (cells - 1) * stride - around + reach + 1
        return least <= places < least + max(stride, dilation)
    room = cells + around - reach - 1
    # a pool in ceil mode has one more place than fits, if it does not come out even
    most = -(-room // stride) + 1 if sliding.kernel is None else room // stride + 1
    return room // stride + 1 <= places <= most


def _shares_fit(sliding: Sliding, axis: int, places: int) -> bool:
    """Whether windows that share the input out are pools of it, and as large as is said."""
    moves = (sliding.stride[axis], sliding.dilation[axis], *sliding.sides[axis])
    if sliding.kind not in ("max", "min", "mean") or moves != (1, 1, 0, 0):
        return False
    if sliding.laid == "whole" and places != 1:
        return False
    return sliding.size[axis] == max(map(len, sliding.seen(axis)))
