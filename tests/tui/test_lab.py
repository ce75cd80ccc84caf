"""The lab on its screen: change a given or a line, and watch what comes of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from shelf import Learner, Shelf
from textual import events
from textual.widgets import Select, TextArea

from quizcnn.answer.laboratory import Bench
from quizcnn.check.client import Worker
from quizcnn.check.job import Job
from quizcnn.check.proof import Proof
from quizcnn.deck.model import Deck, Variant
from quizcnn.study.records import Mode, Request
from quizcnn.tui.screens import lab
from quizcnn.tui.screens.lab import LabScreen
from quizcnn.tui.screens.proof import ProofScreen
from quizcnn.tui.screens.window import WindowScreen
from quizcnn.tui.widgets.given_fields import GivenField
from quizcnn.tui.widgets.lab_outcome import OutcomeLine
from quizcnn.tui.widgets.proof_panel import ProofPanel

from .host import work_done

Sit = Callable[..., Any]
Decks = dict[str, Deck]


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed is computed at once."""
    monkeypatch.setattr(lab, "PAUSE", 0.001)


async def computed(seat: Any) -> None:
    """Wait until what stands in the lab is what was computed."""
    screen = seat.app.screen
    for _ in range(500):
        await seat.pilot.pause(0.01)
        await work_done(seat.app)
        if screen._shown is not None and screen._shown.setup == screen.setup:
            break
    await seat.settle()
    assert not screen.query_one("#outcome").has_class("-stale")


async def until(seat: Any, words: str) -> None:
    """Wait until something stands on the screen."""
    for _ in range(500):
        if words in seat.text:
            return
        await seat.pilot.pause(0.01)
    raise AssertionError(seat.text)


def given(seat: Any, name: str) -> GivenField:
    """The field of a given."""
    return next(each for each in seat.app.screen.query(GivenField) if each.given == name)


def code(seat: Any) -> TextArea:
    return seat.app.screen.query_one("#code", TextArea)  # type: ignore[no-any-return]


async def test_from_a_wrong_answer_to_the_lab_and_back(sit: Sit, decks: Decks) -> None:
    """A journey: the slip is named, a given and a line are changed, mended, copied, and left."""
    shelf = Shelf(decks["practice"])
    learner = Learner(shelf)
    async with sit(learner=learner, start=Request()) as seat:
        await seat.answer("10x10")
        before = (learner.log(), learner.store.card("practice/shape"))
        assert "is what one slip gives: transposed" in seat.text
        await seat.press("l")
        assert isinstance(seat.app.screen, LabScreen)
        await computed(seat)
        assert "✓ holds: answer (n - 2, n - 2) = 6×6" in seat.text
        assert "✓ it holds on the question's only variant" in seat.text

        await seat.press("backspace", "1", "2")
        await computed(seat)
        assert "What size has a 12×12 image" in seat.text
        assert "✓ holds: answer (n - 2, n - 2) = 10×10" in seat.text
        await seat.press("enter")  # on to the check
        assert seat.app.focused is code(seat)
        code(seat).text = "image = ramp(n, n)\nconv2d(image, ones(3, 3).shape"
        await computed(seat)
        assert "✗ line 2, column 7: this is not Python: '(' was never closed." in seat.text
        assert "no value" in seat.text
        code(seat).text = "image = ramp(n, n)\nconv2d(image, ones(3, 3), padding=1).shape"
        await computed(seat)
        assert "✗ does not hold, the check gives 12×12: answer (n - 2, n - 2) = 10×10" in seat.text
        assert "✗ first fails at n = 8: The stored answer is 6×6" in seat.text
        assert "line 2" not in seat.text

        await seat.press("escape", "w")
        assert isinstance(seat.app.screen, WindowScreen)
        await seat.press("escape", "c")
        assert "n = 12\n\nimage = ramp(n, n)\nprint(conv2d(" in seat.app.clipboard
        assert seat.toasts == ["Copied: 7 lines of Python."]
        await seat.press("r")
        await computed(seat)
        assert given(seat, "n").value == "8"
        assert "✓ holds" in seat.text
        await seat.press("y")
        await computed(seat)
        assert "the check gives 10×10" in seat.text
        await seat.press("escape")
        assert seat.practice
        assert "✗ Not right." in seat.text
    assert (learner.log(), learner.store.card("practice/shape")) == before


async def test_an_option_of_a_choice_is_chosen_in_the_lab(sit: Sit) -> None:
    async with sit("choice") as seat:
        await seat.press(seat.key_of("a dense layer"), "enter", "l")
        await computed(seat)
        assert given(seat, "layer").value == "Linear(4, 2)"
        assert "✓ holds: the check gives false, and the option is listed as wrong" in seat.text
        seat.app.screen.query_one("#option", Select).value = 0
        await computed(seat)
        assert given(seat, "layer").value == "MaxPool2d(2)"
        assert "✓ holds: the check gives true, and the option is listed as right" in seat.text


async def test_a_card_is_taken_to_the_lab_before_it_is_graded(sit: Sit) -> None:
    async with sit("recall") as seat:
        await seat.press("enter", "l")
        await computed(seat)
        assert "✓ every claim holds" in seat.text
        assert seat.app.focused is code(seat)  # there is no given
        await seat.press("escape", "escape")
        assert "How well did you know it?" in seat.text


