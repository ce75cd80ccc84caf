"""How rows of the table are written for operations of `quizcnn.nn`."""

from __future__ import annotations

from typing import Any

from quizcnn.check.entry import Entry


def nn_entry(name: str, arguments: str, says: str, **more: Any) -> Entry:
    """The row of an operation: `says` is its line of help, `more` are fields of Entry."""
    return Entry(name, arguments, says, room="nn", **more)


def seeded_entry(name: str, arguments: str, says: str, **more: Any) -> Entry:
    """The row of an operation that draws random numbers from its argument `seed`."""
    return nn_entry(name, arguments, says, seeded=True, **more)
