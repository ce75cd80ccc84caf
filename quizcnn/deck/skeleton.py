"""Decks to begin with: cards as questions that have no check yet, written as YAML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quizcnn.deck.anki import Export, Note
from quizcnn.deck.anki_text import cloze, plain, tidy
from quizcnn.deck.characters import LINES
from quizcnn.deck.files import LARGEST
from quizcnn.deck.loader import SCHEMA
from quizcnn.deck.questions import NONE_YET
from quizcnn.deck.scalars import LONGEST, LONGEST_LINE
from quizcnn.deck.schema import FIRST_LINE
from quizcnn.deck.tree import NODES

NOTHING = "[nothing]"
"""What stands for an empty side of a card."""

CUT = " […]"
"""What ends a text that had to be shortened."""

TAGS = 50
"""Tags of a question, at most."""

WORDS = 8
"""Words of a question that become its id, at most."""

_ROOM = 10
"""One part in ten of what a deck may hold is left free for the author."""


@dataclass(frozen=True, slots=True)
class Card:
    """A question with its answer, in plain text."""

    ask: str
    answer: str
    explain: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A deck's file: its name and text, and how many questions it has."""

    name: str
    text: str
    questions: int


def cards(export: Export) -> Iterator[Card]:
    """A card for each note: the first field asks, the second answers, the others explain."""
    for note in export.notes:
        yield _card(note, export.html)


def _card(note: Note, html: bool) -> Card:
    ask, *others = (plain(one, html) for one in note.fields)
    blanks = cloze(ask)
    if blanks is None:
        answer, *rest = others or [""]
    else:
        (ask, answers), rest = blanks, others
        answer = "\n".join(answers)
    explain = "\n\n".join(words for words in rest if words)
    return Card(tidy(ask) or NOTHING, tidy(answer) or NOTHING, explain, note.tags)


def slug(text: str, words: int = WORDS) -> str:
    """A text as a name: lowercase words joined by `-`; "" where it has no Latin letter or digit.

    >>> slug("Wie groß ist ein Kernel für Größe 3×3?")
    'wie-gross-ist-ein-kernel-fur-grosse-3'
    """
    folded = unicodedata.normalize("NFKD", text[:1000].replace("ß", "ss")).lower()
    plain_letters = "".join(each for each in folded if not unicodedata.combining(each))
    found = re.findall("[a-z0-9]+", plain_letters)[:words]
    return "-".join(found)[:60].strip("-")


def skeletons(found: Iterable[Card], name: str, title: str) -> list[Skeleton]:
    """The cards as decks that load: one of this name, or several with a number behind it."""
    parts: list[list[str]] = [[]]
    size = lines = nodes = 0
    used: dict[str, int] = {}
    for card in found:
        text, count = _question(card, _id(card, used))
        grown = (size + len(text.encode()), lines + text.count("\n") + 1, nodes + count)
        if parts[-1] and not _fits(*grown):
            parts.append([])
            grown = (len(text.encode()), text.count("\n") + 1, count)
        parts[-1].append(text)
        size, lines, nodes = grown
    if len(parts) == 1:
        return [_deck(name, title, parts[0])]
    return [
        _deck(f"{name}-{number}", f"{title} {number}", part) for number, part in enumerate(parts, 1)
    ]


def _fits(size: int, lines: int, nodes: int) -> bool:
    pairs = ((size, LARGEST), (lines, LINES), (nodes, NODES))
    return all(used <= most - most // _ROOM for used, most in pairs)


def _deck(name: str, title: str, questions: list[str]) -> Skeleton:
    shown = _one_line(title) or name
    return Skeleton(name, head(name, shown) + "\n" + "\n".join(questions), len(questions))


def head(name: str, title: str) -> str:
    """The lines at a deck's begin, before its questions."""
    first = f"{FIRST_LINE}\nschema: {SCHEMA}\n"
    return f"{first}deck: {name}\ntitle: {_scalar(title)}\nquestions:\n"


def _question(card: Card, id_: str) -> tuple[str, int]:
    """A question's lines, and how many keys and values they are."""
    fields = {"id": id_, "kind": "recall"}
    fields |= {"ask": _block(card.ask), "answer": _block(card.answer), "check": NONE_YET}
    if card.explain:
        fields["explain"] = _block(card.explain)
    tags = list(dict.fromkeys(filter(None, map(_one_line, card.tags))))[:TAGS]
    if tags:
        fields["tags"] = f"[{', '.join(map(_scalar, tags))}]"
    lines = [f"    {name}: {value}" for name, value in fields.items()]
    return "  - " + "\n".join(lines).lstrip() + "\n", 2 * len(fields) + len(tags) + 1


def _id(card: Card, used: dict[str, int]) -> str:
    """An id that no other card has; `used` counts how often each was wanted."""
    begin = slug(card.ask) or "card"
    id_ = begin
    while id_ in used:
        used[begin] += 1
        id_ = f"{begin}-{used[begin]}"
    used[id_] = 1
    return id_


def _block(text: str) -> str:
    """Prose as a value, its braces doubled: here they are no givens."""
    text = _cut(text)
    if "\n" not in text:
        return _scalar(text)
    return "|-\n" + "\n".join(f"      {line}" if line else "" for line in text.split("\n"))


def _cut(text: str) -> str:
    """The text with its braces doubled, shortened where it is longer than a deck's text may be."""
    doubled = text.replace("{", "{{").replace("}", "}}")
    if len(doubled) <= LONGEST:
        return doubled
    room = LONGEST - len(CUT)
    lengths = (2 if each in "{}" else 1 for each in text)
    kept = 0
    for length in lengths:
        if length > room:
            break
        room -= length
        kept += 1
    return text[:kept].rstrip().replace("{", "{{").replace("}", "}}") + CUT


def _one_line(text: str) -> str:
    return " ".join(tidy(text).split())[:LONGEST_LINE].strip()


def _scalar(text: str) -> str:
    """A text on one line, in single quotes: within them nothing but the quote has a meaning."""
    return "'" + text.replace("'", "''") + "'"
