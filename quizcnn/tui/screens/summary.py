"""The summary: what came of a session, and the missed questions to repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from quizcnn.display import one_line
from quizcnn.study.summary import MISSED, Outcome, Summary, Tally
from quizcnn.tui.prose import CAUTION, QUIET, RIGHT, WRONG, join, lines, plain
from quizcnn.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from quizcnn.tui.app import QuizApp

MARKS = {
    Outcome.RIGHT: ("✓ right", RIGHT),
    Outcome.WRONG: ("✗ wrong", WRONG),
    Outcome.SKIPPED: ("– skipped", QUIET),
    Outcome.UNGRADED: ("⚠ not graded", CAUTION),
}


class SummaryScreen(Screen[None]):
    """Counts, the questions worth repeating, and tallies by deck and tag."""

    app: QuizApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "repeat", "repeat the missed"),
        Binding("question_mark", "app.help", "keys", key_display="?"),
        Binding("enter,space,q,escape", "app.pop_screen", "home", key_display="Enter"),
    ]

    def __init__(self, title: str, summary: Summary) -> None:
        super().__init__()
        self._title = title
        self._summary = summary

    def compose(self) -> ComposeResult:
        yield TitleBar(self._title, "done")
        with VerticalScroll(id="summary"):
            for part in _parts(self._summary):
                yield Static(part, markup=False, classes="part")
        yield Footer(show_command_palette=False, compact=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There may be nothing to repeat."""
        return bool(self._summary.missed) if action == "repeat" else True

    def action_repeat(self) -> None:
        self.app.repeat(self._title, self._summary.missed)


def _parts(summary: Summary) -> list[Content]:
    counts = [join(f"{summary.right} of {summary.asked} right.")]
    also = [
        (summary.wrong, Outcome.WRONG),
        (summary.skipped, Outcome.SKIPPED),
        (summary.ungraded, Outcome.UNGRADED),
    ]
    counts += [join(f"{number:>3}  ", MARKS[outcome]) for number, outcome in also if number]
    parts = [lines(counts)]
    if summary.missed:
        parts.append(lines([plain("Worth repeating (r)", "bold"), *_missed(summary)]))
    elif summary.asked and not summary.ungraded:
        parts.append(plain("Nothing was missed."))
    if len(summary.by_deck) > 1:
        parts.append(_tallies("By deck", summary.by_deck))
    if summary.by_tag:
        parts.append(_tallies("By tag", summary.by_tag))
    return parts


def _missed(summary: Summary) -> list[Content]:
    return [
        join(MARKS[result.outcome], f"  {one_line(result.prompt)}")
        for result in summary.results
        if result.outcome in MISSED
    ]


def _tallies(title: str, tallies: tuple[Tally, ...]) -> Content:
    width = max(len(tally.name) for tally in tallies)
    rows = [
        join(f"{tally.name:<{width}}  {tally.right} of {tally.asked} right") for tally in tallies
    ]
    return lines([plain(title, "bold"), *rows])
