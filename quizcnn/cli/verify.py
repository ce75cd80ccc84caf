"""`quizcnn verify [PATH…]`: compute every answer, refute every wrong one."""

from __future__ import annotations

import os
import secrets
import sys
import time
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from quizcnn import paths
from quizcnn.cli.reading import UNREADABLE, read_decks, read_sources
from quizcnn.display import clean

FAILED = 1
BAR = 30
REDRAW = 0.05


def add(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "verify",
        help="compute every answer and refute every wrong one",
        description="Compute every answer, refute every wrong answer, flip every contrast.",
        epilog="exit codes: 0 all hold, 1 a question fails, 2 a deck cannot be read",
    )
    command.add_argument("path", nargs="*", type=Path, metavar="PATH", help="a deck file or folder")
    command.add_argument(
        "--format",
        choices=("text", "json", "junit", "github"),
        default="text",
        help="text for people, or JSON, JUnit XML, GitHub annotations for machines",
    )
    command.add_argument(
        "--json",
        dest="format",
        action="store_const",
        const="json",
        help="the same as --format json",
    )
    command.add_argument("--notes", action="store_true", help="say also what was left out where")
    command.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Verify and report."""
    from quizcnn.check.client import Worker
    from quizcnn.verify import reporting
    from quizcnn.verify.verifying import verify

    where = tuple(options.path) or paths.decks()
    catalog = read_decks(where)
    sources, problems = read_sources(where)
    whole = all(path.is_dir() for path in where)
    bar = Bar(sys.stderr) if sys.stderr.isatty() else None
    with ExitStack() as stack:
        first, *helpers = [stack.enter_context(Worker(apart=True)) for _ in range(workers())]
        progress = bar.draw if bar else None
        report = verify(catalog.decks, first, sources, progress, whole=whole, helpers=helpers)
        isolation = first.isolation
    if bar:
        bar.clear()
    match options.format:
        case "json":
            print(reporting.as_json(report))
        case "junit":
            print(reporting.junit(report))
        case "github":
            print("\n".join(reporting.github(report)))
        case _:
            with unheeded():
                for line in reporting.text(report, notes=options.notes):
                    print(clean(line))
                if isolation:
                    print(clean(f"Checks ran {isolation}."))
    if catalog.problems or problems:
        return UNREADABLE
    return 0 if report.ok else FAILED


@contextmanager
def unheeded() -> Iterator[None]:
    """Have GitHub's runner take no line of the report, which quotes decks, for a command to it."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        yield
        return
    token = secrets.token_hex(16)  # only who knows it can end the silence
    print(f"::stop-commands::{token}")
    try:
        yield
    finally:
        print(f"::{token}::")


def workers() -> int:
    """As many workers as there are processors to run on, and at most eight."""
    return max(1, min(os.cpu_count() or 1, 8))


class Bar:
    """A progress bar that draws itself over one line of a terminal."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.drawn = 0.0

    def draw(self, done: int, total: int) -> None:
        """Draw the bar, at most twenty times a second."""
        now = time.monotonic()
        if now - self.drawn < REDRAW and done < total:
            return
        self.drawn = now
        full = BAR * done // max(total, 1)
        self.out.write(f"\r[{'#' * full}{'.' * (BAR - full)}] {done}/{total} questions")
        self.out.flush()

    def clear(self) -> None:
        """Leave the line empty for the report."""
        self.out.write("\r\x1b[K")
        self.out.flush()
