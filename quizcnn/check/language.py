"""Running one job: givens, statements step by step, the last expression, the claims."""

from __future__ import annotations

import ast
import keyword
import time
import warnings
from collections.abc import Iterable, Sequence

import numpy as np

from quizcnn.check.assigning import assign, augment
from quizcnn.check.calls import Run
from quizcnn.check.evaluate import Evaluator
from quizcnn.check.functions import items
from quizcnn.check.job import Job
from quizcnn.check.kinds import Inside, truth, verdict
from quizcnn.check.limits import CheckError, LimitError, RaisedError, RefusedError
from quizcnn.check.names import FIXED, refuse_unknown
from quizcnn.check.networks import Networks
from quizcnn.check.proof import ClaimResult, Failure, Proof, Step
from quizcnn.check.scope import UNSET, Scope
from quizcnn.check.showing import Shown, place
from quizcnn.check.syntax import Program, read_expression, read_program
from quizcnn.check.tracing import Tracer
from quizcnn.check.value import Value


class _Break(Exception):  # noqa: N818 - control flow, not an error
    """`break` was reached."""


class _Continue(Exception):  # noqa: N818 - control flow, not an error
    """`continue` was reached."""


def run_job(job: Job) -> Proof:
    """What comes of a job, computed in this process. Never raises for what the job does."""
    started = time.process_time()
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _Running(job).proof(started)
        except (MemoryError, RecursionError):
            # Where no expression is at work: while a value is made ready to be shown.
            failure = Failure("limit", "this needs more memory or nesting than a check may use")
    claims = tuple(ClaimResult(that, None, failure) for that in job.claims)
    return Proof(claims=claims, failure=failure, seconds=time.process_time() - started)


class _Running:
    """One job on its way: what was computed so far stays when something fails."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.run = Run(job.seed, networks=Networks() if job.steps else None)
        self.evaluator = Evaluator(self.run)
        self.shown = Shown(self.run.budget)
        self.tracer = Tracer(self.run.budget)
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
        claims = tuple(self._claim(that) for that in self.job.claims)
        return Proof(
            given=tuple(self.given),
            steps=tuple(self.steps),
            claims=claims,
            value=self.value if self.failure is None else None,
            failure=self.failure,
            random=self.run.random,
            windows=tuple(self.tracer.windows),
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
        proper = name.isidentifier() and not keyword.iskeyword(name) and not name.startswith("__")
        if not proper or name in FIXED:
            raise RefusedError(FIXED.get(name, f"`{name}` cannot be the name of a given"))
        if not isinstance(given, str):
            return given
        program = read_expression(given)
        refuse_unknown(program.free, self.scope.names, ())
        assert program.last is not None
        return self.evaluator.value(program.last, self.scope)

    def _code(self) -> None:
        source = self.job.code
        if not source.strip() and not self.job.needs_value:
            return
        try:
            program = read_program(source)
            if program.last is None and self.job.needs_value:
                raise RefusedError(
                    "the last line must be an expression, whose value is the answer",
                    program.body[-1] if program.body else None,
                )
            refuse_unknown(program.free, self.scope.names, program.bound)
            self._program(program)
        except (_Break, _Continue):
            self.failure = Failure("refused", "break and continue stand inside a for")
        except CheckError as error:
            self.failure = _failure(error, source)

    def _program(self, program: Program) -> None:
        self.evaluator.tracer = self.tracer if self.job.trace else None
        for statement, text, names in zip(program.body, program.texts, program.binds, strict=True):
            self._statement(statement)
            if self.job.steps:
                self._steps(statement, text, names)
        if program.last is not None:
            value = self.evaluator.value(program.last, self.scope)
            try:
                self.value = self.shown.final(value)
            except CheckError as error:
                raise error.at(program.last) from None
            if self.job.steps:
                self.steps.append(Step(program.last_text, program.last.lineno, None, self.value))
        self.evaluator.tracer = None

    def _steps(self, statement: ast.stmt, text: str, names: Iterable[str]) -> None:
        """A step for each name that a top-level statement gave a value."""
        for name in names:
            value = self.scope.names.get(name, UNSET)
            if value is not UNSET and name != "_":
                shown = self.shown.step(value)
                self.steps.append(Step(text, statement.lineno, name, shown))

    def _block(self, statements: Iterable[ast.stmt]) -> None:
        for statement in statements:
            self._statement(statement)

    def _statement(self, node: ast.stmt) -> None:
        try:
            self.run.budget.step()
            self._do(node)
        except CheckError as error:
            raise error.at(node) from error.__cause__
        except MemoryError as error:
            raise LimitError("this needs more memory than a check may use", node) from error
        except RecursionError as error:
            raise LimitError("this nests too deep", node) from error
        except (_Break, _Continue):
            raise
        except Exception as error:
            raise RaisedError(str(error)[:500] or type(error).__name__, node) from error

    def _do(self, node: ast.stmt) -> None:
        evaluator, scope = self.evaluator, self.scope
        match node:
            case ast.Assign():
                value = evaluator.value(node.value, scope)
                for target in node.targets:
                    assign(target, value, scope, evaluator)
            case ast.AugAssign():
                augment(node, scope, evaluator)
            case ast.If():
                self._block(node.body if truth(evaluator.value(node.test, scope)) else node.orelse)
            case ast.For():
                self._for(node)
            case ast.Assert():
                self._assert(node)
            case ast.Break():
                raise _Break
            case ast.Continue():
                raise _Continue
            case _:
                assert isinstance(node, ast.Pass)

    def _for(self, node: ast.For) -> None:
        source = self.evaluator.value(node.iter, self.scope)
        for item in items(source, self.run.budget):
            assign(node.target, item, self.scope, self.evaluator)
            try:
                self._block(node.body)
            except _Continue:
                continue
            except _Break:
                break

    def _assert(self, node: ast.Assert) -> None:
        if truth(self.evaluator.value(node.test, self.scope)):
            return
        said = self.evaluator.value(node.msg, self.scope) if node.msg is not None else ""
        message = said if isinstance(said, str) and said else ast.unparse(node.test)[:200]
        raise RaisedError(f"this does not hold: {message}", node)

    def _claim(self, that: str) -> ClaimResult:
        if self.failure is not None:
            return ClaimResult(that, None, self.failure)
        try:
            program = read_expression(that)
            refuse_unknown(program.free, self.scope.names, ())
            assert program.last is not None
            value = self.evaluator.value(program.last, self.scope)
            return ClaimResult(that, verdict(value, "a claim"))
        except CheckError as error:
            return ClaimResult(that, None, _failure(error, that.strip()))


def _failure(error: CheckError, source: str, given: str | None = None) -> Failure:
    line, column = place(error, source)
    return Failure(error.kind, error.message, line, column, given)


def run_jobs(jobs: Sequence[Job]) -> list[Proof]:
    """Each job's proof, computed in this process without the worker's clock and walls."""
    return [run_job(job) for job in jobs]
