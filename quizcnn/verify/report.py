"""What verifying some decks came to, as frozen plain data."""

from __future__ import annotations

from dataclasses import dataclass

from quizcnn.check.proof import Proof
from quizcnn.deck.model import Place, Problem


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold: its code (see `codes`), which question, what, and where.

    `message` names the question, the givens of the smallest variant that has it, and the values in
    question; `given` and `seed` are that variant's, as text. `hint` says how to mend it.
    """

    code: str
    key: str
    message: str
    place: Place
    hint: str = ""
    given: tuple[tuple[str, str], ...] = ()
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What was found of one question (or of a source that no question covers).

    `proof` is that of the first problem that has one. `notes` tell what was left out where, and do
    not count.
    """

    key: str
    place: Place
    variants: int = 0
    problems: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
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
    neither `confirmed` nor `failed`. `kept` of the questions were not computed again; `isolation`
    tells the walls round the checks that ran, "" where that is not known. `unread` is what keeps
    files from being read, which are left out.
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
    kept: int = 0
    isolation: str = ""
    unread: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every question and every source holds, of the files that could be read."""
        return all(result.ok for result in self.results)
