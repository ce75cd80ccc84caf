"""What the palette offers: the actions of a question that work now, and what works everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.screen import Screen

from quizcnn.tui.screens.practice import PracticeScreen

if TYPE_CHECKING:
    from quizcnn.tui.app import QuizApp

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
"""The title and the help of each action of the practice screen."""


def commands(app: QuizApp, screen: Screen[object], settings: bool) -> Iterator[SystemCommand]:
    """Those of the question first, if it is practised; `settings`: there is a file of them."""
    if isinstance(screen, PracticeScreen):
        for action, (title, told) in ACTIONS.items():
            if screen.check_action(action, ()):
                yield SystemCommand(title, told, getattr(screen, f"action_{action}"))
    yield SystemCommand("Browse", "Search all questions, look at any proof", app.browse)
    yield SystemCommand("Statistics", "How it goes", app.show_statistics)
    if settings:
        yield SystemCommand("Settings", "Show and change the settings", app.show_settings)
    yield SystemCommand("Theme", "Choose light, dark or another look", app.action_change_theme)
    yield SystemCommand("Keys", "All keys on one page", app.action_help)
    yield SystemCommand("Quit", "Leave quizcnn", app.action_quit)
