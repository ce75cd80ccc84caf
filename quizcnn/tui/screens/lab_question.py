"""A question made in the lab, as YAML: shown, copied, and written into a deck that is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from quizcnn.deck.adding import add_to_file
from quizcnn.deck.writing import WritingError
from quizcnn.tui.prose import CODE, QUIET, RIGHT, WRONG, join, lines, plain
from quizcnn.verify.proposing import Proposal

ASKED = "a deck's file to add it to, such as mine.yaml"


class DeckField(Input):
    """Where the question is to be written. Esc leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.dismiss", "back", key_display="Esc"),
    ]


class LabQuestionScreen(ModalScreen[None]):
    """A proposal over the lab: what to know of it, and where it holds its YAML."""

    CSS_PATH = "lab.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss", "back", key_display="Esc"),
        Binding("c", "copy", "copy"),
    ]

    def __init__(self, proposal: Proposal) -> None:
        super().__init__()
        self._proposal = proposal

    def compose(self) -> ComposeResult:
        proposal = self._proposal
        with Vertical(id="lab-question", classes="-whole" if proposal.lines else "") as page:
            page.border_title = "As a question"
            page.border_subtitle = "Esc: back"
            mark = ("✓ ", RIGHT) if proposal.lines else ("✗ ", WRONG)
            first, *others = proposal.told
            told = [join(mark, first), *(plain(f"  {one}") for one in others)]
            with VerticalScroll(id="lab-question-text"):
                yield Static(lines(told), markup=False)
                if proposal.lines:
                    yield Static(plain(proposal.text, CODE), markup=False, classes="part")
            if proposal.lines:
                yield Static(
                    plain("Copied. Paste it under a deck's questions, or write it:", QUIET),
                    markup=False,
                    id="lab-question-said",
                )
                yield DeckField(placeholder=ASKED, id="lab-question-file", compact=True)

    def on_mount(self) -> None:
        if self._proposal.lines:
            self.app.copy_to_clipboard(self._proposal.text)
            self.query_one("#lab-question-text").focus()

    def action_copy(self) -> None:
        if self._proposal.lines:
            self.app.copy_to_clipboard(self._proposal.text)
            self._say(plain("Copied.", QUIET).plain)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        typed = event.value.strip()
        if not typed:
            return
        try:
            place = add_to_file(Path(typed).expanduser(), self._proposal.lines)
        except WritingError as error:
            self._say(" ".join([str(error), *(str(each) for each in error.problems)]))
            return
        self._say(f"Written: {place}")

    def _say(self, words: str) -> None:
        self.query_one("#lab-question-said", Static).update(plain(words))
