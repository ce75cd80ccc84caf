"""`quizcnn schema`: the JSON Schema of deck files, for editors."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from quizcnn.cli.reading import RefusedError
from quizcnn.display import one_line


def add(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "schema",
        help="print the JSON Schema of deck files, for your editor",
        description="Print the JSON Schema (draft 2020-12) of deck files. An editor that finds it "
        "completes and checks fields while you write: begin a deck with "
        "`# yaml-language-server: $schema=deck.schema.json` and keep the schema beside it.",
    )
    command.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="write it to this file, such as deck.schema.json; one that is there is replaced",
    )
    command.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Print the schema, or write it."""
    from quizcnn.deck.schema import schema_text

    if options.output is None:
        print(schema_text(), end="")
        return 0
    try:
        options.output.write_text(schema_text(), encoding="utf-8", newline="\n")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "this cannot be a path"
        raise RefusedError(
            f"{one_line(str(options.output), 1000)} cannot be written: {why}"
        ) from None
    print(one_line(str(options.output), 1000))
    return 0
