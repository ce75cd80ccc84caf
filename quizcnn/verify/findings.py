"""Problems of one question gathered over its variants: each told once, with the first variant."""

from __future__ import annotations

from dataclasses import dataclass, field

from quizcnn.check.proof import Proof
from quizcnn.deck.model import Place, Question, Variant
from quizcnn.deck.prose import in_prose
from quizcnn.display import one_line
from quizcnn.verify.report import Finding


@dataclass
class Findings:
    """Collects what is wrong with a question; `total` is how many variants were looked at."""

    question: Question
    total: int = 0
    proof: Proof | None = None
    _first: dict[tuple[str, Place], str] = field(default_factory=dict)
    _variants: dict[tuple[str, Place], set[int]] = field(default_factory=dict)

    def add(
        self,
        code: str,
        message: str,
        place: Place | None = None,
        variant: Variant | None = None,
        seed: int = 0,
        proof: Proof | None = None,
    ) -> None:
        """Note a problem at a place of the question; the same at the same place is told once."""
        subject = (code, place or self.question.place)
        where = situation(variant, seed) if variant else ""
        self._first.setdefault(subject, f"{self.question.key}{where}: {one_line(message, 600)}")
        if variant:
            self._variants.setdefault(subject, set()).add(variant.index)
        if self.proof is None:
            self.proof = proof

    def field(self, name: str) -> Place:
        """Where a field of the question stands; the question where it is left out."""
        return self.question.places.get(name, self.question.place)

    def collected(self) -> tuple[Finding, ...]:
        """What was noted, in the order in which it was first met."""
        found = []
        for (code, place), text in self._first.items():
            more = len(self._variants.get((code, place), ())) - 1
            told = f"{text} ({more} more of {self.total} variants likewise)" if more > 0 else text
            found.append(Finding(code, self.question.key, told, place))
        return tuple(found)


def situation(variant: Variant, seed: int = 0) -> str:
    """A variant's givens and the seed, as a phrase to put behind a question's name.

    >>> situation(Variant(0, {}, {"n": 8, "f": 3}), seed=2)
    ' with n = 8, f = 3, seed = 2'
    """
    named = [f"{name} = {one_line(in_prose(value), 40)}" for name, value in variant.values.items()]
    if seed:
        named.append(f"seed = {seed}")
    return f" with {', '.join(named)}" if named else ""
