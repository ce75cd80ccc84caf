"""`quizcnn list`: questions with their kind and source, all of them or those that are sought."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizcnn.cli.reading import (
    UNREADABLE,
    add_decks_option,
    chosen,
    complain,
    counted,
    read_decks,
)
from quizcnn.cli.scope import add_scope_options, known
from quizcnn.display import clean

if TYPE_CHECKING:
    from quizcnn.deck.catalog import Catalog
    from quizcnn.deck.model import Question

MOST = 1_000
"""So many questions that are sought by a text are listed at most."""


def add(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "list",
        help="list the questions, or search them",
        description="List the questions: all of them, or those that have all words of a text in "
        "question, answers, explanation, tags or id, the best first.",
    )
    command.add_argument(
        "text", nargs="*", metavar="TEXT", help="words to search for; the last may be a beginning"
    )
    add_scope_options(command)
    command.add_argument(
        "--json", action="store_true", help="as JSON: id, kind, deck, tags, source, checked"
    )
    add_decks_option(command)
    command.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Print the list; 2 when a deck could not be read (the others are listed all the same)."""
    with read_decks(chosen(options)) as (catalog, problems):
        text, decks, tags = " ".join(options.text), options.names, options.tags
        if not known(catalog, decks, tags):
            return UNREADABLE
        wanted = set(catalog.keys(decks, tags, unchecked=True)) if decks or tags else None
        if text:
            found = (catalog.question(hit.key) for hit in catalog.search(text, MOST, decks))
        else:
            found = (each for each in catalog.questions())
        questions = (each for each in found if each and (wanted is None or each.key in wanted))
        if options.json:
            print(json.dumps([_row(question) for question in questions], indent=2))
        elif text:
            _print_sought(questions, text)
        else:
            _print_all(catalog, questions)
    return UNREADABLE if problems else 0


def _print_all(catalog: Catalog, questions: Iterator[Question]) -> None:
    decks = {deck.name: deck for deck in catalog.decks()}
    last = ""
    for question in questions:
        if question.deck != last:
            last = question.deck
            deck = decks[last]
            print(clean(f"{last}: {deck.title} ({counted(deck.questions + deck.unchecked)})"))
        print(clean(f"  {_line(question)}"))


def _print_sought(questions: Iterator[Question], text: str) -> None:
    from quizcnn.deck.stated import ask
    from quizcnn.display import one_line

    found = 0
    for question in questions:
        found += 1
        print(clean(_line(question)))
        print(f"  {one_line(ask(question), 96)}")
    if not found:
        complain(f"No question has {text!r}. `quizcnn list` lists them all.")


def _line(question: Question) -> str:
    drawn = f"  {question.source.ref}" if question.source else ""
    unchecked = "" if question.check else "  no check yet"
    return f"{question.key:<48} {question.kind:<10}{drawn}{unchecked}"


def _row(question: Question) -> dict[str, object]:
    source = question.source
    return {
        "id": question.key,
        "kind": str(question.kind),
        "deck": question.deck,
        "tags": list(question.tags),
        "checked": bool(question.check),
        "source": source
        and {
            "ref": source.ref,
            "verdict": source.verdict and str(source.verdict),
            "says": source.says,
            "correction": source.correction,
        },
    }
