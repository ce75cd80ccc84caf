"""A window in words: where it stands, and its sum with its numbers, on one line."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeAlias

from quizcnn.check.playing import stamp
from quizcnn.check.sliding import LeftOut, Sliding
from quizcnn.check.value import Number
from quizcnn.check.windows import Place, Term, Window, adds_up, at, picks, window
from quizcnn.display import one_line

MOST_TERMS = 16
"""Products are told one by one up to so many."""
SQUARE = 2
"""The power that has a sign of its own."""


def figure(value: Number) -> str:
    """A number of a sum: four significant digits, whole numbers in full.

    >>> figure(1 / 3), figure(-2.0), figure(True)
    ('0.3333', '−2', '1')
    """
    whole = isinstance(value, int) or (value == value // 1 and abs(value) < 1e9)
    return (str(int(value)) if whole else f"{value:.4g}").replace("-", "−")


def _exact(value: Number) -> bool:
    if isinstance(value, int) or math.isnan(value):
        return True
    return float(figure(value).replace("−", "-")) == value


def place_words(sliding: Sliding, place: Place) -> str:
    """Where a cell is, with as many axes as the check's own array has: `row 1, column 0`.

    Of an output that is a single number it is "".
    """
    words = [f"row {place.row}", f"column {place.column}"][: sliding.flat]
    if sliding.signal:
        words = [f"place {place.column}"]
    leading = sliding.axes - sliding.flat
    if leading:
        words.insert(0, f"channel {place.channel}")
    if leading > 1:
        words.insert(0, f"image {place.image}")
    return ", ".join(words)


def geometry_words(sliding: Sliding) -> str:
    """How the window moves: `kernel 3×3, stride 2, padding 1`; what is as usual is left out."""
    first = int(sliding.signal)
    if sliding.laid != "even":
        return ", ".join([_share_words(sliding, first), *part_words(sliding)])
    sizes = [("kernel", sliding.size), ("stride", sliding.stride), ("dilation", sliding.dilation)]
    told = [
        f"{name} {_pair(pair[first:], '×' if name == 'kernel' else ', ')}"
        for name, pair in sizes
        if name == "kernel" or set(pair[first:]) != {1}
    ]
    around = [cells for pair in sliding.sides[first:] for cells in pair]
    if any(around):
        told.append(f"padding {_pair(around, ', ')}")
    if sliding.groups > 1 and sliding.kernel is not None:
        told.append(f"groups {sliding.groups}")
    if sliding.flipped:
        told.append("turned by 180°")
    if sliding.power is not None:
        told.append(f"p = {figure(sliding.power)}".replace("inf", "∞"))
    return ", ".join([*told, *part_words(sliding)])


def part_words(sliding: Sliding) -> Iterator[str]:
    """What part of it is played: `the first 83 of 512 channels`."""
    if sliding.of is not None:
        pairs = zip(("image", "channel"), sliding.output.shape, sliding.of, strict=False)
        told = [
            f"the first {here} of {there} {name}s" if here > 1 else f"the first of {there} {name}s"
            for name, here, there in pairs
            if here < there
        ]
        yield " and ".join(told)


def _share_words(sliding: Sliding, first: int) -> str:
    """How windows share an input out: `windows of 2–3×2, spread evenly`."""
    if sliding.laid == "whole":
        return "one window over all of a channel"
    sides = []
    for axis in range(first, 2):
        sizes = sorted(set(map(len, sliding.seen(axis))))
        sides.append("–".join(map(str, dict.fromkeys((sizes[0], sizes[-1])))))
    return f"windows of {'×'.join(sides)}, spread evenly"


def _pair(numbers: Sequence[int], between: str) -> str:
    """One number where all are equal (a kernel's height and width are both told)."""
    if len(set(numbers)) == 1 and between != "×":
        return str(numbers[0])
    text = between.join(map(str, numbers))
    return text if between == "×" else f"({text})"


def seen_words(sliding: Sliding, place: Place) -> str:
    """Which cells of the input the window sees: `rows 0, 2, columns 1 to 3`."""
    told = []
    names = ("row", "column") if not sliding.signal else ("", "place")
    for axis, (name, number) in enumerate(zip(names, (place.row, place.column), strict=True)):
        if name:
            told.append(_cells(name, [cell for _, cell in sliding.seen(axis)[number]]))
    return ", ".join(told)


def _cells(name: str, cells: Sequence[int]) -> str:
    if not cells:
        return f"no {name}"
    if len(cells) == 1:
        return f"{name} {figure(cells[0])}"
    step = cells[1] - cells[0]
    every = "" if step == 1 else f" by {step}"
    return f"{name}s {figure(cells[0])} to {figure(cells[-1])}{every}"


def sum_words(sliding: Sliding, told: Window, room: int = 10_000) -> str:
    """How the result comes of the window, in at most `room` characters where that can be done.

    Products one by one; else the products' values, the sums of channels or of rows; else how many.
    """
    if picks(sliding):
        lines = list(_picked(sliding, told))
    else:
        parts = _told_apart(told)
        lines = [_equation(sliding, told, texts, values, what) for what, texts, values in parts]
        lines.append(_counted(sliding, told))
    shown = next((line for line in lines if len(line) <= room), lines[-1])
    if not adds_up(sliding, told):
        shown += ", but the proof has another value: 64-bit integers ran over, or it is wrong"
    return shown


def _counted(sliding: Sliding, told: Window) -> str:
    """How many values a sum is made of, where they are too many to be told."""
    count, result = len(told.terms), figure(told.result)
    if sliding.power is not None:
        return f"the {figure(sliding.power)}-norm of {count} values is {result}"
    if told.divisor is not None:
        return f"the sum of {count} values ÷ {figure(told.divisor)} is {result}"
    bias = "" if told.bias is None else " and the bias"
    return f"{count} products{bias} add up to {result}"


def _picked(sliding: Sliding, told: Window) -> Iterator[str]:
    largest = sliding.kind == "max" or (sliding.power is not None and sliding.power > 0)
    which = "largest" if largest else "smallest"
    values = [figure(term.value) for term in told.terms]
    if sliding.power is not None:
        values = [f"|{value}|" for value in values]
    result = figure(told.result)
    if not values:
        yield f"the window sees padding alone: {result}"
    elif len(values) <= MOST_TERMS:
        yield f"the {which} of {', '.join(values)} is {result}"
    absolute = "" if sliding.power is None else " absolute"
    counted = f"the {which} of {len(values)}{absolute} values is {result}"
    if told.winner is not None:
        won = told.terms[told.winner]
        row = "place" if sliding.signal else f"row {won.row}, column"
        yield f"{counted}, at {row} {won.column}"
    yield counted


Parts: TypeAlias = "tuple[str, list[str], list[Number]]"
"""What a sum is told by ("" for its terms), and the texts and values of its parts."""


def _told_apart(told: Window) -> Iterator[Parts]:
    """The parts of a sum, the most telling way first."""
    terms = told.terms
    products = [term.product for term in terms]
    if len(terms) <= MOST_TERMS:
        yield "", list(map(_written, terms)), products
        yield "", list(map(figure, products)), products
    for what, parts in (
        ("channels", _summed(terms, lambda term: (term.channel,))),
        ("rows", _summed(terms, lambda term: (term.channel, term.row))),
    ):
        if len(parts) > 1:
            yield f"by {what}: ", list(map(figure, parts)), parts


def _written(term: Term) -> str:
    """A term as one writes it: 3×−2, 3², (−3)^1.5."""
    value = figure(term.value)
    if term.weight is not None:
        return f"{value}×{figure(term.weight)}"
    if term.power is None or term.power == 1:
        return value
    base = f"({value})" if term.value < 0 else value
    return f"{base}²" if term.power == SQUARE else f"{base}^{figure(term.power)}"


def _summed(terms: Sequence[Term], key: Callable[[Term], tuple[int, ...]]) -> list[Number]:
    return [sum(term.product for term in part) for _, part in groupby(terms, key)]


def _equation(
    sliding: Sliding, told: Window, texts: Sequence[str], values: Sequence[Number], what: str
) -> str:
    exact = all(map(_exact, [*values, told.result]))
    if told.bias is not None:
        texts = [*texts, f"bias {figure(told.bias)}"]
    left = " + ".join(texts) or "0"
    if sliding.power is not None:
        left = _rooted(sliding, told, left, sliding.power)
    elif told.divisor is not None:
        left = f"{_bracketed(left)} ÷ {figure(told.divisor)}"
    return f"{what}{left} {'=' if exact else '≈'} {figure(told.result)}"


def _bracketed(left: str) -> str:
    """A sum in brackets, a single value as it is."""
    return f"({left})" if " + " in left else left


def _rooted(sliding: Sliding, told: Window, left: str, power: float) -> str:
    """The root of a sum of powers; where a window is cut off at the edge it is scaled up."""
    cells = sliding.size[0] * sliding.size[1]
    if told.divisor != cells:
        left = f"{_bracketed(left)} × {cells} ÷ {figure(told.divisor or 0)}"
    if power == 1:
        return left
    if power == SQUARE:
        return f"√({left})"
    return f"({left})^(1/{figure(power)})"


def stamp_words(sliding: Sliding, place: Place, room: int = 10_000) -> str:
    """What a stamp of a spread adds, in at most `room` characters where that can be done."""
    added = [figure(sum(part.products)) for part in stamp(sliding, place)]
    channels = sliding.channels(place.channel)
    values = [figure(at(sliding.input, replace(place, channel=channel))) for channel in channels]
    told = " and ".join(values) if len(values) <= MOST_TERMS else f"{len(values)} values"
    lines = [f"{told} × the kernel adds {', '.join(added)}"]
    lines.append(f"{told} × the kernel adds {len(added)} products")
    return lines[0] if len(lines[0]) <= room and len(added) <= MOST_TERMS else lines[1]


def window_lines(sliding: Sliding, place: Place) -> Iterator[str]:
    """One cell of the output told as linear text: the call, the window, the sum."""
    yield ", ".join([f"{one_line(sliding.source)} (line {sliding.line})", *part_words(sliding)])
    where = place_words(sliding, place)
    yield f"{where} of the output" if where else "the output, a single number"
    sees = "it is stamped from" if sliding.kind == "spread" else "the window sees"
    yield f"{sees} {seen_words(sliding, place)} of the input"
    yield sum_words(sliding, window(sliding, place))


def left_out_words(left_out: LeftOut) -> str:
    """Why a call cannot be played."""
    return f"{one_line(left_out.source)} (line {left_out.line}) is not played: {left_out.why}"
