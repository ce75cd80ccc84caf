"""A file's bytes to text that is safe to parse."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from quizcnn.deck.messages import Problems
from quizcnn.deck.model import Place

LINES = 25_000
"""Lines of a file, at most; a deck of 50 questions has about 1 500."""

SUSPECTS = 100
"""Different characters of a file that are not printable, as far as this Python's Unicode knows."""

_BYTE_ORDER_MARK = "\ufeff"
_NEVER = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_CATEGORIES = {
    "Cc": "a control character",
    "Cf": "an invisible format character",
    "Cs": "a surrogate",
    "Co": "a private-use character",
    "Zl": "a line separator",
    "Zp": "a paragraph separator",
    "Cn": "a character that Unicode has not assigned",
}
# Code points that are no characters and never will be; the yet unassigned ones are not among them.
_NONCHARACTER = re.compile("[\ufdd0-\ufdef]|[" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
) + "]")  # fmt: skip


def decode(data: bytes, file: str, problems: Problems) -> str | None:
    """Strict UTF-8 to text with plain line feeds at every line's end, also the last's.

    Characters that nobody sees are reported and replaced, so that reading can go on. None where
    the bytes are not UTF-8.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        problems.add(
            _end(file, before),
            f"byte 0x{data[error.start]:02x} is not UTF-8",
            "save the file as UTF-8",
        )
        return None
    text = text.removeprefix(_BYTE_ORDER_MARK).replace("\r\n", "\n")
    if not text.endswith("\n"):
        text += "\n"
    if text.count("\n") > LINES:
        problems.add(Place(file, LINES + 1), f"more than {LINES:,} lines", "split the deck in two")
        return None
    found = unseen_in(text)
    if not found:
        return text
    for number, line in enumerate(text.split("\n"), 1):
        if not found.keys().isdisjoint(line):
            _report(line, number, found, file, problems)
    mended = dict.fromkeys(map(ord, found), "\N{REPLACEMENT CHARACTER}")
    return text.translate(mended | {ord("\t"): " "})


def unseen_in(text: str) -> dict[str, str]:
    """The characters of a text, but line feeds, that have no place in a deck, and what they are."""
    if text.replace("\n", "").isprintable():
        return {}
    suspects = [character for character in set(text) - {"\n"} if not character.isprintable()]
    if len(suspects) > SUSPECTS:  # no text has so many, and looking all of them up would take long
        return dict.fromkeys(suspects, f"one of {len(suspects)} characters that cannot be shown")
    named = ((character, unseen(character)) for character in suspects)
    return {character: what for character, what in named if what}


def unseen(character: str) -> str | None:
    """What a character is that has no place in a deck, None for all others.

    >>> unseen("×"), unseen("\\u202e")
    (None, 'an invisible format character')
    """
    if character.isprintable():
        return None
    category = unicodedata.category(character)
    if category in _NEVER or _NONCHARACTER.match(character):
        return _CATEGORIES[category]
    return None


def _report(
    line: str, number: int, found: Mapping[str, str], file: str, problems: Problems
) -> None:
    for column, character in enumerate(line, 1):
        if character not in found:
            continue
        place = Place(file, number, column)
        if character == "\t":
            problems.add(place, "a tab", "use spaces: YAML and checks are indented by them")
        else:
            what = f"U+{ord(character):04X}, {found[character]}"
            problems.add(place, what, "delete it, or write its name")


def _end(file: str, before: str) -> Place:
    line = before.rpartition("\n")[2].removeprefix(_BYTE_ORDER_MARK)
    return Place(file, before.count("\n") + 1, len(line) + 1)
