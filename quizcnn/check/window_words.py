"""A window in words: where it stands, and its sum with its numbers, on one line."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from quizcnn.check.playing import stamp
from quizcnn.check.sliding import LeftOut, Sliding
from quizcnn.check.value import Number
from quizcnn.check.windows import Place, Term, Window, adds_up, at, window
from quizcnn.display import one_line

MOST_TERMS = 16
"""Products are told one by one up to so many."""


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
    """Where a cell is, with as many axes as the check's own array has: `row 1, column 0`."""
    words = [f"place {place.column}"] if sliding.signal else [
        f"row {place.row}", f"column {place.column}"
    ]  # fmt: skip
    leading = sliding.axes - (1 if sliding.signal else 2)
    if leading:
        words.insert(0, f"channel {place.channel}")
    if leading > 1:
        words.insert(0, f"image {place.image}")
    return ", ".join(words)


def geometry_words(sliding: Sliding) -> str:
    """How the window moves: `kernel 3×3, stride 2, padding 1`; what is as usual is left out."""
    first = int(sliding.signal)
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
    return ", ".join(told)


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
    if sliding.kind in ("max", "min"):
        lines = list(_picked(sliding, told))
    else:
        lines = [_equation(told, parts, what) for what, parts in _told_apart(told)]
        lines.append(f"{len(told.terms)} products add up to {figure(told.result)}")
    shown = next((line for line in lines if len(line) <= room), lines[-1])
    if not adds_up(sliding, told):
        shown += ", but the proof has another value: 64-bit integers ran over, or it is wrong"
    return shown


def _picked(sliding: Sliding, told: Window) -> Iterator[str]:
    which = "largest" if sliding.kind == "max" else "smallest"
    values = [figure(term.value) for term in told.terms]
    if not values:
        yield f"the window sees padding alone: {figure(told.result)}"
    elif len(values) <= MOST_TERMS:
        yield f"the {which} of {', '.join(values)} is {figure(told.result)}"
    yield f"the {which} of {len(values)} values is {figure(told.result)}"


def _told_apart(told: Window) -> Iterator[tuple[str, list[tuple[str, Number]]]]:
    """What a sum is told by, and its parts (text, value); the most telling way first."""
    terms = told.terms
    if len(terms) <= MOST_TERMS:
        if any(term.weight is not None for term in terms):
            yield "", [(f"{figure(term.value)}×{_weight(term)}", term.product) for term in terms]
        yield "", [(figure(term.product), term.product) for term in terms]
    for what, parts in (
        ("channels", _summed(terms, lambda term: (term.channel,))),
        ("rows", _summed(terms, lambda term: (term.channel, term.row))),
    ):
        if len(parts) > 1:
            yield f"by {what}: ", [(figure(part), part) for part in parts]


def _weight(term: Term) -> str:
    return "" if term.weight is None else figure(term.weight)


def _summed(terms: Sequence[Term], key: Callable[[Term], tuple[int, ...]]) -> list[Number]:
    return [sum(term.product for term in part) for _, part in groupby(terms, key)]


def _equation(told: Window, parts: Sequence[tuple[str, Number]], what: str) -> str:
    texts = [text for text, _ in parts]
    values = [part for _, part in parts]
    exact = all(map(_exact, [*values, told.result]))
    if told.bias is not None:
        texts.append(f"bias {figure(told.bias)}")
    left = " + ".join(texts) or "0"
    if told.divisor is not None:
        left = f"({left}) ÷ {figure(told.divisor)}"
    return f"{what}{left} {'=' if exact else '≈'} {figure(told.result)}"


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
    yield f"{one_line(sliding.source)} (line {sliding.line})"
    yield f"{place_words(sliding, place)} of the output"
    sees = "it is stamped from" if sliding.kind == "spread" else "the window sees"
    yield f"{sees} {seen_words(sliding, place)} of the input"
    yield sum_words(sliding, window(sliding, place))


def left_out_words(left_out: LeftOut) -> str:
    """Why a call cannot be played."""
    return f"{one_line(left_out.source)} (line {left_out.line}) is not played: {left_out.why}"
