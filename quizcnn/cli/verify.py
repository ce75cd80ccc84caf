"""`quizcnn verify [PATH…]`: compute every answer, refute every wrong one."""

from __future__ import annotations

import os
import secrets
import sys
import time
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from quizcnn import paths
from quizcnn.cli.here import decks_here
from quizcnn.cli.reading import UNREADABLE, RefusedError, complain, read_decks, read_sources
from quizcnn.display import clean, one_line

if TYPE_CHECKING:
    from quizcnn.deck.model import Deck, Question, SourceEntry
    from quizcnn.verify.report import Report

FAILED = 1
BAR = 30
REDRAW = 0.05


def add(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "verify",
        help="compute every answer and refute every wrong one",
        description="Compute every answer, refute every wrong answer, flip every contrast. Where "
        "no path is named, of the decks of the folder that you are in (its `decks` folder, and "
        "YAML files with `deck:`), or else of the built-in decks and your own.",
        epilog="exit codes: 0 all hold, 1 a question fails, 2 a deck cannot be read",
    )
    command.add_argument("path", nargs="*", type=Path, metavar="PATH", help="a deck file or folder")
    command.add_argument(
        "--format",
        choices=("text", "json", "junit", "github", "markdown"),
        default="text",
        help="text for people, or JSON, JUnit XML, GitHub annotations, Markdown for a summary",
    )
    command.add_argument(
        "--json",
        dest="format",
        action="store_const",
        const="json",
        help="the same as --format json",
    )
    command.add_argument(
        "--changed-since",
        metavar="REV",
        help="only the questions that are not as they were in this revision of git",
    )
    command.add_argument(
        "--no-cache",
        action="store_true",
        help="compute everything, also what was verified before and has not changed; for CI",
    )
    command.add_argument(
        "--mutants",
        action="store_true",
        help="instead, make slips in each check one at a time, and show those that go unnoticed",
    )
    command.add_argument(
        "--least",
        type=float,
        metavar="PERCENT",
        help="with --mutants, exit with 1 where a smaller share of the slips is noticed",
    )
    command.add_argument(
        "--watch",
        action="store_true",
        help="go on, and verify what changes whenever a deck is saved; end with Ctrl-C",
    )
    command.add_argument("--notes", action="store_true", help="say also what was left out where")
    command.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Verify and report."""
    from concurrent.futures import ThreadPoolExecutor

    from quizcnn.verify.keeping import Kept
    from quizcnn.verify.sources import uncovered
    from quizcnn.verify.verifying import verify_questions

    where = tuple(options.path) or _unnamed()
    if options.watch:
        from quizcnn.cli.watching import watch

        return watch(where)
    with read_decks(where, kept=not options.no_cache) as (catalog, problems):
        decks = tuple(catalog.deck(entry.name) for entry in catalog.decks())
    sources, unread = read_sources(where)
    known = tuple(question for deck in decks for question in deck.questions)
    bar = Bar(sys.stderr) if sys.stderr.isatty() else None
    if options.mutants:
        return _mutants(options, decks, bar, bool(problems or unread))
    since = options.changed_since
    changed, entries = (known, ()) if since is None else _changed(since, decks, sources)
    executor = ThreadPoolExecutor(workers())
    with ExitStack() as stack:
        stack.callback(executor.shutdown, wait=False, cancel_futures=True)
        report = verify_questions(
            changed,
            executor,
            sources=sources,
            known=known,
            whole=since is None and all(path.is_dir() for path in where),
            progress=bar.draw if bar else None,
            kept=None if options.no_cache else stack.enter_context(Kept(paths.verified())),
        )
    if bar:
        bar.clear()
    results = (*report.results, *uncovered(entries, known))
    report = replace(report, unread=(*problems, *unread), results=results)
    _print(report, options.format, options.notes)
    if report.unread:
        return UNREADABLE
    return 0 if report.ok else FAILED


def _mutants(options: Namespace, decks: Sequence[Deck], bar: Bar | None, unread: bool) -> int:
    from quizcnn.cli.mutants import try_checks

    since, form = options.changed_since, options.format
    if form not in ("text", "json"):
        raise RefusedError(f"--mutants reports as text or as JSON, not as {form}")
    only = None if since is None else _changed(since, decks, ())[0]
    well = try_checks(decks, only, workers(), bar, form, options.least)
    return UNREADABLE if unread else 0 if well else FAILED


def _changed(
    revision: str, decks: Sequence[Deck], sources: Sequence[SourceEntry]
) -> tuple[tuple[Question, ...], tuple[SourceEntry, ...]]:
    """The questions and the entries of sources that have changed since a revision."""
    from quizcnn.cli.changes import changed_since, changed_sources

    refs = changed_sources(revision, sources)
    changed = changed_since(revision, decks, refs)
    if not changed:
        complain(f"No question has changed since {one_line(revision, 100)}.")
    return changed, tuple(entry for entry in sources if entry.ref in refs)


def _print(report: Report, form: str, notes: bool) -> None:
    """Write a report to stdout."""
    from quizcnn.verify import reporting
    from quizcnn.verify.markdown import markdown

    match form:
        case "json":
            print(reporting.as_json(report))
        case "junit":
            print(reporting.junit(report))
        case "github":
            print("\n".join(reporting.github(report)))
        case "markdown":
            print("\n".join(markdown(report)))
        case _:
            with unheeded():
                for line in reporting.text(report, notes=notes):
                    print(clean(line))
                if report.isolation:
                    print(clean(f"Checks ran {report.isolation}."))


def _unnamed() -> tuple[Path, ...]:
    """What is verified where nothing is named: the decks of this folder, or else all decks."""
    here = decks_here()
    told = ", ".join(one_line(str(path.resolve()), 1000) for path in here)
    complain(f"Verifying {told or 'the built-in decks and your own'}.")
    return here or paths.decks()


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
