"""What came of an answer, in a few lines that are visible without scrolling."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from quizcnn.answer.graded import Graded, Ungraded
from quizcnn.answer.unexplained import slip_words
from quizcnn.deck.model import Kind, Source, Verdict
from quizcnn.study.summary import Outcome
from quizcnn.tui.prose import CAUTION, QUIET, RIGHT, WRONG, join, lines, plain

SHORT = 24
"""Answers up to this length stand side by side on one line."""

SEEKING = "Looking for the slip that gives your answer …"

LOOKS: dict[Outcome | None, str] = {Outcome.RIGHT: "-right", Outcome.WRONG: "-wrong"}


class VerdictBox(Static):
    """Right or wrong, by mark and words; what was answered, what was computed, what was stored."""

    def __init__(self) -> None:
        super().__init__(id="verdict", markup=False)

    def show(
        self,
        graded: Graded | Ungraded,
        outcome: Outcome | None,
        notice: str = "",
        remark: str = "",
        seeking: bool = False,
    ) -> None:
        """Draw the verdict; `outcome` None means that a turned card waits to be judged.

        `notice` says why the answer could not be saved, "" where it was; `remark` what else there
        is to say of it. `seeking`: the slip behind a wrong answer is being looked for.
        """
        if isinstance(graded, Ungraded):
            self.set_classes("-caution")
            self.update(_ungraded(graded))
            return
        self.set_classes(LOOKS.get(outcome, "-open"))
        told = [f"Not saved. {notice}"] if notice else []
        told += [remark] if remark else []
        cautions = [plain(f"⚠ {each}", CAUTION) for each in told]
        self.update(lines([*_lines(graded, outcome, seeking), *cautions]))

    def wait(self) -> None:
        """Say that a check is running."""
        self.set_classes("-open")
        self.update(plain("Running the check …", QUIET))


def _ungraded(ungraded: Ungraded) -> Content:
    return lines(
        [
            plain("⚠ Not graded", CAUTION),
            plain(ungraded.reason),
            plain("This is the question's fault and counts for nothing.", QUIET),
        ]
    )


def _lines(graded: Graded, outcome: Outcome | None, seeking: bool) -> list[Content]:
    recall = graded.asked.question.kind is Kind.RECALL
    shown = [_headline(outcome, recall)]
    if recall:
        shown.append(join(("the answer  ", QUIET), graded.stored))
        if graded.computed:
            shown.append(join(("computed    ", QUIET), graded.computed))
    else:
        shown += _answers(graded)
    if graded.because:
        shown.append(plain(graded.because))
    elif slip := slip_words(graded):
        shown.append(plain(slip))
    elif seeking:
        shown.append(plain(SEEKING, QUIET))  # the line that the slip will stand on
    document = _document(graded.asked.question.source)
    return shown if document is None else [*shown, document]


def _headline(outcome: Outcome | None, recall: bool) -> Content:
    match outcome:
        case Outcome.RIGHT:
            return plain("✓ You knew it." if recall else "✓ Right.", RIGHT)
        case Outcome.WRONG:
            return plain("✗ You did not know it." if recall else "✗ Not right.", WRONG)
        case _:
            return plain("How well did you know it? 1 to 4", "bold")


def _answers(graded: Graded) -> list[Content]:
    yours, computed, stored = graded.read.echo, graded.computed, graded.stored
    named = [("your answer", yours), ("computed", computed), ("stored", stored)]
    if all(len(words) <= SHORT for _, words in named):
        return [Content("   ").join(join((f"{name} ", QUIET), words) for name, words in named)]
    if computed == stored:
        named = [("your answer", yours), ("computed and stored", computed)]
    width = max(len(name) for name, _ in named)
    return [join((f"{name:<{width}}  ", QUIET), words) for name, words in named]


def _document(source: Source | None) -> Content | None:
    if source is None or source.verdict in (None, Verdict.CONFIRMED):
        return None
    return join(
        ("the document's claim is ", QUIET),
        (f"{source.verdict}", CAUTION),
        ": see the end of the proof",
    )
