"""The widgets in which a proof is drawn: as few as can be, since each takes long to mount."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from quizcnn.answer.graded import Graded, Ungraded
from quizcnn.pictures.choosing import Labelled
from quizcnn.tui.prose import lines
from quizcnn.tui.widgets.picture_view import PictureView
from quizcnn.tui.widgets.proof_parts import Part, graded_parts
from quizcnn.tui.widgets.slip_parts import slip_parts


@dataclass(frozen=True, slots=True)
class Drawn:
    """Widgets, and the pictures that stand in them, both from top to bottom."""

    widgets: tuple[Widget, ...]
    pictures: tuple[Labelled, ...]


def proof_drawn(graded: Graded | Ungraded, values: bool) -> Drawn:
    """The proof of an answer, or as much as there is where the check failed.

    `values`: numbers stand in its pictures where they fit.
    """
    return drawn(graded_parts(graded), values)


def slip_drawn(graded: Graded, values: bool) -> Drawn:
    """What a wrong answer is the answer to; nothing where that is not known."""
    return drawn(slip_parts(graded), values)


def drawn(parts: Iterable[Part], values: bool) -> Drawn:
    """Any parts: a widget for each picture and one for all text in between."""
    widgets: list[Widget] = []
    pictures: list[Labelled] = []
    for is_text, run in groupby(parts, lambda part: isinstance(part, Content)):
        if is_text:
            texts = [part for part in run if isinstance(part, Content)]
            widgets.append(Static(lines(texts), markup=False))
            continue
        for part in run:
            if isinstance(part, Labelled):
                pictures.append(part)
                widgets.append(PictureView(part.picture, values))
    return Drawn(tuple(widgets), tuple(pictures))
