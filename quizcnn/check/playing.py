"""A sliding window played step by step: where it is, and how far the output is filled.

A step is one window, in the order of the output's cells; of a spread (a transposed convolution) one
stamp, in the order of the input's cells, for each channel of the output anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from quizcnn.check.sliding import Seen, Sliding
from quizcnn.check.value import Number
from quizcnn.check.windows import Place, at, weights


@dataclass(frozen=True, slots=True)
class Stamped:
    """What a stamp adds to one cell of the output: `products`, one for each channel of the input.

    `row` and `column` may lie outside of the output, where it was cut off.
    """

    row: int
    column: int
    cell: tuple[int, int]
    products: tuple[Number, ...]


def walk(sliding: Sliding, step: int) -> Place:
    """Where a step is: a cell of the output; of a spread the input's, `channel` the output's.

    >>> from quizcnn.check.value import Array
    >>> image = Array((1, 1, 2, 2), "int64", (1, 2, 3, 4))
    >>> ways = ((1, 1), (1, 1), ((0, 0), (0, 0)), (1, 1))
    >>> walk(Sliding(1, "max_pool2d(x, 1)", "max", image, image, *ways, 1), 3)
    Place(image=0, channel=0, row=1, column=1)
    """
    channels = sliding.output.shape[1]
    rows, columns = sliding.walked.shape[2:]
    rest, column = divmod(step, columns)
    rest, row = divmod(rest, rows)
    image, channel = divmod(rest, channels)
    return Place(image, channel, row, column)


def step_at(sliding: Sliding, place: Place) -> int:
    """The step that is at a place: the other way round."""
    channels = sliding.output.shape[1]
    rows, columns = sliding.walked.shape[2:]
    plane = place.image * channels + place.channel
    return (plane * rows + place.row) * columns + place.column


def step_for(sliding: Sliding, place: Place) -> int | None:
    """The step that fills a cell of the output, of a spread the last stamp; None if none does."""
    if sliding.kind != "spread":
        return step_at(sliding, place)
    rows, columns = sliding.seen(0)[place.row], sliding.seen(1)[place.column]
    if not rows or not columns:
        return None
    last = Place(place.image, place.channel, rows[-1][1], columns[-1][1])
    return step_at(sliding, last)


def filled(sliding: Sliding, row: int, column: int, now: Place) -> tuple[Number | None, bool]:
    """What a cell of the output has got when the step at `now` is done, and whether that is all.

    The cell is one of the image and channel of `now`. None is nothing yet. While stamps of a spread
    still come it is the sum of those so far; the value in the end is the proof's.
    """
    place = Place(now.image, now.channel, row, column)
    at_now = (now.row, now.column)
    if sliding.kind != "spread":
        reached = (row, column) <= at_now
        return (at(sliding.output, place) if reached else None), reached
    rows, columns = sliding.seen(0)[row], sliding.seen(1)[column]
    if not rows or not columns or (rows[-1][1], columns[-1][1]) <= at_now:
        return at(sliding.output, place), True
    if at_now < (rows[0][1], columns[0][1]):
        return None, False
    return _stamped_so_far(sliding, place, now), False


def _stamped_so_far(sliding: Sliding, place: Place, now: Place) -> Number:
    bias = None if sliding.bias is None else (sliding.bias.data or ())[place.channel]
    total: Number = 0 if bias is None else bias
    _, channels, height, width = sliding.input.shape
    values = sliding.input.data or ()
    for channel in sliding.channels(place.channel):
        start = (place.image * channels + channel) * height * width
        kernel = weights(sliding, place.channel, channel)
        for u, row in sliding.seen(0)[place.row]:
            for v, column in sliding.seen(1)[place.column]:
                if (row, column) <= (now.row, now.column):
                    total += values[start + row * width + column] * kernel[u * sliding.size[1] + v]
    return total


def stamp(sliding: Sliding, place: Place) -> tuple[Stamped, ...]:
    """What a spread adds to the output at one cell of its input, kernel cell by kernel cell."""
    (top, _), (left, _) = sliding.sides
    channels = sliding.channels(place.channel)
    factors = [
        (
            at(sliding.input, Place(place.image, channel, place.row, place.column)),
            weights(sliding, place.channel, channel),
        )
        for channel in channels
    ]
    height, width = sliding.size
    found = []
    for u, v in product(range(height), range(width)):
        row = place.row * sliding.stride[0] - top + u * sliding.dilation[0]
        column = place.column * sliding.stride[1] - left + v * sliding.dilation[1]
        products = tuple(value * kernel[u * width + v] for value, kernel in factors)
        found.append(Stamped(row, column, (u, v), products))
    return tuple(found)


def frame(sliding: Sliding, axis: int) -> range:
    """The cells along an axis with the padding round them: the input's, of a spread the output's.

    Padding that no window reaches is there too; what ceil mode reaches beyond it as well.
    """
    before, after = sliding.sides[axis]
    if sliding.kind == "spread":
        made, cells = sliding.output.shape[2 + axis], sliding.input.shape[2 + axis]
        reach = (cells - 1) * sliding.stride[axis] - before
        reach += (sliding.size[axis] - 1) * sliding.dilation[axis] + 1
        return range(-before, max(made, reach))
    cells = sliding.input.shape[2 + axis]
    seen: tuple[Seen, ...] = sliding.seen(axis)
    return range(-before, max(cells + after, seen[-1][-1][1] + 1))
