"""Keys that may have been meant by a misspelt one."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest

from quizcnn.deck.messages import pairs

LIKELY = 50
"""So many of the keys are compared thoroughly: those with most pairs of letters in common."""

LONGEST = 100
"""Of a longer text only the begin is compared."""


def nearest(text: str, keys: Sequence[str]) -> list[str]:
    """The keys, or else the keys of the ids, that are most like a text; nearest first.

    >>> nearest("no-paramters", ["layers/no-parameters", "layers/depth"])
    ['layers/no-parameters']
    """
    ids = {key.partition("/")[2]: key for key in keys}
    text = text[:LONGEST]
    near = _close(text, keys) or _close(text, tuple(ids))
    return [ids.get(name, name) for name in near]


def _close(text: str, names: Sequence[str]) -> list[str]:
    if len(names) > LIKELY:
        sought = pairs(text)
        names = nlargest(LIKELY, names, key=lambda name: len(sought & pairs(name)) / len(name))
    from difflib import get_close_matches  # noqa: PLC0415 - few keys are misspelt

    return get_close_matches(text, names, n=3)
