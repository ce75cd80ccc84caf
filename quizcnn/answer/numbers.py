"""Numbers as people type them, parsed exactly and never evaluated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

LARGEST_EXPONENT = 400
"""Powers of ten beyond this are refused; the result must fit a float besides."""
LARGEST_BITS = 512
"""As many bits as a whole number may have, in a power such as 2^10."""
FEW_DIGITS = 300
"""A whole number of so many digits fits a float."""

MULTIPLES: dict[str, Fraction] = {
    "k": Fraction(10**3),
    "thousand": Fraction(10**3),
    "M": Fraction(10**6),
    "mio": Fraction(10**6),
    "million": Fraction(10**6),
    "millions": Fraction(10**6),
    "G": Fraction(10**9),
    "B": Fraction(10**9),
    "bn": Fraction(10**9),
    "billion": Fraction(10**9),
    "billions": Fraction(10**9),
}
BYTES: dict[str, Fraction] = {
    "b": Fraction(1),
    "kb": Fraction(10**3),
    "mb": Fraction(10**6),
    "gb": Fraction(10**9),
    "kib": Fraction(2**10),
    "mib": Fraction(2**20),
    "gib": Fraction(2**30),
}

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_RAISED = re.compile(r"(?<=[0-9])([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)")
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")

_MAGNITUDE = re.compile(
    r"""(?P<whole>[0-9]{1,3}(?P<sep>[,_ '])[0-9]{3}(?:(?P=sep)[0-9]{3})*(?![0-9])
                 |[0-9]+(?:_[0-9]+)*)?
        (?:\.(?P<part>[0-9]*))?
        (?:[eE](?P<exponent>[+-]?[0-9]+))?""",
    re.VERBOSE,
)
_OVER = re.compile(r" ?/ ?")
_TIMES_TEN = re.compile(r" ?[×x*·] ?(?=10 ?\^)")
_EXPONENT = re.compile(r" ?\^ ?\(?(?P<exponent>[+-]?[0-9]{1,6})\)?")


DECIMAL_COMMA = (
    "its comma could be a decimal one; write the decimal point as a point, "
    "and thousands in groups of three, as in 12,000"
)


class NotANumber(ValueError):  # noqa: N818 - it says what the text is
    """The text is no number; the message says why, for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A question's unit: `multiple` is what one of it stands for ("million parameters": 10⁶)."""

    name: str = ""
    noun: str = ""
    multiple: Fraction = Fraction(1)


def unit_of(text: str | None) -> Unit:
    """A question's unit, taken apart.

    >>> unit_of("million parameters")
    Unit(name='million parameters', noun='parameters', multiple=Fraction(1000000, 1))
    """
    if not text:
        return Unit()
    first, _, rest = text.partition(" ")
    if first in MULTIPLES and len(first) > 1:
        return Unit(text, rest.strip(), MULTIPLES[first])
    return Unit(text, text, BYTES.get(text.lower(), Fraction(1)))


def number(text: str, unit: str | None = None) -> int | float:
    """The number that `text` says, in multiples of `unit`: int where it is whole, else float.

    Thousands may be grouped by commas, spaces, underscores or apostrophes; fractions, powers,
    scientific notation, percent and the usual multiples are understood. Raises NotANumber.

    >>> number("61 706"), number("3/4"), number("10^3"), number("−1.5e2"), number("138M")
    (61706, 0.75, 1000, -150, 138000000)
    >>> number("25%"), number("25 %", unit="%"), number("5 MB", unit="MB")
    (0.25, 25, 5)
    """
    digits = text.removeprefix("-")
    if len(digits) <= FEW_DIGITS and digits.isascii() and digits.isdigit():
        return int(text)  # as most are, in one step
    return plain(exact(text, unit))


def plain(value: Fraction) -> int | float:
    """`value` as an int where it is whole, else as the nearest float. Raises NotANumber."""
    try:
        nearest = float(value)
    except OverflowError:
        raise NotANumber("it is too large") from None
    return value.numerator if value.denominator == 1 else nearest


def exact(text: str, unit: str | None = None) -> Fraction:
    """The number that `text` says, exactly, in multiples of `unit`. Raises NotANumber."""
    line = tidy(text).lstrip("=≈~ ")
    if not line:
        raise NotANumber("there is no number in it")
    sign = -1 if line.startswith("-") else 1
    start = re.match(r"[+-]? ?", line)
    assert start is not None  # every part of it may be empty
    value, end = _quotient(line, start.end())
    factor = _factor(line[end:], unit_of(unit))
    return sign * value if factor == 1 else sign * value * factor


def tidy(text: str) -> str:
    """`text` with plain spaces, minus signs and powers: `−10⁻³` becomes `-10^-3`."""
    text = _RAISED.sub(lambda match: "^" + match[1].translate(_SUPERSCRIPTS), text)
    text = text.replace("−", "-").replace("–", "-").replace("’", "'").replace("**", "^")
    return _SPACES.sub(" ", text).strip()


def _quotient(line: str, start: int) -> tuple[Fraction, int]:
    """A number, a fraction a/b, or a number times a power of ten, and where it ends."""
    value, end = _power(line, start)
    if over := _OVER.match(line, end):
        below, end = _power(line, over.end())
        if not below:
            raise NotANumber("nothing can be divided by 0")
        return value / below, end
    if times := _TIMES_TEN.match(line, end):
        ten, end = _power(line, times.end())
        return value * ten, end
    return value, end


def _power(line: str, start: int) -> tuple[Fraction, int]:
    base, end = _magnitude(line, start)
    match = _EXPONENT.match(line, end)
    if match is None:
        return base, end
    exponent = int(match["exponent"])
    if not base and exponent < 0:
        raise NotANumber("nothing can be divided by 0")
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if abs(exponent) * bits > 2 * LARGEST_BITS:
        raise NotANumber("its exponent is too large")
    return base**exponent, match.end()


def _magnitude(line: str, start: int) -> tuple[Fraction, int]:
    match = _MAGNITUDE.match(line, start)
    if match is None or not (match["whole"] or match["part"]):
        raise NotANumber(_why_not(line[start:]))
    whole, part = re.sub(r"[^0-9]", "", match["whole"] or ""), match["part"] or ""
    if match["sep"] == "," and whole.startswith("0"):
        raise NotANumber(DECIMAL_COMMA)
    exponent = match["exponent"] or "0"
    if len(exponent) > 5 or abs(int(exponent)) > LARGEST_EXPONENT:
        raise NotANumber("its exponent is too large")
    tens = int(exponent) - len(part)
    digits = int(whole + part)
    value = Fraction(digits, 10**-tens) if tens < 0 else Fraction(digits * 10**tens)
    return value, match.end()


def _why_not(rest: str) -> str:
    if rest.lower() in {"nan", "inf", "infinity", "∞", "oo"}:
        return "a finite number is asked for"
    return "it is not a number"


def _factor(rest: str, unit: Unit) -> Fraction:
    """What the words after the number multiply it by: nothing, a multiple, the unit."""
    words = rest.strip()
    if not words or _same_noun(words, unit.name) or _same_noun(words, unit.noun):
        return Fraction(1)
    if words == "%":
        return Fraction(1) if unit.name in ("percent", "per cent") else Fraction(1, 100)
    if words.lower() in BYTES and (unit.noun.lower() in BYTES or _same_noun(unit.noun, "byte")):
        return BYTES[words.lower()] / unit.multiple
    first, _, noun = words.partition(" ")
    key = first.lower() if len(first) > 1 else "k" if first == "K" else first
    if key in MULTIPLES and (not noun or _same_noun(noun, unit.noun)):
        return MULTIPLES[key] / unit.multiple
    raise NotANumber(_what_follows(words))


def _what_follows(words: str) -> str:
    if words == "m":
        return "“m” could be million or a thousandth; write M or million"
    if re.match(r",[0-9]", words):
        return DECIMAL_COMMA
    if re.match(r"[0-9.]", words):
        return "it looks like several numbers"
    return f"“{words[:30]}” follows the number"


def _same_noun(left: str, right: str) -> bool:
    return bool(left) and left.lower().rstrip("s") == right.lower().rstrip("s")
