"""The settings screen: changing a setting by keys and by mouse, and what it says of mistakes."""

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from quizcnn.deck.model import Place, Problem
from quizcnn.study.settings.file import load, save
from quizcnn.study.settings.model import Settings
from quizcnn.tui.screens.settings import SettingsScreen

from .host import Sight, Visit

SIZES = [(40, 12), (80, 24), (140, 40)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def screen_of(file: Path, settings: Settings | None = None) -> SettingsScreen:
    """The screen of a file, which is written at each change."""

    def keep(changed: Settings) -> str | None:
        save(file, changed)
        return None

    found, problems = load(file)
    return SettingsScreen(settings or found, problems, file, keep)


async def typed(sight: Sight, text: str) -> None:
    sight.app.screen.query_one(Input).value = text
    await sight.press("enter")


@pytest.mark.parametrize("size", SIZES)
async def test_a_setting_is_changed_by_keys_at_every_size(file, size):
    async with Visit(screen_of(file), size) as sight:
        assert "Desired retention 0.9" in sight.text
        await sight.press("down", "enter")
        assert "A whole number from 0 to 9999; the default is 20." in sight.text
        await sight.press(*"35", "enter")
        assert "New per day 35 default: 20" in sight.text
        assert load(file) == (replace(Settings(), new_per_day=35), ())
        await sight.press("down", "down", "enter")
        await typed(sight, "2m 1h")
        steps = (timedelta(minutes=2), timedelta(hours=1))
        assert load(file)[0] == replace(Settings(), new_per_day=35, learning_steps=steps)


@pytest.mark.parametrize("size", SIZES)
async def test_a_mistake_is_told_at_the_field(file, size):
    async with Visit(screen_of(file), size) as sight:
        await sight.press("enter")
        await typed(sight, "90")
        assert "Expected a number from 0.7 to 0.99, not `90`." in sight.text
        assert isinstance(sight.app.focused, Input)
        assert not file.exists()
        await typed(sight, "95%")
        assert "Desired retention 0.95" in sight.text


async def test_each_setting_says_what_it_means(file):
    async with Visit(screen_of(file)) as sight:
        await sight.press("end")
        assert "Things on the screen may move by themselves" in sight.text
        await sight.press("up")
        assert "Intervals are spread a little" in sight.text
        await sight.press("up")
        assert "A question that you forgot so many times is set aside" in sight.text


async def test_escape_leaves_the_field_and_then_the_screen(file):
    screen = screen_of(file)
    async with Visit(screen) as sight:
        await sight.press("enter", *"0.8", "q", "escape")
        assert sight.app.screen is screen
        assert isinstance(sight.app.focused, OptionList)
        assert "Desired retention 0.9" in sight.text
        assert not file.exists()
        await sight.press("escape")
        assert sight.app.screen is not screen


async def test_a_setting_goes_back_to_its_default(file):
    save(file, replace(Settings(), day_begins=time(6)))
    async with Visit(screen_of(file)) as sight:
        await sight.press("d")
        assert load(file)[0].day_begins == time(6)
        await sight.press(*["down"] * 6)
        assert "Day begins 06:00 default: 04:00" in sight.text
        await sight.press("d")
        assert load(file)[0] == Settings()
        assert "d back to the default" not in sight.text


async def test_a_click_opens_a_setting_and_the_footer_saves_it(file):
    async with Visit(screen_of(file)) as sight:
        await sight.pilot.click(OptionList, offset=(5, 1 + 8))
        await sight.settle()
        sight.app.screen.query_one(Input).value = "off"
        row = len(sight.lines) - 1
        await sight.pilot.click(offset=(sight.lines[row].index("save"), row))
        await sight.settle()
        assert load(file)[0] == replace(Settings(), fuzz=False)


async def test_another_setting_can_be_clicked_while_one_is_open(file):
    async with Visit(screen_of(file)) as sight:
        await sight.press("enter")
        await sight.pilot.click(OptionList, offset=(5, 1 + 7))
        await sight.settle()
        await typed(sight, "3")
        assert load(file)[0] == replace(Settings(), leech_after=3)


async def test_what_keeps_it_from_saving_is_said_and_nothing_is_lost(file):
    screen = SettingsScreen(Settings(), (), file, lambda settings: "The disk is full. [Make room]")
    async with Visit(screen) as sight:
        await sight.press("enter")
        await typed(sight, "0.8")
        assert "The disk is full. [Make room]" in sight.text
        assert sight.app.screen.query_one(Input).value == "0.8"
        await sight.press("escape")
        assert "Desired retention 0.9" in sight.text


async def test_problems_of_the_file_are_shown_until_they_are_mended(file):
    file.write_text("new_per_day = 'many'\n")
    async with Visit(screen_of(file)) as sight:
        assert "⚠ line 1: `new_per_day`: expected a whole number" in sight.text
        await sight.press("down", "enter", *"30", "enter")
        assert "⚠" not in sight.text
        assert file.read_text() == "new_per_day = 30\n"


async def test_what_another_program_has_set_meanwhile_stays(file):
    async with Visit(screen_of(file)) as sight:
        save(file, replace(Settings(), leech_after=3))
        await sight.press("enter")
        await typed(sight, "0.8")
        assert load(file)[0] == replace(Settings(), leech_after=3, desired_retention=0.8)
        assert "Leech after 3" in sight.text


async def test_markup_in_a_file_stays_text(file):
    problem = Problem(Place("s.toml", 2), "`fuzz`: not `[red]x[/red]`", "[/]")
    screen = SettingsScreen(Settings(), (problem,), file, lambda settings: None)
    async with Visit(screen) as sight:
        assert "line 2: `fuzz`: not `[red]x[/red]` ([/])" in sight.text
