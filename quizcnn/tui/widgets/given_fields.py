"""The givens of the lab, a field for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid
from textual.message import Message
from textual.widgets import Input, Label

from quizcnn.answer.laboratory import SEED
from quizcnn.display import clean, one_line
from quizcnn.tui.prose import plain

MANY = 4
"""More givens than these stand in two columns, if they are short."""

SHORT = 24
"""Characters that a short given has less than."""


class GivenField(Input):
    """One given. It takes every printable key; Enter goes on to the next, Esc leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "app.focus_next", "next field", key_display="Enter"),
        Binding("up", "app.focus_previous", "field before", show=False),
        Binding("escape", "screen.leave_field", "leave", key_display="Esc"),
    ]

    def __init__(self, name: str, value: str) -> None:
        super().__init__(value, select_on_focus=False, compact=True, classes="given")
        self.given = name

    def validate_value(self, value: str) -> str:
        """What is pasted may hold characters that steer a terminal."""
        return clean(value)


class GivenFields(Grid):
    """A row for each given: its name, and its value as typed."""

    class Changed(Message):
        """A given was changed."""

    def __init__(self, given: Mapping[str, str]) -> None:
        super().__init__(id="givens")
        self._given = given

    def compose(self) -> ComposeResult:
        yield from self._rows(self._given)

    def on_mount(self) -> None:
        self._set_columns(self._given)

    def _set_columns(self, given: Mapping[str, str]) -> None:
        """Many short givens stand in two columns where there is room."""
        self.set_class(len(given) > MANY and max(map(len, given.values())) < SHORT, "-many")

    def _rows(self, given: Mapping[str, str]) -> ComposeResult:
        for name, value in given.items():
            kind = "-seed" if name == SEED else ""
            yield Label(plain(one_line(name, 20)), classes=f"given-name {kind}", markup=False)
            field = GivenField(name, value)
            field.add_class(*kind.split())
            yield field

    @property
    def typed(self) -> dict[str, str]:
        """Each given as it stands in its field."""
        return {field.given: field.value for field in self.query(GivenField)}

    async def put(self, given: Mapping[str, str]) -> None:
        """Show other values; where the names are others too, other fields."""
        fields = {field.given: field for field in self.query(GivenField)}
        if list(fields) == list(given):
            for name, value in given.items():
                fields[name].value = value
            return
        with self.app.batch_update():
            await self.remove_children()
            await self.mount_all(self._rows(given))
            self._set_columns(given)

    def mark(self, name: str) -> None:
        """Mark the field in which something is wrong, or none for ""."""
        for field in self.query(GivenField):
            field.set_class(field.given == name, "-fault")

    def show_seed(self, shown: bool) -> None:
        """Show the seed's field, or hide it where nothing is drawn at random."""
        self.set_class(shown, "-random")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed())
