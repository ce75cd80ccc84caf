"""The files of one run put side by side, which an earlier run may have done already."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

from quizcnn.deck.noting import problems_from_json, problems_to_json
from quizcnn.deck.place import Problem
from quizcnn.deck.stored import Stored

AN_HOUR = 3600

Read = tuple[Path, int]
"""A file as it is named, and its content."""


def select(stored: Stored, files: Sequence[Read]) -> tuple[int, list[Problem]]:
    """The selection of these files, in this order, and the problems that they have in it."""
    name = b"".join(os.fsencode(path) + b"\0%d\0" % content for path, content in files)
    now = int(time.time())
    found = stored.rows("SELECT id, problems, used FROM selections WHERE files = ?", (name,))
    if not found:
        with stored.transaction():
            found = stored.rows(
                "SELECT id, problems, used FROM selections WHERE files = ?", (name,)
            )
            found = found or [(*_make(stored, files, name, now), now)]
    ((selection, problems, used),) = found
    if abs(now - used) > AN_HOUR:
        stored.execute("UPDATE selections SET used = ? WHERE id = ?", (now, selection))
    return selection, problems_from_json(problems)


def _make(stored: Stored, files: Sequence[Read], name: bytes, now: int) -> tuple[int, str]:
    from quizcnn.deck.sifting import sift  # noqa: PLC0415 - few runs put other files together

    problems, kept = sift(stored, files)
    told = problems_to_json(problems)
    selection = stored.execute(
        "INSERT INTO selections (files, problems, used) VALUES (?, ?, ?)", (name, told, now)
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
