"""Any picture of a proof as lines of text."""

from __future__ import annotations

from quizcnn.check.proof import Network
from quizcnn.check.value import Array
from quizcnn.pictures.arrays import View, draw
from quizcnn.pictures.bars import Bars, draw_bars
from quizcnn.pictures.choosing import Curve, Picture
from quizcnn.pictures.network import draw_network
from quizcnn.pictures.pieces import Line
from quizcnn.pictures.plot import plot


def drawn(picture: Picture, width: int, view: View) -> list[Line]:
    """The picture in lines at most `width` cells wide."""
    match picture:
        case Network():
            return draw_network(picture, width)
        case Bars():
            return draw_bars(picture, width)
        case Curve():
            return plot(picture.values, width)
        case Array(shape=(_,), data=data) if data and not _in_a_row(picture, width, view):
            return plot(data, width) or draw(picture, width, view)
    return draw(picture, width, view)


def _in_a_row(vector: Array, width: int, view: View) -> bool:
    """Whether a vector's numbers are wanted and stand in one row."""
    return view.values and len(draw(vector, width, view)) <= 2
