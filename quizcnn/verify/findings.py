"""Problems of one question gathered over its variants: each told once, on the smallest."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import isfinite

from quizcnn.check.proof import Proof
from quizcnn.deck.model import Place, Question, Variant
from quizcnn.deck.prose import in_prose
from quizcnn.display import one_line
from quizcnn.verify.codes import MEND
from quizcnn.verify.report import Finding


@dataclass(slots=True)
class _Noted:
    """One problem as it was on the smallest variant so far, and on which variants it was."""

    size: tuple[int, Fraction, int]
    message: str
    variant: Variant | None
    seed: int
    proof: Proof | None
    hint: str
    variants: set[int]


@dataclass
class Findings:
    """Collects what is wrong with a question; `total` is how many variants were looked at."""

    question: Question
    total: int = 0
    _noted: dict[tuple[str, Place], _Noted] = field(default_factory=dict)

    def add(
        self,
        code: str,
        message: str,
        place: Place | None = None,
        variant: Variant | None = None,
        seed: int = 0,
        proof: Proof | None = None,
        hint: str | None = None,
    ) -> None:
        """Note a problem at a place of the question; the same at the same place is told once.

        It is told as it is on the smallest variant that has it. `hint` says how to mend it, where
        what its code says of that is not enough.
        """
        subject = (code, place or self.question.place)
        size = smallness(variant, seed)
        noted = self._noted.get(subject)
        seen = noted.variants if noted else set()
        if variant:
            seen.add(variant.index)
        if noted is None or size < noted.size:
            mend = MEND.get(code, "") if hint is None else hint
            self._noted[subject] = _Noted(size, message, variant, seed, proof, mend, seen)

    @property
    def proof(self) -> Proof | None:
        """The proof of the first problem that has one."""
        return next((noted.proof for noted in self._noted.values() if noted.proof), None)

    def field(self, name: str) -> Place:
        """Where a field of the question stands; the question where it is left out."""
        return self.question.places.get(name, self.question.place)

    def collected(self) -> tuple[Finding, ...]:
        """What was noted, in the order in which it was first met."""
        found = []
        for (code, place), noted in self._noted.items():
            where = situation(noted.variant, noted.seed) if noted.variant else ""
            told = f"{self.question.key}{where}: {one_line(noted.message, 600)}"
            if (more := len(noted.variants) - 1) > 0:
                told += f" ({more} more of {self.total} variants likewise)"
            given = tuple(_named(noted.variant)) if noted.variant else ()
            found.append(
                Finding(code, self.question.key, told, place, noted.hint, given, noted.seed)
            )
        return tuple(found)


def smallness(variant: Variant | None, seed: int = 0) -> tuple[int, Fraction, int]:
    """What variants are ordered by: the seed, the sum of the sizes of its numbers, its index.

    >>> few, many = Variant(0, {}, {"n": 8, "f": -3}), Variant(1, {}, {"n": 4, "f": 5.5})
    >>> smallness(many) < smallness(few)
    True
    """
    if variant is None:
        return seed, Fraction(0), 0
    numbers = [
        Fraction(abs(value))
        for value in variant.values.values()
        if isinstance(value, int) or (isinstance(value, float) and isfinite(value))
    ]
    return seed, sum(numbers, Fraction(0)), variant.index


def _named(variant: Variant) -> list[tuple[str, str]]:
    return [(name, one_line(in_prose(value), 40)) for name, value in variant.values.items()]


def situation(variant: Variant, seed: int = 0) -> str:
    """A variant's givens and the seed, as a phrase to put behind a question's name.

    >>> situation(Variant(0, {}, {"n": 8, "f": 3}), seed=2)
    ' with n = 8, f = 3, seed = 2'
    """
    named = [f"{name} = {value}" for name, value in _named(variant)]
    if seed:
        named.append(f"seed = {seed}")
    return f" with {', '.join(named)}" if named else ""
