"""Arrays as people type them: `[[1, 2], [3, 4]]` or rows, `1 2; 3 4`."""

from __future__ import annotations

import re
from typing import TypeAlias

from quizcnn.answer.numbers import NotANumber, number, tidy

Nested: TypeAlias = "bool | int | float | tuple[Nested, ...]"

DEEPEST = 6

_TOKEN = re.compile(r"\s*([\[\](),]|[^\s\[\](),]+)")
_CLOSES = {"[": "]", "(": ")"}
_TRUTH = {"true": True, "false": False, "t": True, "f": False}


class NotAnArray(ValueError):  # noqa: N818 - it says what the text is
    """The text is no array; the message says why, for the person who typed it."""


def array(text: str) -> Nested:
    """The values that `text` says, as nested tuples of one shape. Raises NotAnArray.

    Without brackets, rows end at a semicolon or line; a lone number is read as a number.

    >>> array("[[1, 2], [3, 4]]"), array("1 2; 3 1/2"), array("1 2"), array("5")
    (((1, 2), (3, 4)), ((1, 2), (3, 0.5)), (1, 2), 5)
    """
    line = text.strip()
    if line.startswith("array(") and line.endswith(")"):
        line = line[len("array(") : -1].strip()
    value = _bracketed(line) if line[:1] in _CLOSES else _rows(line)
    _require_one_shape(value)
    return value


def _rows(text: str) -> Nested:
    lines = [row.strip() for row in re.split(r"[;\n]", text)]
    if len(lines) > 1 and not lines[-1]:
        lines.pop()
    rows = tuple(_row(row) for row in lines)
    if len(rows) > 1:
        return rows
    only = rows[0]
    return only[0] if len(only) == 1 else only


def _row(row: str) -> tuple[bool | int | float, ...]:
    items = re.split(r"\s*,\s*|\s+", row.removesuffix(",").rstrip())
    return tuple(_element(item) for item in items)


def _element(text: str) -> bool | int | float:
    if text.lower() in _TRUTH:
        return _TRUTH[text.lower()]
    if not text:
        raise NotAnArray("a number is missing")
    try:
        return number(tidy(text))
    except NotANumber as error:
        raise NotAnArray(f"“{text[:30]}”: {error}") from None


def _bracketed(text: str) -> Nested:
    tokens = [match[1] for match in _TOKEN.finditer(text)]
    value, end = _sequence(tokens, 0, 1)
    if end < len(tokens):
        raise NotAnArray(f"“{tokens[end][:30]}” stands after the last bracket")
    return value


def _sequence(tokens: list[str], start: int, depth: int) -> tuple[Nested, int]:
    """The bracketed sequence that begins at `start`, and where it ends."""
    if depth > DEEPEST:
        raise NotAnArray(f"brackets go deeper than {DEEPEST}")
    closing = _CLOSES[tokens[start]]
    items: list[Nested] = []
    at, wants_item = start + 1, True
    while at < len(tokens) and tokens[at] != closing:
        token = tokens[at]
        if token == ",":
            if wants_item:
                raise NotAnArray("a number is missing before a comma")
            wants_item, at = True, at + 1
        elif token in _CLOSES:
            item, at = _sequence(tokens, at, depth + 1)
            items.append(item)
            wants_item = False
        elif token in _CLOSES.values():
            raise NotAnArray(f"“{token}” closes what “{tokens[start]}” opened")
        else:
            items.append(_element(token))
            wants_item, at = False, at + 1
    if at >= len(tokens):
        raise NotAnArray(f"“{closing}” is missing at the end")
    return tuple(items), at + 1


def _require_one_shape(value: Nested) -> tuple[int, ...]:
    """The shape of nested tuples. Raises NotAnArray where rows differ in length."""
    if not isinstance(value, tuple):
        return ()
    shapes = [_require_one_shape(item) for item in value]
    for place, shape in enumerate(shapes, start=1):
        if shape != shapes[0]:
            raise NotAnArray(
                f"row {place} has {_count(value[place - 1])}, row 1 has {_count(value[0])}"
            )
    return (len(value), *(shapes[0] if shapes else ()))


def _count(row: Nested) -> str:
    if not isinstance(row, tuple):
        return "no brackets"
    return f"{len(row)} value" + ("s" if len(row) != 1 else "")
