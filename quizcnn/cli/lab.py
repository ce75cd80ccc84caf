"""`quizcnn lab ID`: change a question's givens and check, and watch its proof."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from quizcnn.cli.home import on_terminal
from quizcnn.cli.reading import UNREADABLE, add_decks_option, chosen, complain, report

if TYPE_CHECKING:
    from quizcnn.deck.model import Question

DESCRIPTION = """\
Open a question in the lab: its givens as fields, its check in an editor. Change a number or a line
and the proof is computed anew; beside it stands whether the stored answer still holds, and the
first variant on which it does not. Nothing there touches your progress.
"""


def add(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "lab", help="change a question's givens and check, and watch", description=DESCRIPTION
    )
    command.add_argument(
        "id", metavar="ID", help="deck/id, or the id alone where it is the only one"
    )
    command.add_argument(
        "--variant",
        nargs="+",
        default=[],
        metavar="NAME=VALUE",
        help="begin with other givens: --variant n=9 f=5",
    )
    add_decks_option(command)
    command.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Open the lab; 1 when there is no check yet, 2 when the question or a given is not there."""
    if not on_terminal():
        return UNREADABLE
    from quizcnn.answer.laboratory import Bench
    from quizcnn.cli.opening import open_app, opened
    from quizcnn.deck.model import Variant

    where = chosen(options)
    with opened(where) as room:
        report(room.problems)
        found = room.catalog.find(options.id)
        if isinstance(found, list):
            near = (
                f" Did you mean {', '.join(found)}?" if found else " `quizcnn list` lists them all."
            )
            complain(f"There is no question {options.id!r}.{near}")
            return UNREADABLE
        if not found.check:
            complain(f"{found.key} has no check yet: write one in {found.place.file}.")
            return 1
        given = _given(found, options.variant)
        if given is None:
            return UNREADABLE
        bench = Bench(found, Variant(0, found.given, {}), given=given)
        return open_app(where, room, start=bench)


def _given(question: Question, typed: Sequence[str]) -> Mapping[str, str] | None:
    """The givens that are to be others; None, with a word on stderr, where one cannot be."""
    from quizcnn.answer.offering import right_options
    from quizcnn.deck.typed import NotAGiven, typed_given

    known = dict(question.given)
    for option in right_options(question.answer)[:1]:
        known.update(option.given)
    found: dict[str, str] = {}
    for each in typed:
        name, equals, value = each.partition("=")
        name = name.strip()
        if not equals:
            complain(f"A given is changed as in n=9, and not as in {each[:100]!r}.")
            return None
        if name not in known:
            near = get_close_matches(name[:100], known, n=1) or list(known)
            meant = f" Did you mean {', '.join(near)}?" if near else " It has none."
            complain(f"{question.key} has no given {name[:100]!r}.{meant}")
            return None
        try:
            typed_given(value)
        except NotAGiven as error:
            complain(f"{name}: {error}.")
            return None
        found[name] = value.strip()
    return found
