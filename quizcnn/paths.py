"""Where the decks lie, the built-in ones and a person's own, and what is kept of a person."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_cache_path, user_config_path, user_data_path

PACKAGE = Path(__file__).resolve().parent


def built_in_decks() -> Path:
    """The folder of the decks that come with quizcnn: in the package, or else in the checkout."""
    installed = PACKAGE / "questions"
    return installed if installed.is_dir() else PACKAGE.parent / "questions"


def templates() -> Path:
    """The folder of the files that `quizcnn init` writes."""
    return PACKAGE / "templates"


def own_decks() -> Path:
    """The folder in which a person's own decks are looked for; it need not exist."""
    return user_data_path("quizcnn", appauthor=False) / "decks"


def decks() -> tuple[Path, ...]:
    """The folders read when none is named: the built-in one, and one's own if it is there."""
    return tuple(path for path in (built_in_decks(), own_decks()) if path.exists())


def progress() -> Path:
    """The file of a person's progress; it need not exist."""
    return user_data_path("quizcnn", appauthor=False) / "progress.sqlite"


def backups() -> Path:
    """The folder of the progress file's backups."""
    return progress().parent / "backups"


def catalog() -> Path:
    """The file in which decks are kept as they were read; it can be deleted at any time."""
    return user_cache_path("quizcnn", appauthor=False) / "catalog.sqlite"


def settings() -> Path:
    """The file of a person's settings; it need not exist."""
    return user_config_path("quizcnn", appauthor=False) / "settings.toml"


def verified() -> Path:
    """The file in which results of `verify` are kept; it can be deleted at any time."""
    return user_cache_path("quizcnn", appauthor=False) / "verified.sqlite"
