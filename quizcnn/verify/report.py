"""What verifying some decks came to, as frozen plain data."""

from __future__ import annotations

from dataclasses import dataclass

from quizcnn.check.proof import Proof
from quizcnn.deck.model import Place


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold: its code (see `codes`), which question, what, and where.

    `message` names the question, the variant's givens, and the values in question.
    """

    code: str
    key: str
    message: str
    place: Place


@dataclass(frozen=True, slots=True)
class Result:
    """What was found of one question (or of a source that no question covers).

    `proof` is the first failing one. `notes` tell what was left out where, and do not count.
    """

    key: str
    place: Place
    variants: int = 0
    problems: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    proof: Proof | None = None

    @property
    def ok(self) -> bool:
        """Whether everything holds; warnings do not count."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Report:
    """What was found of all questions.

    A wrong answer counts as refuted when it differs from the right one on every variant where it
    is offered, and is offered somewhere; a contrast as flipped when the check comes out
    differently on every variant that it alters. Results of sources come last and count among
    neither `confirmed` nor `failed`.
    """

    questions: int
    variants: int
    confirmed: int
    failed: int
    wrong_answers: int
    wrong_refuted: int
    contrasts: int
    contrasts_flipped: int
    results: tuple[Result, ...]

    @property
    def ok(self) -> bool:
        """Whether every question and every source holds."""
        return all(result.ok for result in self.results)
