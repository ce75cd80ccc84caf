"""`quizcnn export`: all of one's progress as lines of JSON."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path

from quizcnn import paths
from quizcnn.cli.reading import UNREADABLE, complain


def add(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "export",
        help="write your progress as lines of JSON",
        description="Write all of your progress as lines of JSON, which `quizcnn import` reads.",
    )
    command.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="where to (default: standard output)"
    )
    command.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Write the lines; 2 when there is no progress, or it cannot be read or written."""
    from quizcnn.study.store.errors import StoreError
    from quizcnn.study.store.exchange import exported
    from quizcnn.study.store.opening import open_progress

    if not paths.progress().exists():
        complain(f"There is no progress yet: {paths.progress()} is not there.")
        return UNREADABLE
    try:
        opened = open_progress(paths.progress(), paths.backups())
        with opened.store as store:
            if opened.notice:
                complain(opened.notice)
            if options.file == "-":
                for line in exported(store):
                    print(line)
            else:
                _write(Path(options.file), exported(store))
    except StoreError as error:
        complain(str(error))
        return UNREADABLE
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        complain(f"{options.file} cannot be written: {error.strerror}.")
        return UNREADABLE
    return 0


def _write(file: Path, lines: Iterator[str]) -> None:
    """Write a file as a whole: what is there stays until all of it is."""
    if file.exists() and file.samefile(paths.progress()):
        raise OSError(0, "that is the progress itself")
    partial = file.with_name(f"{file.name}.part")
    try:
        with partial.open("w", encoding="ascii", newline="\n") as to:
            for line in lines:
                print(line, file=to)
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
    print(f"Written to {file}.", file=sys.stderr)
