"""How long a frame of a sliding window takes, beside a widget that only shows strips made before.

Run it as `python tests/benchmarks/bench_window.py`. A frame is all from the step to the bytes for
the terminal: the page drawn, the lines that changed made into strips, and composed by Textual. The
floor in the same run is Textual alone: the same lines of a widget of the same size that has its
strips ready. Both without a terminal behind them, in processor time. A leap anywhere changes most
of the picture at once; so does a step now and then, where the picture is cut and moves on.
"""
# ruff: noqa: T201

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import time
from collections.abc import Callable
from statistics import median, quantiles

os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")

from textual.app import App
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from quizcnn.check.job import Job
from quizcnn.check.language import run_job
from quizcnn.check.sliding import Sliding
from quizcnn.tui.widgets.window_player import WindowPlayer

WINDOWS = {
    "64×64, 3×3 kernel": "conv2d(normal(64, 64), ones(3, 3), padding=1)",
    "64×64, 11×11 kernel": "conv2d(normal(64, 64), normal(11, 11, seed=1))",
    "4 channels of 64×64": "conv2d(normal(4, 64, 64), ones(1, 4, 3, 3))",
    "64×64, max of 2×2": "max_pool2d(normal(64, 64), 2)",
    "64×64, transposed": "conv_transpose2d(normal(31, 31), ones(4, 4), stride=2)",
    "8×8 in numbers": "conv2d(integers(8, 8), ones(3, 3), padding=1)",
}
SIZES = ((80, 24), (140, 40), (200, 60))
AIM = 16.0
"""Milliseconds that a frame may take."""


class Ready(Widget):
    """Shows strips that are there already."""

    def __init__(self) -> None:
        super().__init__()
        self.strips: list[Strip] = []

    def render_line(self, y: int) -> Strip:
        """One of them."""
        return self.strips[y] if y < len(self.strips) else Strip.blank(self.size.width)


class Bench(App[None]):
    """One widget on the screen, and frames of it made by hand."""

    def paint(self, widget: Widget) -> None:
        """What Textual does once in a frame, up to the bytes."""
        compositor = self.screen._compositor
        compositor.update_widgets({widget})
        update = compositor.render_update()
        if update is not None:
            update.render_segments(self.console)


def recorded(code: str) -> Sliding:
    """What is played."""
    (found,) = run_job(Job(code, trace=True)).windows
    assert isinstance(found, Sliding)
    return found


def timed(frame: Callable[[], None]) -> float:
    """Milliseconds."""
    began = time.process_time()
    frame()
    return 1000 * (time.process_time() - began)


async def frames(sliding: Sliding, size: tuple[int, int], count: int) -> tuple[list[float], ...]:
    """So many frames in order, as many after leaps, and as many of the floor, in milliseconds."""
    app = Bench()
    played: list[float] = []
    leapt: list[float] = []
    floor: list[float] = []
    async with app.run_test(size=size) as pilot:
        player, ready = WindowPlayer(sliding), Ready()
        await app.mount(player)
        await pilot.pause()
        app.paint(player)
        steps = min(count, sliding.steps - 1)
        changed: list[list[Region]] = []
        for _ in range(steps):
            before = list(player._rows)
            played.append(timed(lambda: (player.leap(1), app.paint(player))[0]))
            pairs = enumerate(zip(before, player._rows, strict=False))
            changed.append([Region(0, y, size[0], 1) for y, (old, new) in pairs if old != new])
        for number in range(steps):
            step = number * 7919 % sliding.steps
            leapt.append(timed(lambda: (player.go(step), app.paint(player))[0]))  # noqa: B023
        ready.strips = [player.render_line(y) for y in range(size[1])]
        await player.remove()
        await app.mount(ready)
        await pilot.pause()
        app.paint(ready)
        for regions in changed:
            floor.append(timed(lambda: (ready.refresh(*regions), app.paint(ready))[1]))  # noqa: B023
    return played, leapt, floor


def told(times: list[float]) -> str:
    """The median and the 99th percentile."""
    return f"{median(times):8.2f} {quantiles(times, n=100)[98]:7.2f}"


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--frames", type=int, default=300, help="how many of each are measured")
    given = options.parse_args()
    print(f"{'median and 99th percentile, ms':34}{'a step':>16}{'a leap':>16}{'floor':>16}  ratio")
    late = []
    gc.freeze()  # as the app does once its first frame is there
    for name, code in WINDOWS.items():
        sliding = recorded(code)
        for size in SIZES:
            played, leapt, floor = asyncio.run(frames(sliding, size, given.frames))
            where = f"{name}, {size[0]}×{size[1]}"
            ratio = f"{median(played) / median(floor):6.1f}"
            print(f"{where:34}{told(played)}{told(leapt)}{told(floor)} {ratio}")
            if median(played) > AIM:
                late.append(where)
    print(f"over {AIM:g} ms: {', '.join(late)}" if late else f"all medians within {AIM:g} ms")


if __name__ == "__main__":
    main()
