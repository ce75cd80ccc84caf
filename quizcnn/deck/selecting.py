"""The files of one run put side by side: their order, and which of them clash."""

from __future__ import annotations

import hashlib
import os
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quizcnn.deck.messages import quoted
from quizcnn.deck.model import Place, Problem
from quizcnn.deck.stored import Stored
from quizcnn.deck.storing import problems_from_json, problems_to_json

AN_HOUR = 3600

Read = tuple[Path, int]
"""A file as it is named, and its content."""


def select(stored: Stored, files: Sequence[Read]) -> tuple[int, list[Problem]]:
    """The selection of these files, in this order, and the problems that they have in it."""
    name = hashlib.blake2b(digest_size=20)
    for path, content in files:
        name.update(os.fsencode(path) + b"\0%d\0" % content)
    now = int(time.time())
    found = stored.rows(
        "SELECT id, problems, used FROM selections WHERE digest = ?", (name.digest(),)
    )
    if not found:
        with stored.transaction():
            found = stored.rows(
                "SELECT id, problems, used FROM selections WHERE digest = ?", (name.digest(),)
            )
            found = found or [(*_make(stored, files, name.digest(), now), now)]
    ((selection, problems, used),) = found
    if abs(now - used) > AN_HOUR:
        stored.execute("UPDATE selections SET used = ? WHERE id = ?", (now, selection))
    return selection, problems_from_json(problems)


def _make(stored: Stored, files: Sequence[Read], name: bytes, now: int) -> tuple[int, str]:
    problems, kept = _sift(stored, files)
    told = problems_to_json(problems)
    selection = stored.execute(
        "INSERT INTO selections (digest, problems, used) VALUES (?, ?, ?)", (name, told, now)
    )
    stored.executemany(
        "INSERT INTO selected_files (selection, position, content, path, deck)"
        " VALUES (?, ?, ?, ?, ?)",
        [
            (selection, position, content, os.fsencode(path), deck)
            for position, (path, content, deck) in enumerate(kept)
        ],
    )
    stored.execute(
        "INSERT INTO selected (selection, rank, key, deck, kind, level, revision, checked,"
        " question)"
        " SELECT file.selection, (file.position << 16) | (question.id & 65535),"
        " file.deck || '/' || question.name, file.deck, question.kind, question.level,"
        " question.revision, question.checked, question.id"
        " FROM selected_files file JOIN questions question"
        " ON question.id >= file.content << 16 AND question.id < (file.content + 1) << 16"
        " WHERE file.selection = ? ORDER BY file.position, question.id",
        (selection,),
    )
    stored.execute(
        "UPDATE selections SET questions = (SELECT count(*) FROM selected WHERE selection = :own)"
        " WHERE id = :own",
        {"own": selection},
    )
    return selection, told


def _sift(
    stored: Stored, files: Sequence[Read]
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
