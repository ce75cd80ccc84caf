"""Browse: every question, found as one types, with its answer and its proof."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from quizcnn.deck.catalog import Catalog, Hit
from quizcnn.deck.searching import expression, scoped
from quizcnn.display import one_line
from quizcnn.tui.background import start
from quizcnn.tui.prose import QUIET, join, plain
from quizcnn.tui.widgets.key_bar import KeyBar
from quizcnn.tui.widgets.listing import Listing
from quizcnn.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from quizcnn.tui.app import QuizApp

MOST = 100
"""Questions that are listed at most: who wants others types another word."""

WORDS = "words, #tag, deck:name"
NONE = "No question has all of this. The last word may be a word's beginning."
MORE = f"… and more. These are the first {MOST}; another word finds fewer."


class SearchLine(Input):
    """What is sought. The arrows go through what was found meanwhile."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "open", key_display="Enter"),
        Binding("down,pagedown,tab", "screen.list", "to the list", key_display="↓"),
        Binding("escape", "screen.leave", "back", key_display="Esc"),
    ]


class HitList(Listing):
    """What was found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "select", "open", key_display="Enter"),
    ]


class BrowseScreen(Screen[None]):
    """A search line and what it finds in the catalog; Enter shows the question and its proof."""

    app: QuizApp

    CSS_PATH = "browse.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "search", key_display="/"),
        Binding("question_mark", "app.help", "keys", key_display="?"),
        Binding("q,escape", "app.pop_screen", "home", key_display="q"),
    ]

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self._catalog = catalog
        self._decks = [deck.name for deck in catalog.decks()]
        self._hits: tuple[Hit, ...] = ()

    def compose(self) -> ComposeResult:
        yield TitleBar("Browse")
        yield SearchLine(placeholder=WORDS, id="search", select_on_focus=False)
        yield HitList(id="hits", markup=False)
        yield Static(markup=False, id="hits-remark")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(SearchLine).focus()
        self._seek("")

    def on_input_changed(self, event: Input.Changed) -> None:
        self._seek(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self._open(self.query_one(HitList).highlighted)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self._open(event.option_index)

    def action_search(self) -> None:
        self.query_one(SearchLine).focus()

    def action_list(self) -> None:
        self.query_one(HitList).focus()

    def action_leave(self) -> None:
        """Leave the line: what was found remains; an empty one leads home."""
        if self.query_one(SearchLine).value and self._hits:
            self.action_list()
        else:
            self.app.pop_screen()

    def _open(self, index: int | None) -> None:
        if index is not None and index < len(self._hits[:MOST]):
            self.app.show_question(self._hits[index].key)

    def _seek(self, text: str) -> None:
        start(self, partial(self._find, text), exclusive=True)

    async def _find(self, text: str) -> None:
        self._hits = await asyncio.to_thread(self._sought, text)
        listing = self.query_one(HitList)
        with self.app.batch_update():
            listing.clear_options()
            listing.add_options(self._options())
            listing.highlighted = 0 if self._hits else None
            listing.display = bool(self._hits)
            remark = self.query_one("#hits-remark", Static)
            remark.update(plain(MORE if len(self._hits) > MOST else NONE, QUIET))
            remark.display = not 0 < len(self._hits) <= MOST
            self.query_one(TitleBar).show(self._state(text))

    def _sought(self, text: str) -> tuple[Hit, ...]:
        words, decks = scoped(text, self._decks)
        if expression(words):
            return self._catalog.search(words, MOST + 1, decks)
        return self._catalog.first(MOST + 1, decks)

    def _options(self) -> list[Option]:
        return [
            Option(join(one_line(hit.ask, 200), (f"  {hit.key}", QUIET)), hit.key)
            for hit in self._hits[:MOST]
        ]

    def _state(self, text: str) -> str:
        if not text.strip():
            return (
                f"{sum(deck.questions + deck.unchecked for deck in self._catalog.decks())} in all"
            )
        return f"more than {MOST} found" if len(self._hits) > MOST else f"{len(self._hits)} found"
