"""`quizcnn resume [ID…]`: bring back questions that were set aside, or list them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from difflib import get_close_matches
from typing import TYPE_CHECKING

from quizcnn import paths
from quizcnn.cli.reading import UNREADABLE, RefusedError, complain
from quizcnn.display import clean

if TYPE_CHECKING:
    from quizcnn.study.store.store import Store

ASIDE = """SELECT key, suspended, leech, lapses, buried FROM cards
    WHERE suspended = 1 OR buried > :now ORDER BY key"""


def add(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "resume",
        help="list the questions that were set aside, or bring some back",
        description="Without more: the questions that were set aside by you, or because they "
        "were forgotten again and again. With IDs: brings them back.",
    )
    command.add_argument("id", nargs="*", metavar="ID", help="deck/id")
    command.add_argument("--all", action="store_true", help="bring all of them back")
    command.set_defaults(run=run)


def run(options: Namespace) -> int:
    """List or bring back; 2 when a question is not set aside."""
    from quizcnn.study.store.errors import StoreError
    from quizcnn.study.store.store import Store

    if not paths.progress().exists():
        print("Nothing is set aside.")
        return 0
    try:
        with Store.open(paths.progress(), backups=paths.backups()) as store:
            return _resume(store, options)
    except StoreError as error:
        raise RefusedError(str(error)) from error


def _resume(store: Store, options: Namespace) -> int:
    aside = _aside(store)
    unknown = [key for key in options.id if key not in aside]
    for key in unknown:
        near = get_close_matches(key, aside, n=1)
        meant = f" Did you mean {near[0]}?" if near else " `quizcnn resume` lists those that are."
        complain(f"{key} is not set aside.{meant}")
    if unknown:
        return UNREADABLE
    if not options.id and not options.all:
        for key, why in aside.items():
            print(clean(f"{key}: {why}"))
        if not aside:
            print("Nothing is set aside.")
        return 0
    for key in aside if options.all else options.id:
        store.resume(key)
        print(clean(f"{key} is asked again."))
    return 0


def _aside(store: Store) -> dict[str, str]:
    """What is set aside, and why."""
    from quizcnn.study.days import now

    found: dict[str, str] = {}
    at = round(now().timestamp() * 1000)
    for key, suspended, leech, lapses, _ in store.rows(ASIDE, {"now": at}):
        if leech:
            found[key] = f"forgotten {lapses} times (a leech): look at it anew, or rewrite it"
        else:
            found[key] = "set aside by you" if suspended else "set aside until tomorrow"
    return found
