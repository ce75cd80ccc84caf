"""`quizcnn import-anki FILE`: the notes of an Anki collection as a deck to write checks for."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING

from quizcnn import paths
from quizcnn.cli.reading import RefusedError, counted
from quizcnn.display import one_line

if TYPE_CHECKING:
    from quizcnn.deck.skeleton import Skeleton


def add(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "import-anki",
        help="make a deck to begin with from Anki's notes",
        description="Make a deck from notes that Anki has exported (File, Export, Notes in Plain "
        "Text) or that a spreadsheet has saved as CSV. The first field becomes the question, the "
        "second the answer, others the explanation. No question has a check yet: until you write "
        "one, it is not asked, and `quizcnn verify` lists it.",
    )
    command.add_argument("file", type=Path, metavar="FILE", help="the text or CSV file")
    command.add_argument(
        "--deck", metavar="NAME", help="the deck's name; else the file's word for it, or its name"
    )
    command.add_argument(
        "--output",
        type=Path,
        metavar="DECK.yaml",
        help="the file to write; else the deck's name here. A large deck becomes several files",
    )
    command.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Write the deck; refused where the notes cannot be read, or where a file is there already."""
    from quizcnn.deck.anki import UnreadableError, read_export
    from quizcnn.deck.skeleton import cards, skeletons, slug

    try:
        export = read_export(options.file)
    except UnreadableError as error:
        raise RefusedError(one_line(str(error), 3000)) from None
    title = export.deck or options.deck or options.file.stem
    name = slug(options.deck or title, words=20) or "imported"
    if options.deck and name != options.deck:
        raise RefusedError(
            f"{one_line(options.deck, 60)!r} is not a name of lowercase words joined by `-`: "
            f"write --deck {name}"
        )
    output = options.output or Path(f"{name}.yaml")
    decks = skeletons(cards(export), name, title)
    files = _files(output, len(decks))
    for file, deck in zip(files, decks, strict=True):
        _write(file, deck)
        print(f"{one_line(str(file), 1000)}: {counted(deck.questions)}")
    guide = paths.built_in_decks() / "README.md"
    print(f"None of them has a check yet: {one_line(str(guide), 1000)} says how to write one,")
    print(f"and `quizcnn verify {one_line(str(files[0]), 1000)}` lists those that still need one.")
    return 0


def _files(output: Path, count: int) -> list[Path]:
    """The files to write; refused where one of them is there already."""
    numbered = [
        output.with_name(f"{output.stem}-{number}{output.suffix}") for number in range(1, count + 1)
    ]
    files = numbered if count > 1 else [output]
    for file in files:
        if file.exists() or file.is_symlink():
            raise RefusedError(
                f"{one_line(str(file), 1000)} is there already, and nothing was written: "
                "move it away, or name another file by --output"
            )
    return files


def _write(file: Path, deck: Skeleton) -> None:
    from quizcnn.deck.schema import keep_beside

    try:
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(deck.text)
        keep_beside(file)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "this cannot be a path"
        raise RefusedError(f"{one_line(str(file), 1000)} cannot be written: {why}") from None
