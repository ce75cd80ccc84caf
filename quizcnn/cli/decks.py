"""`quizcnn decks`: where each deck comes from."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING

from quizcnn import paths
from quizcnn.cli.reading import UNREADABLE, add_decks_option, chosen, counted, read_decks
from quizcnn.display import json_text, one_line

if TYPE_CHECKING:
    from quizcnn.deck.catalog import DeckEntry

BUILT_IN = "built in"
OWN = "your own"
NAMED = "named"

SAID = {
    BUILT_IN: "Built in:",
    OWN: "Your own:",
    NAMED: "Named on the command line:",
}


def add(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "decks",
        help="list the decks and where each comes from",
        description="List the decks: the built-in ones, your own, and those named by --decks, each "
        "with its file, how many questions it has, and how many of them have no check yet.",
    )
    command.add_argument(
        "--json",
        action="store_true",
        help="as JSON: name, title, origin, file, questions, unchecked; own_folder",
    )
    add_decks_option(command)
    command.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Print the decks; 2 when one could not be read (the others are listed all the same)."""
    with read_decks(chosen(options)) as (catalog, problems):
        decks = [(origin(entry.path), entry) for entry in catalog.decks()]
    if options.json:
        rows = [_row(whence, entry) for whence, entry in decks]
        print(json_text({"decks": rows, "own_folder": str(paths.own_decks())}))
    else:
        for whence, said in SAID.items():
            entries = [entry for found, entry in decks if found == whence]
            if entries:
                print(said)
            for entry in entries:
                print(f"  {_line(entry)}")
        _print_own_folder()
    return UNREADABLE if problems else 0


def origin(file: Path) -> str:
    """Where a deck comes from: it is built in, one's own, or named on the command line.

    >>> origin(Path("sizes.yaml"))
    'named'
    """
    if file.parent == paths.built_in_decks():
        return BUILT_IN
    return OWN if file.parent == paths.own_decks() else NAMED


def _line(entry: DeckEntry) -> str:
    count = counted(entry.questions + entry.unchecked)
    unchecked = f", {entry.unchecked} without a check" if entry.unchecked else ""
    return f"{one_line(entry.name):<24} {count + unchecked:<16} {one_line(str(entry.path), 1000)}"


def _row(whence: str, entry: DeckEntry) -> dict[str, object]:
    return {
        "name": entry.name,
        "title": entry.title,
        "origin": whence,
        "file": str(entry.path),
        "questions": entry.questions + entry.unchecked,
        "unchecked": entry.unchecked,
    }


def _print_own_folder() -> None:
    folder = paths.own_decks()
    there = "" if folder.is_dir() else " (it is not there yet: make it)"
    print(f"Decks that you put into {one_line(str(folder), 1000)}{there} are read as well.")
