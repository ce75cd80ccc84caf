"""Notes from a text file that Anki has exported, or that a spreadsheet has written as CSV.

The format is the one of Anki's manual: https://docs.ankiweb.net/importing/text-files.html
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from quizcnn.deck.anki_text import looks_like_html
from quizcnn.deck.messages import listed, quoted
from quizcnn.deck.model import Place, Problem

LARGEST = 64 << 20
"""A file's size in bytes, at most."""

LOOKED_AT = 20
"""So many notes are looked at to find out what separates their fields, and whether it is HTML."""

SAMPLE = 1 << 16
"""So many characters are looked at for it."""

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":"}

_TRIED = "\t;,|"
_HEADINGS = frozenset({"front", "back", "question", "answer", "text", "extra", "tags"})
_WHITE = re.compile(r"\s+")
_ENTITY = re.compile(r"&#?\w{1,30};")

Rows = list[tuple[int, list[str]]]
"""Fields, each row with the line that it begins in."""


class UnreadableError(Exception):
    """A file is not what can be imported; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Note:
    """One note: its own fields, and its tags (with its deck's name, where notes have one)."""

    line: int
    fields: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """What a file holds. `deck` is the deck it says that it is for, "" where it says none."""

    notes: tuple[Note, ...]
    html: bool
    deck: str = ""


@dataclass(slots=True)
class _Head:
    """The lines at a file's begin that say how to read it."""

    separator: str = ""
    html: bool | None = None
    deck: str = ""
    tags: tuple[str, ...] = ()
    labels: str = ""
    columns: dict[str, int] = field(default_factory=dict)
    """Which column holds a note's tags, deck, note type or GUID, from 0."""
    anki: bool = False
    """Whether Anki has written the file: in those a line that begins with # is a comment."""


def read_export(path: Path) -> Export:
    """The notes of a file. Raises UnreadableError with the place of what is wrong with it."""
    return notes_of(_text(path), str(path))


def notes_of(text: str, file: str) -> Export:
    """As `read_export`, of a file's text; `file` is what it is called in messages.

    >>> export = notes_of("#separator:tab\\n#tags column:3\\nWhat?\\tThat.\\ta b\\n", "x.txt")
    >>> export.notes[0].fields, export.notes[0].tags
    (('What?', 'That.'), ('a', 'b'))
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    head, start, line = _head(text, file)
    separator = head.separator or _separator(text, start, head.anki)
    rows = list(_rows(text, start, line, separator, head.anki, file))
    labels = _labels(head, rows, separator)
    if "tags" not in head.columns and "tags" in labels:
        head.columns["tags"] = labels.index("tags")
    html = head.html
    if html is None:
        html = any(looks_like_html(one) for _, fields in rows[:LOOKED_AT] for one in fields)
    special = set(head.columns.values())
    decks = {_column(head, "deck", fields) for _, fields in rows}
    if len(decks) == 1:  # it is the name of the deck, and says nothing of one of its notes
        head.deck = head.deck or decks.pop()
        head.columns.pop("deck", None)
    notes = [_note(head, at, fields, special) for at, fields in rows]
    kept = tuple(note for note in notes if any(one.strip() for one in note.fields))
    if not kept:
        raise _fault(file, 1, "there is no note in this file", "export it from Anki once more")
    if all(len(note.fields) < 2 and "{{c" not in note.fields[0] for note in kept):
        hint = f"write `#separator:` with {listed(SEPARATORS, 'or')} as the file's first line"
        raise _fault(file, kept[0].line, "a note needs two fields, and none here has two", hint)
    return Export(kept, html, head.deck)


def _text(path: Path) -> str:
    file = str(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _fault(file, 1, "this is not a file", "name the text file that Anki exported")
        with path.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except FileNotFoundError:
        raise _fault(file, 1, "there is no such file", "check the path") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "this cannot be a path"
        raise _fault(file, 1, f"the file cannot be read: {why}", "check its permissions") from None
    if len(data) > LARGEST:
        hint = "export one deck after another"
        raise _fault(file, 1, f"the file is larger than {LARGEST >> 20} MiB", hint)
    if data.startswith((b"PK\x03\x04", b"SQLite format 3")):
        hint = "in Anki choose File, Export, Notes in Plain Text"
        raise _fault(file, 1, "this is a package of Anki's, not a text file", hint)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{data[error.start]:02x} is not UTF-8"
        raise _fault(file, line, what, "save the file as UTF-8") from None


def _fault(file: str, line: int, message: str, hint: str) -> UnreadableError:
    return UnreadableError(Problem(Place(file, line, 1), message, hint))


def _head(text: str, file: str) -> tuple[_Head, int, int]:
    """What the first lines say, where the notes begin, and in which line."""
    head, at, line = _Head(), 0, 1
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        words = text[at:end]
        if line == 1 and words.startswith("tags:"):
            head.tags = tuple(words.removeprefix("tags:").split())
        elif words.startswith("#"):
            key, colon, value = words[1:].partition(":")
            if colon:
                _header(head, key.strip().lower(), value, file, line)
        else:
            break
        at, line = end + 1, line + 1
    return head, at, line


def _header(head: _Head, key: str, value: str, file: str, line: int) -> None:
    column = key.removesuffix(" column")
    if key == "separator":
        head.separator = SEPARATORS.get(value.strip().lower(), value if len(value) == 1 else "")
        if head.separator not in SEPARATORS.values():
            hint = f"write {listed(SEPARATORS, 'or')}"
            raise _fault(file, line, f"{quoted(value)} is no separator", hint)
    elif key == "html":
        head.html = value.strip().lower() == "true"
    elif key == "deck":
        head.deck = value.strip()
    elif key == "tags":
        head.tags = tuple(value.split())
    elif key == "columns":
        head.labels = value
    elif column != key and column in ("tags", "deck", "notetype", "guid"):
        if not re.fullmatch(r"[1-9][0-9]{0,3}", value.strip()):
            raise _fault(file, line, f"{quoted(value)} is no column", "write its number, from 1")
        head.columns[column] = int(value) - 1
    elif key != "notetype":
        return
    head.anki = True


def _separator(text: str, start: int, anki: bool) -> str:
    """What separates the fields: what gives all of the first notes equally many, and the most."""
    sample = _ENTITY.sub("x", text[start : start + SAMPLE])  # a semicolon in HTML separates nothing
    best, most = _TRIED[0], (False, 1)
    for separator in _TRIED:
        counts = list(islice(_counts(sample, separator, anki), LOOKED_AT))
        if counts and max(counts) > 1:
            found = (min(counts) == max(counts), max(counts))
            if found > most:
                best, most = separator, found
    return best


def _counts(text: str, separator: str, anki: bool) -> Iterator[int]:
    """How many fields each note has, as far as the text can be read with this separator."""
    with suppress(UnreadableError):
        for _, fields in _rows(text, 0, 1, separator, anki, ""):
            if any(fields):
                yield len(fields)


def _rows(
    text: str, at: int, line: int, separator: str, anki: bool, file: str
) -> Iterator[tuple[int, list[str]]]:
    """The rows from a place on: fields may be quoted, with a quote in them doubled."""
    unquoted = re.compile(f"[^{re.escape(separator)}\n]*")
    quoted_field = re.compile('"([^"]*(?:""[^"]*)*)"')
    fields: list[str] = []
    begun = line
    while at < len(text):
        if not fields:
            begun = line
            if anki and text[at] == "#":
                end = text.find("\n", at)
                at, line = (len(text) if end < 0 else end + 1), line + 1
                continue
        words = ""
        if text[at] == '"':
            match = quoted_field.match(text, at)
            if match is None:
                hint = "end the field with a quote; a quote within it is doubled"
                raise _fault(file, line, "a field begins with a quote that never closes", hint)
            words, at = match[1].replace('""', '"'), match.end()
            line += words.count("\n")
        rest = unquoted.match(text, at)
        if rest is not None:
            words, at = words + rest[0], rest.end()
        fields.append(words)
        if at < len(text) and text[at] == separator:
            at += 1
            if at < len(text):
                continue
            fields.append("")
        yield begun, fields
        fields, at, line = [], at + 1, line + 1


def _labels(head: _Head, rows: Rows, separator: str) -> list[str]:
    """The columns' names in lower case; a row of nothing but names is taken out of `rows`."""
    if head.labels:
        return [label.strip().lower() for label in head.labels.split(separator)]
    if not rows:
        return []
    first = [one.strip().lower() for one in rows[0][1]]
    names = set(first)
    if len(rows) > 1 and len(first) == len(names) > 1 and names <= _HEADINGS:
        del rows[0]
        return first
    return []


def _column(head: _Head, name: str, fields: Sequence[str]) -> str:
    index = head.columns.get(name, len(fields))
    return fields[index].strip() if index < len(fields) else ""


def _note(head: _Head, line: int, fields: Sequence[str], special: set[int]) -> Note:
    deck = _WHITE.sub("-", _column(head, "deck", fields))
    tags = (*head.tags, *_column(head, "tags", fields).split(), *([deck] if deck else []))
    own = tuple(words for index, words in enumerate(fields) if index not in special)
    return Note(line, own, tuple(dict.fromkeys(tags)))
