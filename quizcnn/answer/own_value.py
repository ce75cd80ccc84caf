"""Givens of a slip or a contrast that speak of their own value, as `{d: d - 1}` does.

What is written for a given stands in its place, where its name has no value yet. So the expression
becomes a function of the value that the given has otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from quizcnn.check.job import Given
from quizcnn.check.proof import Proof


def with_own_values(plain: Mapping[str, Given], altered: Mapping[str, Given]) -> dict[str, Given]:
    """The givens `plain` with some altered; these may use the value that they had.

    >>> with_own_values({"n": 8, "d": 4}, {"d": "d - 1"})
    {'n': 8, 'd': '(lambda d: (d - 1\\n))(4\\n)'}
    """
    found = {**plain, **altered}
    for name, value in altered.items():
        if _own(name, value, plain):  # a comment ends with its line
            found[name] = f"{_lead(name)}{value}\n))({plain[name]}\n)"
    return found


def at_own_place(proof: Proof, plain: Mapping[str, Given], altered: Mapping[str, Given]) -> Proof:
    """A proof whose failure is where its author has written the expression."""
    failure = proof.failure
    if failure is None or failure.given is None or failure.column is None:
        return proof
    name = failure.given
    if failure.line != 1 or not _own(name, altered.get(name), plain):
        return proof
    column = max(1, failure.column - len(_lead(name)))
    return replace(proof, failure=replace(failure, column=column))


def _lead(name: str) -> str:
    return f"(lambda {name}: ("


def _own(name: str, value: Given | None, plain: Mapping[str, Given]) -> bool:
    if not isinstance(value, str) or name not in plain:
        return False
    return re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", value) is not None
