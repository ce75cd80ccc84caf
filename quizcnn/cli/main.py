"""The command line: each command in a file of its own, which imports what it needs when it runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING

from quizcnn import __version__
from quizcnn.cli.reading import UNREADABLE, RefusedError, complain

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

COMMANDS = (
    "practice", "stats", "resume", "settings", "export", "import", "doctor",
    "verify", "decks", "list", "show", "lab", "sources", "import-anki", "schema", "init", "new",
)  # fmt: skip

FILES = {"import": "import_", "list": "list_", "import-anki": "import_anki"}
"""The files of commands whose names a file cannot have."""

EPILOG = """\
Without a command quizcnn opens its home screen.

exit codes:
  0  all is well
  1  a question failed verification, or the doctor could not mend something
  2  a deck could not be read, or the command was not understood
"""


def parser(first: str | None = None) -> ArgumentParser:
    """The parser for every command, or just for the one that is the `first` argument.

    Built without importing what the commands need.
    """
    import argparse

    top = argparse.ArgumentParser(
        prog="quizcnn",
        description="A quiz about convolutional neural networks in which every answer is computed.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"quizcnn {__version__}")
    top.set_defaults(run=home)
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    for name in [first] if first in COMMANDS else COMMANDS:
        import_module(f"quizcnn.cli.{FILES.get(name, name)}").add(commands)
    return top


def home(options: Namespace | None = None) -> int:
    """Open the home screen."""
    from quizcnn.cli.home import run

    return run()


def _tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print what should never have happened: it may quote a deck, so it is cleaned as all else."""
    import traceback

    complain("".join(traceback.format_exception(kind, error, trace)).rstrip())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without × still gets its line
    sys.excepthook = _tell
    given = sys.argv[1:] if arguments is None else arguments
    options = parser(given[0]).parse_args(given) if given else None  # and argparse stays away
    try:
        code: int = options.run(options) if options else home()
        sys.stdout.flush()
        return code
    except RefusedError as error:
        complain(str(error))
        return UNREADABLE
    except BrokenPipeError:
        # the reader of our output has gone: say nothing more, not even at the flush on exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
