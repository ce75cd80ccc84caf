"""`quizcnn import`: adds exported progress to one's own."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from quizcnn import paths
from quizcnn.cli.reading import UNREADABLE, complain


def add(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "import",
        help="add exported progress to yours",
        description=(
            "Add the progress that `quizcnn export` has written to yours: all of it or, if a line "
            "is not as it has to be, nothing. What is there already is not doubled. A backup is "
            "made before."
        ),
    )
    command.add_argument("file", metavar="FILE", help="the file to read (- for standard input)")
    command.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Bring the lines in; 2 when they or the progress cannot be read or written."""
    from quizcnn.study.days import now
    from quizcnn.study.store.backups import make
    from quizcnn.study.store.errors import StoreError
    from quizcnn.study.store.exchange import bring_in
    from quizcnn.study.store.store import Store

    path = paths.progress()
    try:
        with _lines(options.file) as lines:
            there = path.exists()
            with Store.open(path, backups=paths.backups()) as store:
                if there:
                    made = make(path, paths.backups(), now())
                    print(f"Before that, a backup was made: {made}.")
                name = "standard input" if options.file == "-" else options.file
                print(f"New: {bring_in(store, lines, name, now())}.")
    except StoreError as error:
        complain(str(error))
        return UNREADABLE
    except OSError as error:
        complain(f"{options.file} cannot be read: {error.strerror}.")
        return UNREADABLE
    return 0


def _lines(file: str) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb")
