"""Where an answer is given: a field, options, items to order, or a card to turn.

Each holds what was chosen so far as the text that `Session.answer` reads; none knows what is right.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Input, Static

from quizcnn.answer.graded import Asked, Malformed, Read
from quizcnn.answer.shapes import axes_of
from quizcnn.deck.model import Kind, Question
from quizcnn.display import clean
from quizcnn.tui.prose import CAUTION, QUIET, join, letter, plain

PLACEHOLDERS: dict[Kind, str] = {
    Kind.NUMBER: "a number: 36, 1/4, 0.25, 10^3",
    Kind.SHAPE: "a shape: 6×6, 6x6, (6, 6) or 6 6",
    Kind.ARRAY: "rows: 1 2; 3 4 or [[1, 2], [3, 4]]",
    Kind.TEXT: "a word or a few",
}


def _placeholder(question: Question) -> str:
    if question.kind is Kind.SHAPE and (axes := axes_of(question.layout)):
        sides = " ".join("6" for _ in axes)
        return clean(f"a shape {'×'.join(axes)}: {sides.replace(' ', '×')} or {sides}")
    unit = f", in {question.unit}" if question.unit else ""
    return clean(PLACEHOLDERS[question.kind] + unit)


class AnswerArea(Vertical):
    """What all answer areas have in common."""

    DEFAULT_CSS = "AnswerArea { height: auto; }"

    class Submitted(Message):
        """The learner hands in `text`."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, asked: Asked) -> None:
        super().__init__(id="answer")
        self.asked = asked

    @property
    def text(self) -> str:
        """The answer so far, as `Session.answer` reads it."""
        return ""

    def restore(self, text: str) -> None:
        """Take up an answer that was begun earlier, as `text` gave it."""

    def choose(self, key: str) -> None:
        """Take the option under this letter, where there is one."""

    def take_back(self) -> None:
        """Undo the last choice, where choices come one after another."""

    def enter(self) -> None:
        """Put the focus where the answer is given."""
        self.screen.set_focus(None)

    def submit(self) -> None:
        """Hand in the answer."""
        self.post_message(self.Submitted(self.text))

    def complain(self, message: str) -> None:
        """Say why the answer could not be read."""


class AnswerField(Input):
    """The field for typed answers. It takes every printable key while it has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "answer", key_display="Enter"),
        Binding("escape", "leave", "leave", key_display="Esc"),
        Binding("tab", "app.focus_next", "hint, skip", key_display="Tab"),
    ]

    def action_leave(self) -> None:
        self.screen.set_focus(None)


class OutButton(Static, can_focus=True):
    """A way out of a question that Tab reaches from the field, too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "press", "press", key_display="Enter")
    ]

    class Pressed(Message):
        """The way `out` was taken, by its key, or by a click."""

        def __init__(self, out: str) -> None:
            super().__init__()
            self.out = out

    def __init__(self, label: str, out: str) -> None:
        super().__init__(plain(label), markup=False, id=f"{out}-button", classes="out")
        self._out = out

    def action_press(self) -> None:
        self.post_message(self.Pressed(self._out))

    def on_click(self, event: Click) -> None:
        event.stop()
        self.action_press()


class TypedAnswer(AnswerArea):
    """A field, and beneath it how what was typed so far is read."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        placeholder = _placeholder(asked.question)
        # kept, not looked for: a screen that is being left has its parts no longer
        self._field = AnswerField(placeholder=placeholder, id="field", select_on_focus=False)
        self._echoed = Static(self._echo(""), id="echo", markup=False)

    def compose(self) -> ComposeResult:
        yield self._field
        yield self._echoed

    @property
    def text(self) -> str:
        return self._field.value

    def restore(self, text: str) -> None:
        self._field.value = text

    def enter(self) -> None:
        self._field.focus()

    def complain(self, message: str) -> None:
        self._echoed.update(plain(message, CAUTION))
        self.enter()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._echoed.update(self._echo(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.submit()

    def _echo(self, text: str) -> Content:
        if not text.strip():
            return plain("", QUIET)
        from quizcnn.answer.reading import read  # noqa: PLC0415 - nothing is typed yet at first

        reading = read(self.asked, text)
        if isinstance(reading, Read):
            return join(("read as ", QUIET), reading.echo)
        if isinstance(reading, Malformed):
            return plain(reading.message, QUIET)
        return plain("", QUIET)


class OptionLine(Static):
    """One option with its letter and mark; a click chooses it."""

    class Clicked(Message):
        """The option was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, index: int) -> None:
        super().__init__(markup=False, classes="option")
        self._index = index

    def on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(self.Clicked(self._index))


