"""A question taken apart: its givens and its check altered, and what they come to then.

What stands in the lab is text, as typed. Only the worker runs it, as it runs a deck's own code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from quizcnn.answer.batch import Batch
from quizcnn.answer.comparing import fits, shown
from quizcnn.answer.computing import (
    WANTED,
    Computed,
    claims_failing,
    compute,
    expression,
    failed,
)
from quizcnn.answer.graded import Graded, Slip
from quizcnn.answer.offering import Candidate, candidates, right_options, stored_value
from quizcnn.answer.working import agrees
from quizcnn.check.job import Checker, Given, Job
from quizcnn.check.proof import Failure, Proof
from quizcnn.check.script import script
from quizcnn.check.value import Value
from quizcnn.check.wording import inline
from quizcnn.deck.characters import unseen_in
from quizcnn.deck.model import Givens, Kind, Question, Variant
from quizcnn.deck.prose import fill
from quizcnn.deck.typed import NotAGiven, as_typed, typed_given

SEED = "seed"
"""What the field is called from which random numbers come; no given can be."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What is taken into the lab: a question on one of its variants, of a choice for one option.

    `option` is the option's place among `options_of`. `given` are givens that are to be others,
    as typed. `slip` is what the learner's wrong answer was the answer to.
    """

    question: Question
    variant: Variant
    seed: int = 0
    option: int = 0
    given: Mapping[str, str] = field(default_factory=dict)
    slip: Slip | None = None


@dataclass(frozen=True, slots=True)
class Setup:
    """What stands in the lab: the givens as typed, by name, the seed too, and the code.

    Of a choice the check runs for one option, `option` is its place among `options_of`, and its
    givens stand among the others.
    """

    given: Mapping[str, str]
    code: str
    option: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with what was typed, in words.

    It stands in the given named by `given`, or in the code where that is "". `line` and `column`
    count from 1, None where nothing can be pointed at.
    """

    message: str
    given: str = ""
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """What a setup came to.

    `fault` is what keeps it from having a value. `holds` says whether the deck's answer is right
    for these givens, None where that cannot be told, and `verdict` tells it in words.
    """

    setup: Setup
    proof: Proof
    fault: Fault | None = None
    holds: bool | None = None
    verdict: str = ""


def bench_of(graded: Graded) -> Bench:
    """The question as it was asked and answered: of a choice with the option that was chosen."""
    asked, chosen, option = graded.asked, graded.read.value, 0
    if asked.question.kind is Kind.CHOICE and isinstance(chosen, tuple) and chosen:
        [first] = chosen[:1]
        texts = [one.text for one in candidates(asked.question, asked.variant)]
        option = texts.index(asked.options[first]) if isinstance(first, int) else 0
    slip = graded.slip if isinstance(graded.slip, Slip) else None
    return Bench(asked.question, asked.variant, asked.seed, option, slip=slip)


def options_of(bench: Bench) -> tuple[Candidate, ...]:
    """A choice's options, one of which the check runs for; none for other kinds."""
    question = bench.question
    return candidates(question, bench.variant) if question.kind is Kind.CHOICE else ()


def begin(bench: Bench, option: int | None = None) -> Setup:
    """What the lab begins with; of a choice with another `option` than the bench's, if given."""
    options = options_of(bench)
    option = bench.option if option is None else option
    given = {**bench.variant.given, **(options[option].given if options else {})}
    typed = {name: as_typed(value) for name, value in given.items()}
    typed |= {name: text for name, text in bench.given.items() if name in typed}
    return Setup({**typed, SEED: str(bench.seed)}, bench.question.check.rstrip(), option)


def with_slip(bench: Bench, slip: Slip) -> Setup:
    """The lab with the slip made that gave the learner's answer."""
    typed = {name: as_typed(value) for name, value in slip.given.items()}
    return Setup({**typed, SEED: str(bench.seed)}, slip.code.rstrip(), bench.option)


def asked_words(bench: Bench, found: Trial | None = None) -> str:
    """The question as it would be asked with the givens of a setup that was run."""
    given = dict(found.proof.given) if found else {}
    return fill(bench.question.ask, {**bench.variant.values, **given})


def givens_of(setup: Setup) -> tuple[Givens, int] | Fault:
    """The givens and the seed of a setup, or what is wrong with the first that cannot be read."""
    given: dict[str, Given] = {}
    for name, text in setup.given.items():
        try:
            given[name] = typed_given(text)
        except NotAGiven as error:
            return Fault(f"{error}.", name)
    seed = given.pop(SEED, 0)
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        return Fault("the seed is a whole number, 0 or more.", SEED)
    return given, seed


def trial(bench: Bench, setup: Setup, checker: Checker) -> Trial:
    """Run a setup. Blocks for as long as its checks take, and never raises for what they do."""
    question = bench.question
    read = givens_of(setup)
    if isinstance(read, Fault):
        return Trial(setup, Proof(), read)
    if fault := _unseen(setup.code):
        return Trial(setup, Proof(), fault)
    given, seed = read
    if question.kind is Kind.CHOICE:
        return _option_trial(bench, setup, given, seed, checker)
    batch = Batch(trace=True)
    claims = tuple(claim.that for claim in question.claims)
    needs_value = question.kind is not Kind.RECALL or not claims
    job = Job(setup.code, given, claims, seed, needs_value, deck=question.deck)
    ticket = batch.add(job)
    situation = Variant(-1, given, {})
    has_formula = isinstance(question.answer, str) and question.kind is not Kind.RECALL
    formula = (
        expression(batch, question, str(question.answer), situation, seed) if has_formula else None
    )
    batch.run(checker, question.timeout)
    proof = ticket()
    if proof.failure is not None:
        return Trial(setup, proof, _fault(proof.failure))
    if needs_value and not fits(question.kind, proof.value):
        wanted = f"the check gives {inline(proof.value)}, not {WANTED[question.kind]}."
        return Trial(setup, proof, Fault(wanted))
    situation = replace(situation, values=dict(proof.given))
    return _judged(question, situation, setup, proof, formula() if formula else None)


