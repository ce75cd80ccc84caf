"""`--deck NAME` and `--tag TAG`, declared and looked up in one way by all that take them."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizcnn.cli.reading import complain

if TYPE_CHECKING:
    from quizcnn.deck.catalog import Catalog

FEW = 20
"""So many names are listed where none is near the one that is not there."""


def add_scope_options(command: ArgumentParser) -> None:
    """Give a command `--deck NAME` and `--tag TAG`, as `options.names` and `options.tags`."""
    for flag, dest, metavar, what in (
        ("--deck", "names", "NAME", "of this deck"),
        ("--tag", "tags", "TAG", "with this tag"),
    ):
        command.add_argument(
            flag, dest=dest, action="append", default=[], metavar=metavar,
            help=f"only questions {what} (may be repeated)",
        )  # fmt: skip


def known(
    catalog: Catalog, decks: Sequence[str], tags: Sequence[str], gone: Sequence[str] = ()
) -> bool:
    """Whether there are all these decks and tags; says on stderr which are not there.

    `gone` are names of decks that were there once, and may be asked for too.
    """
    names = (*(entry.name for entry in catalog.decks()), *gone) if decks else ()
    return all([_known("deck", decks, names), _known("tag", tags, catalog.tags() if tags else ())])


def _known(what: str, names: Sequence[str], there: Sequence[str]) -> bool:
    from difflib import get_close_matches

    unknown = [name for name in names if name not in there]
    for name in unknown:
        near = get_close_matches(name[:100], there, n=1)
        listed = ", ".join(sorted(there)[:FEW]) + (", …" if len(there) > FEW else "")
        meant = f" Did you mean {near[0]}?" if near else f" There are: {listed}."
        complain(f"There is no {what} {name!r}.{meant if there else ''}")
    return not unknown
