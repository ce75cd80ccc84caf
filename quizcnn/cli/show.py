"""`quizcnn show ID`: one question with its answer and its proof."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING

from quizcnn.cli.reading import UNREADABLE, add_decks_option, chosen, complain, read_decks
from quizcnn.display import clean

if TYPE_CHECKING:
    from quizcnn.deck.model import Question


def add(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "show",
        help="show one question with its answer and proof",
        description="Show one question with its answer and the proof of it.",
    )
    command.add_argument(
        "id", metavar="ID", help="deck/id, or the id alone where it is the only one"
    )
    command.add_argument(
        "--python", action="store_true", help="print the check as a script that runs by itself"
    )
    command.add_argument(
        "--window",
        metavar="ROW,COLUMN",
        nargs="?",
        const="0,0",
        help="tell how a cell of each convolution's and pool's output comes about",
    )
    add_decks_option(command)
    command.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Print the question; 1 when its check does not confirm the answer, 2 when it is not there."""
    with read_decks(chosen(options)) as (catalog, _):
        found = catalog.find(options.id)
    if isinstance(found, list):
        near = f" Did you mean {', '.join(found)}?" if found else " `quizcnn list` lists them all."
        complain(f"There is no question {options.id!r}.{near}")
        return UNREADABLE
    if not found.check:
        return _unchecked(found, options.python)
    return _script(found) if options.python else _proof(found, options.window)


def _unchecked(question: Question, python: bool) -> int:
    """Say that there is no check yet, after the question and what is claimed of it."""
    if not python:
        from quizcnn.deck.stated import ask, right_answers

        print(clean(f"{question.key} ({question.kind})"))
        print(clean(ask(question)))
        print(clean(f"Stored answer: {', '.join(right_answers(question))}"))
    complain(f"{question.key} has no check yet: write one in {question.place.file}.")
    return 1


def _script(question: Question) -> int:
    from quizcnn.answer.offering import right_options
    from quizcnn.check.script import script

    given = dict(question.given)
    for option in right_options(question.answer)[:1]:
        given.update(option.given)
    claims = [claim.that for claim in question.claims]
    print(clean(script(question.check, given, claims=claims)))
    return 0


def _proof(question: Question, window: str | None) -> int:
    from quizcnn.answer.watching import slid
    from quizcnn.answer.working import work
    from quizcnn.check.client import Worker
    from quizcnn.deck.variants import VariantError, variants
    from quizcnn.plain.proof import worked_lines
    from quizcnn.plain.windows import told_windows

    with Worker() as worker:
        try:
            canonical = variants(question, worker)[0]
        except VariantError as error:
            complain(str(error))
            return 1
        working = work(question, [(canonical, 0)], worker, wrong=False, trace=window is not None)[0]
    for line in worked_lines(working):
        print(clean(line))
    if window is not None:
        for line in told_windows(slid(working.proof, working.options), window):
            print(clean(line))
    return 1 if working.trouble else 0
