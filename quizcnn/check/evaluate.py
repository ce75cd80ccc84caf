"""What the compiled pieces of a check share while a job runs, and where an error has its place."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TypeAlias, TypeVar

from quizcnn.check.calls import Operation, Run
from quizcnn.check.kinds import Inside
from quizcnn.check.limits import (
    DEPTH,
    STEPS,
    CheckError,
    LimitError,
    RaisedError,
    RefusedError,
)
from quizcnn.check.scope import Scope
from quizcnn.check.table import TABLE
from quizcnn.check.tracing import Tracer

T = TypeVar("T")


class BreakReached(Exception):  # noqa: N818 - control flow, not an error
    """`break` was reached."""


class ContinueReached(Exception):  # noqa: N818 - control flow, not an error
    """`continue` was reached."""


class Evaluator:
    """The state of one job.

    `at` is the piece of its source that is at work: each piece says so before it does what can
    fail, and once those inside it are done.
    """

    __slots__ = ("at", "budget", "operations", "run", "tracer")

    def __init__(self, run: Run, at: ast.AST | None = None) -> None:
        self.run = run
        self.budget = run.budget
        self.tracer: Tracer | None = None
        self.operations: dict[str, Operation] = {}
        self.at = at

    def value(self, code: Callable[[Evaluator, Scope], T], scope: Scope) -> T:
        """What a piece comes to; whatever goes wrong is a CheckError with its place."""
        before, depth = self.at, self.budget.depth
        try:
            found = code(self, scope)
        except CheckError as error:
            raise (error if self.at is None else error.at(self.at)) from error.__cause__
        except MemoryError as error:
            raise LimitError("this needs more memory than a check may use", self.at) from error
        except RecursionError as error:
            raise LimitError("this nests too deep", self.at) from error
        except (BreakReached, ContinueReached):
            raise
        except Exception as error:
            raise RaisedError(str(error)[:500] or type(error).__name__, self.at) from error
        finally:
            self.budget.depth = depth
        self.at = before
        return found

    def over(self, node: ast.AST) -> None:
        """Refuse what takes too many steps, or goes too deep."""
        self.at = node
        if self.budget.steps > STEPS:
            self.budget.step(0)
        if self.budget.depth >= DEPTH:
            self.budget.too_deep()

    def operation(self, name: str) -> Operation:
        """The operation of the table that has this name."""
        known = self.operations.get(name)
        if known is None:
            known = self.operations[name] = Operation(TABLE[name], self.run)
        return known

    def unbound(self, name: str) -> Inside:
        """The operation that a name without a value stands for."""
        if name in TABLE:
            return self.operation(name)
        if name == "np":
            raise RefusedError("`np` stands only before a dot: np.mean(...)")
        raise RaisedError(f"`{name}` has no value here yet")


Code: TypeAlias = Callable[[Evaluator, Scope], Inside]
"""An expression, compiled: gives its value for the names of a scope."""
