"""What all lists have in common."""

from __future__ import annotations

from textual.widgets import OptionList


class Listing(OptionList):
    """A list whose page keys do nothing while the terminal has no room for a line of it.

    Textual looks there for the line of the option in hand, and there is none.
    """

    def action_page_up(self) -> None:
        if self.scrollable_content_region:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]
