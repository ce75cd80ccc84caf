"""Text as it is put on the screen: cleaned, without markup, styled by the theme's names."""

from __future__ import annotations

from textual.content import Content

from quizcnn.display import clean

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


def letter(index: int) -> str:
    """The letter of an option: 0 is a.

    >>> letter(2)
    'c'
    """
    return "abcdefghijklmnopqrstuvwxyz"[index]
