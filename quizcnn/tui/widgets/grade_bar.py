"""The four grades, each with the time after which the question would return."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Grid
from textual.message import Message
from textual.widgets import Static

from quizcnn.study.records import Grade
from quizcnn.tui.prose import plain

NAMED = 60
"""Columns that a terminal must have for the grades to stand there by name."""


class GradeCell(Static):
    """A grade to click on; the keys 1 to 4 do the same."""

    def __init__(self, grade: Grade) -> None:
        super().__init__(markup=False, classes="grade")
        self._grade = grade

    def show(self, label: str, given: bool) -> None:
        """Draw the grade; the one that was given stands out."""
        self.update(plain(label))
        self.set_class(given, "-given")

    def on_click(self) -> None:
        self.post_message(GradeBar.Chosen(self._grade))


class GradeBar(Grid):
    """Again, hard, good, easy; the one that was given stands out, by a mark too."""

    class Chosen(Message):
        """A grade was clicked."""

        def __init__(self, grade: Grade) -> None:
            super().__init__()
            self.grade = grade

    def __init__(self) -> None:
        super().__init__(id="grades")
        self._outlook: Mapping[Grade, str] = {}
        self._given: Grade | None = None

    def compose(self) -> ComposeResult:
        for grade in Grade:
            yield GradeCell(grade)

    def show(self, outlook: Mapping[Grade, str], given: Grade | None) -> None:
        """Draw the grades with their intervals; without any there is nothing to grade."""
        self._outlook, self._given = outlook, given
        self.set_class(bool(outlook), "-on")
        for cell, (grade, words) in zip(self.query(GradeCell), outlook.items(), strict=False):
            cell.show(self._label(grade, words), grade is given)

    def on_resize(self) -> None:
        self.show(self._outlook, self._given)

    def _label(self, grade: Grade, words: str) -> str:
        mark = "✓" if grade is self._given else ""
        if self.app.size.width < NAMED:
            return f"{int(grade)} {words.replace(' ', '')}{mark}"
        return f"{int(grade)} {grade.name.lower()} {words} {mark}".rstrip()
