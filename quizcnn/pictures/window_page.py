"""A sliding window told on a page: the call, the picture of a step, its sum, and where it is."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from quizcnn.check.playing import step_at, step_for
from quizcnn.check.sliding import LeftOut, Sliding
from quizcnn.check.window_words import (
    geometry_words,
    left_out_words,
    part_words,
    place_words,
    seen_words,
    stamp_words,
    sum_words,
)
from quizcnn.display import one_line
from quizcnn.pictures.colours import Depth
from quizcnn.pictures.pieces import Line, Piece, Tone
from quizcnn.pictures.window_cells import Moment, Scene
from quizcnn.pictures.window_pens import Row, beside
from quizcnn.pictures.window_stage import WindowStage

LEAST = 24
"""Characters of the call that are told at least, before it is told how the window moves."""
ROOMY = 16
"""From so many lines on there are blank ones between the parts, and one more for the sum."""


class WindowPage:
    """Draws the steps of a scene on a page of `width` × `height` characters."""

    def __init__(self, scene: Scene, width: int, height: int, depth: Depth) -> None:
        self._scene = scene
        self._width = max(width, 8)
        self._gap: list[Line] = [()] if height >= ROOMY else []
        self._sums = 3 if self._gap else 2
        self._head = [_line(_call(scene.sliding, self._width), Tone.PLAIN), *self._gap]
        room = height - 2 - self._sums - 2 * len(self._gap)
        self._stage = WindowStage(scene, self._width, room, depth)

    @property
    def choices(self) -> int:
        """Of how many channels of the input one is shown; 1 where all of them are."""
        return self._stage.choices

    def lines(self, moment: Moment, channel: int = 0) -> list[Line]:
        """A step; where one channel of the input is shown, this one of them."""
        return [tuple(beside(row)) for row in self.rows(moment, channel)]

    def rows(self, moment: Moment, channel: int = 0) -> list[Row]:
        """The lines in their parts. A part that has not changed is the same object as before."""
        room = self._width * self._sums * 9 // 10
        told = _summed(moment, room)
        sums = textwrap.wrap(told, self._width - 2, break_on_hyphens=False)[: self._sums]
        foot = [_line(line, Tone.STRONG) for line in sums]
        where = _line(_where(moment, self._width - 2), Tone.QUIET)
        foot = [*self._gap, *foot, where]
        drawn = self._stage.rows(moment, channel)
        return [*self._alone(self._head), *drawn, *self._alone(foot)]

    def _alone(self, lines: Sequence[Line]) -> Iterator[Row]:
        return (((0, line),) for line in lines)

    def step_at(self, moment: Moment, x: int, y: int) -> int | None:
        """The step that belongs to what is drawn at a point, None where nothing is.

        In the output it is the one that fills the cell; a window has no step in its input.
        """
        hit = self._stage.hit(moment, x, y - len(self._head))
        if hit is None:
            return None
        part, place = hit
        sliding = self._scene.sliding
        if sliding.kind == "spread" and part == "input":
            return step_at(sliding, place)
        inside = 0 <= place.row < sliding.output.shape[2]
        inside = inside and 0 <= place.column < sliding.output.shape[3]
        return step_for(sliding, place) if part == "output" and inside else None


def left_out_lines(left_out: LeftOut, width: int) -> list[Line]:
    """Why a call is not played."""
    wrapped = textwrap.wrap(left_out_words(left_out), max(width - 2, 8))
    return [_line(line, Tone.QUIET) for line in wrapped]


def _line(text: str, tone: Tone) -> Line:
    return (Piece(" " + text, tone),)


def _call(sliding: Sliding, width: int) -> str:
    """The call, and how its window moves where there is room."""
    source, ways = one_line(sliding.source), geometry_words(sliding)
    room = width - len(ways) - 5
    return f"{one_line(source, room)}   {ways}" if room >= LEAST else one_line(source, width - 2)


def _summed(moment: Moment, room: int) -> str:
    sliding = moment.scene.sliding
    if moment.window is None:
        return stamp_words(sliding, moment.place, room)
    return sum_words(sliding, moment.window, room)


def _where(moment: Moment, width: int) -> str:
    """Where the step is, in as many words as have room."""
    sliding, place = moment.scene.sliding, moment.place
    part = "input" if moment.window is None else "output"
    count = f"{moment.step + 1} of {sliding.steps}"
    at = place_words(sliding, place)
    part = f"{part} {at}".rstrip()
    told = [f"{part}   {count}", f"{at}  {count}".lstrip(), at]
    if moment.window is not None:
        told.insert(0, f"{part} from {seen_words(sliding, place)} of the input   {count}")
    if some := ", ".join(part_words(sliding)):
        told = [*(f"{each}, {some}" for each in told[:-1]), *told]
    return next((each for each in told if len(each) <= width), told[-1][:width])
