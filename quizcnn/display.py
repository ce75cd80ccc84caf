"""The one place where text from a deck, a check or a person is made safe to show."""

from __future__ import annotations

import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def clean(text: str) -> str:
    """`text` without characters that could steer a terminal or turn its reading direction.

    Control (C0 but line feed, C1), format (bidirectional controls, zero-width), surrogate and
    private characters, and line and paragraph separators, each become U+FFFD; a tab becomes four
    spaces. Brackets and backslashes stay as they are: markup is off wherever text is shown.

    >>> clean("a[i]\\tis\\x1b]52;c;x\\x07 fine")
    'a[i]    is�]52;c;x� fine'
    """
    return "".join(map(_shown, text.replace("\t", "    ")))


def _shown(character: str) -> str:
    if character == "\n" or character.isprintable():
        return character
    separator = unicodedata.category(character) == "Zs"
    return " " if separator else REPLACEMENT


def one_line(text: str, width: int = 200) -> str:
    """`text` cleaned, on one line, shortened to `width` characters with an ellipsis.

    >>> one_line("first\\nsecond line", 12)
    'first secon…'
    """
    line = " ".join(clean(text).split())
    return line if len(line) <= width else line[: width - 1] + "…"
