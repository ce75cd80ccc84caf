"""The question as it is asked: its words, the place for an answer, its hint, the ways out."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Static

from quizcnn.answer.graded import Asked, Blank, Malformed
from quizcnn.deck.model import Kind
from quizcnn.tui.prose import QUIET, join, plain
from quizcnn.tui.widgets.answers import AnswerArea, OutButton, area_for

BLANK = {
    Kind.CHOICE: "Choose an option first, by its letter. Or s to skip.",
    Kind.TRUE_FALSE: "Choose first: t or f. Or s to skip.",
    Kind.ORDER: "Give the letters first, one after another. Or s to skip.",
}
"""What an answer of nothing is told, by kind."""

BLANK_FIELD = "Type an answer first. Or leave the field with Esc, then s to skip."
"""What it is told of the other kinds."""


class QuestionPane(Vertical):
    """Draws a question; `asked` and `area` are None until there is one."""

    def __init__(self) -> None:
        super().__init__(id="question")
        self.asked: Asked | None = None
        self.area: AnswerArea | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="prompt", markup=False)
        yield Container(id="answer-place")
        yield Static(id="hint", markup=False)
        with Horizontal(id="outs"):
            yield OutButton("Hint (i)", "hint")
            yield OutButton("Skip (s)", "skip")

    async def pose(self, asked: Asked, hinted: bool, draft: str) -> None:
        """Draw a question with what was begun as an answer; `hinted`: a hint can be had."""
        self.asked = asked
        self.query_one("#prompt", Static).update(plain(asked.prompt))
        self.query_one("#hint", Static).update("")
        self.query_one("#hint-button").display = hinted
        place = self.query_one("#answer-place", Container)
        await place.remove_children()
        self.area = area_for(asked)
        await place.mount(self.area)
        self.area.restore(draft)

    def enter(self) -> None:
        """Have the keys go to the answer."""
        if self.area is not None:
            self.area.enter()

    def complain(self, answered: Blank | Malformed) -> None:
        """Say why what was handed in is no answer."""
        if self.area is not None and self.asked is not None:
            empty = BLANK.get(self.asked.question.kind, BLANK_FIELD)
            self.area.complain(empty if isinstance(answered, Blank) else answered.message)

    def give_hint(self) -> None:
        """Show the hint, if there is one."""
        if self.asked is not None and self.asked.hint is not None:
            hint = self.query_one("#hint", Static)
            hint.update(join(("hint  ", QUIET), self.asked.hint))
            self.call_after_refresh(hint.scroll_visible, animate=False)
            self.enter()
