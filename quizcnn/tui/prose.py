"""Text as it is put on the screen: cleaned, without markup, styled by the theme's names."""

from __future__ import annotations

from textual.content import Content

from quizcnn.check.value import Array, Value
from quizcnn.check.wording import inline
from quizcnn.display import clean, one_line
from quizcnn.pictures.numerals import compact

RIGHT = "bold $text-success"
WRONG = "bold $text-error"
CAUTION = "bold $text-warning"
CODE = "$text-primary"
QUIET = "$foreground 70%"


def plain(text: str, style: str = "") -> Content:
    """`text` cleaned and shown as it is: `a[i]` keeps its brackets."""
    return Content.styled(clean(text), style)


def join(*parts: Content | str | tuple[str, str]) -> Content:
    """Parts put together; a bare text, or a text with its style, is cleaned first."""
    return Content("").join(
        part
        if isinstance(part, Content)
        else plain(part)
        if isinstance(part, str)
        else plain(part[0], part[1])
        for part in parts
    )


def lines(parts: list[Content]) -> Content:
    """Parts beneath one another."""
    return Content("\n").join(parts)


def value_words(value: Value) -> str:
    """A value on one line; an array by its shape, its range and its dtype, unless that is usual."""
    if isinstance(value, Array):
        kind = "" if value.dtype == "float64" else f" {value.dtype}"
        return f"array of shape {inline(value.shape)}{kind}{_reach(value)}"
    return one_line(inline(value))


def _reach(array: Array) -> str:
    """From the smallest to the largest value, where there are several."""
    if array.low is None or array.high is None or len(array.shape) == 0:
        return ""
    if array.low == array.high:
        return f", all {compact(array.low)}"
    return f", {compact(array.low)} to {compact(array.high)}"


def letter(index: int) -> str:
    """The letter of an option: 0 is a.

    >>> letter(2)
    'c'
    """
    return "abcdefghijklmnopqrstuvwxyz"[index]
