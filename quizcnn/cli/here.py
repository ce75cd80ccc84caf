"""The decks of the folder that one works in: what `verify` looks at where nothing is named."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = "decks"

_DECK = re.compile(rb"^(deck|questions) *:", re.MULTILINE)


def decks_here(folder: Path = Path()) -> tuple[Path, ...]:
    """The decks of a folder: its `decks` folder, and the YAML files in it that are decks.

    Of a folder in which every YAML file is a deck it is the folder itself, with its sources; none
    where there is no deck.
    """
    found = []
    if _decks_of(folder / FOLDER)[0]:
        found.append(folder / FOLDER)
    decks, others = _decks_of(folder)
    if decks:
        found += decks if others else [folder]
    return tuple(found)


def _decks_of(folder: Path) -> tuple[list[Path], list[Path]]:
    """The files of a folder that look like decks, and the YAML files that do not."""
    from quizcnn.deck.files import leads_out, read_bytes
    from quizcnn.deck.folders import deck_files
    from quizcnn.deck.messages import Problems

    if not folder.is_dir():
        return [], []
    decks: list[Path] = []
    others: list[Path] = []
    for file in deck_files([folder], []).values():
        data = None if leads_out(file, folder) else read_bytes(file, Problems())
        (decks if data and _DECK.search(data) else others).append(file)
    return decks, others
