"""What the worker is asked to run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from quizcnn.check.proof import Proof

Given: TypeAlias = bool | int | float | str
"""A given: a number or truth value as it stands, or an expression of the check language as text."""


@dataclass(frozen=True, slots=True)
class Job:
    """Code to run with some names given.

    `given` is evaluated in its order; a later expression may use an earlier name. `seed` is
    always among the names. `claims` are expressions evaluated after the code, each a truth value.
    With `needs_value` the code must end in an expression (its value is the proof's value). Without
    `steps` the proof tells none, which is quicker where only the outcome counts; with `trace` it
    tells the windows that its statements slid, to be played. `deck` is whose code this is, "" for
    nobody's: it is not sent along, and the code cannot see it.
    """

    code: str
    given: Mapping[str, Given] = field(default_factory=dict)
    claims: tuple[str, ...] = ()
    seed: int = 0
    needs_value: bool = True
    steps: bool = True
    trace: bool = False
    deck: str = ""


class Checker(Protocol):
    """Whatever runs jobs: the worker process in the app, a stand-in in a test."""

    def run(self, jobs: Sequence[Job], timeout: float = 2.0) -> list[Proof]:
        """Run each job by itself and return a proof for each, in order.

        `timeout` is in seconds for each job. Never raises for what a job does: a job that is
        refused, fails, hangs or kills its process comes back as a proof with a `failure`.
        """
        ...
