"""Running one job: givens, statements step by step, the last expression, the claims."""

from __future__ import annotations

import ast
import keyword
import time
import warnings
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache

import numpy as np

from quizcnn.check.calls import Run
from quizcnn.check.evaluate import BreakReached, ContinueReached, Evaluator
from quizcnn.check.job import Job
from quizcnn.check.kinds import Inside, verdict
from quizcnn.check.limits import CheckError, RefusedError
from quizcnn.check.names import FIXED, refuse_unknown
from quizcnn.check.networks import Networks
from quizcnn.check.proof import ClaimResult, Failure, Proof, Step
from quizcnn.check.scope import UNSET, Scope
from quizcnn.check.showing import Shown, place
from quizcnn.check.statements import Compiled, compiled_expression, compiled_program
from quizcnn.check.tracing import Tracer
from quizcnn.check.value import Value


def run_job(job: Job) -> Proof:
    """What comes of a job, computed in this process. Never raises for what the job does."""
    started = time.process_time()
    with np.errstate(all="ignore"), _unwarned():
        try:
            return _Running(job).proof(started)
        except (MemoryError, RecursionError):
            # Where no expression is at work: while a value is made ready to be shown.
            failure = Failure("limit", "this needs more memory or nesting than a check may use")
    claims = tuple(ClaimResult(that, None, failure) for that in job.claims)
    return Proof(claims=claims, failure=failure, seconds=time.process_time() - started)


def _unwarned() -> AbstractContextManager[object]:
    """Warnings are ignored, as a worker does anyway: putting their filters back takes long."""
    if warnings.filters and warnings.filters[0][:3] == ("ignore", None, Warning):
        return nullcontext()
    return warnings.catch_warnings(action="ignore")


class _Running:
    """One job on its way: what was computed so far stays when something fails."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.run = Run(job.seed, networks=Networks() if job.steps else None)
        self.evaluator = Evaluator(self.run)
        self.shown = Shown(self.run.budget)
        self.tracer = Tracer(self.run.budget) if job.trace else None
        self.scope = Scope()
        self.scope.names["seed"] = job.seed
        self.given: list[tuple[str, Value]] = []
        self.steps: list[Step] = []
        self.value: Value = None
        self.failure: Failure | None = None

    def proof(self, started: float) -> Proof:
        """The proof of the whole job."""
        if self._givens():
            self._code()
        claims = tuple(map(self._claim, self.job.claims))
        return Proof(
            given=tuple(self.given),
            steps=tuple(self.steps),
            claims=claims,
            value=self.value if self.failure is None else None,
            failure=self.failure,
            random=self.run.random,
            windows=tuple(self.tracer.windows) if self.tracer else (),
            networks=self.run.networks.met(self.scope.names) if self.run.networks else (),
            seconds=time.process_time() - started,
        )

    def _givens(self) -> bool:
        for name, given in self.job.given.items():
            try:
                value = self._given(name, given)
                self.given.append((name, self.shown.step(value)))
            except CheckError as error:
                source = given if isinstance(given, str) else ""
                self.failure = _failure(error, source.strip(), given=name)
                return False
            self.scope.names[name] = value
        return True

    def _given(self, name: str, given: bool | int | float | str) -> Inside:
        if not _is_proper(name):
            raise RefusedError(FIXED.get(name, f"`{name}` cannot be the name of a given"))
        if not isinstance(given, str):
            return given
        return self._expression(given)

    def _expression(self, source: str) -> Inside:
        expression = compiled_expression(source)
        refuse_unknown(expression.program.free, self.scope.names, ())
        assert expression.last is not None
        return self.evaluator.value(expression.last, self.scope)

    def _code(self) -> None:
        source = self.job.code
        if not source.strip() and not self.job.needs_value:
            return
        try:
            compiled = compiled_program(source)
            program = compiled.program
            if program.last is None and self.job.needs_value:
                raise RefusedError(
                    "the last line must be an expression, whose value is the answer",
                    program.body[-1] if program.body else None,
                )
            refuse_unknown(program.free, self.scope.names, program.bound)
            self._program(compiled)
        except (BreakReached, ContinueReached):
            self.failure = Failure("refused", "break and continue stand inside a for")
        except CheckError as error:
            self.failure = _failure(error, source)

    def _program(self, compiled: Compiled) -> None:
        program, evaluator = compiled.program, self.evaluator
        evaluator.tracer = self.tracer
        for at, statement in enumerate(compiled.statements):
            evaluator.value(statement, self.scope)
            if self.job.steps:
                self._steps(program.body[at], program.texts[at], program.binds[at])
        if compiled.last is not None and program.last is not None:
            value = evaluator.value(compiled.last, self.scope)
            try:
                self.value = self.shown.final(value)
            except CheckError as error:
                raise error.at(program.last) from None
            if self.job.steps:
                self.steps.append(Step(program.last_text, program.last.lineno, None, self.value))
        evaluator.tracer = None

    def _steps(self, statement: ast.stmt, text: str, names: Iterable[str]) -> None:
        """A step for each name that a top-level statement gave a value."""
        for name in names:
            value = self.scope.names.get(name, UNSET)
            if value is not UNSET and name != "_":
                shown = self.shown.step(value)
                self.steps.append(Step(text, statement.lineno, name, shown))

    def _claim(self, that: str) -> ClaimResult:
        if self.failure is not None:
            return ClaimResult(that, None, self.failure)
        try:
            return ClaimResult(that, verdict(self._expression(that), "a claim"))
        except CheckError as error:
            return ClaimResult(that, None, _failure(error, that.strip()))


@lru_cache(maxsize=256)
def _is_proper(name: str) -> bool:
    """Whether a given may have this name."""
    proper = name.isidentifier() and not keyword.iskeyword(name) and not name.startswith("__")
    return proper and name not in FIXED


def _failure(error: CheckError, source: str, given: str | None = None) -> Failure:
    line, column = place(error, source)
    return Failure(error.kind, error.message, line, column, given)


def run_jobs(jobs: Sequence[Job]) -> list[Proof]:
    """Each job's proof, computed in this process without the worker's clock and walls."""
    return [run_job(job) for job in jobs]