def _judged(
    question: Question, situation: Variant, setup: Setup, proof: Proof, formula: Proof | None
) -> Trial:
    """Whether the stored answer still holds, and every claim."""
    unheld = claims_failing(question, situation, proof)
    if question.kind is Kind.RECALL or unheld:
        holds = not unheld and (bool(question.claims) or proof.value is True)
        said = f"does not hold: {unheld}" if unheld else "every claim holds"
        said = said if question.claims else f"the check gives {inline(proof.value)}"
        return Trial(setup, proof, None, holds, said)
    if formula is not None and (why := failed(formula)):
        why = why.replace("The check", f"answer {question.answer}", 1)
        return Trial(setup, proof, None, False, why)
    stored = formula.value if formula else stored_value(question, situation)
    holds = agrees(question, proof.value, stored)
    verdict = "holds" if holds else f"does not hold, the check gives {shown(question, proof.value)}"
    said = f"{verdict}: answer {_stated(question, stored)}"
    return Trial(setup, proof, None, holds, said)


def _stated(question: Question, stored: Value) -> str:
    """The stored answer as it is written, and what that comes to where it is a formula."""
    words = shown(question, stored)
    if question.kind not in (Kind.NUMBER, Kind.SHAPE, Kind.ARRAY):
        return words
    written = " ".join(str(question.answer).split())
    return words if written == words else f"{written} = {words}"


def _option_trial(bench: Bench, setup: Setup, given: Givens, seed: int, checker: Checker) -> Trial:
    """A choice's check, run for the option that is in the lab, and beside it for all others."""
    chosen, question = options_of(bench)[setup.option], bench.question
    batch = Batch(trace=True)
    altered = altered_question(bench, setup, given)
    pending = compute(batch, altered, Variant(-1, altered.given, bench.variant.values), seed)
    ticket = batch.add(Job(setup.code, given, (), seed, deck=question.deck))
    batch.run(checker, question.timeout)
    proof, computed = ticket(), pending()
    if proof.failure is not None:
        return Trial(setup, proof, _fault(proof.failure))
    return _option_judged(setup, proof, chosen, computed)


def _option_judged(setup: Setup, proof: Proof, chosen: Candidate, computed: Computed) -> Trial:
    if computed.failure:
        return Trial(setup, proof, None, None, computed.failure)
    found = next(option for option in computed.options if option.text == chosen.text)
    listed = "right" if chosen.right else "wrong"
    holds = chosen.right == found.right
    gives = f"the check gives {inline(proof.value)}, and the option is listed as {listed}"
    return Trial(setup, proof, None, holds, f"{'holds' if holds else 'does not hold'}: {gives}")


def altered_question(bench: Bench, setup: Setup, given: Givens) -> Question:
    """The question with a setup's givens and code in place of its own."""
    question, variant = bench.question, bench.variant
    if question.kind is not Kind.CHOICE:
        return replace(question, given=given, check=setup.code)
    chosen = options_of(bench)[setup.option]
    there = {name: given[name] for name in chosen.given}
    own = {name: old if name in there else given[name] for name, old in variant.given.items()}
    altered = replace(question, given=own, check=setup.code)
    if chosen.wrong is not None:
        wrong = tuple(
            replace(one, given=there) if one is chosen.wrong else one for one in question.wrong
        )
        return replace(altered, wrong=wrong)
    answer = tuple(
        replace(one, given=there) if fill(one.text, variant.values) == chosen.text else one
        for one in right_options(question.answer)
    )
    return replace(altered, answer=answer)


def as_python(bench: Bench, setup: Setup) -> str:
    """A setup as a script that runs by itself.

    A given that cannot be read stands in it as it was typed.
    """
    given: dict[str, Given] = {}
    for name, text in setup.given.items():
        try:
            given[name] = typed_given(text)
        except NotAGiven:
            given[name] = text
    seed = given.pop(SEED, 0)
    claims = [claim.that for claim in bench.question.claims]
    return script(setup.code, given, seed if isinstance(seed, int) else 0, claims)


def _unseen(code: str) -> Fault | None:
    """Why code may not even be looked at: as in a deck, it has no characters that nobody sees."""
    found = unseen_in(code)
    for number, line in enumerate(code.split("\n"), 1):
        for column, character in enumerate(line, 1):
            if character in found:
                tab = "a tab: use spaces"
                named = f"U+{ord(character):04X}, {found[character]}, has no place here"
                return Fault(f"{tab if character == chr(9) else named}.", "", number, column)
    return None


def _fault(failure: Failure) -> Fault:
    message = failure.message if failure.message.endswith(".") else f"{failure.message}."
    return Fault(message, failure.given or "", failure.line, failure.column)
