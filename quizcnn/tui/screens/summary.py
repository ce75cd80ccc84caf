"""The summary: what came of a session, and the missed questions to repeat."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from quizcnn.display import clean, one_line
from quizcnn.study.store.errors import StoreError
from quizcnn.study.summary import MISSED, Outcome, Result, Summary, Tally
from quizcnn.tui.background import start
from quizcnn.tui.prose import CAUTION, QUIET, RIGHT, WRONG, join, lines, plain
from quizcnn.tui.screens.proof import ProofScreen
from quizcnn.tui.sitting import Sitting
from quizcnn.tui.widgets.key_bar import KeyBar
from quizcnn.tui.widgets.listing import Listing
from quizcnn.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from quizcnn.tui.app import QuizApp

MARKS = {
    Outcome.RIGHT: ("✓ right", RIGHT),
    Outcome.WRONG: ("✗ wrong", WRONG),
    Outcome.SKIPPED: ("– skipped", QUIET),
    Outcome.UNGRADED: ("⚠ not graded", CAUTION),
}


NOTHING = "Nothing was asked. At home `c` crams a deck, whatever is due."
"""What a session without a question says."""


class ResultList(Listing):
    """The answers of an exam, each with its proof to be looked at."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "select", "its proof", key_display="Enter"),
    ]

    def __init__(self, results: Sequence[Result]) -> None:
        options = [
            Option(
                join(MARKS[result.outcome], f"  {one_line(result.prompt)}"),
                str(number),
                disabled=result.graded is None,
            )
            for number, result in enumerate(results)
        ]
        super().__init__(*options, markup=False, id="results")


class SummaryScreen(Screen[None]):
    """Counts, the questions worth repeating, and tallies by deck and tag."""

    app: QuizApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "repeat", "repeat the missed"),
        Binding("u", "undo", "undo"),
        Binding("question_mark", "app.help", "keys", key_display="?"),
        Binding("enter,space,q,escape", "app.pop_screen", "home", key_display="Enter"),
    ]

    def __init__(self, sitting: Sitting, take_up: Callable[[Sitting], None]) -> None:
        super().__init__()
        self._sitting = sitting
        self._title = sitting.title
        self._summary = sitting.session.summary()
        self._take_up = take_up

    def compose(self) -> ComposeResult:
        yield TitleBar(self._title, "done")
        with VerticalScroll(id="summary"):
            exam = not self._sitting.session.reveals
            for part in _parts(self._summary, exam):
                yield Static(part, markup=False, classes="part")
            if exam:
                yield ResultList(self._summary.results)
        yield KeyBar()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There may be nothing to repeat, or to take back."""
        if action == "undo":
            return self._sitting.session.can_undo
        return bool(self._summary.missed) if action == "repeat" else True

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        result = self._summary.results[int(event.option_id or 0)]
        if result.graded is not None:
            self.app.push_screen(ProofScreen(result.graded, result.outcome))

    def action_repeat(self) -> None:
        self.app.repeat(self._title, self._summary.missed)

    def action_undo(self) -> None:
        start(self, self._undo, exclusive=True)

    async def _undo(self) -> None:
        try:
            await asyncio.to_thread(self._sitting.undo)
        except StoreError as error:
            self.notify(clean(str(error)), severity="warning", markup=False)
            return
        self._take_up(self._sitting)


def _parts(summary: Summary, exam: bool) -> list[Content]:
    # What an exam's time left unanswered is not right either.
    asked = summary.asked + (summary.left if exam else 0)
    counts = [plain(f"{summary.right} of {asked} right." if asked else NOTHING)]
    also = [
        (summary.wrong, Outcome.WRONG),
        (summary.skipped, Outcome.SKIPPED),
        (summary.ungraded, Outcome.UNGRADED),
    ]
    counts += [join(f"{number:>3}  ", MARKS[outcome]) for number, outcome in also if number]
    if summary.left:
        waits = "1 question waits" if summary.left == 1 else f"{summary.left} questions wait"
        counts.append(plain(f"{waits} still." if not exam else "The time was over.", QUIET))
    if summary.returns:
        counts.append(plain(f"The next one is due in {summary.returns}.", QUIET))
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
