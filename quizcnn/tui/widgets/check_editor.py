"""An editor for a check: its words coloured, the line of an error marked."""

from __future__ import annotations

import keyword
import re
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from quizcnn.display import REPLACEMENT

_TOKEN = re.compile(
    r"""(?P<comment>\#.*)
    |(?P<text>"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)
    |(?P<word>[^\W\d]\w*)
    |(?P<number>\d[\d_]*(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+)""",
    re.VERBOSE,
)


class CheckEditor(TextArea):
    """The code of a check. It takes every key that writes, Enter too; Tab and Esc leave it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "check--comment",
        "check--text",
        "check--word",
        "check--call",
        "check--name",
        "check--number",
        "check--fault",
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.leave_field", "leave", key_display="Esc"),
    ]

    def __init__(self, code: str) -> None:
        super().__init__(code, id="code", show_line_numbers=True, compact=True)
        self._fault_line: int | None = None

    def mark(self, line: int | None) -> None:
        """Mark the line (from 1) in which something is wrong, or none."""
        if line != self._fault_line:
            self._fault_line = line
            self.notify_style_update()  # what is drawn is kept by line
            self.refresh()

    def get_line(self, line_index: int) -> Text:
        text = super().get_line(line_index)
        if not text.plain.isprintable():
            text.plain = "".join(map(_shown, text.plain))
        for match in _TOKEN.finditer(text.plain):
            style = self.get_component_rich_style(f"check--{_kind(match)}", partial=True)
            text.stylize(style, match.start(), match.end())
        if self._fault_line == line_index + 1:
            text.stylize(self.get_component_rich_style("check--fault", partial=True))
        return text


def _shown(character: str) -> str:
    """A character as the editor draws it, one for one; a tab it draws itself."""
    return character if character.isprintable() or character == "\t" else REPLACEMENT


def _kind(match: re.Match[str]) -> str:
    """What a token is: a word is Python's own, or called, or just a name."""
    kind = match.lastgroup or ""
    if kind == "word" and not keyword.iskeyword(match[0]):
        return "call" if match.string[match.end() :].lstrip().startswith("(") else "name"
    return kind
