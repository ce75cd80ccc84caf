"""The statistics screen: what it shows at every size, while it counts, and where it cannot."""

import re
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from textual.content import Content
from textual.widgets import Static

from quizcnn.study.statistics.records import (
    Day,
    Due,
    Hard,
    Mastery,
    Retention,
    Share,
    Slip,
    Statistics,
)
from quizcnn.study.store.errors import StoreError
from quizcnn.tui.screens.statistics import StatisticsScreen

from .host import Visit

TODAY = date(2026, 4, 8)
EMPTY = Statistics(datetime(2026, 4, 8, 12, tzinfo=UTC), TODAY, 0.9, (Day(TODAY),))
FULL = Statistics(
    datetime(2026, 4, 8, 12, tzinfo=UTC),
    TODAY,
    0.9,
    tuple(Day(TODAY - timedelta(days=364 - day), day % 40, 0, 60.0) for day in range(365)),
    answers=7000,
    right=6300,
    seconds=21_900.0,
    practised=356,
    streak=4,
    longest=39,
    retention=(Retention(7, Share(9, 10)), Retention(None, Share(85, 100), Share(85, 100))),
    forecast=tuple(Due(TODAY + timedelta(days=day), day) for day in range(30)),
    decks=(Mastery("pooling", 1, 2, 3, 4, 0.87),),
    tags=(Mastery("out[put]-size", 4, 3, 2, 1, 0.5),),
    hardest=(Hard("pooling/max", 9, 4, 1),),
    slips=(Slip("pooling/max", "The [b]stride[/b] was left out.\x1b[2J", 3),),
)


TITLES = (
    "So far",
    "Answers a day",
    "Still known when it came up again",
    "Coming up",
    "Decks",
    "Tags",
    "Hardest questions",
    "Commonest slips",
)


@pytest.fixture(autouse=True)
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (140, 40)])
async def test_every_picture_is_there_at_every_size(size: tuple[int, int]) -> None:
    async with Visit(StatisticsScreen(lambda: FULL), size) as sight:
        await sight.settle()
        assert all(title in sight.page for title in TITLES)
        assert "7000 answers on 356 days; 90% right." in sight.page
        assert "4 days in a row" in sight.text
        room = sight.app.screen.query_one("#statistics").scrollable_content_region.width
        assert max(map(len, sight.page.splitlines())) <= room
        assert "So far" in sight.text
        await sight.press("end")
        assert "Commonest slips" in sight.text
        assert "So far" not in sight.text


async def test_the_heatmap_is_readable_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with Visit(StatisticsScreen(lambda: FULL), (80, 24)) as sight:
        await sight.settle()
        assert "· none  ░ 1–15  ▒ 16–30  ▓ 31–45  █ 46 and more answers" in sight.page
        (monday,) = (line for line in sight.lines if line.strip().startswith("Mon "))
        assert {"░", "▒", "▓"} <= set(monday)


@pytest.mark.parametrize(("theme", "sign"), [("textual-dark", 1), ("textual-light", -1)])
async def test_the_fuller_a_shade_the_more_it_stands_out(theme: str, sign: int) -> None:
    """On a dark background the fuller shades are lighter, on a light one darker."""
    async with Visit(StatisticsScreen(lambda: FULL)) as sight:
        sight.app.theme = theme
        await sight.settle()
        heatmap = sight.app.screen.query(Static).filter(".part")[1].render()
        assert isinstance(heatmap, Content)
        colours = {heatmap.plain[span.start]: str(span.style) for span in heatmap.spans}
        light = [sign * sum(map(int, re.findall(r"\d+", colours[shade]))) for shade in "░▒▓█"]
        assert light == sorted(light)


async def test_any_theme_can_be_used() -> None:
    async with Visit(StatisticsScreen(lambda: FULL)) as sight:
        for theme in ("textual-light", "ansi-dark", "textual-dark"):
            sight.app.theme = theme
            await sight.settle()
            assert "7000 answers on 356 days" in sight.text


async def test_pictures_are_drawn_anew_when_the_terminal_is_resized() -> None:
    async with Visit(StatisticsScreen(lambda: FULL), (140, 40)) as sight:
        await sight.settle()
        await sight.pilot.resize_terminal(40, 12)
        await sight.settle()
        assert max(map(len, sight.page.splitlines())) <= 38


async def test_before_the_first_answer_it_says_so_kindly() -> None:
    async with Visit(StatisticsScreen(lambda: EMPTY), (40, 12)) as sight:
        await sight.settle()
        assert "There is nothing to show yet. Answer a few questions" in sight.text


async def test_it_says_that_it_is_counting_and_can_be_left_meanwhile() -> None:
    asked, go = threading.Event(), threading.Event()

    def load() -> Statistics:
        asked.set()
        assert threading.current_thread() is not threading.main_thread()
        go.wait(20)
        return FULL

    screen = StatisticsScreen(load)
    async with Visit(screen) as sight:
        try:
            assert "Counting your answers" in sight.text
            await sight.pilot.press("q")
            await sight.pilot.pause()
            assert sight.app.screen is not screen
            assert asked.wait(20)
        finally:
            go.set()


async def test_what_keeps_it_from_counting_is_said() -> None:
    def load() -> Statistics:
        raise StoreError("/x/progress.sqlite is damaged. `quizcnn doctor` repairs it.")

    async with Visit(StatisticsScreen(load)) as sight:
        await sight.settle()
        assert "/x/progress.sqlite is damaged. `quizcnn doctor` repairs it." in sight.text


async def test_markup_and_control_characters_of_decks_stay_text() -> None:
    async with Visit(StatisticsScreen(lambda: FULL)) as sight:
        await sight.settle()
        assert "out[put]-size" in sight.page
        assert "The [b]stride[/b] was left out.\ufffd[2J" in sight.page
        assert "\x1b" not in sight.page
