"""Numbers as they stand in a picture: as many decimals as show them apart, a proper minus."""

from __future__ import annotations

import math
from collections.abc import Sequence

from quizcnn.check.value import Number


def numerals(values: Sequence[Number]) -> list[str]:
    """Each value as text with the same number of decimals, as few as show them apart.

    >>> numerals((1.0, -2.0, True))
    ['1', '−2', '1']
    >>> numerals((0.25, 1.0))
    ['0.25', '1.00']
    >>> numerals((1 / 3, 100.0))
    ['0.3', '100.0']
    """
    finite = [float(value) for value in values if math.isfinite(value)]
    largest = max(map(abs, finite), default=0.0)
    if all(value.is_integer() for value in finite) and largest < 1e9:
        texts = [_numeral(value, "d") for value in values]
    elif largest >= 1e6 or largest < 1e-3:
        texts = [_numeral(value, ".1e") for value in values]
    else:
        texts = [_numeral(value, f".{_decimals(finite, largest)}f") for value in values]
    return texts


def _decimals(values: Sequence[float], largest: float) -> int:
    for decimals in range(1, 4):
        if all(abs(round(value, decimals) - value) <= 1e-9 * largest for value in values):
            return decimals
    return 3 if largest < 10 else 2 if largest < 100 else 1


def _numeral(value: Number, form: str) -> str:
    if not math.isfinite(value):
        return str(value).replace("-", "−")
    text = format(int(value) if form == "d" else value, form)
    unsigned = text.removeprefix("-")
    # A value that is rounded to nothing has no sign: −0.000 would only puzzle.
    if text == unsigned or not any(digit in "123456789" for digit in unsigned.split("e")[0]):
        return unsigned.replace("-", "−")
    return "−" + unsigned.replace("-", "−")


SCALES = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))


def compact(value: Number) -> str:
    """A number in at most seven characters; thousands, millions and so on by their letter.

    >>> compact(1792), compact(15_470_264_320), compact(-0.0078125), compact(42), compact(0.5)
    ('1.79k', '15.5G', '−0.00781', '42', '0.5')
    >>> compact(999_999)
    '1M'
    >>> compact(2**70), compact(-1e-7)
    ('1.2e21', '−1.0e−07')
    """
    if not math.isfinite(value):
        return str(value).replace("-", "−")
    size, letter = abs(value), ""
    for unit, name in SCALES if size < 1e15 else ():
        if size >= unit * 0.9995:
            size, letter = size / unit, name
            break
    plain = 1e-4 <= size < 1e15 or not size
    text = f"{size:.3g}" if plain else f"{float(size):.1e}".replace("e+", "e")
    return ("−" if value < 0 else "") + text.replace("-", "−") + letter