class ChoiceAnswer(AnswerArea):
    """Options under letters, of which one is taken; also true and false.

    `chosen` holds the indices of the options taken, in order.
    """

    instruction = "Choose one:"

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self.chosen: list[int] = []
        self.keys = [letter(index) for index in range(len(asked.options))]
        self.texts = list(asked.options)
        if asked.question.kind is Kind.TRUE_FALSE:
            self.keys, self.texts = ["t", "f"], ["true", "false"]
        self._echoed = Static("", id="echo", markup=False)

    def compose(self) -> ComposeResult:
        yield Static(plain(self.instruction, QUIET), markup=False, id="instruction")
        for index in range(len(self.texts)):
            yield OptionLine(index)
        yield self._echoed

    def on_mount(self) -> None:
        self._draw()

    @property
    def text(self) -> str:
        return ", ".join(self.keys[index] for index in self.chosen)

    def restore(self, text: str) -> None:
        letters = text.split(", ")
        self.chosen = [self.keys.index(key) for key in letters if key in self.keys]
        self._draw()

    def choose(self, key: str) -> None:
        if key in self.keys:
            index = self.keys.index(key)
            self.take(index)
            self._draw()
            self.query(OptionLine)[index].scroll_visible(animate=False)

    def complain(self, message: str) -> None:
        self._echoed.update(plain(message, CAUTION))

    def on_option_line_clicked(self, event: OptionLine.Clicked) -> None:
        event.stop()
        self.choose(self.keys[event.index])

    def take(self, index: int) -> None:
        """Take the option with this index."""
        self.chosen = [index]

    def mark(self, index: int) -> str:
        """What stands before the option: whether it is taken, or as which."""
        return "(•)" if index in self.chosen else "( )"

    def _draw(self) -> None:
        self._echoed.update("")
        for index, line in enumerate(self.query(OptionLine)):
            key, text = self.keys[index], self.texts[index]
            line.update(join(f"{self.mark(index)} ", (key, "bold"), f"  {text}"))
            line.set_class(index in self.chosen, "-chosen")


class SeveralAnswer(ChoiceAnswer):
    """Options of which several may be right; a letter takes one or gives it back."""

    instruction = "Choose all that are right:"

    def take(self, index: int) -> None:
        if index in self.chosen:
            self.chosen.remove(index)
        else:
            self.chosen = sorted([*self.chosen, index])

    def mark(self, index: int) -> str:
        return "[x]" if index in self.chosen else "[ ]"


class OrderAnswer(ChoiceAnswer):
    """Items to be put in order, by their letters one after another."""

    instruction = "Give the letters in the right order; Backspace takes one back:"

    def take(self, index: int) -> None:
        if index not in self.chosen:
            self.chosen.append(index)

    def take_back(self) -> None:
        if self.chosen:
            self.chosen.pop()
            self._draw()

    def mark(self, index: int) -> str:
        return f"{self.chosen.index(index) + 1}." if index in self.chosen else " ."


class CardAnswer(AnswerArea):
    """A card: think of the answer, then turn it."""

    def compose(self) -> ComposeResult:
        yield Static(
            plain("Think of the answer, then turn the card with Enter.", QUIET), markup=False
        )


def area_for(asked: Asked) -> AnswerArea:
    """The area that suits the question's kind."""
    match asked.question.kind:
        case Kind.CHOICE if len(_right(asked)) > 1:
            return SeveralAnswer(asked)
        case Kind.CHOICE | Kind.TRUE_FALSE:
            return ChoiceAnswer(asked)
        case Kind.ORDER:
            return OrderAnswer(asked)
        case Kind.RECALL:
            return CardAnswer(asked)
        case _:
            return TypedAnswer(asked)


def _right(asked: Asked) -> tuple[object, ...]:
    answer = asked.question.answer
    return answer if isinstance(answer, tuple) else (answer,)
