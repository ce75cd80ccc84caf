"""Which files are decks: those named, and the YAML files directly in the folders named."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from quizcnn.deck.files import leads_out
from quizcnn.deck.place import Place, Problem

SUFFIXES = frozenset({".yaml", ".yml"})
NOT_DECKS = frozenset({"sources.yaml", "sources.yml"})


def deck_files(paths: Sequence[Path], problems: list[Problem]) -> dict[Path, Path]:
    """The decks' files, as they are named, by their real paths; a folder's in order of name.

    A file named twice stands once; `sources.yaml` in a folder is not a deck. What keeps a folder
    from being read is added to `problems`.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for real, file in _decks_at(path, problems):
            found.setdefault(real, file)
    return found


def _decks_at(path: Path, problems: list[Problem]) -> list[tuple[Path, Path]]:
    """The file itself, or the decks of a folder, each with its real path."""
    place = Place(str(path), 1, 1)
    try:
        if not path.is_dir():
            return [(_real(path), path)]
        with os.scandir(path) as entries:
            names = sorted((entry.name, entry.is_symlink()) for entry in entries)
    except (OSError, ValueError) as error:  # ValueError: a path with a null character in it
        why = error.strerror if isinstance(error, OSError) else "this cannot be a path"
        message = f"the folder cannot be read: {why}"
        problems.append(Problem(place, message, "check its permissions"))
        return []
    decks = [(path / name, link) for name, link in names if _is_deck(name)]
    if not decks:
        problems.append(Problem(place, "there is no deck in this folder", "decks end in `.yaml`"))
    folder = _real(path)
    return [
        (_real(file) if link else folder / file.name, file)
        for file, link in decks
        if not (link and _reported_as_leading_out(file, path, problems))
    ]


def _reported_as_leading_out(file: Path, folder: Path, problems: list[Problem]) -> bool:
    out = leads_out(file, folder)
    if out:
        message = "this link leads out of the folder, and is not followed"
        hint = "copy the deck, or name the file itself"
        problems.append(Problem(Place(str(file), 1, 1), message, hint))
    return out


def _is_deck(name: str) -> bool:
    return Path(name).suffix in SUFFIXES and name not in NOT_DECKS and not name.startswith(".")


def _real(file: Path) -> Path:
    try:
        return file.resolve()
    except (OSError, RuntimeError, ValueError):  # reading it says what is wrong
        return file.absolute()
