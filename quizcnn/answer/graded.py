"""A question as it was asked, what the learner typed, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from quizcnn.check.proof import Proof
from quizcnn.check.value import Value
from quizcnn.deck.model import Question, Variant


@dataclass(frozen=True, slots=True)
class Asked:
    """A variant of a question as the learner meets it.

    `options` are the texts shown, in the order shown: of a choice, all options; of an order, its
    items shuffled; empty for other kinds.
    """

    question: Question
    variant: Variant
    prompt: str
    options: tuple[str, ...] = ()
    hint: str | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Blank:
    """Nothing was typed."""


@dataclass(frozen=True, slots=True)
class Malformed:
    """What was typed cannot be an answer to this question; it costs nothing."""

    message: str


@dataclass(frozen=True, slots=True)
class Read:
    """What was typed, read: `echo` is shown ("6×6"), `value` is compared.

    A choice and an order are read as a tuple of indices into `Asked.options`.
    """

    text: str
    value: Value
    echo: str


Reading: TypeAlias = Blank | Malformed | Read


@dataclass(frozen=True, slots=True)
class OptionResult:
    """One option of a choice, judged by the check: `right` is what the computation says."""

    text: str
    right: bool
    value: Value
    because: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class Graded:
    """An answer beside what was computed.

    `right` is None for recall, where the learner decides. `stored` and `computed` are words for the
    verdict line. `because` says what the learner's wrong answer is the answer to, or "" where it is
    not a known one.
    """

    asked: Asked
    read: Read
    right: bool | None
    stored: str
    computed: str
    proof: Proof
    options: tuple[OptionResult, ...] = ()
    because: str = ""
    explain: str = ""


@dataclass(frozen=True, slots=True)
class Ungraded:
    """The check failed or contradicts the stored answer: nothing is graded, `reason` says why."""

    asked: Asked
    reason: str
    proof: Proof
