"""Everything computed about one variant of a question: the answer, and the wrong answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from quizcnn.answer.batch import Batch
from quizcnn.answer.comparing import fits, same, shown
from quizcnn.answer.computing import (
    WANTED,
    Computed,
    compute,
    expression,
    failed,
)
from quizcnn.answer.graded import OptionResult
from quizcnn.answer.offering import candidates, stored_value
from quizcnn.check.job import Checker
from quizcnn.check.proof import Proof
from quizcnn.check.value import Value
from quizcnn.check.wording import inline
from quizcnn.deck.model import Kind, Question, Variant, Wrong
from quizcnn.deck.prose import fill

TroubleCode: TypeAlias = Literal["check", "time", "claim", "answer", "wrong"]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the computation does not confirm the stored answer.

    check: the check has no value. time: it did not end. claim: a claim does not hold. answer: the
    stored answer differs or cannot be computed. wrong: an option listed as wrong is right.
    """

    code: TroubleCode
    reason: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class WrongResult:
    """A wrong answer on one variant: its value, and why it is left out there ("" where it is not).

    `failure` says why it could not be computed.
    """

    wrong: Wrong
    because: str
    value: Value = None
    left_out: str = ""
    failure: str = ""

    @property
    def offered(self) -> bool:
        """Whether it is a wrong answer on this variant."""
        return not self.left_out


@dataclass(frozen=True, slots=True)
class Working:
    """What was computed of one variant. `stored` and `computed` are texts for a choice.

    `trouble` is None where the check confirms the stored answer. `wrong` is empty where wrong
    answers were not asked for.
    """

    question: Question
    variant: Variant
    seed: int
    stored: Value
    computed: Computed
    trouble: Trouble | None
    wrong: tuple[WrongResult, ...] = ()

    @property
    def proof(self) -> Proof:
        """The proof to show: the failing one, if any."""
        return self.trouble.proof if self.trouble else self.computed.proof

    @property
    def right(self) -> Value:
        """What an answer is held against: the computed value, of a text the accepted spellings."""
        return self.stored if self.question.kind is Kind.TEXT else self.computed.value

    @property
    def options(self) -> tuple[OptionResult, ...]:
        """A choice's options as the check judges them."""
        return self.computed.options

    def matched(self, value: Value) -> WrongResult | None:
        """The offered wrong answer that `value` is, None where it is not a known one."""
        kind, tolerance = self.question.kind, self.question.tolerance
        known = [result for result in self.wrong if result.offered]
        hits = [result for result in known if same(kind, value, result.value, tolerance)]
        if len(hits) > 1:
            hits = [result for result in hits if same(kind, value, result.value)] or hits
        return next(iter(hits), None)


Plan: TypeAlias = Callable[[], Working]
"""Gives the working, once its batch has run."""

PlanWrong: TypeAlias = Callable[[Value], tuple[WrongResult, ...]]
"""Gives the wrong answers beside the right value, once their batch has run."""


def work(
    question: Question,
    variants: Sequence[tuple[Variant, int]],
    checker: Checker,
    wrong: bool = True,
    trace: bool = False,
) -> list[Working]:
    """Everything computed of some (variant, seed) of `question`, run together.

    Without `wrong` the wrong answers are not computed (a choice's options always are). With
    `trace` the proofs tell the windows that were slid.
    """
    batch = Batch(trace=trace)
    plans = [plan(batch, question, variant, seed, wrong) for variant, seed in variants]
    batch.run(checker, question.timeout)
    return [collect() for collect in plans]


def wrong_answers(working: Working, checker: Checker) -> tuple[WrongResult, ...]:
    """The wrong answers on a variant whose answer has been computed."""
    batch = Batch()
    collect = plan_wrong(batch, working.question, working.variant, working.seed)
    batch.run(checker, working.question.timeout)
    return collect(working.right)


def plan(batch: Batch, question: Question, variant: Variant, seed: int, wrong: bool = True) -> Plan:
    """Queue all that is to be computed of one variant."""
    pending = compute(batch, question, variant, seed)
    is_expression = isinstance(question.answer, str) and question.kind is not Kind.RECALL
    answer = (
        expression(batch, question, str(question.answer), variant, seed) if is_expression else None
    )
    rest = plan_wrong(batch, question, variant, seed) if wrong else None

    def collect() -> Working:
        computed = pending()
        proof = answer() if answer else Proof()
        stored = proof.value if answer else stored_value(question, variant)
        trouble = trouble_of(question, computed, stored, proof)
        right = stored if question.kind is Kind.TEXT else computed.value
        found = rest(right) if rest and not computed.failure else ()
        return Working(question, variant, seed, stored, computed, trouble, found)

    return collect


