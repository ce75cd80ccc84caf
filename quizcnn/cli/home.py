"""`quizcnn`: the home screen."""

from __future__ import annotations

import sys

from quizcnn import paths
from quizcnn.cli.reading import complain

NO_TERMINAL = (
    "quizcnn draws on a terminal, and here is none. In a pipe or with a screen reader use "
    "`quizcnn practice --plain`; `quizcnn --help` lists the commands that need no terminal."
)


def on_terminal() -> bool:
    """Whether both ends are a terminal; says what to do instead where they are not."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        return True
    complain(NO_TERMINAL)
    return False


def run() -> int:
    """Open the app on its home screen; decks that cannot be read are listed there."""
    if not on_terminal():
        return 2
    from quizcnn.cli.opening import open_app, opened

    where = paths.decks()
    with opened(where) as room:
        return open_app(where, room, start=None)
