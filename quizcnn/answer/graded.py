"""A question as it was asked, what the learner typed, and what came of it.

Named tuples where nothing is ever replaced in one: see `study.records`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from quizcnn.check.proof import Proof
    from quizcnn.check.value import Value
    from quizcnn.deck.model import Givens, Question, Variant, Wrong


class Asked(NamedTuple):
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


class Malformed(NamedTuple):
    """What was typed cannot be an answer to this question; it costs nothing."""

    message: str


class Read(NamedTuple):
    """What was typed, read: `echo` is shown ("6×6"), `value` is compared.

    A choice and an order are read as a tuple of indices into `Asked.options`.
    """

    text: str
    value: Value
    echo: str


Reading: TypeAlias = Blank | Malformed | Read


class OptionResult(NamedTuple):
    """One option of a choice, judged by the check: `right` is what the computation says."""

    text: str
    right: bool
    value: Value
    because: str
    proof: Proof


class Slip(NamedTuple):
    """The one change of the check that gives a wrong answer.

    `name` says it in words. `proof` is that of the check with the slip made: `code`, run on
    `given`. `before` and `after` are the lines that differ.
    """

    name: str
    value: Value
    proof: Proof
    code: str
    given: Givens
    before: str
    after: str


class NoSlip(NamedTuple):
    """No slip can be named that gives a wrong answer; `reason` says why, for the learner."""

    reason: str


@dataclass(frozen=True, slots=True)
class Graded:
    """An answer beside what was computed.

    `right` is None for recall, where the learner decides. `stored` and `computed` are words for the
    verdict line. `because` says what the learner's wrong answer is the answer to, or "" where it is
    not a known one; `listed` is the question's wrong answer that it is. `slip` is what was found
    when a slip was looked for that gives it (see `naming.slip_behind`), None before.
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
    listed: Wrong | None = None
    slip: Slip | NoSlip | None = None


class Ungraded(NamedTuple):
    """The check failed or contradicts the stored answer: nothing is graded, `reason` says why."""

    asked: Asked
    reason: str
    proof: Proof
