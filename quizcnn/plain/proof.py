"""Questions and graded answers as lines of text: no boxes, no colours, no cursor movement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizcnn.answer.comparing import shown
from quizcnn.answer.graded import Graded, OptionResult, Slip
from quizcnn.answer.grading import computed_words
from quizcnn.answer.unexplained import slip_words
from quizcnn.answer.working import Working
from quizcnn.check.proof import Proof
from quizcnn.check.telling import proof_lines
from quizcnn.check.wording import inline
from quizcnn.deck.model import Question, Source
from quizcnn.deck.prose import fill
from quizcnn.display import clean
from quizcnn.pictures.network import network_lines


def option_line(option: OptionResult) -> str:
    """One option of a choice with what the check says of it."""
    verdict = "right" if option.right else "not right"
    because = f" {option.because}" if option.because and not option.right else ""
    return f"  {verdict}: {option.text} (the check gives {inline(option.value)}).{because}"


def source_lines(source: Source | None) -> Iterator[str]:
    """What the document says of this and what we find, where the two differ or need a condition."""
    if source is None or source.verdict is None:
        return
    yield f"Drawn from {source.ref}: {source.verdict}."
    if source.says:
        yield f"  The document says: {source.says}"
    if source.correction:
        yield f"  We find: {source.correction}"


def graded_lines(graded: Graded) -> Iterator[str]:
    """The verdict, the proof, the explanation and what the document says."""
    if graded.right is not None:
        yield "Right." if graded.right else "Wrong."
        yield f"Your answer: {graded.read.echo}"
    if graded.because:
        yield graded.because
    yield f"Computed: {graded.computed}"
    yield f"Stored answer: {graded.stored}"
    yield from evidence_lines(graded.asked.question, graded.proof, graded.options, graded.explain)
    yield from slip_lines(graded)


def slip_lines(graded: Graded) -> Iterator[str]:
    """What a wrong answer is the answer to, with its proof, once it was looked for."""
    words, slip = slip_words(graded), graded.slip
    if words:
        yield words
    if isinstance(slip, Slip):
        yield f"Proof of your {graded.read.echo}, with {slip.name}:"
        yield from (f"  was: {line}" for line in slip.before.splitlines())
        yield from (f"  now: {line}" for line in slip.after.splitlines())
        yield from (f"  {line}" for line in proof_lines(slip.proof))


def worked_lines(working: Working) -> Iterator[str]:
    """A question with its answer and its proof, without anybody having answered."""
    question, values = working.question, working.variant.values
    yield f"{question.key} ({question.kind})"
    yield fill(question.ask, values)
    yield f"Stored answer: {shown(question, working.stored)}"
    if working.trouble:
        yield f"Not confirmed: {working.trouble.reason}"
    else:
        yield f"Computed: {computed_words(working)}"
    explain = fill(question.explain or "", values)
    yield from evidence_lines(question, working.proof, working.options, explain)


def evidence_lines(
    question: Question, proof: Proof, options: Sequence[OptionResult], explain: str
) -> Iterator[str]:
    """The proof, what it says of each option, the explanation, and the document's word."""
    yield "Proof:"
    yield from (option_line(option) for option in options)
    said = {claim.that: claim.say for claim in question.claims}
    yield from (f"  {line}" for line in proof_lines(proof, said))
    for network in proof.networks:
        yield from (f"  {clean(line)}" for line in network_lines(network))
    if explain:
        yield explain
    yield from source_lines(question.source)
