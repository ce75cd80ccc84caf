"""`quizcnn list`: every question with its kind and source."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING

from quizcnn.cli.reading import UNREADABLE, add_decks_option, chosen, read_decks
from quizcnn.display import clean

if TYPE_CHECKING:
    from quizcnn.deck.model import Question


def add(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "list", help="list the questions", description="List the questions."
    )
    command.add_argument(
        "--json", action="store_true", help="as JSON: id, kind, deck, tags, source"
    )
    add_decks_option(command)
    command.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Print the list; 2 when a deck could not be read (the others are listed all the same)."""
    catalog = read_decks(chosen(options))
    if options.json:
        print(json.dumps([_row(question) for question in catalog.questions], indent=2))
    else:
        for deck in catalog.decks:
            print(clean(f"{deck.name}: {deck.title} ({len(deck.questions)} questions)"))
            for question in deck.questions:
                drawn = f"  {question.source.ref}" if question.source else ""
                print(clean(f"  {question.key:<48} {question.kind:<10}{drawn}"))
    return UNREADABLE if catalog.problems else 0


def _row(question: Question) -> dict[str, object]:
    source = question.source
    return {
        "id": question.key,
        "kind": str(question.kind),
        "deck": question.deck,
        "tags": list(question.tags),
        "source": source
        and {
            "ref": source.ref,
            "verdict": source.verdict and str(source.verdict),
            "says": source.says,
            "correction": source.correction,
        },
    }