def trouble_of(
    question: Question, computed: Computed, stored: Value, answer: Proof
) -> Trouble | None:
    """Why what was computed does not confirm the stored answer, None where it does.

    `answer` is the proof of the stored answer's expression, an empty one where it is none.
    """
    proof = computed.proof
    if computed.failure:
        late = proof.failure is not None and proof.failure.kind == "timeout"
        return Trouble("time" if late else "check", computed.failure, proof)
    if failure := failed(answer):
        reason = failure.replace("The check", "The stored answer", 1)
        return Trouble("answer", reason, answer)
    if computed.claim_failure:
        return Trouble("claim", f"A claim fails: {computed.claim_failure}.", proof)
    if question.kind is Kind.RECALL:
        holds = bool(question.claims) or computed.value is True
        return None if holds else Trouble("answer", "The check gives false.", proof)
    if not fits(question.kind, stored):
        wanted = WANTED.get(question.kind, "an option")
        return Trouble("answer", f"The stored answer is {inline(stored)}, not {wanted}.", answer)
    if question.kind is Kind.CHOICE:
        return _option_trouble(computed, stored if isinstance(stored, tuple) else ())
    if agrees(question, computed.value, stored):
        return None
    return Trouble(
        "answer",
        f"The stored answer is {shown(question, stored)}, "
        f"but the check computes {shown(question, computed.value)}.",
        proof,
    )


def _option_trouble(computed: Computed, stored: tuple[Value, ...]) -> Trouble | None:
    astray = [option for option in computed.options if option.right != (option.text in stored)]
    if not astray:
        return None
    claimed = "; ".join(f"“{text}”" for text in stored)
    found = "; ".join(f"“{option.text}”" for option in computed.options if option.right) or "none"
    values = ", ".join(f"{inline(option.value)} for “{option.text}”" for option in astray)
    denied = next((option for option in astray if option.text in stored), None)
    reason = (
        f"The stored answer is {claimed}, but the check finds {found} right: it gives {values}."
        if denied
        else f"“{astray[0].text}” is listed as wrong, but the check finds it right: gives {values}."
    )
    return Trouble("answer" if denied else "wrong", reason, (denied or astray[0]).proof)


def agrees(question: Question, computed: Value, stored: Value) -> bool:
    """Whether the computed value is the stored answer; whole numbers are held to be exact."""
    whole = isinstance(computed, int) and isinstance(stored, int)
    return same(question.kind, computed, stored, None if whole else question.tolerance)


def plan_wrong(batch: Batch, question: Question, variant: Variant, seed: int) -> PlanWrong:
    """Queue the wrong answers' values: of a choice there are none to compute."""
    pending = [_value(batch, question, wrong, variant, seed) for wrong in question.wrong]

    def collect(right: Value) -> tuple[WrongResult, ...]:
        results: list[WrongResult] = []
        for wrong, get in zip(question.wrong, pending, strict=True):
            value, failure = get()
            earlier = [result.value for result in results if result.offered]
            left_out = failure or _alike(question, value, right, earlier)
            because = fill(wrong.because, variant.values)
            results.append(WrongResult(wrong, because, value, left_out, failure))
        return tuple(results)

    return collect


def _alike(question: Question, value: Value, right: Value, earlier: Sequence[Value]) -> str:
    """Why a wrong answer is none here, "" where it is one."""
    kind, tolerance = question.kind, question.tolerance
    if kind is not Kind.CHOICE and same(kind, value, right, tolerance):
        return f"It equals the right answer, {shown(question, right)}."
    if any(same(kind, value, other, tolerance) for other in earlier):
        return f"It equals another wrong answer, {shown(question, value)}."
    return ""


def _value(
    batch: Batch, question: Question, wrong: Wrong, variant: Variant, seed: int
) -> Callable[[], tuple[Value, str]]:
    """Queue one wrong answer: gives its value, and why there is none, once the batch has run."""
    if question.kind is Kind.CHOICE:
        shown_ones = [
            option.text for option in candidates(question, variant) if option.wrong is wrong
        ]
        hidden = "" if shown_ones else "It reads like another option."
        return lambda: (tuple(shown_ones), hidden)
    if wrong.text is not None:
        text = fill(wrong.text, variant.values)
        return lambda: (text, "")
    if wrong.expression is None:
        pending = compute(batch, question, variant, seed, given=wrong.given, claims=False)

        def slip() -> tuple[Value, str]:
            computed = pending()
            return computed.value, computed.failure

        return slip
    if question.kind is Kind.TRUE_FALSE and wrong.expression.lower() in ("true", "false"):
        truth = wrong.expression.lower() == "true"
        return lambda: (truth, "")
    ticket = expression(batch, question, wrong.expression, variant, seed)

    def evaluated() -> tuple[Value, str]:
        proof = ticket()
        failure = failed(proof).replace("The check", "It", 1)
        if not failure and not fits(question.kind, proof.value):
            failure = f"It is {inline(proof.value)}, not {WANTED[question.kind]}."
        return proof.value, failure

    return evaluated
