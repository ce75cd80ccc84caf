"""What every command that reads decks does the same way: find them, read them, report problems."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from quizcnn import paths
from quizcnn.display import clean

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from quizcnn.deck.catalog import Catalog
    from quizcnn.deck.model import Problem, SourceEntry

UNREADABLE = 2


class RefusedError(Exception):
    """A command cannot do what it was asked to; the text tells the person why."""


def add_decks_option(command: ArgumentParser) -> None:
    """Give a command `--decks PATH`, which may be repeated."""
    command.add_argument(
        "--decks",
        action="append",
        type=Path,
        metavar="PATH",
        help="read this deck file or folder too, beside the built-in decks and your own "
        "(may be repeated)",
    )


def chosen(options: Namespace) -> Sequence[Path]:
    """The decks that the command names, the built-in ones, and a person's own.

    Of two decks of one name the first is used: the one that was asked for.
    """
    return (*(options.decks or ()), *paths.decks())


@contextmanager
def read_decks(
    where: Sequence[Path], kept: bool = True
) -> Iterator[tuple[Catalog, tuple[Problem, ...]]]:
    """The decks, and what cannot be read of them, which is reported on stderr.

    With `kept` what was read before is not read again; else every file is read afresh.
    """
    from quizcnn.deck.catalog import Catalog
    from quizcnn.deck.stored import CatalogError

    try:
        with Catalog.open(paths.catalog() if kept else None) as catalog:
            problems = catalog.read(where)
            report(problems)
            yield catalog, problems
    except CatalogError as error:
        raise RefusedError(str(error)) from error


def counted(questions: int) -> str:
    """A number of questions in words.

    >>> counted(1), counted(2)
    ('1 question', '2 questions')
    """
    return f"{questions} question" if questions == 1 else f"{questions} questions"


def read_sources(where: Sequence[Path]) -> tuple[tuple[SourceEntry, ...], tuple[Problem, ...]]:
    """As `find_sources`; the problems are reported on stderr too."""
    found, problems = find_sources(where)
    report(problems)
    return found, problems


def find_sources(where: Sequence[Path]) -> tuple[tuple[SourceEntry, ...], tuple[Problem, ...]]:
    """The entries of every `sources.yaml` in or beside the paths; links to elsewhere are left."""
    from quizcnn.deck.files import leads_out
    from quizcnn.deck.sources import load_sources

    entries: list[SourceEntry] = []
    problems: list[Problem] = []
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in where)
    for file in (folder / "sources.yaml" for folder in folders):
        if file.is_file() and not leads_out(file, file.parent):
            more, wrong = load_sources(file)
            entries += more
            problems += wrong
    return tuple(entries), tuple(problems)


def report(problems: Sequence[Problem]) -> None:
    """Write problems to stderr, each with its line and a caret under the place."""
    if not problems:
        return
    from quizcnn.deck.pointing import Pointer

    pointer = Pointer()
    for problem in problems:
        for line in pointer.problem(problem):
            complain(line)


def complain(message: str) -> None:
    """Write a message to stderr."""
    print(clean(message), file=sys.stderr)
