"""What a wrong answer is the answer to: told under the verdict and beside the proof."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from quizcnn.check.client import Worker
from quizcnn.check.job import Job
from quizcnn.check.proof import Proof
from quizcnn.study.records import Mode, Request
from quizcnn.tui.screens.proof import ProofScreen
from quizcnn.tui.widgets.proof_column import ProofColumn

Sit = Callable[..., Any]


def columns(seat: Any) -> list[ProofColumn]:
    """The proofs that stand on the screen."""
    return [column for column in seat.app.screen.query(ProofColumn) if column.display]


async def test_the_slip_is_named_and_its_proof_follows_the_right_one(sit: Sit) -> None:
    """A transposed convolution of 8×8 with 3×3 gives 10×10."""
    async with sit("shape", size=(80, 50)) as seat:
        await seat.answer("10x10")
        assert "✗ Not right." in seat.text
        name = "transposed instead of plain convolution"
        assert f"Your 10×10 is what one slip gives: {name}." in seat.text
        assert "─Proof, and what gives your answer beneath it─" in seat.text
        right, slip = seat.text.split(f"What gives your 10×10: {name}")
        assert "conv2d(image, ones(3, 3)).shape → (6, 6)" in right
        assert "was conv2d(image, ones(3, 3)).shape" in slip
        assert "now conv_transpose2d(image, ones(3, 3)).shape" in slip
        assert "image = ramp(n, n) → array of shape (8, 8), 0 to 63, as before" in slip
        assert "conv_transpose2d(image, ones(3, 3)).shape → (10, 10) ← changed" in slip


async def test_on_a_wide_terminal_it_stands_beside(sit: Sit) -> None:
    async with sit("shape", size=(140, 40)) as seat:
        await seat.answer("10x10")
        right, slip = columns(seat)
        assert right.region.y == slip.region.y
        assert right.region.right <= slip.region.x


async def test_where_no_slip_gives_it_that_is_said(sit: Sit) -> None:
    async with sit("shape", "number") as seat:
        await seat.answer("77x77")
        assert "No single slip in the check gives 77×77." in seat.text
        assert len(columns(seat)) == 1
        assert "─Proof──" in seat.text
        await seat.press("n")
        await seat.answer("224")
        assert "slip" not in seat.text  # right


class Gate:
    """Holds up the checks that look for a slip until they are let through."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker
        self.open = threading.Event()
        self.held = 0

    def run(self, jobs: list[Job], timeout: float = 2.0) -> list[Proof]:
        if not all(job.steps for job in jobs):
            self.held += 1
            self.open.wait(20)
        return self.worker.run(jobs, timeout)


async def test_somebody_who_goes_on_does_not_wait_for_it(sit: Sit, worker: Worker) -> None:
    gate = Gate(worker)
    async with sit("shape", "number", make=lambda: gate) as seat:
        seat.app.screen.query_one("#field").value = "10x10"
        await seat.pilot.press("enter")
        while not gate.held:
            await seat.pilot.pause(0.01)
        assert "Looking for the slip that gives your answer …" in seat.text
        await seat.pilot.press("n")
        while "How many parameters" not in seat.text:
            await seat.pilot.pause(0.01)
        gate.open.set()
        await seat.settle()
        assert gate.held == 1
        assert "slip" not in seat.text


async def test_after_an_exam_it_is_looked_for_where_the_proof_is_shown(sit: Sit) -> None:
    async with sit("shape", start=Request(Mode.EXAM, questions=1)) as seat:
        await seat.answer("10x10")
        assert "slip" not in seat.text
        await seat.press("tab", "down", "up", "enter")
        assert isinstance(seat.app.screen, ProofScreen)
        assert "Your 10×10 is what one slip gives: transposed" in seat.text
        assert len(columns(seat)) == 2
