"""`quizcnn verify --watch`: verifies again what changes, whenever a deck is saved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from quizcnn.cli.reading import counted
from quizcnn.display import clean, one_line

if TYPE_CHECKING:
    from quizcnn.verify.watching import Change, Watch

PAUSE = 0.05
"""Seconds between two looks; what was saved is verified at the second look after."""


def watch(paths: Sequence[Path], pause: Callable[[float], object] = time.sleep) -> int:
    """Print what changes in the decks of some paths, until Ctrl-C."""
    from quizcnn.check.client import Worker
    from quizcnn.verify.watching import Watch

    with Worker(apart=True) as worker, suppress(KeyboardInterrupt):
        watched = Watch(paths, worker)
        _tell(watched, quiet=True)
        print(f"Watching {counted(watched.questions)}; end with Ctrl-C.", flush=True)
        while True:
            pause(PAUSE)
            _tell(watched)
    return 0


def _tell(watched: Watch, quiet: bool = False) -> None:
    for change in watched.look():
        for line in told(change, quiet):
            print(clean(line), flush=True)


def told(change: Change, quiet: bool = False) -> Iterator[str]:
    """Lines on what has changed in a file; with `quiet` only on what does not hold."""
    from quizcnn.deck.pointing import Pointer
    from quizcnn.verify.reporting import told as of_result

    pointer = Pointer()
    for problem in change.problems:
        first, *lines = pointer.problem(problem)
        yield f"✗ {first}"
        yield from lines
    for result in change.results:
        yield from of_result(result, pointer, warnings=True)
        if result.ok and not quiet:
            on = f" on {result.variants} variants" if result.variants > 1 else ""
            yield f"✓ {result.key} holds{on}"
    yield from (f"- {key} is gone" for key in change.gone)
    if not (quiet or change.problems or change.results or change.gone):
        yield f"✓ {one_line(str(change.file), 1000)} can be read again; no question has changed"
