"""The windows to be watched after an answer: the check's, of each option, of the slip behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from quizcnn.answer.graded import Graded, OptionResult, Slip, Ungraded

if TYPE_CHECKING:
    from quizcnn.check.proof import Proof
    from quizcnn.check.sliding import LeftOut, Sliding


class Watched(NamedTuple):
    """A window, and in words what slid it: an option, a slip, or "" for the check itself."""

    window: Sliding | LeftOut
    whose: str = ""


def watchable(graded: Graded | Ungraded | None) -> bool:
    """Whether there is a window, or a reason why there is none."""
    return graded is not None and bool(watched(graded))


def plays(graded: Graded | Ungraded) -> bool:
    """Whether there is a window that can be played."""
    from quizcnn.check.sliding import Sliding  # noqa: PLC0415 - the first question plays none

    return any(isinstance(each.window, Sliding) for each in watched(graded))


def watched(graded: Graded | Ungraded) -> tuple[Watched, ...]:
    """The windows of the check, or of each option; then those that a slip slid otherwise."""
    if isinstance(graded, Ungraded):
        return slid(graded.proof, ())
    found = list(slid(graded.proof, graded.options))
    if isinstance(graded.slip, Slip):
        known = [each.window for each in found]
        other = [window for window in graded.slip.proof.windows if window not in known]
        found += [Watched(window, f"Slip: {graded.slip.name}") for window in other]
    return tuple(found)


def slid(proof: Proof, options: Iterable[OptionResult]) -> tuple[Watched, ...]:
    """The windows of a check; of a choice those of each option, for which the check runs once."""
    found = [
        Watched(window, f"Option: {option.text}")
        for option in options
        for window in option.proof.windows
    ]
    return tuple(found or map(Watched, proof.windows))
