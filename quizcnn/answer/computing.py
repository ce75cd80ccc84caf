"""What a question's check comes to in one situation: a variant, a slip, a contrast."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from quizcnn.answer.batch import Batch, Ticket
from quizcnn.answer.comparing import fits, number_of, same, truth_of
from quizcnn.answer.graded import OptionResult
from quizcnn.answer.offering import candidates
from quizcnn.answer.own_value import at_own_place, with_own_values
from quizcnn.check.job import Job
from quizcnn.check.proof import Proof
from quizcnn.check.value import Value
from quizcnn.check.wording import inline
from quizcnn.deck.model import Givens, Kind, Pick, Question, Variant
from quizcnn.deck.prose import fill

NO_GIVENS: Givens = {}

WANTED: dict[Kind, str] = {
    Kind.NUMBER: "a finite number",
    Kind.SHAPE: "a shape",
    Kind.ARRAY: "an array of finite numbers",
    Kind.TRUE_FALSE: "true or false",
    Kind.TEXT: "a text",
    Kind.ORDER: "a tuple of texts",
    Kind.RECALL: "true or false",
}


@dataclass(frozen=True, slots=True)
class Computed:
    """The check's value, of a choice the texts of the options found right.

    `failure` says in plain words why there is no value that could be an answer, and `claim_failure`
    why a claim does not hold; both are "" where there is nothing to say. `proof` is the one to
    show: the run that failed, else the (first right option's) run.
    """

    value: Value
    proof: Proof
    options: tuple[OptionResult, ...] = ()
    failure: str = ""
    claim_failure: str = ""

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """Every run behind this value: one, of a choice one for each option."""
        return tuple(option.proof for option in self.options) or (self.proof,)


Pending: TypeAlias = Callable[[], Computed]
"""Gives what was computed, once its batch has run."""


def compute(
    batch: Batch,
    question: Question,
    variant: Variant,
    seed: int,
    *,
    given: Givens = NO_GIVENS,
    check: str | None = None,
    claims: bool = True,
) -> Pending:
    """Queue the check of `question` on `variant`, with `given` instead of its own givens.

    `check` stands in for the question's own; without `claims` only the value is asked for.
    """
    code = question.check if check is None else check
    asserted = tuple(claim.that for claim in question.claims) if claims else ()
    if question.kind is Kind.CHOICE:
        return _compute_options(batch, question, variant, seed, given, code, asserted)
    situation = with_own_values(variant.given, given)
    needs_value = question.kind is not Kind.RECALL or not question.claims
    ticket = batch.add(Job(code, situation, asserted, seed, needs_value, deck=question.deck))

    def collect() -> Computed:
        proof = at_own_place(ticket(), variant.given, given)
        failure = failed(proof)
        if not failure and needs_value and not fits(question.kind, proof.value):
            failure = f"The check gives {inline(proof.value)}, not {WANTED[question.kind]}."
        return Computed(proof.value, proof, (), failure, claims_failing(question, variant, proof))

    return collect


def _compute_options(
    batch: Batch,
    question: Question,
    variant: Variant,
    seed: int,
    given: Givens,
    code: str,
    claims: tuple[str, ...],
) -> Pending:
    """Queue the check once for each option of a choice."""
    options = candidates(question, variant)
    # the claims hold of what the answer says, so they are asked where a right option is given
    tickets = [
        batch.add(
            Job(
                code,
                with_own_values({**variant.given, **option.given}, given),
                claims if option.right else (),
                seed,
                deck=question.deck,
            )
        )
        for option in options
    ]

    def collect() -> Computed:
        proofs = [ticket() for ticket in tickets]
        for option, proof in zip(options, proofs, strict=True):
            failure = failed(proof) or _no_verdict(question.pick, proof.value)
            if failure:
                return Computed(None, proof, (), f"For “{option.text}”: {failure}")
        rights = _picked(question, [proof.value for proof in proofs])
        results = tuple(
            OptionResult(option.text, right, proof.value, option.because, proof)
            for option, proof, right in zip(options, proofs, rights, strict=True)
        )
        value = tuple(result.text for result in results if result.right)
        unheld = [
            (claim, proof)
            for proof in proofs
            if (claim := claims_failing(question, variant, proof))
        ]
        claim_failure, shown = unheld[0] if unheld else ("", proofs[0])
        return Computed(value, shown, results, "", claim_failure)

    return collect


def _no_verdict(pick: Pick, value: Value) -> str:
    if pick is Pick.TRUE:
        return (
            "" if truth_of(value) is not None else f"The check gives {inline(value)}, no verdict."
        )
    return "" if fits(Kind.NUMBER, value) else f"The check gives {inline(value)}, not a number."


def _picked(question: Question, values: Sequence[Value]) -> list[bool]:
    """Which of the options' values make their option right."""
    if question.pick is Pick.TRUE:
        return [truth_of(value) is True for value in values]
    numbers = [number for value in values if (number := number_of(value)) is not None]
    best = max(numbers) if question.pick is Pick.MAX else min(numbers)
    return [same(Kind.NUMBER, value, best, question.tolerance) for value in values]


def failed(proof: Proof) -> str:
    """Why a proof has no value, in plain words; "" where it has one."""
    failure = proof.failure
    if failure is None:
        return ""
    where = f" (line {failure.line})" if failure.line else ""
    named = f", in the given {failure.given}" if failure.given else ""
    match failure.kind:
        case "timeout":
            return f"The check did not end in time: {failure.message}{named}"
        case "died":
            return f"The check's process ended: {failure.message}{named}"
        case _:
            return f"The check cannot be computed{named}: {failure.message}{where}"


def claims_failing(question: Question, variant: Variant, proof: Proof) -> str:
    """Which claims do not hold, in plain words; "" where all hold."""
    said = {claim.that: fill(claim.say, variant.values) for claim in question.claims}
    unheld = [
        f"“{said.get(claim.that, claim.that)}”"
        + (f" cannot be computed ({claim.failure.message})" if claim.failure else " does not hold")
        for claim in proof.claims
        if claim.holds is not True
    ]
    return "; ".join(unheld)


def expression(batch: Batch, question: Question, code: str, variant: Variant, seed: int) -> Ticket:
    """Queue an expression of the question's author over the variant's givens."""
    return batch.add_formula(Job(code, variant.given, seed=seed, deck=question.deck))
