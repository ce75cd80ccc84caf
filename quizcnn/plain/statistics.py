"""Statistics as lines of text, without colours."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from quizcnn.study.pictures.page import NOTHING, sections
from quizcnn.study.statistics.records import Statistics

WIDTH = 80


def statistics_lines(found: Statistics, width: int = WIDTH) -> Iterator[str]:
    """Every picture under its title."""
    drawn = sections(found, width)
    if not drawn:
        yield from textwrap.wrap(NOTHING, width)
    for index, section in enumerate(drawn):
        if index:
            yield ""
        yield section.title
        yield ""
        for line in section.lines:
            yield "".join(piece.text for piece in line).rstrip()
