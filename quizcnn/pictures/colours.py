"""Colour scales for arrays: viridis for magnitudes, a diverging scale for signed data.

Plain arithmetic on RGB triples; nothing here knows of Textual. A terminal of 256 colours shows the
nearest ones of its own; one of 16 gets five of these 16, one of none shade characters.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from enum import Enum
from functools import cache

from quizcnn.check.value import Number
from quizcnn.pictures.pieces import Colour


class Depth(Enum):
    """How many colours a terminal has."""

    NONE = "none"
    SIXTEEN = "standard"
    MANY = "256"
    TRUE = "truecolor"


# Viridis (van der Walt and Smith, 2015) and Moreland's cool to warm (2009), sampled evenly.
VIRIDIS: tuple[Colour, ...] = (
    (68, 1, 84),
    (71, 44, 122),
    (59, 81, 139),
    (44, 113, 142),
    (33, 144, 141),
    (39, 173, 129),
    (92, 200, 99),
    (170, 220, 50),
    (253, 231, 37),
)
COOL_TO_WARM: tuple[Colour, ...] = (
    (59, 76, 192),
    (98, 130, 234),
    (141, 176, 254),
    (184, 208, 249),
    (221, 221, 221),
    (245, 196, 173),
    (244, 154, 123),
    (222, 96, 77),
    (180, 4, 38),
)
# Of the 16 colours of every terminal, as the VGA had them, those that come nearest in their order.
SIXTEEN_UP: tuple[Colour, ...] = (
    (0, 0, 170),
    (0, 170, 170),
    (0, 170, 0),
    (85, 255, 85),
    (255, 255, 85),
)
SIXTEEN_SIGNED: tuple[Colour, ...] = (
    (0, 0, 170),
    (85, 85, 255),
    (170, 170, 170),
    (255, 85, 85),
    (170, 0, 0),
)
UNDEFINED: Colour = (110, 110, 110)
"""For NaN, which lies nowhere on a scale."""

BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)


def on_scale(stops: Sequence[Colour], share: float) -> Colour:
    """The colour at `share` (0 to 1, clipped) of an evenly spaced scale.

    >>> on_scale(VIRIDIS, 0.0), on_scale(VIRIDIS, 2.0)
    ((68, 1, 84), (253, 231, 37))
    """
    place = min(max(share, 0.0), 1.0) * (len(stops) - 1)
    first = min(int(place), len(stops) - 2)
    rest = place - first
    red, green, blue = (
        round(a + (b - a) * rest) for a, b in zip(stops[first], stops[first + 1], strict=True)
    )
    return red, green, blue


def position(low: Number, high: Number) -> Callable[[Number], float]:
    """Where a value lies between `low` and `high`, from 0 to 1.

    Signed data (some value below zero) is laid symmetrically round zero, which lies at 0.5.

    >>> place = position(-2, 4)
    >>> place(0), place(4), place(-4)
    (0.5, 1.0, 0.0)
    >>> position(0, 10)(5)
    0.5
    """
    if low < 0:
        reach = max(-low, high)
        return lambda value: 0.5 + value / (2 * reach)
    span = high - low
    return lambda value: (value - low) / span if span else 0.5


def colouring(low: Number, high: Number, depth: Depth = Depth.TRUE) -> Callable[[Number], Colour]:
    """The colour of each value of data that lies between `low` and `high`."""
    place = position(low, high)
    if depth is Depth.SIXTEEN:
        few = _of_sixteen(low < 0)
        return lambda value: few(place(value))
    table = _table(COOL_TO_WARM if low < 0 else VIRIDIS)
    return lambda value: _on(table, place(value))


def _on(table: Sequence[Colour], share: float) -> Colour:
    """The colour of a share; of one that is no number, as of such a value or a range of nothing."""
    if math.isnan(share):
        return UNDEFINED
    return table[round(min(max(share, 0.0), 1.0) * FINENESS)]


def colours(
    values: Sequence[Number], low: Number, high: Number, depth: Depth = Depth.TRUE
) -> list[Colour]:
    """The colour of each value, as `colouring` has it, and quicker for many.

    >>> colours([0, 5, 10], 0, 10) == [colouring(0, 10)(value) for value in (0, 5, 10)]
    True
    """
    usual = low < high and math.isfinite(sum(values)) and low <= min(values) <= max(values) <= high
    reach = max(-low, high)
    start, span = (-reach, 2 * reach) if low < 0 else (low, high - low)
    scale = FINENESS / span if usual and span > TINY else 0
    if depth is Depth.SIXTEEN or not 0 < scale < 1 / TINY:
        return list(map(colouring(low, high, depth), values))
    table = _table(COOL_TO_WARM if low < 0 else VIRIDIS)
    return [table[round((value - start) * scale)] for value in values]


TINY = 1e-200
FINENESS = 128
"""Steps of a scale that are told apart."""


@cache
def _table(stops: tuple[Colour, ...]) -> tuple[Colour, ...]:
    return tuple(on_scale(stops, step / FINENESS) for step in range(FINENESS + 1))


def _of_sixteen(signed: bool) -> Callable[[float], Colour]:
    """One of five colours for a share; of signed data the middle one is zero's alone."""
    if not signed:
        return lambda share: SIXTEEN_UP[_step(share, len(SIXTEEN_UP))]
    return lambda share: SIXTEEN_SIGNED[bisect_right(SIXTEEN_BOUNDS, share)]


def legible_on(background: Colour) -> Colour:
    """Black or white, whichever stands out more, by WCAG's relative luminance.

    >>> legible_on((253, 231, 37)), legible_on((68, 1, 84))
    ((0, 0, 0), (255, 255, 255))
    """
    return BLACK if _luminance(background) > 0.179 else WHITE


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


SHADES = " ░▒▓█"
SIGNED_SHADES = "=−·░▒▓█"
SIXTEEN_BOUNDS = (0.25, 0.499, 0.501, 0.75)
SIGNED_BOUNDS = (0.25, 0.499, 0.501, 0.625, 0.75, 0.875)


def shade(low: Number, high: Number) -> Callable[[Number], str]:
    """The shade character of each value of data between `low` and `high`, for want of colours.

    Magnitudes go from blank to full; values below zero are drawn as − and =, above zero as
    shades, so that their signs stay apart.

    >>> mark = shade(0, 4)
    >>> "".join(mark(value) for value in range(5))
    ' ░▒▓█'
    >>> mark = shade(-4, 4)
    >>> "".join(mark(value) for value in (-4, -1, 0, 0.5, 4))
    '=−·░█'
    """
    place = position(low, high)
    if low >= 0:
        return lambda value: "?" if math.isnan(value) else _pick(SHADES, place(value))
    return lambda value: (
        "?" if math.isnan(value) else SIGNED_SHADES[bisect_right(SIGNED_BOUNDS, place(value))]
    )


def _pick(characters: str, share: float) -> str:
    return characters[_step(share, len(characters))]


def _step(share: float, steps: int) -> int:
    """Which of so many equal steps from 0 to 1 a share lies in; those outside lie in the last."""
    return steps // 2 if math.isnan(share) else int(min(max(share, 0.0), 1.0 - 1e-9) * steps)
