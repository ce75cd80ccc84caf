"""A file's bytes to text that is safe to parse and to show."""

from __future__ import annotations

import re
import stat
import unicodedata
from pathlib import Path

from quizcnn.deck.messages import Problems
from quizcnn.deck.model import Place

LARGEST = 1 << 20
"""A deck file's size in bytes, at most."""

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


def read_bytes(path: Path, problems: Problems) -> bytes | None:
    """The bytes of a regular file of at most `LARGEST` bytes, None after a problem."""
    place = Place(str(path), 1, 1)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            problems.add(place, "this is not a file", "a deck is a file of YAML text")
            return None
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        problems.add(place, "there is no such file", "check the path")
        return None
    except OSError as error:
        problems.add(place, f"the file cannot be read: {error.strerror}", "check its permissions")
        return None
    if len(data) > LARGEST:
        problems.add(place, f"the file is larger than {LARGEST} bytes", "split the deck in two")
        return None
    return data


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
    lines = text.split("\n")
    return "\n".join(_mend(line, file, number, problems) for number, line in enumerate(lines, 1))


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


def _mend(line: str, file: str, number: int, problems: Problems) -> str:
    if line.isprintable():
        return line
    mended = []
    for column, character in enumerate(line, 1):
        what = unseen(character)
        if what is None:
            mended.append(character)
            continue
        place = Place(file, number, column)
        if character == "\t":
            problems.add(place, "a tab", "use spaces: YAML and checks are indented by them")
        else:
            problems.add(place, f"U+{ord(character):04X}, {what}", "delete it, or write its name")
        mended.append(" " if character == "\t" else "\N{REPLACEMENT CHARACTER}")
    return "".join(mended)


def _end(file: str, before: str) -> Place:
    line = before.rpartition("\n")[2].removeprefix(_BYTE_ORDER_MARK)
    return Place(file, before.count("\n") + 1, len(line) + 1)
