"""Home, findings, sizes, themes, and text that could do harm."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static

from quizcnn.check.job import Checker
from quizcnn.deck.model import Deck, Place, Problem, SourceEntry, Verdict
from quizcnn.tui.checker import LateChecker
from quizcnn.tui.screens.home import HomeScreen

Sit = Callable[..., Any]
Decks = dict[str, Deck]

SOURCES = (
    SourceEntry("faq#2", "About pools in gardens", Verdict.OFF_TOPIC, "Not a network."),
    SourceEntry("faq#1", "What size comes out?", Verdict.OVERSTATED),
    SourceEntry("faq#3", "Confirmed", Verdict.CONFIRMED),
)


async def test_home_lists_the_decks(sit: Sit, decks: Decks) -> None:
    async with sit(decks=tuple(decks.values())) as seat:
        assert "All decks 12 questions 12 new" in seat.text
        assert "Practice [deck] 9 questions 9 new" in seat.text
        assert "Broken 3 questions 3 new" in seat.text
        await seat.press("down", "down", "enter")
        assert "3 left" in seat.text
        await seat.press("escape", "escape", "home", "enter")
        assert "12 left" in seat.text


async def test_home_tells_what_could_not_be_read(sit: Sit) -> None:
    problem = Problem(Place("pool[1].yaml", 3, 7), "unknown key 'anser'", "did you mean 'answer'?")
    async with sit(problems=(problem,)) as seat:
        assert "⚠ 1 problem " in seat.text
        assert str(problem) in seat.text
    async with sit(problems=(problem,), decks=()) as seat:
        assert "no deck could be read" in seat.text
        await seat.press("enter", "d")
        assert isinstance(seat.app.screen, HomeScreen)


async def test_home_shows_a_problem_at_its_line_with_a_caret(sit: Sit, tmp_path: Path) -> None:
    """As `quizcnn verify` does."""
    deck = tmp_path / "a.yaml"
    deck.write_text("schema: 1\n  answer: 3\n", encoding="utf-8")
    async with sit(problems=(Problem(Place(str(deck), 2, 3), "indented"),), decks=()) as seat:
        assert "2 |   answer: 3\n" in seat.app.screen.query_one("#problems Static").visual.plain
        assert "  |   ^" in seat.app.screen.query_one("#problems Static").visual.plain


async def test_findings_list_what_the_document_gets_wrong(sit: Sit) -> None:
    async with sit(read_sources=lambda: (SOURCES, ())) as seat:
        await seat.press("d")
        shown = seat.text
        assert "OVERSTATED" in shown
        assert "the document says It stays the same. we find It shrinks by two." in shown
        assert shown.index("What size comes out?") < shown.index("About pools in gardens")
        assert "Confirmed" not in shown
        await seat.press("enter")
        assert "What size has a 8×8 image" in seat.text
        await seat.press("escape", "q", "q")
        assert isinstance(seat.app.screen, HomeScreen)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (140, 40)])
async def test_question_and_verdict_show_at_every_size(sit: Sit, size: tuple[int, int]) -> None:
    async with sit("shape", "choice", "recall", size=size) as seat:
        assert "What size has a 8×8 image" in seat.text
        await seat.answer("8x8")
        for shown in ("What size has a 8×8 image", "✗ Not right.", "Only padding keeps the size."):
            assert shown in seat.text
        side, proof = (seat.app.screen.query_one(name).region for name in ("#side", "#proof"))
        assert (proof.x >= side.right) is (size[0] > 110)
        await seat.press("p", "end")
        assert "we find It shrinks by two." in seat.text
        await seat.press("n")
        await seat.press(seat.key_of("a pool"), "enter")
        for shown in ("Which layer has nothing to learn?", "✓ Right."):
            assert shown in seat.text
        await seat.press("n", "enter")
        for shown in ("Does pooling shrink a map?", "How well", "Yes, by its stride."):
            assert shown in seat.text
        await seat.press("3")
        assert "2 of 3 right." in seat.text


async def test_markup_in_a_deck_stays_text(sit: Sit, decks: Decks) -> None:
    (shape,) = (q for q in decks["practice"].questions if q.id == "shape")
    odd = replace(shape, ask="Is a[i] [red]red[/red] [@click=app.quit]x[/]?", hint="[b]x[i][/b]")
    deck = replace(decks["practice"], title="[bold]T[/bold]", about="[/nope]", questions=(odd,))
    async with sit(decks=(deck,)) as seat:
        assert "[bold]T[/bold]" in seat.text
        assert "[/nope]" in seat.text
        await seat.press("enter", "escape", "i")
        assert "Is a[i] [red]red[/red] [@click=app.quit]x[/]?" in seat.text
        assert "[b]x[i][/b]" in seat.text


async def test_control_characters_in_a_deck_reach_no_terminal(sit: Sit, decks: Decks) -> None:
    (shape,) = (q for q in decks["practice"].questions if q.id == "shape")
    odd = replace(shape, ask="Size\x1b]52;c;eA==\x07 \u202egnorw?", explain="\x9b2J")
    async with sit(decks=(replace(decks["practice"], questions=(odd,)),)) as seat:
        await seat.press("enter")
        await seat.answer("6x6")
        shown = [str(static.render()) for static in seat.app.screen.query(Static)]
        assert any("Size\ufffd]52;c;eA==\ufffd \ufffdgnorw?" in text for text in shown)
        assert not any(set("\x1b\x07\x9b\u202e") & set(text) for text in shown)


async def test_any_theme_can_be_used(sit: Sit) -> None:
    async with sit("shape") as seat:
        await seat.answer("6x6")
        for theme in ("textual-light", "ansi-dark", "textual-dark"):
            seat.app.theme = theme
            await seat.settle()
            assert "✓ Right." in seat.text


async def test_without_colours_arrays_are_numbers_still(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with sit("array") as seat:
        await seat.answer("[[3]]")
        assert "0 1 0│ 0 1 1│ 2 3" in seat.text


def test_the_checker_is_made_once_at_the_first_run_and_closed() -> None:
    class Closing:
        closed = False

        def run(self, jobs: Any, timeout: float = 2.0) -> list[Any]:
            return []

        def close(self) -> None:
            self.closed = True

    made: list[Closing] = []

    def make() -> Checker:
        made.append(Closing())
        return made[-1]

    late = LateChecker(make)
    assert made == []
    late.warm_up()
    late.run([])
    late.close()
    assert [checker.closed for checker in made] == [True]


async def test_the_checker_is_made_off_the_main_thread(sit: Sit, worker: Checker) -> None:
    threads: list[threading.Thread] = []

    class Recording:
        def __init__(self) -> None:
            threads.append(threading.current_thread())

        def run(self, jobs: Any, timeout: float = 2.0) -> Any:
            return worker.run(jobs, timeout)

    async with sit(make=Recording):
        assert len(threads) == 1
        assert threading.main_thread() not in threads


def test_the_app_itself_never_imports_numpy() -> None:
    code = "import sys, quizcnn.tui.app; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


async def test_on_a_small_terminal_question_and_verdict_stay_while_the_proof_scrolls(
    sit: Sit,
) -> None:
    async with sit("shape", size=(40, 12)) as seat:
        await seat.answer("6x6")
        for keys in ((), ("pagedown",), ("end",)):
            await seat.press(*keys)
            assert "What size has a 8×8 image" in seat.text
            assert "✓ Right." in seat.text
        assert "we find" in seat.text
