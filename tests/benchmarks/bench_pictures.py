"""How long pictures take: to draw an array, and to put a proof of eight arrays on the screen.

Run it as `python tests/benchmarks/bench_pictures.py`. The floor, in turns in the same run, is a
scrolled `Static` that is given as many lines of plain text.
"""
# ruff: noqa: T201

from __future__ import annotations

import asyncio
import math
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from quizcnn.answer.graded import Asked, Ungraded
from quizcnn.check.proof import Proof, Step
from quizcnn.check.value import Array
from quizcnn.deck.model import Kind, Place, Question, Variant
from quizcnn.pictures.arrays import View, draw
from quizcnn.tui.widgets.proof_panel import ProofPanel

os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
os.environ.pop("NO_COLOR", None)

TURNS = 40
SIDES = (8, 8, 3, 6, 64, 64, 12, 12)
PLACE = Place("deck.yaml", 1)
QUESTION = Question(
    deck="bench", id="one", kind=Kind.NUMBER, ask="?", check="1", answer="1",
    place=PLACE, places={}, check_place=PLACE,
)  # fmt: skip


def image(side: int) -> Array:
    """An image with as many colours as the scale has."""
    data = tuple(math.sin(i / 7) * math.cos(i / side / 5) for i in range(side * side))
    return Array((side, side), "float64", data, min(data), max(data))


def proof_of(sides: tuple[int, ...]) -> Ungraded:
    """A proof with an array for each side."""
    steps = tuple(Step(f"x = image({n})", i, "x", image(n)) for i, n in enumerate(sides))
    return Ungraded(Asked(QUESTION, Variant(0, {}, {}), "?"), "", Proof(steps=steps))


def whole(shown: Array) -> list[object]:
    """Every line of a picture."""
    return list(draw(shown, 100, View()))


def milliseconds(act: Callable[[], object]) -> float:
    """The median of many turns."""
    taken = []
    for _ in range(TURNS):
        begin = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken) * 1000


@dataclass
class Taken:
    """Milliseconds of every turn."""

    pictures: list[float]
    text: list[float]


class Bench(App[None]):
    """A panel that is filled again and again."""

    CSS = "#proof { height: 1fr; }"

    def compose(self) -> ComposeResult:
        """The panel, and its floor."""
        yield ProofPanel()
        yield VerticalScroll(Static(markup=False, id="floor"))

    async def seen(self) -> None:
        """Wait until what was put there has been drawn."""
        drawn = asyncio.Event()
        self.call_after_refresh(drawn.set)
        await drawn.wait()


async def on_screen() -> Taken:
    """Fill the panel in turns with the pictures and with text."""
    graded = proof_of(SIDES)
    taken = Taken([], [])
    app = Bench()
    async with app.run_test(size=(100, 40)):
        panel, floor = app.query_one(ProofPanel), app.query_one("#floor", Static)
        panel.show(graded)
        await app.seen()
        text = "\n".join(" ".join("0123456789" * 6) for _ in range(int(panel.virtual_size.height)))
        for _ in range(TURNS):
            panel.empty()
            await app.seen()
            begin = time.perf_counter()
            panel.show(graded)
            await app.seen()
            taken.pictures.append((time.perf_counter() - begin) * 1000)
            panel.empty()
            await app.seen()
            begin = time.perf_counter()
            floor.update(text)
            await app.seen()
            taken.text.append((time.perf_counter() - begin) * 1000)
            floor.update("")
    return taken


def main() -> None:
    """Print the medians, as on a terminal with all colours."""
    for side in (8, 64, 128):
        taken = milliseconds(partial(whole, image(side)))
        print(f"draw {side}×{side}: {taken:.2f} ms")
    shown = asyncio.run(on_screen())
    pictures, text = (sorted(each) for each in (shown.pictures, shown.text))
    ratio = statistics.median(a / b for a, b in zip(shown.pictures, shown.text, strict=True))
    print(
        f"a proof of 8 arrays on the screen: {statistics.median(pictures):.1f} ms, 90 % below "
        f"{pictures[int(0.9 * TURNS)]:.1f} ms; as much plain text {statistics.median(text):.1f} ms "
        f"({ratio:.1f}×)"
    )


if __name__ == "__main__":
    main()
