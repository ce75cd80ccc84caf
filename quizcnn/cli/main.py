"""The command line: each command in a file of its own, which imports what it needs when it runs."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from types import TracebackType

from quizcnn import __version__
from quizcnn.cli import (
    decks,
    doctor,
    export,
    home,
    import_,
    import_anki,
    init,
    lab,
    list_,
    new,
    practice,
    resume,
    schema,
    settings,
    show,
    sources,
    stats,
    verify,
)
from quizcnn.cli.reading import UNREADABLE, RefusedError, complain

COMMANDS = (
    practice, stats, resume, settings, export, import_, doctor,
    verify, decks, list_, show, lab, sources, import_anki, schema, init, new,
)  # fmt: skip

EPILOG = """\
Without a command quizcnn opens its home screen.

exit codes:
  0  all is well
  1  a question failed verification, or the doctor could not mend something
  2  a deck could not be read, or the command was not understood
"""


def parser() -> argparse.ArgumentParser:
    """The parser for every command, built without importing what the commands need."""
    top = argparse.ArgumentParser(
        prog="quizcnn",
        description="A quiz about convolutional neural networks in which every answer is computed.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"quizcnn {__version__}")
    top.set_defaults(run=home.run)
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    return top


def _tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print what should never have happened: it may quote a deck, so it is cleaned as all else."""
    complain("".join(traceback.format_exception(kind, error, trace)).rstrip())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without × still gets its line
    sys.excepthook = _tell
    options = parser().parse_args(arguments)
    try:
        code: int = options.run(options)
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
