"""A deck and its questions, as the YAML says them and nothing more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, TypeAlias

from quizcnn.check.job import Given
from quizcnn.check.value import Value

Givens: TypeAlias = Mapping[str, Given]


class Kind(StrEnum):
    """How a question is asked, and so how its answer is read and compared."""

    NUMBER = "number"
    SHAPE = "shape"
    ARRAY = "array"
    CHOICE = "choice"
    TRUE_FALSE = "true_false"
    TEXT = "text"
    ORDER = "order"
    RECALL = "recall"


class Verdict(StrEnum):
    """What the computation says of the document's claim."""

    CONFIRMED = "confirmed"
    QUALIFIED = "qualified"
    OVERSTATED = "overstated"
    WRONG = "wrong"
    OFF_TOPIC = "off topic"


class Pick(StrEnum):
    """Which options of a choice are right: those that are true, or the largest or smallest."""

    TRUE = "true"
    MAX = "max"
    MIN = "min"


class Place(NamedTuple):
    """Where something stands in a file; line and column count from 1."""

    file: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Option:
    """A right option of a choice, and the givens under which the check judges it."""

    text: str
    given: Givens
    place: Place


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong answer: exactly one of `expression` (`is:`), a slip (`given`), or `text`.

    For a choice `text` is the option and `given` its givens; for other kinds a non-empty `given`
    without text is a slip, whose value the check computes.
    """

    because: str
    place: Place
    expression: str | None = None
    text: str | None = None
    given: Givens = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contrast:
    """An altered situation in which the check must come out differently."""

    because: str
    place: Place
    given: Givens = field(default_factory=dict)
    check: str | None = None
    check_place: Place | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A named fact: `say` in words, `that` as an expression over the check's names."""

    say: str
    that: str
    place: Place


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a computed float may lie from the stored one: |a − b| ≤ abs, or ≤ rel·|b|."""

    abs: float = 0.0
    rel: float = 0.0


@dataclass(frozen=True, slots=True)
class Source:
    """What a question was drawn from, e.g. `pooling-faq#23`, and what we find of it."""

    ref: str
    verdict: Verdict | None = None
    says: str = ""
    correction: str = ""


Answer: TypeAlias = str | bool | tuple[str, ...] | tuple[Option, ...]
"""number, shape, array: an expression. true_false: a bool. choice: options. text: accepted
spellings. order: the items in order. recall: prose."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a deck.

    `places` says where everything in it stands in the file, by dotted path: `answer`, `given.n`,
    `wrong.0.is`, `claims.1.that`. Of a text it is the place of its first character. `check_place`
    is the place of the check's first character: line L, column c of the code stand at
    `check_place.line + L - 1`, `check_place.column + c - 1`.
    """

    deck: str
    id: str
    kind: Kind
    ask: str
    check: str
    answer: Answer
    place: Place
    places: Mapping[str, Place]
    check_place: Place
    given: Givens = field(default_factory=dict)
    vary: Mapping[str, Sequence[Given]] = field(default_factory=dict)
    where: str | None = None
    wrong: tuple[Wrong, ...] = ()
    contrast: tuple[Contrast, ...] = ()
    claims: tuple[Claim, ...] = ()
    pick: Pick = Pick.TRUE
    tolerance: Tolerance | None = None
    unit: str | None = None
    layout: str | None = None
    hint: str | None = None
    explain: str | None = None
    tags: tuple[str, ...] = ()
    level: int | None = None
    needs: tuple[str, ...] = ()
    source: Source | None = None
    timeout: float = 2.0
    was: tuple[str, ...] = ()
    revision: int = 1
    allow: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The question's permanent name, `deck/id`."""
        return f"{self.deck}/{self.id}"


@dataclass(frozen=True, slots=True)
class Deck:
    """A file of questions. `place` is where its name stands in the file."""

    name: str
    title: str
    about: str
    path: Path
    questions: tuple[Question, ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a deck from being read: where, what, and how to mend it."""

    place: Place
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" + (f" ({self.hint})" if self.hint else "")


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One entry of `sources.yaml`: a question of the document, its title in our own words."""

    ref: str
    title: str
    verdict: Verdict
    reason: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """A question with its givens chosen. `values` are the givens evaluated, for the prose.

    `index` 0 is the canonical variant, as `given` has it.
    """

    index: int
    given: Givens
    values: Mapping[str, Value]
