"""Keys of a person's own: the table `[keys]` of the settings file, keys by an action's name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from quizcnn.deck.messages import quoted
from quizcnn.deck.place import Place, Problem
from quizcnn.study.settings.file import UnreadableError, line_of, read_table, read_text

TABLE = "keys"

EXAMPLE = 'such as practice.hint = "h" or practice.next = ["n", "space"]'


def load_keys(path: Path) -> tuple[dict[str, tuple[str, ...]], tuple[Problem, ...]]:
    """The keys for each action as they are written, and what of the table cannot be read.

    What is wrong with the file as a whole is told by `file.load`.
    """
    try:
        text = read_text(path)
        table = read_table(text).get(TABLE, {})
    except (FileNotFoundError, UnreadableError):
        return {}, ()
    found: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for name, written in _entries(table):
        keys = [written] if isinstance(written, str) else written
        if isinstance(keys, list) and keys and all(isinstance(key, str) and key for key in keys):
            found[name] = tuple(keys)
        else:
            problems.append(problem(path, name, f"expected a key or a list of keys: {EXAMPLE}"))
    return found, tuple(problems)


def problem(path: Path, name: str, why: str) -> Problem:
    """What is wrong with the keys of one action, at its line."""
    text = read_text(path)
    line = max(line_of(text, name), line_of(text, name.rpartition(".")[2]))
    return Problem(Place(str(path), line), f"keys of {quoted(name)}: {why}", "")


def _entries(table: object, above: str = "") -> Iterator[tuple[str, object]]:
    """The entries with their full names, `practice.hint`, however the table is nested."""
    if not isinstance(table, Mapping):
        yield above or TABLE, table
        return
    for name, value in table.items():
        full = f"{above}.{name}" if above else str(name)
        if isinstance(value, Mapping):
            yield from _entries(value, full)
        else:
            yield full, value
