"""A deck and its questions, as the YAML says them and nothing more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from quizcnn.deck.place import Place as Place  # noqa: PLC0414 - it belongs to the model
from quizcnn.deck.place import Problem as Problem  # noqa: PLC0414

if TYPE_CHECKING:
    from quizcnn.check.job import Given
    from quizcnn.check.value import Value

Givens: TypeAlias = "Mapping[str, Given]"

MANY = 10_000
"""The values of one varied name, and the variants of one question, at most."""


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


@dataclass(frozen=True, slots=True)
class Option:
    """A right option of a choice.

    In the file:

    - `text`: the option's words
    - `given`: the givens under which the check judges it
    """

    text: str
    given: Givens
    place: Place


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong answer: exactly one of `expression` (`is:`), a slip (`given`), or `text`.

    For a choice `text` is the option and `given` its givens; for other kinds a non-empty `given`
    without text is a slip, whose value the check computes.

    In the file:

    - `is`: the wrong answer as an expression over the givens
    - `given`: a slip: givens taken wrongly, from which the check computes the wrong answer; each
      may use the value that it has otherwise, as `{n: n - 1}`. Of a choice: the givens under which
      the check refutes the option
    - `text`: the wrong option of a choice, or the wrong word of a text
    - `because`: what a learner who gives it reads: what it is the answer to, or why it is wrong
    """

    because: str
    place: Place
    expression: str | None = None
    text: str | None = None
    given: Givens = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contrast:
    """An altered situation in which the check must come out differently.

    In the file:

    - `given`: what is given otherwise; each may use the value that it has else, as `{n: 2 * n}`
    - `check`: the check that is run instead
    - `because`: why it must come out differently
    """

    because: str
    place: Place
    given: Givens = field(default_factory=dict)
    check: str | None = None
    check_place: Place | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A named fact.

    In the file:

    - `say`: the fact in words
    - `that`: the fact as an expression over the names of the check
    """

    say: str
    that: str
    place: Place


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A change of the check that changes nothing, and why.

    In the file:

    - `change`: the change's name, or the altered line, as `quizcnn verify --mutants` shows it
    - `because`: why the check computes the same with it
    """

    change: str
    because: str
    place: Place


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a computed float may lie from the stored one: |a − b| ≤ abs, or ≤ rel·|b|.

    In the file:

    - `abs`: how far a value may be off
    - `rel`: how far it may be off, as a share of the right value
    """

    abs: float = 0.0
    rel: float = 0.0


@dataclass(frozen=True, slots=True)
class Source:
    """What a question was drawn from, e.g. `pooling-faq#23`, and what we find of it.

    In the file:

    - `ref`: the entry of the document, such as `pooling-faq#23`
    - `verdict`: what the computation says of the document's claim
    - `says`: what it says, in our words; needed for a verdict of qualified, overstated or wrong
    - `correction`: what we find instead; needed for the same verdicts
    """

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
    `check_place.line + L - 1`, `check_place.column + c - 1`. `check` is "" where the deck says that
    there is none yet: such a question is not asked.

    In the file:

    - `id`: lowercase words joined by `-`. A learner's progress hangs on it: it stays
    - `kind`: how the question is asked: one of the eight kinds
    - `ask`: the question. `{n}` stands for the given n; `{{` and `}}` for the braces themselves
    - `answer`: what is claimed; the check never sees it
    - `check`: the code that computes the answer; its last expression is the computed value.
      `none yet` stands for one that is still to be written: the question is not asked, and `verify`
      says that it has no check yet
    - `given`: names for prose and check: numbers, truth values, or expressions of the check
      language as text. Later ones may use earlier ones. Every check has `seed` too
    - `vary`: for some givens, the values that they take: a range `4..32` (both ends included) or a
      list. All combinations are verified, and a learner meets a fresh one each time
    - `where`: a condition on the givens; other combinations are left out
    - `wrong`: wrong answers, each with a `because` that a learner who gives it will read
    - `contrast`: altered situations in which the computed value must differ from the stored answer
    - `claims`: named facts that must hold; in a recall they stand in place of the last expression
    - `pick`: which value makes an option right: `true` (if left out), or the `max` or `min` of all
    - `tolerance`: `{abs: 0.01}` or `{rel: 0.001}`; needed for values that are not whole
    - `unit`: the answer's unit, such as `parameters`
    - `layout`: what a shape's axes are, where they are not height × width
    - `hint`: a nudge before the answer, in plain words
    - `explain`: what is read after it
    - `tags`: topics, for choosing what to practise
    - `level`: 1 for easy, 2 for middling, 3 for hard
    - `needs`: ids of the questions that come first
    - `source`: the document that it was drawn from, and our verdict on what that claims
    - `timeout`: seconds of processor time, up to 30; 2 if left out
    - `was`: former ids
    - `revision`: a number that goes up when the question's meaning changes
    - `allow`: warnings that are meant, each with its reason: `{giveaway: the usual wrong one}`. The
      codes are `prose-number`, `giveaway` and `rank`
    - `equivalent`: changes of the check that `verify --mutants` finds unnoticed, as they compute
      the same by mathematics
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
    equivalent: tuple[Equivalent, ...] = ()

    @property
    def key(self) -> str:
        """The question's permanent name, `deck/id`."""
        return f"{self.deck}/{self.id}"


@dataclass(frozen=True, slots=True)
class Deck:
    """A file of questions. `place` is where its name stands in the file.

    In the file:

    - `schema`: the form of the file, 1
    - `deck`: the deck's name, lowercase words joined by `-`; a question's permanent key is deck/id
    - `title`: what a learner reads in the list of decks
    - `about`: what the deck is about, and the conventions that it follows
    - `questions`: the questions
    """

    name: str
    title: str
    about: str
    path: Path
    questions: tuple[Question, ...]
    place: Place | None = None


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
