"""The one place where text from a deck, a check or a person is made safe to show."""

from __future__ import annotations

import json
import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def clean(text: str) -> str:
    """`text` without characters that could steer a terminal or turn its reading direction.

    Control (C0 but line feed, C1), format (bidirectional controls, zero-width), surrogate, private
    and unassigned characters, and line and paragraph separators, each become U+FFFD; a tab becomes
    four spaces. Brackets and backslashes stay as they are: markup is off wherever text is shown.
    What is left may stand in XML too, which forbids most of the same characters.

    >>> clean("a[i]\\tis\\x1b]52;c;x\\x07 fine")
    'a[i]    is�]52;c;x� fine'
    """
    text = text.replace("\t", "    ")
    unprintable = _unprintable(text)
    if not unprintable:
        return text
    return text.translate({ord(character): _shown(character) for character in unprintable})


def _unprintable(text: str) -> set[str]:
    """The characters of a text, but the line feed, that are not printable."""
    if text.replace("\n", "").isprintable():
        return set()
    return {character for character in set(text) - {"\n"} if not character.isprintable()}


def _shown(character: str) -> str:
    separator = unicodedata.category(character) == "Zs"
    return " " if separator else REPLACEMENT


def one_line(text: str, width: int = 200) -> str:
    """`text` cleaned, on one line, shortened to `width` characters with an ellipsis.

    Of a text that is very much longer only the begin is looked at.

    >>> one_line("first\\nsecond line", 12)
    'first secon…'
    """
    head = text[: 20 * width]
    line = " ".join(clean(head).split())
    if len(line) <= width and len(head) == len(text):
        return line
    return line[: width - 1] + "…"


def json_text(value: object) -> str:
    """A value as indented JSON in which every character that is not printable is escaped.

    Who reads the JSON gets each text exactly; a terminal that it is printed on is not steered.

    >>> print(json_text(["6×6", "\\x9b31m"]))
    [
      "6×6",
      "\\u009b31m"
    ]
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return text.translate({ord(each): json.dumps(each)[1:-1] for each in _unprintable(text)})
