"""The panel in which a proof stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from quizcnn.answer.graded import Graded, Ungraded
from quizcnn.tui.prose import QUIET, lines, plain
from quizcnn.tui.widgets.picture_view import PictureView
from quizcnn.tui.widgets.proof_parts import Part, graded_parts
from quizcnn.tui.widgets.slip_parts import slip_parts

LATER = "The check runs once you have answered, and its proof will stand here."


class ProofPanel(VerticalScroll, can_focus=True):
    """A scrollable proof. The arrow keys, Page Up and Page Down scroll it."""

    def __init__(self) -> None:
        super().__init__(id="proof")
        self.border_title = "Proof"

    def compose(self) -> ComposeResult:
        yield Static(plain(LATER, QUIET), markup=False, id="later")

    async def show(self, graded: Graded | Ungraded) -> None:
        """Draw the proof of an answer, or as much as there is where the check failed."""
        await self._fill(graded_parts(graded))
        if isinstance(graded, Graded):
            await self.show_slip(graded)

    async def show_slip(self, graded: Graded) -> None:
        """Put what a wrong answer is the answer to beside the proof that is there, or below it."""
        parts = list(slip_parts(graded))
        if parts:
            await self.mount(Vertical(*_widgets(parts), classes="proof-column -slip"))
        self.set_class(bool(parts), "-two")

    async def empty(self) -> None:
        """Show that there is no proof yet."""
        if self.query(".proof-column"):
            await self.remove_children(".proof-column")
            self.remove_class("-two")
            self.query_one("#later").display = True

    async def _fill(self, parts: Iterable[Part]) -> None:
        await self.remove_children(".proof-column")
        self.remove_class("-two")
        self.query_one("#later").display = False
        await self.mount(Vertical(*_widgets(parts), classes="proof-column"))
        self.scroll_home(animate=False)


def _widgets(parts: Iterable[Part]) -> Iterator[Widget]:
    """A widget for each picture and one for all text in between: few widgets are fast to mount."""
    for is_text, run in groupby(parts, lambda part: isinstance(part, Content)):
        if is_text:
            texts = [part for part in run if isinstance(part, Content)]
            yield Static(lines(texts), markup=False)
        else:
            yield from (PictureView(part) for part in run if not isinstance(part, Content))
