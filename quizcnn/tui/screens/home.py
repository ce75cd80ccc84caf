"""Home: the decks, how far one is in each, and what could not be read."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from quizcnn.display import clean
from quizcnn.study.records import Mode, Request, Scope
from quizcnn.study.store.errors import StoreError
from quizcnn.study.study import Standing
from quizcnn.tui.background import start
from quizcnn.tui.prose import CAUTION, QUIET, join, lines, plain
from quizcnn.tui.widgets.deck_list import DeckList, Row, drawn, mastery_words
from quizcnn.tui.widgets.key_bar import KeyBar
from quizcnn.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from quizcnn.deck.catalog import DeckEntry
    from quizcnn.deck.place import Problem
    from quizcnn.study.queue import Waiting
    from quizcnn.tui.app import QuizApp
    from quizcnn.tui.sitting import Sitting

FINDINGS = "findings"

MARGIN = 6
"""Columns beside the list and the problems: the padding, and the bar with which they scroll."""

MOTTO = "Every answer here is computed, not believed."
ALL = "What is due today in all decks, and some new questions."
DISPUTED = "Where the computation contradicts the document, or adds a condition."
NO_DECKS = "There are no questions to practise: no deck could be read."


class HomeScreen(Screen[None]):
    """A list of decks to practise; Enter starts one, or goes on where it was left.

    `sittings` are the sessions under way, also with missed questions or from the findings.
    `notice` says why nothing will be saved, "" where all will be.
    """

    app: QuizApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "open('cram')", "cram"),
        Binding("e", "open('exam')", "exam"),
        Binding("b,slash", "browse", "browse", key_display="b"),
        Binding("s", "statistics", "stats"),
        Binding("o", "settings", "settings"),
        Binding("u", "undo", "undo"),
        Binding("d", "findings", "findings"),
        Binding("question_mark", "app.help", "keys", key_display="?"),
        Binding("q", "app.quit", "quit"),
        Binding("colon", "app.command_palette", "commands", key_display=":"),
    ]

    def __init__(
        self,
        decks: Sequence[DeckEntry],
        problems: Sequence[Problem],
        sittings: Mapping[Request, Sitting],
        notice: str = "",
    ) -> None:
        super().__init__()
        self._decks = decks
        self._problems = tuple(problems)
        self._disputed = 0
        self._sittings = sittings
        self._notice = notice
        self._requests: list[Request] = []
        self._standing: Mapping[str, Standing] = {}
        self._waiting: Waiting | None = None

    def compose(self) -> ComposeResult:
        yield TitleBar("quizcnn", MOTTO)
        if self._decks:
            yield DeckList(id="decks", markup=False)
            yield Static(id="about", markup=False)
        else:
            yield Static(plain(NO_DECKS, CAUTION), markup=False, id="no-decks")
        yield VerticalScroll(Static(id="problem-words", markup=False), id="problems")
        yield KeyBar()

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda theme: self._list())

    def on_screen_resume(self) -> None:
        if self.app.screen is not self:
            return
        self._list()
        self._tell_problems()
        self.call_after_refresh(self._look_behind)

    def _look_behind(self) -> None:
        """What the list can be seen without."""
        start(self, self._look, exclusive=True)
        self.app.warm_up()

    def on_resize(self) -> None:
        """The rows are as wide as the screen."""
        self._list()
        self._tell_problems()

    def show_sources(self, disputed: int, problems: Sequence[Problem]) -> None:
        """Tell how many entries of the document are not simply confirmed, and what is unread."""
        self._disputed = disputed
        self._problems += tuple(problems)
        if self.is_attached:
            self._list()
            self._tell_problems()
            self.refresh_bindings()

    def _tell_problems(self) -> None:
        """Problems as `quizcnn verify` tells them: each with its line and a caret below."""
        for words in self.query("#problem-words").results(Static):
            told = bool(self._problems or self._notice)
            self.query_one("#problems").display = told
            if told:
                width = self.app.size.width - MARGIN
                words.update(_problems(self._problems, self._notice, width))

    async def _look(self) -> None:
        """Find out what waits, and put it on the list."""
        try:
            self._waiting, self._standing = await asyncio.to_thread(self.app.study.standing)
        except StoreError as error:
            self.notify(clean(str(error)), severity="error", markup=False)
            return
        self._list()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is not there cannot be shown or practised."""
        if action == "findings":
            return bool(self._disputed)
        return bool(self._decks) if action in ("open", "browse") else True

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id == FINDINGS:
            self.action_findings()
        elif event.option_id is not None:
            self.app.practise(self._requests[int(event.option_id)])

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self.query_one("#about", Static).update(self._about(event.option_id))

    def action_open(self, mode: str) -> None:
        """Cram, or sit an exam on, the deck that is highlighted."""
        highlighted = self.query_one(DeckList).highlighted_option
        if highlighted is not None and highlighted.id not in (None, FINDINGS):
            chosen = self._requests[int(highlighted.id or 0)]
            self.app.practise(Request(Mode(mode), chosen.scope))

    def action_undo(self) -> None:
        self.app.undo_last()

    def action_browse(self) -> None:
        self.app.browse()

    def action_statistics(self) -> None:
        self.app.show_statistics()

    def action_settings(self) -> None:
        self.app.show_settings()

    def action_findings(self) -> None:
        self.app.show_findings()

    def _list(self) -> None:
        """Put the decks on the list afresh: how one stands with them may have changed."""
        for listing in self.query(DeckList):
            at = listing.highlighted or 0
            listing.clear_options()
            listing.add_options(self._options())
            listing.highlighted = at
            listing.focus()

    def _options(self) -> list[Option | None]:
        decks = [Request(scope=Scope((deck.name,))) for deck in self._decks]
        self._requests = ([Request()] if len(decks) > 1 else []) + decks
        self._requests += [request for request in self._sittings if request not in self._requests]
        rows = [self._row(request) for request in self._requests]
        width, dark = self.app.size.width - MARGIN, self.app.current_theme.dark
        options: list[Option | None] = [
            Option(shown, str(number)) for number, shown in enumerate(drawn(rows, width, dark))
        ]
        if self._disputed:
            count = _count(self._disputed, "entry", "entries")
            said = join(("What the document gets wrong", "bold"), (f"   {count}", QUIET))
            options += [None, Option(said, FINDINGS)]
        return options

    def _row(self, request: Request) -> Row:
        """A session under way, or how one stands with a deck, or with all."""
        sitting = self._sittings.get(request)
        title = sitting.title if sitting else self.app.title_of(request)
        if sitting:
            right, wrong = sitting.session.score
            return Row(title, going=f"under way: {sitting.waiting.all} left  ✓ {right}  ✗ {wrong}")
        names = request.scope.decks
        questions = sum(deck.questions for deck in self._decks if deck.name in names or not names)
        return Row(title, questions, self._standing_in(names))

    def _standing_in(self, names: Sequence[str]) -> Standing | None:
        if names or self._waiting is None:
            return self._standing.get(names[0]) if names else None
        decks = self._standing.values()
        return Standing(
            self._waiting,
            sum(each.all for each in decks),
            sum(each.learning for each in decks),
            sum(each.young for each in decks),
            sum(each.mature for each in decks),
        )

    def _about(self, option: str | None) -> Content:
        if option is None or option == FINDINGS:
            return plain(DISPUTED if option else "")
        names = self._requests[int(option)].scope.decks
        about = next((deck.about for deck in self._decks if names == (deck.name,)), ALL)
        standing = self._standing_in(names)
        if standing is None:
            return plain(about)
        return lines([plain(about), mastery_words(standing, self.app.current_theme.dark)])


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _problems(problems: Sequence[Problem], notice: str, width: int) -> Content:
    """The problems as `quizcnn verify` tells them: each with its line and a caret below."""
    from quizcnn.deck.pointing import Pointer  # noqa: PLC0415 - few decks have problems

    told = [plain(f"⚠ {notice}", CAUTION)] if notice else []
    if problems:
        told.append(plain(f"⚠ {_count(len(problems), 'problem', 'problems')}", CAUTION))
    pointer = Pointer(width)
    quoted = [plain(line) for problem in problems for line in pointer.problem(problem)]
    return lines([*told, *quoted])
