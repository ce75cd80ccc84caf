"""Which files of one run clash: of decks and keys with one name the first keeps it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quizcnn.deck.messages import quoted
from quizcnn.deck.noting import problems_from_json
from quizcnn.deck.place import Place, Problem
from quizcnn.deck.stored import Stored


def sift(
    stored: Stored, files: Sequence[tuple[Path, int]]
) -> tuple[list[Problem], list[tuple[Path, int, str]]]:
    """All problems of the files, and the decks that can be used: the first keeps a name."""
    contents = {
        row[0]: row[1:]
        for row in stored.rows("SELECT id, deck, line, place_column, problems FROM contents")
    }
    problems: list[Problem] = []
    kept: list[tuple[Path, int, str]] = []
    used = _Used(stored)
    for path, content in files:
        deck, line, column, told = contents[content]
        problems += problems_from_json(told, str(path))
        if deck is None:
            continue
        clashes = used.clashes(path, content, deck, Place(str(path), line, column))
        problems += clashes
        if not clashes:
            used.add(path, content, deck, Place(str(path), line, column))
            kept.append((path, content, deck))
    return problems, kept


@dataclass
class _Used:
    """The names of the decks so far, and the keys that their questions have and had."""

    stored: Stored
    decks: dict[str, tuple[Path, int, Place]] = field(default_factory=dict)
    former: dict[str, Place] = field(default_factory=dict)
    of: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The former keys of each deck's name."""

    def clashes(self, path: Path, content: int, deck: str, place: Place) -> list[Problem]:
        """What of a deck's names is in use already."""
        if deck in self.decks:
            message = f"a deck named {quoted(deck)} was read already, from {self.decks[deck][2]}"
            return [Problem(place, message, "rename one of them")]
        keys = self._keys(path, content, deck) if deck in self.of else {}
        taken = [
            (there, key, self.former[key]) for key, there in keys.items() if key in self.of[deck]
        ]
        for key, there in self._former(path, content):
            other = self.former.get(key) or self._owner(key)
            if other is not None:
                taken.append((there, key, other))
        return [
            Problem(there, f"the key {quoted(key)} belongs to the question at {other}", "alter it")
            for there, key, other in taken
        ]

    def add(self, path: Path, content: int, deck: str, place: Place) -> None:
        """Note a deck that keeps its names."""
        self.decks[deck] = path, content, place
        for key, there in self._former(path, content):
            self.former[key] = there
            self.of[key.partition("/")[0]].add(key)

    def _owner(self, key: str) -> Place | None:
        """Where the question of a key stands, if one of the decks so far has it."""
        deck, _, name = key.partition("/")
        if deck not in self.decks:
            return None
        path, content, _ = self.decks[deck]
        return self._keys(path, content, deck, name).get(key)

    def _keys(self, path: Path, content: int, deck: str, name: str = "") -> dict[str, Place]:
        rows = self.stored.rows(
            "SELECT name, line, place_column FROM questions"
            " WHERE id >= :content << 16 AND id < (:content + 1) << 16"
            " AND (:name = '' OR name = :name) ORDER BY id",
            {"content": content, "name": name},
        )
        return {f"{deck}/{found}": Place(str(path), *place) for found, *place in rows}

    def _former(self, path: Path, content: int) -> list[tuple[str, Place]]:
        rows = self.stored.rows(
            "SELECT was, line, place_column FROM former WHERE content = ? ORDER BY question, line,"
            " place_column",
            (content,),
        )
        return [(was, Place(str(path), *place)) for was, *place in rows]
