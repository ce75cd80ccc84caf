"""Any picture of a proof as lines of text."""

from __future__ import annotations

from quizcnn.check.proof import Network
from quizcnn.check.value import Array
from quizcnn.pictures.arrays import View, draw
from quizcnn.pictures.bars import Bars, draw_bars
from quizcnn.pictures.choosing import Curve, Picture
from quizcnn.pictures.lines import Lines, fixed
from quizcnn.pictures.network import draw_network
from quizcnn.pictures.plot import plot


def drawn(picture: Picture, width: int, view: View) -> Lines:
    """The picture in lines at most `width` cells wide."""
    match picture:
        case Network():
            return fixed(draw_network(picture, width))
        case Bars():
            return fixed(draw_bars(picture, width))
        case Curve():
            return fixed(plot(picture.values, width))
        case Array(shape=(_,), data=data) if data and not _in_a_row(picture, width, view):
            lines = plot(data, width)
            return fixed(lines) if lines else draw(picture, width, view)
    return draw(picture, width, view)


def _in_a_row(vector: Array, width: int, view: View) -> bool:
    """Whether a vector's numbers are wanted and stand in one row."""
    return view.values and len(draw(vector, width, view)) <= 2
