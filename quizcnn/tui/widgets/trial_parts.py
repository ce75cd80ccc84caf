"""What the proof of a lab's setup shows."""

from __future__ import annotations

from collections.abc import Iterator

from quizcnn.answer.graded import Asked
from quizcnn.answer.laboratory import Bench, Trial
from quizcnn.deck.model import Variant
from quizcnn.tui.prose import QUIET, plain
from quizcnn.tui.widgets.proof_parts import Part, proof_parts


def trial_parts(bench: Bench, trial: Trial) -> Iterator[Part]:
    """The steps as far as they came, and the claims."""
    proof = trial.proof
    if not proof.given and not proof.steps and not proof.claims:
        yield plain("Nothing was computed.", QUIET)
        return
    values = {**bench.variant.values, **dict(proof.given)}
    yield from proof_parts(proof, Asked(bench.question, Variant(-1, {}, values), ""))
