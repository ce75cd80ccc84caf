"""Which of the files have changed since they were last looked at."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

from quizcnn.deck.place import Problem
from quizcnn.deck.reader import reader
from quizcnn.deck.stored import Stored

SETTLED = 2_000_000_000
"""Nanoseconds: a file altered more recently may be altered again without its times showing it."""


def look(stored: Stored, files: Mapping[Path, Path], problems: list[Problem]) -> dict[Path, int]:
    """The content of each of the files, by the path that it is named by.

    A file that looks as it did the last time is not opened; one whose bytes are known is not
    parsed. Files that cannot be opened are added to `problems`.
    """
    known = {path: (stamp, content) for path, stamp, content in stored.rows(
        "SELECT path, stamp, content FROM files"
    )}  # fmt: skip
    contents: dict[Path, int] = {}
    looked: list[tuple[bytes, str, int]] = []
    for real, file in files.items():
        name = os.fsencode(real)
        stamp = _stamp(file)
        if stamp and name in known and known[name][0] == stamp:
            contents[file] = known[name][1]
            continue
        from quizcnn.deck.storing import stored_content  # noqa: PLC0415 - few runs find a change

        content, faults = stored_content(stored, file)
        problems += faults
        if content is not None:
            contents[file] = content
            if known.get(name) != (stamp, content):
                looked.append((name, stamp, content))
    if looked:
        with stored.transaction():
            stored.executemany(
                "INSERT OR REPLACE INTO files (path, stamp, content) VALUES (?, ?, ?)", looked
            )
    return contents


def _stamp(file: Path) -> str:
    """How a file looks from outside, "" where that cannot be told or relied on."""
    now = time.time_ns()
    try:
        state = file.stat()
    except (OSError, ValueError):  # opening it says what is wrong
        return ""
    if now - max(state.st_mtime_ns, state.st_ctime_ns) < SETTLED:
        return ""
    parts = (state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino, state.st_dev)
    return ":".join((reader(), file.name, *map(str, parts)))
