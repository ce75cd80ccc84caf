"""Keys of a person's own, as far as there are any: few have them, and a start waits for this."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from quizcnn.study.settings.keys import load_keys, problem

if TYPE_CHECKING:
    from quizcnn.deck.place import Problem

Keymap: TypeAlias = Mapping[str, tuple[str, ...]]
"""The keys of an action, by its name."""


def own_keys(settings: Path) -> tuple[Keymap, tuple[Problem, ...]]:
    """The keys in the settings file as far as they can be used, and what is wrong with others."""
    keys, problems = load_keys(settings)
    if not keys:
        return {}, problems
    from quizcnn.tui.keymap import checked  # noqa: PLC0415

    good, wrong = checked(keys)
    return good, (*problems, *(problem(settings, *each) for each in wrong.items()))
