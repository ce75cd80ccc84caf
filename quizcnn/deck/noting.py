"""Problems as the catalog notes them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from quizcnn.deck.place import Place, Problem


def problems_to_json(problems: Sequence[Problem]) -> str:
    """Problems of one file, or of several, as JSON."""
    return json.dumps([[*problem.place, problem.message, problem.hint] for problem in problems])


def problems_from_json(text: str, file: str | None = None) -> list[Problem]:
    """The problems of some JSON, their places in `file` where one is named."""
    return [
        Problem(Place(file or there, line, column), message, hint)
        for there, line, column, message, hint in json.loads(text)
    ]
