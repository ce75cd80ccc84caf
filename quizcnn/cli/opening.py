"""Opening the app: the only place in the command line that reaches for the TUI."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quizcnn.cli.reading import read_sources

if TYPE_CHECKING:
    from quizcnn.deck.catalog import Catalog


def open_app(catalog: Catalog, where: Sequence[Path], start: Sequence[str] | None) -> int:
    """Run the app on these decks, at home or straight into practice of the decks in `start`."""
    from quizcnn.check.client import Worker
    from quizcnn.tui.app import QuizApp

    sources, problems = read_sources(where)
    app = QuizApp(
        catalog.decks,
        (*catalog.problems, *problems),
        lambda: Worker(apart=True),
        sources,
        None if start is None else tuple(start),
        random.Random(),
    )
    app.run()
    return app.return_code or 0
