"""Draws docs/proof.svg, the picture in the README: a question answered, and its proof.

Run it from the repository's root: `python scripts/picture.py`. The picture is a screenshot of the
running app; the question is asked with its givens as they stand, so that it comes out the same
each time. Another one: `python scripts/picture.py networks/lenet-parameters 61706`.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
from dataclasses import replace
from pathlib import Path

from textual.widgets import Input

from quizcnn.check.client import Worker
from quizcnn.deck.catalog import load
from quizcnn.tui.app import QuizApp

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "proof.svg"
SIZE = (92, 36)


async def screenshot(key: str, answer: str) -> str:
    """The screen after `answer` was given to the question `key`, as SVG."""
    decks = load([ROOT / "questions"]).decks
    ((deck, question),) = (
        (deck, question) for deck in decks for question in deck.questions if question.key == key
    )
    shown = replace(deck, questions=(replace(question, vary={}),))
    app = QuizApp([shown], (), Worker, start=(deck.name,), rng=random.Random(0))
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        fields = app.screen.query(Input)
        if fields:
            fields.only_one().value = answer
        else:
            await pilot.press(*answer)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        return app.export_screenshot(title="quizcnn")


def plain_fonts(svg: str) -> str:
    """The SVG without fonts fetched from elsewhere and with the same names at each run."""
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono")
    return re.sub(r"terminal-\d+", "terminal", svg)


def main() -> None:
    """Write the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("question", nargs="?", default="convolution/step-edge-response")
    parser.add_argument("answer", nargs="?", default="0 0 -3 -3 0 0")
    options = parser.parse_args()
    # A picture has colours, whatever the terminal that it is made on can show.
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
    os.environ.pop("NO_COLOR", None)
    svg = plain_fonts(asyncio.run(screenshot(options.question, options.answer)))
    PICTURE.write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
