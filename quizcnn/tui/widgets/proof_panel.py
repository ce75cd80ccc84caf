"""The proof: each step with its value, the options, the claims, and what the document says."""

from __future__ import annotations

from collections.abc import Iterator

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from quizcnn.answer.graded import Asked, Graded, OptionResult, Ungraded
from quizcnn.check.proof import ClaimResult, Failure, Proof, Step
from quizcnn.check.value import Array
from quizcnn.deck.model import Source
from quizcnn.deck.prose import fill
from quizcnn.tui.prose import (
    CAUTION,
    CODE,
    QUIET,
    RIGHT,
    WRONG,
    join,
    letter,
    lines,
    plain,
    value_words,
)
from quizcnn.tui.widgets.array_view import ArrayView

LATER = "The check runs once you have answered, and its proof will stand here."


class ProofPanel(VerticalScroll, can_focus=True):
    """A scrollable proof. The arrow keys, Page Up and Page Down scroll it."""

    def __init__(self) -> None:
        super().__init__(id="proof")
        self.border_title = "Proof"

    async def show(self, graded: Graded | Ungraded) -> None:
        """Draw the proof of an answer, or as much as there is where the check failed."""
        await self._fill(list(_parts(graded)))

    async def empty(self) -> None:
        """Show that there is no proof yet."""
        await self._fill([_text(plain(LATER, QUIET))])

    async def _fill(self, widgets: list[Widget]) -> None:
        with self.app.batch_update():
            await self.remove_children()
            await self.mount_all(widgets)
            self.scroll_home(animate=False)


def _text(content: Content, classes: str = "") -> Static:
    return Static(content, markup=False, classes=classes)


def _parts(graded: Graded | Ungraded) -> Iterator[Widget]:
    question = graded.asked.question
    if isinstance(graded, Graded):
        if graded.explain:
            yield _text(plain(graded.explain), "explain")
        if graded.options:
            yield _text(lines(list(_options(graded))), "part")
    yield from _proof(graded.proof, graded.asked)
    if isinstance(graded, Graded) and question.source:
        yield from _document(question.source)


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


def _proof(proof: Proof, asked: Asked) -> Iterator[Widget]:
    yield _text(plain("The check, step by step", "bold"), "part")
    if proof.given:
        given = ", ".join(f"{name} = {value_words(value)}" for name, value in proof.given)
        yield _text(join(("with ", QUIET), given))
    for step in proof.steps:
        yield from _step(step)
    if proof.failure:
        yield _text(_failure(proof.failure))
    if proof.claims:
        values = asked.variant.values
        said = {claim.that: fill(claim.say, values) for claim in asked.question.claims}
        claims = [_claim(claim, said.get(claim.that, "")) for claim in proof.claims]
        yield _text(lines([plain("What it shows", "bold"), *claims]), "part")


def _step(step: Step) -> Iterator[Widget]:
    several = "\n" in step.source.strip()
    arrow = ("\n→ " if several else "  → ", QUIET)
    yield _text(join((step.source, CODE), arrow, value_words(step.value)), "step")
    if isinstance(step.value, Array):
        yield ArrayView(step.value)


def _failure(failure: Failure) -> Content:
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


def _document(source: Source) -> Iterator[Widget]:
    if source.verdict is None:
        return
    shown = [join(("The document ", "bold"), f"({source.ref}): ", (f"{source.verdict}", "bold"))]
    if source.says:
        shown.append(join(("the document says  ", QUIET), source.says))
    if source.correction:
        shown.append(join(("we find  ", QUIET), source.correction))
    yield _text(lines(shown), "part")
