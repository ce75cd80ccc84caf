"""Home: the decks, how far one is in each, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from quizcnn.deck.model import Deck, Problem
from quizcnn.study.session import Session
from quizcnn.tui.prose import CAUTION, QUIET, join, lines, plain
from quizcnn.tui.sitting import Sitting
from quizcnn.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from quizcnn.tui.app import QuizApp

ALL = "all decks"
FINDINGS = "findings"

MOTTO = "Every answer here is computed, not believed."
ABOUT = {
    ALL: "All questions, deck by deck.",
    FINDINGS: "Where the computation contradicts the document, or adds a condition.",
}
NO_DECKS = "There are no questions to practise: no deck could be read."


class DeckList(OptionList):
    """The list of decks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "select", "practise", key_display="Enter")
    ]


class HomeScreen(Screen[None]):
    """A list of decks to practise; Enter starts one, or goes on where it was left.

    `sittings` are those under way, also with missed questions or from the findings.
    """

    app: QuizApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "findings", "findings"),
        Binding("question_mark", "app.help", "keys", key_display="?"),
        Binding("q", "app.quit", "quit"),
        Binding("colon", "app.command_palette", "commands", key_display=":"),
    ]

    def __init__(
        self,
        decks: Sequence[Deck],
        problems: Sequence[Problem],
        findings: int,
        sittings: Mapping[str, Sitting],
    ) -> None:
        super().__init__()
        self._decks = decks
        self._problems = problems
        self._findings = findings
        self._sittings = sittings

    def compose(self) -> ComposeResult:
        yield TitleBar("quizcnn", MOTTO)
        if self._decks:
            yield DeckList(id="decks", markup=False)
            yield Static(id="about", markup=False)
        else:
            yield Static(plain(NO_DECKS, CAUTION), markup=False, id="no-decks")
        if self._problems:
            with VerticalScroll(id="problems"):
                yield Static(_problems(self._problems), markup=False)
        yield Footer(show_command_palette=False, compact=True)

    def on_screen_resume(self) -> None:
        self._list()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What was not found cannot be shown."""
        return bool(self._findings) if action == "findings" else True

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id == FINDINGS:
            self.action_findings()
        elif event.option_id is not None:
            self.app.practise(event.option_id)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        about = {deck.name: deck.about for deck in self._decks} | ABOUT
        self.query_one("#about", Static).update(plain(about.get(event.option_id or "", "")))

    def action_findings(self) -> None:
        self.app.show_findings()

    def _list(self) -> None:
        """Put the decks on the list afresh: how far one is may have changed."""
        for listing in self.query(DeckList):
            at = listing.highlighted or 0
            listing.clear_options()
            listing.add_options(self._options())
            listing.highlighted = at
            listing.focus()

    def _options(self) -> list[Option | None]:
        rows = [(deck.name, deck.title, len(deck.questions)) for deck in self._decks]
        if len(rows) > 1:
            rows.insert(0, (ALL, "All decks", sum(questions for *_, questions in rows)))
        known = {name for name, *_ in rows}
        rows += [
            (name, sitting.title, sitting.session.total)
            for name, sitting in self._sittings.items()
            if name not in known
        ]
        options: list[Option | None] = [self._option(*row) for row in rows]
        if self._findings:
            count = _count(self._findings, "entry", "entries")
            said = join(("What the document gets wrong", "bold"), (f"   {count}", QUIET))
            options += [None, Option(said, FINDINGS)]
        return options

    def _option(self, name: str, title: str, questions: int) -> Option:
        sitting = self._sittings.get(name)
        state = _state(sitting.session) if sitting else ""
        count = _count(questions, "question", "questions")
        return Option(join((title, "bold"), (f"   {count}", QUIET), state), name)


def _state(session: Session) -> Content:
    summary = session.summary()
    at = min(session.position, session.total)
    return plain(f"   at {at} of {session.total}: ✓ {summary.right}  ✗ {summary.wrong}")


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _problems(problems: Sequence[Problem]) -> Content:
    head = plain(f"⚠ {_count(len(problems), 'problem', 'problems')} in the decks", CAUTION)
    return lines([head, *(plain(str(problem)) for problem in problems)])
