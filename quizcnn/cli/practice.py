"""`quizcnn practice [DECK…]`: questions at once, in the app or as plain text."""

from __future__ import annotations

import random
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from quizcnn import paths
from quizcnn.cli.home import on_terminal
from quizcnn.cli.reading import UNREADABLE, complain, read_decks

if TYPE_CHECKING:
    from quizcnn.deck.model import Deck


def add(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "practice",
        help="practise some decks, or all of them",
        description="Practise some decks, or all of them: by name, or a deck file or folder.",
    )
    command.add_argument(
        "deck", nargs="*", metavar="DECK", help="a deck's name, or a file or folder"
    )
    command.add_argument(
        "--plain",
        action="store_true",
        help="linear text without boxes, for screen readers and pipes",
    )
    command.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Practise; 2 when a deck that was asked for is not there."""
    if not options.plain and not on_terminal():
        return 2
    named = [Path(text) for text in options.deck if _is_path(text)]
    names = [text for text in options.deck if not _is_path(text)]
    where = (*(paths.decks() if names or not named else ()), *named)
    catalog = read_decks(where)
    decks = _wanted(catalog.decks, names, named)
    if not decks:
        return UNREADABLE
    if options.plain:
        return _plain(decks)
    from quizcnn.cli.opening import open_app

    return open_app(catalog, where, start=[deck.name for deck in decks])


def _is_path(text: str) -> bool:
    return "/" in text or "\\" in text or text.endswith((".yaml", ".yml")) or Path(text).is_dir()


def _plain(decks: Sequence[Deck]) -> int:
    from quizcnn.check.client import Worker
    from quizcnn.plain.practice import Conversation
    from quizcnn.study.session import Session

    questions = [question for deck in decks for question in deck.questions]
    with Worker(apart=True) as worker:
        Conversation(Session(questions, worker, random.Random()), sys.stdin, sys.stdout).run()
    return 0


def _wanted(decks: Sequence[Deck], names: Sequence[str], named: Sequence[Path]) -> list[Deck]:
    """The decks asked for, by name or path; empty, with a word on stderr, if one is not there."""
    known = {deck.name: deck for deck in decks}
    unknown = [name for name in names if name not in known]
    for name in unknown:
        near = get_close_matches(name, known, n=1)
        meant = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(sorted(known))}."
        complain(f"There is no deck {name!r}.{meant}")
    if unknown:
        return []
    if not names and not named:
        return list(decks)
    paths_named = {path.resolve() for path in named}
    return [
        deck
        for deck in decks
        if deck.name in names or paths_named & {deck.path.resolve(), *deck.path.resolve().parents}
    ]
