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
class NetworkRow:
    """A layer of a network and what follows it without changing the shape, as one writes them.

    `output_shape` (channels first) and `multiply_adds` are None where no input's shape is known;
    `receptive_field` is how many pixels an output sees along each side, None where it sees all.
    """

    layers: str
    output_shape: tuple[int, ...] | None
    parameters: int
    multiply_adds: int | None
    receptive_field: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Network:
    """A network that a check counted or ran: how the check names it, and its rows from the top.

    `input_shape` is that of the example it was met with, None where it was met with none.
    """

    name: str
    input_shape: tuple[int, ...] | None
    rows: tuple[NetworkRow, ...]

    @property
    def parameters(self) -> int:
        """All that it learns."""
        return sum(row.parameters for row in self.rows)

    @property
    def multiply_adds(self) -> int | None:
        """All multiply-adds for one example."""
        if self.input_shape is None:
            return None
        return sum(row.multiply_adds or 0 for row in self.rows)


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of one job.

    `given` holds the evaluated givens, in order, `seed` left out. `random` says whether the seed
    was used. `windows` are the calls that slid a window, where the job asked for them, `networks`
    those that the check counted or ran, where its steps are told. `seconds` is the processor time
    that the job took (of a job that was ended by the clock, its time limit); it does not count in
    comparisons.
    """

    given: tuple[tuple[str, Value], ...] = ()
    steps: tuple[Step, ...] = ()
    claims: tuple[ClaimResult, ...] = ()
    value: Value = None
    failure: Failure | None = None
    random: bool = False
    seconds: float = field(default=0.0, compare=False)
    windows: tuple[Sliding | LeftOut, ...] = ()
    networks: tuple[Network, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the code ran to its end and every claim could be computed."""
        return self.failure is None and all(claim.failure is None for claim in self.claims)
