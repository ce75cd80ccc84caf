"""What a proof shows, as plain parts: its steps, the options, the claims, the document's word."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TypeAlias

from textual.content import Content

from quizcnn.answer.graded import Asked, Graded, OptionResult, Ungraded
from quizcnn.check.proof import ClaimResult, Failure, Network, Proof, Step
from quizcnn.check.value import Array
from quizcnn.deck.model import Source
from quizcnn.deck.prose import fill
from quizcnn.display import one_line
from quizcnn.pictures.choosing import Labelled, pictures_of, step_pictures
from quizcnn.pictures.network import title
from quizcnn.tui.prose import CAUTION, CODE, QUIET, RIGHT, WRONG, join, letter, plain
from quizcnn.tui.values import value_words

Part: TypeAlias = Content | Labelled
"""Some lines of text, or a picture with its name."""

GAP = Content("")

CHANGED = " ← changed"
"""What marks a line in which a slip was made."""

SAME = ", as before"
"""What marks an array that stands in the proof beside."""

ABOVE = ", as above"
"""What marks an array that an earlier step has made, and has drawn."""


def graded_parts(graded: Graded | Ungraded) -> Iterator[Part]:
    """The explanation, the options, the proof, and what the document says, from top to bottom."""
    if isinstance(graded, Graded):
        if graded.explain:
            yield from (plain(graded.explain), GAP)
        if graded.options:
            yield from (*_options(graded), GAP)
    yield from proof_parts(graded.proof, graded.asked)
    source = graded.asked.question.source
    if isinstance(graded, Graded) and source and source.verdict:
        yield from (GAP, *_document(source))


def _options(graded: Graded) -> Iterator[Content]:
    yield plain("Each option, computed", "bold")
    chosen = graded.read.value if isinstance(graded.read.value, tuple) else ()
    letters = {text: index for index, text in enumerate(graded.asked.options)}
    for option in sorted(graded.options, key=lambda option: letters.get(option.text, 99)):
        index = letters.get(option.text)
        yours = " ← yours" if index is not None and index in chosen else ""
        yield _option(option, "" if index is None else letter(index), yours)


def _option(option: OptionResult, key: str, yours: str) -> Content:
    mark = ("✓ right ", RIGHT) if option.right else ("✗ wrong ", WRONG)
    failure = option.proof.failure
    value = "no value" if failure else value_words(option.value)
    because = f"\n  {option.because}" if option.because else ""
    return join(mark, (f" {key}  ", "bold"), option.text, f"  → {value}", (yours, "bold"), because)


def proof_parts(proof: Proof, asked: Asked) -> Iterator[Part]:
    """The givens, each step with its value, the failure, the claims, the networks."""
    yield plain("The check, step by step", "bold")
    yield from steps_parts(proof)
    if proof.claims:
        said = {
            claim.that: fill(claim.say, asked.variant.values) for claim in asked.question.claims
        }
        yield from (GAP, plain("What it shows", "bold"))
        yield from (_claim(claim, said.get(claim.that, "")) for claim in proof.claims)
    yield from network_parts(proof.networks)


def network_parts(networks: Collection[Network]) -> Iterator[Part]:
    """A table for each network, under its name. They come last: a table may be long."""
    for network in networks:
        named = title(network)
        yield from (GAP, plain(named, "bold"), Labelled(named, network))


def steps_parts(
    proof: Proof, changed: Collection[str] = (), beside: Proof | None = None
) -> Iterator[Part]:
    """The givens, each step with its value, the failure.

    Givens of these names are marked as `changed`; of a proof that stands `beside` another so are
    the steps that are not in it, and arrays that it shows too are not drawn again.
    """
    yield from _given(proof, changed)
    sources = {step.source for step in beside.steps} if beside else set()
    named = {step.name: step.value for step in proof.steps if step.name}
    for step, pictures in zip(proof.steps, step_pictures(proof.steps), strict=True):
        if beside and step in beside.steps:
            yield _step_words(step, (SAME, QUIET) if pictures else ("", ""))
        elif pictures and step.source in named and step.value == named[step.source]:
            yield _step_words(step, (ABOVE, QUIET))
        else:
            yield from _step(step, pictures, changed=bool(beside) and step.source not in sources)
    if proof.failure:
        yield failure_words(proof.failure)


def _given(proof: Proof, changed: Collection[str]) -> Iterator[Part]:
    small = [(name, value) for name, value in proof.given if not isinstance(value, Array)]
    if small:
        words = [
            join(f"{name} = {value_words(value)}", (CHANGED if name in changed else "", CAUTION))
            for name, value in small
        ]
        yield join(("with ", QUIET), Content(", ").join(words))
    for name, value in proof.given:
        if isinstance(value, Array):
            mark = CHANGED if name in changed else ""
            yield join(("with ", QUIET), f"{name} = {value_words(value)}", (mark, CAUTION))
            yield Labelled(name, value)
        else:
            yield from _labelled(pictures_of(value), name, told=True)


def _step(step: Step, pictures: Sequence[Labelled], changed: bool) -> Iterator[Part]:
    yield _step_words(step, (CHANGED if changed else "", CAUTION))
    yield from _labelled(pictures, step.name or one_line(step.source, 60))


def _labelled(pictures: Sequence[Labelled], name: str, told: bool = False) -> Iterator[Part]:
    for label, picture in pictures:
        if label or told:
            yield plain(f"    {name}{label}", QUIET)
        yield Labelled(f"{name}{label}", picture)


def _step_words(step: Step, mark: tuple[str, str]) -> Content:
    several = "\n" in step.source.strip()
    arrow = ("\n→ " if several else "  → ", QUIET)
    return join((step.source, CODE), arrow, value_words(step.value), mark)


def failure_words(failure: Failure) -> Content:
    """Why there is no value, and where."""
    where = ""
    if failure.given:
        where = f" in the given {failure.given}"
    elif failure.line:
        where = f" in line {failure.line}"
    return join((f"⚠ stopped{where} ({failure.kind}): ", CAUTION), failure.message)


def _claim(claim: ClaimResult, say: str) -> Content:
    words = say or claim.that
    that = (f"\n  {claim.that}" if say else "", CODE)
    if claim.holds is None:
        reason = claim.failure.message if claim.failure else ""
        return join(("? not computed  ", CAUTION), words, that, f"\n  {reason}" if reason else "")
    mark = ("✓ holds  ", RIGHT) if claim.holds else ("✗ fails  ", WRONG)
    return join(mark, words, that)


def _document(source: Source) -> Iterator[Content]:
    yield join(("The document ", "bold"), f"({source.ref}): ", (f"{source.verdict}", "bold"))
    if source.says:
        yield join(("the document says  ", QUIET), source.says)
    if source.correction:
        yield join(("we find  ", QUIET), source.correction)
