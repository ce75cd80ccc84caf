"""`quizcnn sources`: what the decks were drawn from, and what the document gets wrong."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections import defaultdict
from typing import TYPE_CHECKING

from quizcnn.cli.reading import UNREADABLE, add_decks_option, chosen, read_decks, read_sources
from quizcnn.display import clean

if TYPE_CHECKING:
    from quizcnn.deck.model import Question, SourceEntry


def add(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "sources",
        help="what the decks were drawn from, and what it gets wrong",
        description="Each question of the document: our verdict, our questions, its mistakes.",
    )
    command.add_argument(
        "--json", action="store_true", help="as JSON: ref, title, verdict, questions"
    )
    add_decks_option(command)
    command.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Print the sources; 2 when a deck or a list of sources could not be read."""
    where = chosen(options)
    entries, unread = read_sources(where)
    drawn: dict[str, list[Question]] = defaultdict(list)
    with read_decks(where) as (catalog, problems):
        for question in catalog.questions():
            if question.source:
                drawn[question.source.ref].append(question)
    if options.json:
        print(json.dumps([_row(entry, drawn[entry.ref]) for entry in entries], indent=2))
    else:
        for entry in entries:
            print(clean("\n".join(_lines(entry, drawn[entry.ref]))))
    return UNREADABLE if problems or unread else 0


def _row(entry: SourceEntry, questions: list[Question]) -> dict[str, object]:
    return {
        "ref": entry.ref,
        "title": entry.title,
        "verdict": str(entry.verdict),
        "questions": [question.key for question in questions],
    }


def _lines(entry: SourceEntry, questions: list[Question]) -> list[str]:
    lines = [f"{entry.ref}  {entry.verdict}  {entry.title}"]
    if entry.reason:
        lines.append(f"    {entry.reason}")
    for question in questions:
        lines.append(f"    {question.key}")
        source = question.source
        if source and source.says and source.correction:
            lines += [f"      says:    {source.says}", f"      we find: {source.correction}"]
    return lines
