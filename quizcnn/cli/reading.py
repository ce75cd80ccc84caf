"""What every command that reads decks does the same way: find them, read them, report problems."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quizcnn import paths
from quizcnn.display import clean, one_line

if TYPE_CHECKING:
    from quizcnn.deck.catalog import Catalog
    from quizcnn.deck.model import Problem, SourceEntry

UNREADABLE = 2


def add_decks_option(command: ArgumentParser) -> None:
    """Give a command `--decks PATH`, which may be repeated."""
    command.add_argument(
        "--decks",
        action="append",
        type=Path,
        metavar="PATH",
        help="read this deck file or folder instead of the built-in decks (may be repeated)",
    )


def chosen(options: Namespace) -> Sequence[Path]:
    """The paths that the command names, or else the default ones."""
    return tuple(options.decks or ()) or paths.decks()


def read_decks(where: Sequence[Path]) -> Catalog:
    """Read the decks, and report on stderr what cannot be read."""
    from quizcnn.deck.catalog import load

    catalog = load(where)
    report(catalog.problems)
    return catalog


def read_sources(where: Sequence[Path]) -> tuple[tuple[SourceEntry, ...], tuple[Problem, ...]]:
    """The entries of every `sources.yaml` in or beside the paths; links to elsewhere are left."""
    from quizcnn.deck.files import leads_out
    from quizcnn.deck.sources import load_sources

    entries: list[SourceEntry] = []
    problems: list[Problem] = []
    folders = {path if path.is_dir() else path.parent for path in where}
    for file in sorted(folder / "sources.yaml" for folder in folders):
        if file.is_file() and not leads_out(file, file.parent):
            more, wrong = load_sources(file)
            entries += more
            problems += wrong
    report(problems)
    return tuple(entries), tuple(problems)


def report(problems: Sequence[Problem]) -> None:
    """Write problems to stderr, one line each."""
    for problem in problems:
        complain(one_line(str(problem), 3000))


def complain(message: str) -> None:
    """Write a message to stderr."""
    print(clean(message), file=sys.stderr)
