"""The command palette."""

from __future__ import annotations

from textual.command import CommandPalette
from textual.widgets import OptionList

PAGES = ("page_up", "page_down")


class Palette(CommandPalette):
    """Textual's, whose page keys do nothing while the terminal has no room for a line of its list.

    Textual looks there for the line of the command in hand, and there is none.
    """

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether there is a page to turn, as to all else what Textual says."""
        if action == "command_list" and parameters and parameters[0] in PAGES:
            return all(listing.scrollable_content_region for listing in self.query(OptionList))
        return super().check_action(action, parameters)
