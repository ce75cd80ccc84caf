"""Where the decks lie: the built-in ones, and a person's own."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path

PACKAGE = Path(__file__).resolve().parent


def built_in_decks() -> Path:
    """The folder of the decks that come with quizcnn: in the package, or else in the checkout."""
    installed = PACKAGE / "questions"
    return installed if installed.is_dir() else PACKAGE.parent / "questions"


def own_decks() -> Path:
    """The folder in which a person's own decks are looked for; it need not exist."""
    return user_data_path("quizcnn", appauthor=False) / "decks"


def decks() -> tuple[Path, ...]:
    """The folders read when none is named: the built-in one, and one's own if it is there."""
    return tuple(path for path in (built_in_decks(), own_decks()) if path.exists())
