"""Recording the calls that slide a window, while a check runs, for the proof to show.

Only what nn itself reads from the arguments and what it computed is recorded; the geometry comes
from the functions of nn that the operations use.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from quizcnn.check.arguments import bind
from quizcnn.check.calls import Run, call
from quizcnn.check.entry import Entry
from quizcnn.check.kinds import Inside
from quizcnn.check.limits import Budget
from quizcnn.check.showing import Shown
from quizcnn.check.sliding import FARTHEST, LARGEST, MOST, LeftOut, Sliding
from quizcnn.check.tracing_composed import COMPOSED, Slide, slide_of_layer
from quizcnn.check.tracing_convolutions import convolution, correlation, depthwise, transposed
from quizcnn.check.tracing_parts import Parts
from quizcnn.check.tracing_pools import adaptive, first_channels, overall, pool, power
from quizcnn.check.value import SHOWN, Array
from quizcnn.nn.inference import Applied, watching

SOURCE = 200
"""Characters of a call that are told."""

UNPLAYED: Mapping[str, str] = {
    "volume": "it slides over a volume; over signals and images it is played",
    "varying": "its kernel is another one at every place",
}
"""Why some ways of sliding are never played."""


class Tracer:
    """What slid a window so far, in the order in which it was called."""

    def __init__(self, budget: Budget) -> None:
        self.windows: list[Sliding | LeftOut] = []
        self._shown = Shown(budget)

    def call(
        self,
        entry: Entry,
        args: Sequence[Inside],
        keywords: Mapping[str, Inside],
        run: Run,
        node: ast.Call,
    ) -> Inside:
        """The value of a call of an operation that slides a window, which is recorded."""
        if self._full:
            return call(entry, args, keywords, run, node)
        source = ast.unparse(node)[:SOURCE]
        if entry.slides == "layers":
            with watching(lambda applied: self._layer(applied, source, node.lineno)):
                return call(entry, args, keywords, run, node)
        result = call(entry, args, keywords, run, node)
        given = dict(entry.in_full(bind(entry, args, keywords)))
        made = result[0] if type(result) is tuple else result
        slide = Slide(source, entry.slides, entry.name, given, made)
        if entry.slides in COMPOSED:
            self._composed(slide, node.lineno)
        else:
            self._record(slide, node.lineno)
        return result

    @property
    def _full(self) -> bool:
        """Whether it was said already that more is left out."""
        return len(self.windows) > MOST

    def _layer(self, applied: Applied, source: str, line: int) -> None:
        """Record what a layer of a network did, if it slides a window."""
        slide = None if self._full else slide_of_layer(applied, source)
        if slide is not None:
            self._record(slide, line)

    def _composed(self, slide: Slide, line: int) -> None:
        """Record the steps of an operation that slides several windows, unless it is too large."""
        sizes = [value.size for value in slide.given.values() if type(value) is np.ndarray]
        if max(sizes, default=0) > SHOWN:
            why = f"an array of it has more than {SHOWN:,} values"
            self._leave_out(LeftOut(line, slide.source, why))
            return
        for step in COMPOSED[slide.slides](slide):
            self._record(step, line)

    def _record(self, slide: Slide, line: int) -> None:
        if len(self.windows) >= MOST:
            self._leave_out(LeftOut(line, slide.source, f"a proof has {MOST} of them at most"))
            return
        why = UNPLAYED.get(slide.slides, "")
        if not why:
            parts = READ[slide.slides](slide.name, slide.given, slide.made)
            if "kernel" not in parts:
                parts = first_channels(parts)
            why = _too_large(parts)
        if not why:
            shown = {name: self._told(value) for name, value in parts.items()}
            if all(each.data is not None for each in shown.values() if isinstance(each, Array)):
                found: Any = shown  # the fields by name, each of its type
                self.windows.append(Sliding(line, slide.source, **found))
                return
            why = "the proof has too many values already"
        self._leave_out(LeftOut(line, slide.source, why))

    def _leave_out(self, left_out: LeftOut) -> None:
        if not self._full:
            self.windows.append(left_out)

    def _told(self, value: Any) -> Any:
        return self._shown.step(value) if type(value) is np.ndarray else value


def _too_large(parts: Parts) -> str:
    """Why something is not played, "" where it is of a size that can be."""
    for name in ("input", "output"):
        height, width = parts[name].shape[2:]
        if height * width > LARGEST:
            size = f"{height}×{width}" if height > 1 else f"{width} values"
            return f"its {name} has {size}; up to 64×64 is played"
    for name in ("input", "output", "kernel"):
        if parts.get(name) is not None and parts[name].size > SHOWN:
            return f"its {name} has {parts[name].size:,} values; up to {SHOWN:,} are played"
    far = (*parts["stride"], *parts["dilation"], *(n for pair in parts["sides"] for n in pair))
    if max(far) > FARTHEST or parts["size"][0] * parts["size"][1] > LARGEST:
        return "its stride, dilation, padding or kernel is too large to be played"
    if 0 in (parts["input"].size, parts["output"].size):
        return "it is empty"
    return ""


READ: Mapping[str, Callable[[str, Mapping[str, Any], Any], Parts]] = {
    "convolution": convolution,
    "depthwise": depthwise,
    "correlation": correlation,
    "transposed": transposed,
    "max": pool,
    "min": pool,
    "mean": pool,
    "power": power,
    "adaptive": adaptive,
    "overall": overall,
}
"""For each way of sliding what reads a call of it."""
