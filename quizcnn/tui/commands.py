"""What the palette offers on the practice screen: the actions of its question that work now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.app import SystemCommand
from textual.screen import Screen

ACTIONS = {
    "hint": ("Hint", "Show the question's hint"),
    "skip": ("Skip", "Leave this question out"),
    "bury": ("Tomorrow", "Set aside until tomorrow"),
    "suspend": ("Never again", "Set aside for good"),
    "undo": ("Undo", "Take the last answer back"),
    "watch": ("Watch", "Play the sliding window"),
    "lab": ("Lab", "Change givens and check, and watch"),
    "edit": ("Edit", "Open the question in $EDITOR"),
    "home": ("Home", "Leave; the deck goes on here later"),
}
"""The title and the help of each action."""


def commands_of(screen: Screen[Any]) -> Iterator[SystemCommand]:
    """Those of the actions above that the screen allows as it stands."""
    for action, (title, told) in ACTIONS.items():
        if screen.check_action(action, ()):
            yield SystemCommand(title, told, getattr(screen, f"action_{action}"))
