"""The keys, all on one page."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from quizcnn.tui.prose import QUIET, join, lines, plain

KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "While you answer",
        (
            ("Enter", "hand in the answer, or turn the card (or Space)"),
            ("a–h", "choose an option; give the next item of an order"),
            ("t f", "true, false"),
            ("Backspace", "take back the last item of an order"),
            ("i", "a hint, where there is one"),
            ("s", "skip the question for this session"),
            ("-", "set it aside until tomorrow"),
            ("x", "set it aside for good"),
            ("u", "take the last answer back, and the one before it …"),
            ("q Esc", "home; nothing is lost, you go on from here"),
        ),
    ),
    (
        "In a field",
        (
            ("any letter", "is typed; it never commands"),
            ("Enter", "hand in the answer; a misread one costs nothing"),
            ("Tab", "to Hint and Skip"),
            ("Esc", "leave the field; then the keys above work"),
        ),
    ),
    (
        "After the answer",
        (
            ("1 2 3 4", "how well you knew it: again, hard, good, easy"),
            ("n Enter", "the next question"),
            ("u", "take the answer back, and the one before it …"),
            ("↑ ↓ PgUp PgDn", "scroll the proof"),
            ("p", "the proof alone on the screen, and back"),
            ("v", "numbers in its arrays where they fit, or only colours"),
            ("o or a click", "a picture at full size: arrows point at a value, ] [ next, back"),
            ("w", "watch the window slide, where the check slides one"),
            ("l", "the lab: change the givens and the check, and watch"),
            ("e", "the question in your $EDITOR, at its line"),
            ("q Esc", "home"),
        ),
    ),
    (
        "While you watch a window",
        (
            ("Space", "play, pause"),
            ("← → ↑ ↓", "a step back or on, a row up or down in the output"),
            ("Home End", "the first, the last step; or click on any cell of the output"),
            ("+ -", "faster, slower"),
            ("Tab", "the next window of the check (Shift+Tab: the one before)"),
            ("PgUp PgDn", "another channel of the output"),
            ("c", "another channel of the input, where one is shown"),
            ("Esc", "back"),
        ),
    ),
    (
        "In the lab",
        (
            ("f e", "to the givens, to the check; Esc leaves them, and then the lab"),
            ("c s", "copy it as Python, save it as a question"),
            ("y r", "make the slip behind your answer, put all back as it was"),
        ),
    ),
    (
        "Elsewhere",
        (
            ("↑ ↓ Enter", "choose from a list"),
            ("c e", "at home: cram a deck, or sit an exam of 20 questions on it"),
            ("u", "at home and in the summary: take the last answer back"),
            ("d", "at home: what the document gets wrong"),
            ("s o", "at home: statistics, settings"),
            ("r", "in the summary: repeat what you missed"),
            (":", "commands: hint, skip, theme, quit"),
            ("?", "this page"),
            ("q", "at home: quit"),
        ),
    ),
)


class KeysScreen(ModalScreen[None]):
    """A page of keys over the screen that it explains."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,space,question_mark", "dismiss", "back", key_display="Esc"),
    ]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="keys") as page:
            page.border_title = "Keys"
            page.border_subtitle = "Esc: back"
            yield Static(lines(list(_page())), markup=False)


def _page() -> list[Content]:
    width = max(len(key) for _, keys in KEYS for key, _ in keys)
    page: list[Content] = []
    for title, keys in KEYS:
        page.append(plain(title, "bold"))
        page += [join(f"  {key:<{width}}  ", (meaning, QUIET)) for key, meaning in keys]
        page.append(plain(""))
    return page[:-1]
