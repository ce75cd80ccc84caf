"""A proof told as lines of text: no boxes, no colours, no cursor movement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quizcnn.check.proof import ClaimResult, Proof, Step
from quizcnn.check.value import Array
from quizcnn.check.wording import inline, rows
from quizcnn.display import clean

LARGEST_DRAWN = 144
"""Arrays of more elements are told by their shape and extremes."""


def proof_lines(proof: Proof, said: Mapping[str, str] | None = None) -> Iterator[str]:
    """What a check was given, each of its steps with the value, its claims, and why it failed.

    `said` has a claim's words for its expression. Every line is clean (see `quizcnn.display`).

    >>> from quizcnn.check.proof import Step
    >>> for line in proof_lines(Proof(given=(("n", 8),), steps=(Step("n // 2", 1, None, 4),))):
    ...     print(line)
    given n = 8
    n // 2
      gives 4
    """
    yield from (clean(line) for line in _lines(proof, said or {}))


def _lines(proof: Proof, said: Mapping[str, str]) -> Iterator[str]:
    for name, value in proof.given:
        yield f"given {name} = {inline(value)}"
    for step in proof.steps:
        yield from step.source.splitlines()
        yield from (f"  {line}" for line in _value(step))
    for claim in proof.claims:
        yield f"{_verdict(claim)}: {said.get(claim.that, claim.that)}"
    if proof.failure:
        yield f"no value: {proof.failure.message}"


def _value(step: Step) -> Iterator[str]:
    value = step.value
    if not isinstance(value, Array) or not value.shape:
        yield f"gives {inline(value)}"
        return
    yield f"gives an array of shape {inline(value.shape)}"
    if value.data and len(value.data) <= LARGEST_DRAWN:
        yield from (f"  {row}" for row in rows(value))
    elif value.low is not None and value.high is not None:
        yield f"  values from {inline(value.low)} to {inline(value.high)}"


def _verdict(claim: ClaimResult) -> str:
    if claim.failure:
        return f"not computed ({claim.failure.message})"
    return "holds" if claim.holds else "does not hold"
