"""Every kind of question is answered by keys alone: right, wrong, and misread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.widgets import Input

from quizcnn.study.records import Request

Sit = Callable[..., Any]


async def test_every_kind_answered_right_from_home_to_summary(sit: Sit) -> None:
    async with sit() as seat:
        assert "9 questions" in seat.text
        await seat.press("enter")
        assert "What size has a 8×8 image" in seat.text

        for typed, echo in (("6x6", "6×6"), ("224", "224"), ("[[3]]", "[[3]]"), ("max", "max")):
            await seat.type(typed)
            await seat.press("enter")
            assert "✓ Right." in seat.text, typed
            assert f"your answer {echo}" in seat.text
            assert "computed" in seat.text
            assert "stored" in seat.text
            assert "The check, step by step" in seat.text
            await seat.press("n")

        await seat.press("t", "enter")
        assert "✓ Right." in seat.text
        await seat.press("enter")

        # A second letter changes a single choice.
        await seat.press(seat.key_of("a dense layer"), seat.key_of("a pool"), "space")
        assert "✓ Right." in seat.text
        assert "a pool → true ← yours" in seat.text
        assert "a dense layer → false Eight weights and two biases." in seat.text
        await seat.press("space")

        # Letters toggle where several are right.
        assert "Choose all that are right" in seat.text
        keys = [seat.key_of(text) for text in ("a pool", "an activation", "a padded convolution")]
        await seat.press(*keys, keys[0], "enter")
        assert "✓ Right." in seat.text
        await seat.press("n")

        one, two, three = (seat.key_of(item) for item in ("one", "two", "three"))
        await seat.press(one, three, "backspace", two, three)
        assert [line.split() for line in seat.lines() if "two" in line] == [["2.", two, "two"]]
        await seat.press("enter")
        assert "✓ Right." in seat.text
        await seat.press("n")

        assert "Yes, by its stride." not in seat.text
        await seat.press("enter")
        assert "How well did you know it?" in seat.text
        assert "Yes, by its stride." in seat.text
        assert "✓ holds It shrinks a map[i]" in seat.text
        await seat.press("3")

        assert "9 of 9 right." in seat.text
        assert "Nothing was missed." in seat.text
        await seat.press("enter")
        assert "9 questions" in seat.text


async def test_every_kind_answered_wrong_and_the_missed_ones_repeated(sit: Sit) -> None:
    async with sit(start=Request()) as seat:
        for typed, because in (
            ("8x8", "Only padding keeps the size."),
            ("216", "The biases were left out."),
            ("[[1.5]]", "That is the average."),
            ("average", "It leaves a quarter."),
        ):
            await seat.answer(typed)
            shown = seat.text
            assert "✗ Not right." in shown, typed
            assert because in shown
            await seat.press("n")
        for option in ("false", "a dense layer", "an activation"):
            await seat.press("f" if option == "false" else seat.key_of(option), "enter")
            assert "✗ Not right." in seat.text, option
            await seat.press("n")
        await seat.press(*(seat.key_of(item) for item in ("three", "two", "one")), "enter")
        assert "That is the other way round." in seat.text
        await seat.press("n", "enter", "1")

        assert "0 of 9 right." in seat.text
        assert "✗ wrong What size has a 8×8 image" in seat.text
        await seat.press("r")
        assert "All decks: the missed ones" in seat.text
        assert "9 left ✓ 0 ✗ 0" in seat.text


async def test_a_misread_answer_costs_nothing_and_says_how_it_is_read(sit: Sit) -> None:
    async with sit("shape", "number") as seat:
        await seat.type("(6,6")
        assert "read as" not in seat.text
        await seat.type(")")
        assert "read as 6×6" in seat.text
        for misread, right in (("6 by", "6x6"), ("many", "224")):
            await seat.answer(misread)
            field = seat.app.screen.query_one(Input)
            assert seat.app.focused is field
            assert field.value == misread
            assert "read as" not in seat.text
            assert "✗ 0" in seat.text
            await seat.answer(right)
            assert "✓ Right." in seat.text
            await seat.press("n")
        assert "2 of 2 right." in seat.text


async def test_nothing_given_is_no_answer(sit: Sit) -> None:
    async with sit("truth", "order", "shape") as seat:
        await seat.press("enter")
        assert "Choose first: t or f." in seat.text
        await seat.press("s", "enter")
        assert "Give the letters first" in seat.text
        await seat.press("a", "enter")
        assert "✓ 0 ✗ 0" in seat.text
        await seat.press("s", "enter")
        assert "Type an answer first" in seat.text


async def test_a_check_that_fails_says_so_and_is_not_graded(sit: Sit) -> None:
    async with sit("cannot-be-asked", "fails", "contradicts", deck="broken") as seat:
        assert "⚠ Not graded" in seat.text
        await seat.press("n")
        await seat.answer("2")
        assert "⚠ Not graded" in seat.text
        assert "does not fit" in seat.text
        assert "✓ 0 ✗ 0" in seat.text
        await seat.press("n")
        await seat.answer("4")
        assert "⚠ Not graded" in seat.text
        await seat.press("n")
        assert "3 ⚠ not graded" in seat.text
