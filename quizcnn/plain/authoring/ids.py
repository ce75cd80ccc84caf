"""An id proposed for a question, from its words."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import chain, count

from quizcnn.deck.skeleton import slug

_UNTELLING = """
and are does each for from has have how into its many much than that the their then there these
they this what when which while will with without
"""
UNTELLING = frozenset(_UNTELLING.split())
"""Words that say little of what a question is about."""


def proposed_id(ask: str, taken: Collection[str]) -> str:
    """An id made of a question's telling words, which no other question has.

    >>> proposed_id("What size comes out of a pool of {k}×{k} windows?", ())
    'size-comes-out-pool-windows'
    >>> proposed_id("Is it {n}?", ("question",))
    'question-2'
    """
    words = slug(re.sub(r"\{.*?\}", " ", ask), 40).split("-")
    telling = [word for word in words if len(word) > 2 and word not in UNTELLING]
    begin = "-".join(telling[:5]) or "question"
    numbered = (f"{begin}-{number}" for number in count(2))
    return next(one for one in chain([begin], numbered) if one not in taken)
