"""What each key does depends on the phase alone, and the footer tells which keys work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.command import CommandPalette
from textual.widgets import Input, OptionList

from quizcnn.study.turn import Phase
from quizcnn.tui.screens.home import HomeScreen
from quizcnn.tui.screens.keys import KeysScreen
from quizcnn.tui.screens.palette import Palette
from quizcnn.tui.widgets.answers import OutButton

Sit = Callable[..., Any]


async def test_a_field_takes_every_printable_key(sit: Sit) -> None:
    async with sit("shape", "number") as seat:
        await seat.type("qsnip?:tfy a")
        assert seat.app.screen.query_one(Input).value == "qsnip?:tfy a"
        assert seat.practice._session.phase is Phase.ASKING


async def test_hint_and_skip_are_reached_by_keys_by_tab_and_as_commands(sit: Sit) -> None:
    async with sit("shape", "truth", "number", "array") as seat:
        await seat.press("tab")
        assert isinstance(seat.app.focused, OutButton)
        await seat.press("enter")
        assert "hint Count where the kernel [3×3] fits." in seat.text
        assert isinstance(seat.app.focused, Input)
        await seat.press("tab", "tab", "enter")
        assert "Does a bright dot survive" in seat.text
        await seat.press("s")
        assert "How many parameters" in seat.text
        await seat.press("escape", "colon")
        assert isinstance(seat.app.screen, CommandPalette)
        await seat.press("escape")
        commands = {found.title: found for found in seat.app.get_system_commands(seat.practice)}
        assert list(commands) == [
            *("Skip", "Tomorrow", "Never again", "Undo"),
            *("Home", "Browse", "Statistics", "Theme", "Keys", "Quit"),
        ]
        commands["Skip"].callback()
        await seat.settle()
        assert "What does 2×2 max pooling make" in seat.text
        assert "✓ 0 ✗ 0" in seat.text


async def test_the_footer_shows_the_keys_that_work_now(sit: Sit) -> None:
    async with sit("shape", "choice", "recall") as seat:
        assert set(seat.keys) == {"enter", "escape", "tab"}
        await seat.press("escape")
        assert {"enter", "i", "s", "question_mark", "q"} <= set(seat.keys)
        assert not {"a", "t", "n", "1", "p"} & set(seat.keys)
        await seat.press("s")
        assert {"a", "b", "c", "s", "enter"} <= set(seat.keys)
        assert not {"d", "i", "t", "n", "backspace"} & set(seat.keys)
        await seat.press("a", "enter")
        assert {"n", "p", "q"} <= set(seat.keys)
        assert not {"a", "s", "t"} & set(seat.keys)
        await seat.press("n")
        assert seat.keys["enter"] == "turn the card"
        await seat.press("enter")
        assert {"1", "2", "3", "4", "u"} <= set(seat.keys)
        assert not {"s", "i", "n", "enter"} & set(seat.keys)


async def test_leaving_loses_nothing(sit: Sit) -> None:
    async with sit("shape", "choice", start=None) as seat:
        await seat.press("enter")
        await seat.type("6x")
        await seat.press("escape", "q")
        assert isinstance(seat.app.screen, HomeScreen)
        await seat.press("enter")
        assert seat.app.screen.query_one(Input).value == "6x"
        await seat.answer("6x6")
        assert "✓ Right." in seat.text
        await seat.press("escape")
        assert "under way: 1 left ✓ 1 ✗ 0" in seat.text
        await seat.press("enter")
        assert "✓ Right." in seat.text
        await seat.press("n", "b", "q", "enter")
        assert "(•) b" in seat.text


async def test_a_session_that_ends_under_the_page_of_keys_is_summed_up_after_it(sit: Sit) -> None:
    """And one that ends when its screen has just been left takes no other screen's place."""
    async with sit("truth", start=None) as seat:
        await seat.press("enter", "t", "enter")
        seat.practice.action_next()
        seat.app.action_help()
        await seat.settle()
        assert isinstance(seat.app.screen, KeysScreen)
        await seat.press("escape")
        assert "1 of 1 right." in seat.text
        await seat.press("u", "t", "enter")
        seat.practice.action_next()
        seat.app.pop_screen()
        await seat.settle()
        assert isinstance(seat.app.screen, HomeScreen)
        assert len(seat.app.screen_stack) == 1


async def test_page_keys_do_no_harm_where_the_palette_has_no_room(sit: Sit) -> None:
    async with sit("truth", size=(40, 1)) as seat:
        await seat.press("colon", "pagedown", "pageup")
        assert isinstance(seat.app.screen, Palette)
        await seat.press("escape")
        assert seat.practice
    async with sit("truth") as seat:
        await seat.press("colon", "pagedown")
        assert seat.app.screen.query_one(OptionList).highlighted > 0


async def test_missed_questions_can_be_left_and_taken_up_again(sit: Sit) -> None:
    async with sit("truth", start=None) as seat:
        await seat.press("enter", "f", "enter", "n", "r", "t", "q")
        assert "Practice [deck]: the missed ones under way: 1 left ✓ 0 ✗ 0" in seat.text
        await seat.press("down", "enter")
        assert "(•) t" in seat.text
        await seat.press("enter", "n")
        assert "1 of 1 right." in seat.text
        await seat.press("enter")
        assert "the missed ones" not in seat.text


async def test_the_proof_scrolls_and_can_have_the_screen_to_itself(sit: Sit) -> None:
    async with sit("shape") as seat:
        await seat.answer("6x6")
        assert "we find It shrinks by two." not in seat.text
        await seat.press("end")
        assert "the document says It stays the same. we find It shrinks by two." in seat.text
        assert "✓ Right." in seat.text
        await seat.press("pageup", "up", "home")
        assert "It fits in 8 − 2 places" in seat.text
        await seat.press("p")
        assert "✓ Right." not in seat.text
        assert "The check, step by step" in seat.text
        await seat.press("p")
        assert "✓ Right." in seat.text


async def test_a_page_of_keys_opens_and_closes(sit: Sit) -> None:
    async with sit("choice") as seat:
        await seat.press("question_mark")
        assert isinstance(seat.app.screen, KeysScreen)
        assert "While you answer" in seat.text
        await seat.press("escape", "a")
        assert seat.practice._session.phase is Phase.ASKING
        assert "(•) a" in seat.text
