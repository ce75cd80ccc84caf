"""The four grades, each with the time after which the question would return."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from quizcnn.study.records import Grade
from quizcnn.tui.prose import plain

OPEN = "$foreground on $panel"
GIVEN = "bold $foreground on $primary 40%"


class GradeBar(Widget):
    """Again, hard, good, easy; the one that was given stands out, by a mark too.

    A click grades; the keys 1 to 4 do the same.
    """

    class Chosen(Message):
        """A grade was clicked."""

        def __init__(self, grade: Grade) -> None:
            super().__init__()
            self.grade = grade

    def __init__(self) -> None:
        super().__init__(id="grades")
        self._outlook: Mapping[Grade, str] = {}
        self._given: Grade | None = None

    def show(self, outlook: Mapping[Grade, str], given: Grade | None) -> None:
        """Draw the grades with their intervals; without any there is nothing to grade."""
        self._outlook, self._given = outlook, given
        self.set_class(bool(outlook), "-on")
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1

    def render(self) -> Content:
        return Content(" ").join(self._cells())

    def on_click(self, event: Click) -> None:
        grade = event.style.meta.get("grade")
        if grade is not None:
            self.post_message(self.Chosen(Grade(int(grade))))

    def _cells(self) -> Iterator[Content]:
        width = (self.content_size.width - len(self._outlook) + 1) // max(len(self._outlook), 1)
        for grade, words in self._outlook.items():
            given = grade is self._given
            cell = plain(_label(grade, words, given, width).center(width), GIVEN if given else OPEN)
            yield cell.stylize(Style.from_meta({"grade": int(grade)}))


def _label(grade: Grade, words: str, given: bool, width: int) -> str:
    mark = "✓" if given else ""
    label = f"{int(grade)} {grade.name.lower()} {words} {mark}".rstrip()
    return label if len(label) <= width else f"{int(grade)} {words.replace(' ', '')}{mark}"
