"""The panel in which a proof stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from quizcnn.answer.graded import Graded, Ungraded
from quizcnn.tui.prose import QUIET, plain

if TYPE_CHECKING:
    from quizcnn.pictures.choosing import Labelled
    from quizcnn.tui.widgets.proof_column import ProofColumn
    from quizcnn.tui.widgets.proof_parts import Part

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
        self._columns: list[ProofColumn] = []

    def compose(self) -> ComposeResult:
        yield Static(plain(LATER, QUIET), markup=False, id="later")

    def show(self, graded: Graded | Ungraded) -> None:
        """Draw the proof of an answer, or as much as there is where the check failed."""
        from quizcnn.tui.widgets.proof_parts import graded_parts  # noqa: PLC0415

        self.border_title = PROOF
        self._put(graded_parts(graded))
        if isinstance(graded, Graded):
            self.show_slip(graded)
        self.scroll_home(animate=False)

    def show_slip(self, graded: Graded) -> None:
        """Put what a wrong answer is the answer to beside the proof that is there, or below it."""
        from quizcnn.tui.widgets.slip_parts import slip_parts  # noqa: PLC0415

        parts = list(slip_parts(graded))
        if parts:
            _, slip = self._columns
            slip.put(parts, self._values)
            slip.display = True
            self.border_title = TWO
        self.set_class(bool(parts), "-two")

    def redraw(self, parts: Iterable[Part]) -> None:
        """Draw something else in the same place; one stays where one has scrolled to."""
        at = self.scroll_y
        self._put(parts)
        self.call_after_refresh(self.scroll_to, y=at, animate=False)

    def empty(self) -> None:
        """Show that there is no proof yet."""
        if self._columns:
            self._put(())
            self.query_one("#later").display = True

    def _put(self, parts: Iterable[Part]) -> None:
        """Have these parts in the first column, and nothing in the other."""
        self.remove_class("-two")
        self.query_one("#later").display = False
        if not self._columns:
            from quizcnn.tui.widgets.proof_column import ProofColumn  # noqa: PLC0415

            self._columns = [ProofColumn("proof-column"), ProofColumn("proof-column -slip")]
            self.mount(*self._columns)
        proof, slip = self._columns
        proof.put(parts, self._values)
        slip.put((), self._values)
        slip.display = False
        self.refresh_bindings()

    # Pictures

    @property
    def pictures(self) -> list[Labelled]:
        """All that are in the proof, from top to bottom."""
        return [picture for column in self._columns for picture in column.pictures]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether there are pictures to open."""
        if action in ("values", "open"):
            return bool(self.pictures)
        return super().check_action(action, parameters)

    def action_values(self) -> None:
        """Numbers where they fit, or only colours, in all pictures from now on."""
        self._values = not self._values
        with self.app.batch_update():
            for column in self._columns:
                column.show_values(self._values)

    def action_open(self) -> None:
        """Open the first picture that is seen, at full size."""
        before = 0
        for column in self._columns:
            found = column.first_from(self.content_region.y - column.content_region.y)
            if found is not None:
                self._open(before + found)
                return
            before += len(column.pictures)
        self._open(0)

    def on_proof_column_opened(self, event: ProofColumn.Opened) -> None:
        event.stop()
        self._open([each is event.labelled for each in self.pictures].index(True))

    def _open(self, at: int) -> None:
        from quizcnn.tui.screens.pictures import PicturesScreen  # noqa: PLC0415

        self.app.push_screen(PicturesScreen(self.pictures, at))
