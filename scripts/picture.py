"""Draws the README's pictures in docs/: a question answered with its proof, its window, browsing.

Run it from the repository's root: `python scripts/picture.py`. The pictures are screenshots of
the running app; the question is asked with its givens as they stand, so that it comes out the same
each time. Another one: `python scripts/picture.py networks/lenet-parameters 61706`.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
from datetime import UTC, datetime
from pathlib import Path

from textual.widgets import Input

from quizcnn.check.client import Worker
from quizcnn.deck.catalog import Catalog
from quizcnn.study.days import Calendar
from quizcnn.study.desk import Desk
from quizcnn.study.plan_queue import PlanQueue
from quizcnn.study.records import Request, Scope
from quizcnn.study.scheduling import Scheduler
from quizcnn.study.session import Session
from quizcnn.study.settings.model import Settings
from quizcnn.study.store.store import Store
from quizcnn.study.study import Study
from quizcnn.tui.app import QuizApp
from quizcnn.tui.screens.practice import PracticeScreen
from quizcnn.tui.sitting import Sitting

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs"
SIZE = (92, 36)
MOMENT = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


async def screenshots(key: str, answer: str) -> dict[str, str]:
    """The screens after `answer` was given to the question `key`, as SVG, by name."""
    with Catalog.open(None) as catalog, Store.open(None) as store, Worker() as worker:
        catalog.read([ROOT / "questions"])
        catalog.attach(store.connection)
        calendar, settings = Calendar(zone=UTC), Settings(fuzz=False)
        scheduler = Scheduler(settings, calendar)
        desk = Desk(store, catalog, settings, calendar, scheduler, lambda: MOMENT)
        request = Request(scope=Scope((key.partition("/")[0],)))
        kept = store.begin(request.mode, request.scope, MOMENT)
        session = Session(desk, kept, PlanQueue([key], again=False), worker)
        app = QuizApp(Study(desk), catalog, lambda: worker)
        async with app.run_test(size=SIZE) as pilot:
            sitting = Sitting(request, app.sittings.title_of(request), session)
            await app.push_screen(PracticeScreen(sitting, lambda _: None, lambda _: None))
            await app.workers.wait_for_complete()
            await pilot.pause()
            fields = app.screen.query(Input)
            if fields:
                fields.only_one().value = answer
            else:
                await pilot.press(*answer)
            await pilot.press("enter")
            pictures: dict[str, str] = {}
            for name, keys in (
                ("proof", ()),
                ("window", ("w", "right", "right")),
                ("browse", ("escape", "escape", "b", *"receptive")),
            ):
                await pilot.press(*keys)
                await app.workers.wait_for_complete()
                await pilot.pause()
                pictures[name] = app.export_screenshot(title="quizcnn")
            return pictures


def plain_fonts(svg: str) -> str:
    """The SVG without fonts fetched from elsewhere and with the same names at each run."""
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono")
    return re.sub(r"terminal-\d+", "terminal", svg)


def main() -> None:
    """Write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("question", nargs="?", default="convolution/step-edge-response")
    parser.add_argument("answer", nargs="?", default="0 0 -3 -3 0 0")
    options = parser.parse_args()
    # A picture has colours, whatever the terminal that it is made on can show.
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
    os.environ.pop("NO_COLOR", None)
    for name, svg in asyncio.run(screenshots(options.question, options.answer)).items():
        (PICTURES / f"{name}.svg").write_text(plain_fonts(svg), encoding="utf-8")


if __name__ == "__main__":
    main()
