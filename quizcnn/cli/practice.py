"""`quizcnn practice [DECK…]`: questions at once, in the app or as plain text."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quizcnn import paths
from quizcnn.cli.home import on_terminal
from quizcnn.cli.reading import UNREADABLE, RefusedError, complain, report
from quizcnn.cli.scope import add_scope_options, known

if TYPE_CHECKING:
    from quizcnn.cli.opening import Opened
    from quizcnn.deck.catalog import Catalog
    from quizcnn.deck.model import Question
    from quizcnn.study.records import Request

EPILOG = """\
What is due comes first, mixed with some new questions; what you answer decides when it comes
again. A session that was left is gone on with on the same day. --cram and --exam do not touch the
schedule.
"""


def add(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "practice",
        help="practise what is due in some decks, or in all of them",
        description="Practise some decks, or all of them: by name, or a deck file or folder.",
        epilog=EPILOG,
    )
    command.add_argument(
        "deck", nargs="*", metavar="DECK", help="a deck's name, or a file or folder"
    )
    add_scope_options(command)
    mode = command.add_mutually_exclusive_group()
    mode.add_argument(
        "--cram", action="store_true", help="all questions until each was right, due or not"
    )
    mode.add_argument(
        "--ahead",
        type=_count,
        metavar="DAYS",
        help="also what is due within so many days",
    )
    mode.add_argument(
        "--exam",
        type=_count,
        metavar="N",
        help="N questions drawn at random, against the clock; proofs and score at the end",
    )
    command.add_argument(
        "--minutes", type=_count, metavar="M", help="an exam's time (default: 2 for each question)"
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
    if options.minutes and not options.exam:
        complain("--minutes is the time of an exam: give --exam N too.")
        return UNREADABLE
    from quizcnn.cli.opening import open_app, opened

    asked = [*options.deck, *options.names]
    named = [Path(text) for text in asked if _is_path(text)]
    names = [text for text in asked if not _is_path(text)]
    where = (*named, *paths.decks())  # of two decks of one name the one that was asked for
    with opened(where) as room:
        report(room.problems)
        if not known(room.catalog, names, options.tags):
            return UNREADABLE
        decks = _wanted(room.catalog, names, named)
        if decks is None:
            return UNREADABLE
        request = _request(options, decks)
        if options.plain:
            return _plain(room, request)
        return open_app(where, room, request)


def _request(options: Namespace, decks: Sequence[str]) -> Request:
    from quizcnn.study.records import Mode, Request, Scope

    scope = Scope(tuple(decks), tuple(dict.fromkeys(options.tags)), options.ahead or 0)
    if options.exam:
        seconds = options.minutes * 60 if options.minutes else None
        return Request(Mode.EXAM, scope, questions=options.exam, seconds=seconds)
    return Request(Mode.CRAM if options.cram else Mode.STUDY, scope)


def _plain(room: Opened, request: Request) -> int:
    from quizcnn.check.client import Worker
    from quizcnn.plain.practice import Conversation
    from quizcnn.study.store.errors import StoreError

    if room.notice:
        complain(room.notice)
    room.behind()
    with Worker(apart=True) as worker:
        try:
            session = room.study.open(request, worker)
        except StoreError as error:
            raise RefusedError(str(error)) from error
        Conversation(session, sys.stdin, sys.stdout, lambda found: _edited(room, found)).run()
    return 0


def _edited(room: Opened, question: Question) -> str:
    """Have a question edited, and say what its deck has become."""
    from quizcnn.tui.editing import EditorError, edit

    try:
        edit(question.place)
    except EditorError as error:
        return str(error)
    problems = room.reload(Path(question.place.file))
    if problems:
        return f"{problems[0]}\nThe deck stays as it was before."
    return "The deck was read again; the next time the question is asked as it is now."


def _is_path(text: str) -> bool:
    return "/" in text or "\\" in text or text.endswith((".yaml", ".yml")) or Path(text).is_dir()


def _wanted(catalog: Catalog, names: Sequence[str], named: Sequence[Path]) -> list[str] | None:
    """The decks asked for by name or path; nothing for all, None where there are none.

    A path without a deck that can be read has been complained of already.
    """
    there = catalog.decks()
    if not names and not named:
        return [] if there else None
    places = {path.resolve() for path in named}
    found = [
        deck.name
        for deck in there
        if deck.name in names or places & {deck.path.resolve(), *deck.path.resolve().parents}
    ]
    return found or None


def _count(text: str) -> int:
    """A whole number of at least 1."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 100_000:
        raise ArgumentTypeError(f"expected a whole number of at least 1, got {text!r}")
    return int(text)
