"""Shapes as people type them: `6x6`, `6×6`, `(6, 6)`, `6 6`, `25088`."""

from __future__ import annotations

import re

LARGEST_SIDE = 10**12
MOST_AXES = 8

_SIDE = re.compile(r"[0-9]+(?:_[0-9]+)*")
_WORD = re.compile(r"[^\W\d_]*[^\W\d_xX][^\W\d_]*")
_BETWEEN = (
    re.compile(r" *[x×*·X] *"),
    re.compile(r" +by +"),
    re.compile(r" *, *"),
    re.compile(r" *; *"),
    re.compile(r" +"),
)
_PAIRS = {"(": ")", "[": "]", "{": "}"}


class NotAShape(ValueError):  # noqa: N818 - it says what the text is
    """The text is no shape; the message says why, for the person who typed it."""


def shape(text: str) -> tuple[int, ...]:
    """The side lengths that `text` says, in its order. Raises NotAShape.

    >>> shape("6x6"), shape("(3, 224, 224)"), shape("25088"), shape("(25088,)")
    ((6, 6), (3, 224, 224), (25088,), (25088,))
    """
    line = _unwrapped(" ".join(text.split()))
    if not line:
        return ()
    if word := _WORD.search(line.replace(" by ", " ")):
        raise NotAShape(f"“{word[0][:30]}” is not a whole number")
    if len(line) > 1:
        line = line.removesuffix(",").rstrip()
    for between in _BETWEEN:
        sides = between.split(line)
        if len(sides) > 1:
            return _checked(sides)
    return _checked([line])


def axes_of(layout: str | None) -> tuple[str, ...] | None:
    """The names of the axes in a layout such as `C×H×W`, None where it names none.

    >>> axes_of("C×H×W")
    ('C', 'H', 'W')
    """
    if not layout:
        return None
    names = tuple(name.strip() for name in re.split(r"[×x*,]", layout))
    return names if all(re.fullmatch(r"[A-Z][A-Za-z]?", name) for name in names) else None


def _unwrapped(line: str) -> str:
    for opening, closing in _PAIRS.items():
        if line.startswith(opening) != line.endswith(closing):
            missing = closing if line.startswith(opening) else opening
            raise NotAShape(f"a bracket has no partner; “{missing}” is missing")
        if line.startswith(opening):
            return line[1:-1].strip()
    return line


def _checked(sides: list[str]) -> tuple[int, ...]:
    if len(sides) > MOST_AXES:
        raise NotAShape(f"it has {len(sides)} sides, and no shape here has more than {MOST_AXES}")
    return tuple(_side(side, lone=len(sides) == 1) for side in sides)


def _side(side: str, lone: bool) -> int:
    if not side:
        raise NotAShape("a side is missing")
    if re.fullmatch(r"[-−–] ?[0-9]+", side):
        raise NotAShape(f"a side is never negative, and {side} is")
    if re.fullmatch(r"[0-9]*\.[0-9]*", side):
        raise NotAShape(f"sides are whole numbers, and {side} is not")
    if not _SIDE.fullmatch(side):
        raise NotAShape(f"“{side[:30]}” is not a whole number")
    if len(side) > 1 and side.startswith("0") and not lone:
        raise NotAShape(f"“{side}” could be the end of one large number; write that without gaps")
    value = int(side.replace("_", "")) if len(side) <= 20 else LARGEST_SIDE
    if value >= LARGEST_SIDE:
        raise NotAShape("a side is too large")
    return value
