"""The proof: what a check computed, step by step, as frozen plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from quizcnn.check.sliding import LeftOut, Sliding
from quizcnn.check.value import Value

FailureKind = Literal["refused", "raised", "limit", "timeout", "died"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a check: its source, the name it bound (None for the last expression), its value.

    `line` counts from 1 within the check's code.
    """

    source: str
    line: int
    name: str | None
    value: Value


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """Whether a claim holds; None where it could not be computed, and then `failure` says why."""

    that: str
    holds: bool | None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no value.

    refused: the language does not allow it. raised: an operation complained. limit: steps, sizes
    or memory. timeout: the clock. died: the worker ended. `line` and `column` count from 1 within
    the code (or the given named by `given`), None where nothing can be pointed at.
    """

    kind: FailureKind
    message: str
    line: int | None = None
    column: int | None = None
    given: str | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of one job.

    `given` holds the evaluated givens, in order, `seed` left out. `random` says whether the seed
    was used. `windows` are the calls that slid a window, where the job asked for them. `seconds` is
    the processor time that the job took (of a job that was ended by the clock, its time limit); it
    does not count in comparisons.
    """

    given: tuple[tuple[str, Value], ...] = ()
    steps: tuple[Step, ...] = ()
    claims: tuple[ClaimResult, ...] = ()
    value: Value = None
    failure: Failure | None = None
    random: bool = False
    seconds: float = field(default=0.0, compare=False)
    windows: tuple[Sliding | LeftOut, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the code ran to its end and every claim could be computed."""
        return self.failure is None and all(claim.failure is None for claim in self.claims)
