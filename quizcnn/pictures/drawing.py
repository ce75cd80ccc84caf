"""Any picture of a proof as lines of text."""

from __future__ import annotations

from dataclasses import replace

from quizcnn.check.proof import Network
from quizcnn.check.value import Array
from quizcnn.pictures.arrays import Steps, View, draw, flat
from quizcnn.pictures.bars import Bars, draw_bars
from quizcnn.pictures.choosing import Curve, Picture
from quizcnn.pictures.legend import said
from quizcnn.pictures.lines import Lines, fixed
from quizcnn.pictures.network import draw_network
from quizcnn.pictures.plot import plot
from quizcnn.pictures.sampling import sampled


def drawn(picture: Picture, width: int, view: View) -> Lines:
    """The picture in lines at most `width` cells wide; of a sample it says so."""
    if isinstance(picture, Array):
        array, told = sampled(picture)
        if not told:
            return _drawn(array, width, view)
        # Its rows and columns have other numbers in the whole array, so they are not numbered.
        assert picture.sample is not None
        lines = _drawn(array, width, replace(view, values=False), picture.sample.steps)
        return lines if flat(array) else lines.and_then(said(told, width))
    return _drawn(picture, width, view)


def _drawn(picture: Picture, width: int, view: View, steps: Steps = ()) -> Lines:
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
    return draw(picture, width, view, steps)


def _in_a_row(vector: Array, width: int, view: View) -> bool:
    """Whether a vector's numbers are wanted and stand in one row."""
    return view.values and len(draw(vector, width, view)) <= 2
