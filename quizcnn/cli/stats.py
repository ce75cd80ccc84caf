"""`quizcnn stats`: how it goes, as pictures of text or as JSON."""

from __future__ import annotations

import shutil
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from quizcnn import paths
from quizcnn.cli.reading import (
    UNREADABLE,
    RefusedError,
    add_decks_option,
    chosen,
    complain,
    read_decks,
    report,
)
from quizcnn.cli.scope import add_scope_options, known
from quizcnn.display import clean, json_text

if TYPE_CHECKING:
    from quizcnn.deck.catalog import Catalog
    from quizcnn.study.records import Scope
    from quizcnn.study.statistics.records import Statistics
    from quizcnn.study.store.store import Store

LONGEST = 3660
"""Days that the history may be asked for: ten years."""


def add(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "stats",
        help="how it goes: your days, what you keep, what is coming up",
        description="Answers a day, retention, what is coming up, mastery, the hardest questions, "
        "the commonest slips and the time spent.",
    )
    command.add_argument("--json", action="store_true", help="as JSON")
    add_scope_options(command)
    command.add_argument(
        "--days",
        type=_days,
        default=365,
        metavar="N",
        help="how many of the last days the history has (default: 365)",
    )
    add_decks_option(command)
    command.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Print the statistics; 2 when a deck could not be read. Without progress it says so."""
    from quizcnn.study.days import Calendar, now
    from quizcnn.study.settings.file import load
    from quizcnn.study.statistics.counting import statistics

    settings, unset = load(paths.settings())
    report(unset)
    with read_decks(chosen(options)) as (catalog, problems), _progress() as store:
        catalog.attach(store.connection)
        scope = _scope(options, catalog, store)
        if scope is None:
            return UNREADABLE
        calendar = Calendar(settings.day_begins)
        found = statistics(store.rows, settings, calendar, now(), options.days, scope)
    if options.json:
        from quizcnn.study.statistics.as_json import as_json

        print(json_text(as_json(found)))
    else:
        _print(found)
    return UNREADABLE if problems else 0


@contextmanager
def _progress() -> Iterator[Store]:
    """The progress; where there is none an empty one, and no file is made."""
    from quizcnn.study.store.errors import StoreError
    from quizcnn.study.store.opening import open_progress
    from quizcnn.study.store.store import Store

    try:
        if not paths.progress().exists():
            with Store.open(None) as store:
                yield store
            return
        opened = open_progress(paths.progress(), paths.backups())
        if opened.notice:
            complain(opened.notice)
        with opened.store as store:
            yield store
    except StoreError as error:
        raise RefusedError(str(error)) from error


def _scope(options: Namespace, catalog: Catalog, store: Store) -> Scope | None:
    """The decks and tags asked for, None where one is not there, which is told.

    A deck that is gone may be asked for while it has history.
    """
    from quizcnn.study.records import Scope

    rows = store.rows("SELECT DISTINCT substr(key, 1, instr(key, '/') - 1) FROM cards")
    gone = [str(name) for (name,) in rows] if options.names else []
    if not known(catalog, options.names, options.tags, gone):
        return None
    return Scope(tuple(dict.fromkeys(options.names)), tuple(dict.fromkeys(options.tags)))


def _print(found: Statistics) -> None:
    from quizcnn.plain.statistics import WIDTH, statistics_lines

    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDTH
    print(clean("\n".join(statistics_lines(found, max(min(columns, WIDTH), 24)))))


def _days(text: str) -> int:
    """A number of days, from 1 to `LONGEST`."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= LONGEST:
        raise ArgumentTypeError(f"expected a whole number from 1 to {LONGEST}, got {text!r}")
    return int(text)
