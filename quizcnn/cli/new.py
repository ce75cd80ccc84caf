"""`quizcnn new [DECK.yaml]`: a new question by conversation, written into a deck."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from quizcnn.cli.reading import UNREADABLE, RefusedError, complain, report
from quizcnn.display import one_line


def add(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "new",
        help="write a question, asked for one thing after another",
        description="Ask for a question: its kind, words, givens and check, which is run while you "
        "write it. A formula for the answer and wrong answers are proposed where they can be "
        "found. What holds is added at the end of the deck; all else in the file stays as it is.",
    )
    command.add_argument(
        "deck", nargs="?", type=Path, default=Path("mine.yaml"), metavar="DECK.yaml",
        help="the deck to write into, made if it is not there (default: mine.yaml)",
    )  # fmt: skip
    command.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Ask, verify and write; 1 where nothing was written, 2 where the deck cannot be read."""
    from quizcnn.check.client import Worker
    from quizcnn.deck.loader import load_deck
    from quizcnn.deck.schema import keep_beside
    from quizcnn.deck.writing import replace_file
    from quizcnn.plain.authoring.author import Author
    from quizcnn.plain.authoring.trial import NotYetError
    from quizcnn.plain.talking import EndError, Talk

    path: Path = options.deck
    text = ""
    if path.exists() or path.is_symlink():
        deck, problems = load_deck(path)
        if deck is None:
            report(problems)
            return UNREADABLE
        text = path.read_bytes().decode("utf-8")
    with Worker() as worker:
        worker.start()
        author = Author(Talk(sys.stdin, sys.stdout), worker, path, text)
        try:
            written = author.write()
        except NotYetError as error:
            raise RefusedError(f"{one_line(str(path), 1000)}: {error}") from None
        except (EndError, KeyboardInterrupt) as error:
            kept = author.draft()
            complain("\nNothing was written." + (" This is what you have:\n" if kept else ""))
            complain("\n".join(kept))
            if isinstance(error, KeyboardInterrupt):
                raise
            return 1
    if written is None:
        return 1
    whole, question = written
    if text and path.read_bytes().decode("utf-8") != text:
        raise RefusedError(
            f"{one_line(str(path), 1000)} was changed meanwhile: nothing is written."
        )
    try:
        replace_file(path, whole)
        keep_beside(path)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "this cannot be a path"
        raise RefusedError(f"{one_line(str(path), 1000)} cannot be written: {why}") from None
    print(f"{one_line(str(question.place), 1000)}: {question.key}")
    return 0
