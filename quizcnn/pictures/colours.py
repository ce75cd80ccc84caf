"""Colour scales for arrays: viridis for magnitudes, a diverging scale for signed data.

Plain arithmetic on RGB triples; nothing here knows of Textual.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence

from quizcnn.check.value import Number
from quizcnn.pictures.pieces import Colour

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


def colouring(low: Number, high: Number) -> Callable[[Number], Colour]:
    """The colour of each value of data that lies between `low` and `high`."""
    stops = COOL_TO_WARM if low < 0 else VIRIDIS
    place = position(low, high)
    return lambda value: UNDEFINED if math.isnan(value) else on_scale(stops, place(value))


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
    return characters[min(max(int(share * len(characters)), 0), len(characters) - 1)]