async def test_the_seed_stands_there_where_something_is_drawn(sit: Sit, decks: Decks) -> None:
    async with sit("number") as seat:
        await seat.answer("1")
        await seat.press("l")
        await computed(seat)
        assert not given(seat, "seed").display
        code(seat).text = "x = normal(4)\nparameters(Conv2d(3, 8, 3))"
        await computed(seat)
        assert given(seat, "seed").display


HOSTILE = "8\x1b]52;c;eA==\x07\u202e[b]"


async def test_hostile_text_is_shown_and_told_and_steers_nothing(sit: Sit) -> None:
    async with sit("shape", size=(80, 40)) as seat:
        await seat.answer("6x6")
        await seat.press("l", "backspace")
        seat.app.screen.focused.post_message(events.Paste(HOSTILE))
        await computed(seat)
        assert given(seat, "n").value == "8�]52;c;eA==��[b]"
        code(seat).text = f"x = '{HOSTILE}'\nx"
        await computed(seat)
        shown = "".join(seat.lines())
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert "✗ line 1, column 7: U+001B, a control character, has no place here." in seat.text
        code(seat).text = "n"
        await computed(seat)
        assert "✗ n, column" in seat.text


class Slow:
    """Runs each job of some code only when it is let through."""

    def __init__(self, worker: Worker, mark: str) -> None:
        self.worker, self.mark = worker, mark
        self.open, self.held = threading.Event(), 0

    def run(self, jobs: list[Job], timeout: float = 2.0) -> list[Proof]:
        if any(self.mark in job.code for job in jobs):
            self.held += 1
            self.open.wait(20)
        return self.worker.run(jobs, timeout)


async def test_what_comes_too_late_is_dropped(
    sit: Sit, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old result stays greyed until the new one stands; the one in between is never shown."""
    monkeypatch.setattr(lab, "PATIENCE", 0.001)
    slow = Slow(worker, "* 1000")
    drawn: list[str] = []
    show = OutcomeLine.show
    monkeypatch.setattr(
        OutcomeLine,
        "show",
        lambda line, *told: (drawn.append(told[0].setup.code), show(line, *told)),
    )
    async with sit("number", make=lambda: slow) as seat:
        await seat.answer("1")
        await seat.press("l")
        await computed(seat)
        code(seat).text = "3 * 1000"
        while not slow.held:
            await seat.pilot.pause(0.01)
        assert seat.app.screen.query_one("#outcome").has_class("-stale")
        assert "✓ holds" in seat.text
        await until(seat, "computing …")
        code(seat).text = "parameters(Conv2d(3, 8, 3)) + 7"
        slow.open.set()
        await computed(seat)
        assert "the check gives 231" in seat.text
        assert "3 * 1000" not in drawn
        assert drawn[-1] == "parameters(Conv2d(3, 8, 3)) + 7"
        assert "computing …" not in seat.text


async def test_it_is_saved_as_a_question(sit: Sit, tmp_path: Path) -> None:
    async with sit("shape") as seat:
        await seat.answer("6x6")
        await seat.press("l", "escape", "s")
        await until(seat, "✗ Nothing is changed")
        await seat.press("escape")
        code(seat).text = "conv2d(ramp(n, n), ones(3, 3), stride=2).shape"
        await computed(seat)
        await seat.press("s")
        await until(seat, "✓ The answer is new: (3, 3).")
        assert "It holds." in seat.text
        assert seat.app.clipboard.startswith("  - id: shape-2\n    kind: shape\n")
        assert "    answer: (3, 3)\n" in seat.app.clipboard
        file = tmp_path / "mine.yaml"
        await seat.press("tab")
        seat.app.focused.value = str(file)
        await seat.press("enter")
        assert "Written:" in seat.text
        await seat.press("enter")
        assert "stands a second time" in seat.text
        assert file.read_text().count("- id: shape-2") == 1
        await seat.press("escape", "escape")
        assert seat.practice


@pytest.mark.parametrize("size", [(40, 12), (140, 40)])
async def test_it_works_on_small_and_large_terminals(sit: Sit, size: tuple[int, int]) -> None:
    async with sit("shape", size=size) as seat:
        await seat.answer("6x6")
        await seat.press("l")
        await computed(seat)
        assert "✓ holds: answer" in seat.text  # in sight while one types
        proof = seat.app.screen.query_one(ProofPanel)
        assert proof.display is (size[0] > 100)
        await seat.press("escape")
        assert proof.display
        assert "The check, step by step" in seat.text
        await seat.press("e")
        assert seat.app.focused is code(seat)


async def test_the_app_may_begin_in_the_lab(sit: Sit, decks: Decks) -> None:
    question = decks["practice"].questions[0]
    bench = Bench(question, Variant(0, question.given, {}), given={"n": "11"})
    async with sit(start=bench) as seat:
        await computed(seat)
        assert "✓ holds: answer (n - 2, n - 2) = 9×9" in seat.text
        await seat.press("escape", "escape")
        assert "Practice [deck]" in seat.text


async def test_a_proof_of_the_summary_is_taken_to_the_lab(sit: Sit) -> None:
    async with sit("truth", start=Request(Mode.EXAM, questions=1)) as seat:
        await seat.press("t", "enter", "tab", "down", "up", "enter")
        assert isinstance(seat.app.screen, ProofScreen)
        await seat.press("l")
        assert isinstance(seat.app.screen, LabScreen)
        await computed(seat)
        assert "✓ holds: answer true" in seat.text
