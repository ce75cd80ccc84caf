"""The windows to be watched after an answer: the check's, and those of the slip behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quizcnn.answer.graded import Graded, Slip, Ungraded
from quizcnn.check.sliding import LeftOut, Sliding


class Watched(NamedTuple):
    """A window; `slip` is the name of the slip that it was slid with, "" of the check itself."""

    window: Sliding | LeftOut
    slip: str = ""


def watchable(graded: Graded | Ungraded | None) -> bool:
    """Whether there is a window, or a reason why there is none."""
    return graded is not None and bool(graded.proof.windows or _slip_windows(graded))


def plays(graded: Graded | Ungraded) -> bool:
    """Whether there is a window that can be played."""
    return any(isinstance(each.window, Sliding) for each in watched(graded))


def watched(graded: Graded | Ungraded) -> tuple[Watched, ...]:
    """The windows of the check, then those that the slip behind the answer slid otherwise."""
    right = graded.proof.windows
    others = [each for each in _slip_windows(graded) if each.window not in right]
    return (*map(Watched, right), *others)


def _slip_windows(graded: Graded | Ungraded) -> Sequence[Watched]:
    slip = graded.slip if isinstance(graded, Graded) else None
    if not isinstance(slip, Slip):
        return ()
    return [Watched(window, slip.name) for window in slip.proof.windows]
