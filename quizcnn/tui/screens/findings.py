"""What the document gets wrong: each entry that the computation does not simply confirm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from quizcnn.deck.model import Verdict
from quizcnn.study.findings import Finding
from quizcnn.study.records import Mode, Request
from quizcnn.tui.prose import CAUTION, QUIET, WRONG, join, lines, plain
from quizcnn.tui.widgets.key_bar import KeyBar
from quizcnn.tui.widgets.listing import Listing
from quizcnn.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from quizcnn.tui.app import QuizApp

STYLES = {
    Verdict.WRONG: WRONG,
    Verdict.OVERSTATED: WRONG,
    Verdict.QUALIFIED: CAUTION,
    Verdict.OFF_TOPIC: QUIET,
}
MEANING = {
    Verdict.WRONG: "the computation contradicts it",
    Verdict.OVERSTATED: "it claims more than holds",
    Verdict.QUALIFIED: "true under a condition that it leaves out",
    Verdict.OFF_TOPIC: "not about convolutional networks",
}


class FindingList(Listing):
    """The list of findings."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "select", "practise this", key_display="Enter"),
    ]


class FindingsScreen(Screen[None]):
    """The findings, the gravest first; Enter practises the questions drawn from one."""

    app: QuizApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "app.help", "keys", key_display="?"),
        Binding("q,escape", "app.pop_screen", "home", key_display="q"),
    ]

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__()
        self._findings = findings

    def compose(self) -> ComposeResult:
        counts = {finding.verdict: 0 for finding in self._findings}
        for finding in self._findings:
            counts[finding.verdict] += 1
        state = ", ".join(f"{number} {verdict}" for verdict, number in counts.items())
        yield TitleBar("What the document gets wrong", state)
        yield FindingList(*self._options(), markup=False, id="findings")
        yield KeyBar()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        finding = self._findings[int(event.option_id or 0)]
        keys = tuple(question.key for question in finding.questions)
        self.app.practise(Request(Mode.CRAM, keys=keys), finding.title)

    def _options(self) -> list[Option | None]:
        options: list[Option | None] = []
        for number, finding in enumerate(self._findings):
            if options:
                options.append(None)
            option = Option(_entry(finding), str(number), disabled=not finding.questions)
            options.append(option)
        return options


def _entry(finding: Finding) -> Content:
    verdict = finding.verdict
    parts = [
        join((verdict.upper(), STYLES[verdict]), (f"  {MEANING[verdict]}", QUIET)),
        join((finding.title, "bold"), (f"  {finding.ref}", QUIET)),
    ]
    # The questions drawn from one entry say much the same: one of them is enough here.
    for says, correction in finding.contrasts[:1]:
        if says:
            parts.append(join(("the document says  ", QUIET), says))
        if correction:
            parts.append(join(("we find  ", QUIET), correction))
    if finding.reason:
        parts.append(plain(finding.reason))
    return lines(parts)
