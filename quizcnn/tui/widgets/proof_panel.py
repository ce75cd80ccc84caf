"""The panel in which a proof stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from quizcnn.answer.graded import Graded, Ungraded
from quizcnn.tui.prose import QUIET, plain

if TYPE_CHECKING:
    from quizcnn.pictures.choosing import Labelled
    from quizcnn.tui.widgets.picture_view import PictureView
    from quizcnn.tui.widgets.proof_parts import Part
    from quizcnn.tui.widgets.proof_widgets import Drawn

PICTURES = Binding.Group("pictures", compact=True)

PROOF = "Proof"
TWO = "Proof, and what gives your answer beneath it"
"""What the panel is called where two proofs stand in it, one beneath the other."""

LATER = "The check runs once you have answered, and its proof will stand here."


class ProofPanel(VerticalScroll, can_focus=True):
    """A scrollable proof. The arrow keys, Page Up and Page Down scroll it.

    `o` or a click opens its pictures at full size, `v` leaves numbers away or shows them again.
    What draws a proof is imported with the first one: the first question is asked without it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "values", "numbers on or off", group=PICTURES),
        Binding("o", "open", "open a picture", group=PICTURES),
    ]

    def __init__(self) -> None:
        super().__init__(id="proof")
        self.border_title = PROOF
        self._values = True
        self._pictures: list[Labelled] = []

    def compose(self) -> ComposeResult:
        yield Static(plain(LATER, QUIET), markup=False, id="later")

    async def show(self, graded: Graded | Ungraded) -> None:
        """Draw the proof of an answer, or as much as there is where the check failed."""
        from quizcnn.tui.widgets.proof_widgets import proof_drawn  # noqa: PLC0415

        self.border_title = PROOF
        await self._fill(proof_drawn(graded, self._values))
        if isinstance(graded, Graded):
            await self.show_slip(graded)

    async def show_slip(self, graded: Graded) -> None:
        """Put what a wrong answer is the answer to beside the proof that is there, or below it."""
        from quizcnn.tui.widgets.proof_widgets import slip_drawn  # noqa: PLC0415

        drawn = slip_drawn(graded, self._values)
        if drawn.widgets:
            self._pictures += drawn.pictures
            await self.mount(Vertical(*drawn.widgets, classes="proof-column -slip"))
            self.border_title = TWO
        self.set_class(bool(drawn.widgets), "-two")

    async def redraw(self, parts: Iterable[Part]) -> None:
        """Draw something else in the same place; one stays where one has scrolled to."""
        from quizcnn.tui.widgets.proof_widgets import drawn  # noqa: PLC0415

        at = self.scroll_y
        await self._fill(drawn(parts, self._values))
        self.call_after_refresh(self.scroll_to, y=at, animate=False)

    async def empty(self) -> None:
        """Show that there is no proof yet."""
        if self.query(".proof-column"):
            await self.remove_children(".proof-column")
            self.remove_class("-two")
            self._pictures.clear()
            self.query_one("#later").display = True

    async def _fill(self, drawn: Drawn) -> None:
        await self.remove_children(".proof-column")
        self.remove_class("-two")
        self._pictures = list(drawn.pictures)
        self.query_one("#later").display = False
        await self.mount(Vertical(*drawn.widgets, classes="proof-column"))
        self.scroll_home(animate=False)
        self.refresh_bindings()

    # Pictures

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether there are pictures to open."""
        if action in ("values", "open"):
            return bool(self._pictures)
        return super().check_action(action, parameters)

    def action_values(self) -> None:
        """Numbers where they fit, or only colours, in all pictures from now on."""
        self._values = not self._values
        with self.app.batch_update():
            for view in self._views():
                view.show_values(self._values)

    def _views(self) -> list[PictureView]:
        from quizcnn.tui.widgets.picture_view import PictureView  # noqa: PLC0415

        return list(self.query(PictureView))

    def action_open(self) -> None:
        """Open the first picture that is seen, at full size."""
        from quizcnn.tui.screens.pictures import PicturesScreen  # noqa: PLC0415

        seen = (n for n, view in enumerate(self._views()) if view.region.overlaps(self.region))
        self.app.push_screen(PicturesScreen(self._pictures, next(seen, 0)))

    def on_picture_view_opened(self, event: PictureView.Opened) -> None:
        from quizcnn.tui.screens.pictures import PicturesScreen  # noqa: PLC0415

        event.stop()
        at = [part.picture is event.picture for part in self._pictures].index(True)
        self.app.push_screen(PicturesScreen(self._pictures, at))
