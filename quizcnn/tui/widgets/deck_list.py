"""The list of decks on the home screen: what waits in each, and how well it is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content

from quizcnn.tui.prose import QUIET, join, plain
from quizcnn.tui.widgets.listing import Listing

if TYPE_CHECKING:
    from quizcnn.study.queue import Waiting
    from quizcnn.study.study import Standing

ROOMY, WIDE = 60, 100
"""Columns from which a row has room for the number of questions and a bar, and for a long bar."""

GAP = "  "


class DeckList(Listing):
    """The list of decks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "select", "practise", key_display="Enter")
    ]


class Row(NamedTuple):
    """A row of the list: a deck, or with `going` a session under way.

    `standing` is None while it is being looked up, and of a session.
    """

    title: str
    questions: int = 0
    standing: Standing | None = None
    going: str = ""


def drawn(rows: Sequence[Row], width: int, dark: bool) -> list[Content]:
    """The rows in columns, as far as there is room for these in `width` columns."""
    titles = max((cell_len(row.title) for row in rows if not row.going), default=0)
    counts = max(len(_count(row.questions)) for row in rows) if rows else 0
    waits = max((len(_waits(row)) for row in rows), default=0)
    bar = 0 if width < ROOMY else 24 if width >= WIDE else 12
    titles = max(min(titles, width - counts - bar - waits - 3 * len(GAP)), 12)
    return [
        join((row.title, "bold"), GAP, row.going or _waits(row))
        if row.going or not bar
        else Content(GAP).join(
            [
                plain(row.title, "bold").truncate(titles, ellipsis=True, pad=True),
                plain(f"{_count(row.questions):<{counts}}", QUIET),
                plain(f"{_waits(row):<{waits}}"),
                _bar(row.standing, bar, dark),
            ]
        )
        for row in rows
    ]


def mastery_words(standing: Standing, dark: bool) -> Content:
    """What the parts of a bar are, with their numbers: the legend of the bar too."""
    from quizcnn.pictures.pieces import level  # noqa: PLC0415 - the first frame has no bars yet
    from quizcnn.study.pictures.progress import KINDS  # noqa: PLC0415
    from quizcnn.tui.widgets.picture import painted_line  # noqa: PLC0415

    numbers = (standing.mature, standing.young, standing.learning, standing.all - standing.met)
    told = [
        join(painted_line((level(mark),), dark), f" {number} {name}")
        for (mark, name), number in zip(KINDS, numbers, strict=True)
    ]
    return Content(GAP).join(told)


def _bar(standing: Standing | None, width: int, dark: bool) -> Content:
    if standing is None:
        return Content("")
    from quizcnn.study.pictures.progress import stacked  # noqa: PLC0415 - as above
    from quizcnn.study.statistics.records import Mastery  # noqa: PLC0415
    from quizcnn.tui.widgets.picture import painted_line  # noqa: PLC0415

    new = standing.all - standing.met
    row = Mastery("", new, standing.learning, standing.young, standing.mature)
    return painted_line(tuple(stacked(row, width)), dark)


def _waits(row: Row) -> str:
    """What waits in words; nothing while that is being looked up."""
    return "" if row.standing is None else waiting_words(row.standing.waiting)


def waiting_words(waiting: Waiting) -> str:
    """What waits.

    >>> from quizcnn.study.queue import Waiting
    >>> waiting_words(Waiting(due=3, new=20)), waiting_words(Waiting())
    ('3 due · 20 new', 'done for today')
    """
    named = [(waiting.learning, "learning"), (waiting.due, "due"), (waiting.new, "new")]
    told = " · ".join(f"{number} {name}" for number, name in named if number)
    return told or "done for today"


def _count(number: int) -> str:
    return f"{number} question{'' if number == 1 else 's'}"
