"""How the screens look: what stands where, and in which colours.

After a change that is meant: `QUIZCNN_LOOKS=update pytest -n0 tests/tui/test_looks.py`, then look
at what `git diff tests/tui/looks` says.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

LOOKS = Path(__file__).parent / "looks"
SIZES = {"80x24": (80, 24), "40x12": (40, 12)}

Sit = Callable[..., Any]


def look(seat: Any) -> str:
    """The screen as text; beneath it, for each line, where which colours begin."""
    strips = seat.app.screen._compositor.render_strips()
    lines = [strip.text.rstrip() for strip in strips]
    colours = []
    for number, strip in enumerate(strips):
        told, at, last = [], 0, ""
        for segment in strip:
            style = segment.style
            now = "" if style is None else f"{_hex(style.color)}/{_hex(style.bgcolor)}"
            now += " bold" if style is not None and style.bold else ""
            if now != last:
                told.append(f"{at} {now}")
            last, at = now, at + segment.cell_length
        colours.append(f"{number}: {', '.join(told)}")
    return "\n".join([*lines, "", *colours, ""])


def _hex(colour: Any) -> str:
    return "-" if colour is None or colour.triplet is None else colour.triplet.hex


def agree(name: str, found: str) -> None:
    """Compare with what is kept; with QUIZCNN_LOOKS=update keep it."""
    kept = LOOKS / f"{name}.txt"
    if os.environ.get("QUIZCNN_LOOKS") == "update":
        LOOKS.mkdir(exist_ok=True)
        kept.write_text(found, encoding="utf-8")
    assert found == kept.read_text(encoding="utf-8"), f"{name}: see this file's head"


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
@pytest.mark.parametrize("size", SIZES)
async def test_the_screens_look_as_they_did(sit: Sit, size: str, theme: str) -> None:
    """Home, browse, a question, a wrong answer with its slip, a right one, its proof alone."""
    async with sit("shape", "truth", size=SIZES[size], start=None) as seat:
        seat.app.theme = theme

        async def shows(name: str, *keys: str) -> None:
            await seat.press(*keys)
            await seat.pilot.hover(offset=(0, 0))
            agree(f"{name}-{size}-{theme.removeprefix('textual-')}", look(seat))

        await shows("home")
        await shows("browse", "b")
        await shows("question", "escape", "enter")
        seat.app.screen.query_one("#field").value = "10x10"
        await shows("wrong", "enter")
        await shows("right", "n", "t", "enter")
        await shows("proof", "p")
