"""As much of the app as one screen needs."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import WorkerCancelled

from quizcnn.tui import app as home
from quizcnn.tui.app import QuizApp


class Host(App[None]):
    """Shows one screen, in the app's own style."""

    CSS_PATH = Path(home.__file__).with_name("app.tcss")
    HORIZONTAL_BREAKPOINTS = QuizApp.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = QuizApp.VERTICAL_BREAKPOINTS

    def __init__(self, shown: Screen[None]) -> None:
        super().__init__()
        self.animation_level = "none"
        self._shown = shown

    def on_mount(self) -> None:
        self.push_screen(self._shown)


async def work_done(app: App[None]) -> None:
    """Wait for all work of an app; that of a screen that was left is given up, as it should be."""
    for work in list(app.workers):
        with suppress(WorkerCancelled):
            await work.wait()


class Sight:
    """What stands on the screen of a host, and keys to press."""

    def __init__(self, app: App[None], pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def settle(self) -> None:
        await work_done(self.app)
        await self.pilot.pause()

    @property
    def lines(self) -> list[str]:
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        """What can be seen, wrapped lines joined."""
        return " ".join(" ".join(self.lines).split())

    @property
    def page(self) -> str:
        """All that stands on the screen, seen or to be scrolled to."""
        return "\n".join(str(static.render()) for static in self.app.screen.query(Static))


class Visit:
    """Opens a screen: `async with Visit(screen, size) as sight`."""

    def __init__(self, shown: Screen[None], size: tuple[int, int] = (80, 24)) -> None:
        self._app = Host(shown)
        self._test = self._app.run_test(size=size)

    async def __aenter__(self) -> Sight:
        sight = Sight(self._app, await self._test.__aenter__())
        await sight.pilot.pause()
        return sight

    async def __aexit__(self, *error: Any) -> None:
        await self._test.__aexit__(*error)
