"""What this room's tests share: code run in this process, in the worker, and by plain Python."""

from __future__ import annotations

import ast
import math
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from quizcnn import nn
from quizcnn.check.client import Worker
from quizcnn.check.job import Job
from quizcnn.check.language import run_job
from quizcnn.check.proof import Failure, Proof
from quizcnn.check.value import Array, Name, Record


def _run(code: str, given: dict[str, Any] | None = None, **job: Any) -> Proof:
    return run_job(Job(code, given or {}, **job))


def _value(code: str, given: dict[str, Any] | None = None, **job: Any) -> Any:
    proof = _run(code, given, **job)
    assert proof.failure is None, proof.failure
    return proof.value


def _failure(code: str, given: dict[str, Any] | None = None, **job: Any) -> Failure:
    proof = _run(code, given, **job)
    assert proof.failure is not None, f"this was computed: {str(proof.value)[:200]}"
    return proof.failure


def _run_plainly(code: str, given: dict[str, Any] | None = None) -> Any:
    names: dict[str, Any] = {name: vars(nn)[name] for name in nn.__all__}
    names["seed"] = 0
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        for name, value in (given or {}).items():
            names[name] = eval(value, names) if isinstance(value, str) else value
        tree = ast.parse(code)
        last = tree.body.pop()
        assert isinstance(last, ast.Expr)
        exec(compile(tree, "<check>", "exec"), names)
        return eval(compile(ast.Expression(last.value), "<check>", "eval"), names)


def _agrees(shown: Any, raw: Any) -> bool:
    if isinstance(raw, np.ndarray):
        return (
            isinstance(shown, Array)
            and shown.shape == raw.shape
            and shown.dtype == raw.dtype.name
            and shown.data is not None
            and all(map(_agrees, shown.data, raw.ravel().tolist()))
        )
    if isinstance(raw, np.generic):
        raw = raw.item()
    if isinstance(raw, tuple | list):
        return isinstance(shown, tuple) and len(shown) == len(raw) and all(map(_agrees, shown, raw))
    if isinstance(shown, Record):
        return all(_agrees(value, vars(raw)[name]) for name, value in shown.fields)
    if isinstance(shown, Name):
        return shown.text in (repr(raw), getattr(raw, "__name__", None))
    if isinstance(raw, float) and math.isnan(raw):
        return isinstance(shown, float) and math.isnan(shown)
    return type(shown) is type(raw) and bool(shown == raw)


@pytest.fixture(scope="session")
def run() -> Callable[..., Proof]:
    """The proof of a check, computed in this process."""
    return _run


@pytest.fixture(scope="session")
def value() -> Callable[..., Any]:
    """The value of a check that must succeed."""
    return _value


@pytest.fixture(scope="session")
def failure() -> Callable[..., Failure]:
    """The failure of a check that must not succeed."""
    return _failure


@pytest.fixture(scope="session")
def run_plainly() -> Callable[..., Any]:
    """The value of the last expression after `from quizcnn.nn import *` in plain Python."""
    return _run_plainly


@pytest.fixture(scope="session")
def agrees() -> Callable[[Any, Any], bool]:
    """Whether a proof's value is what plain Python computed, types and all."""
    return _agrees


@pytest.fixture(scope="session")
def worker() -> Iterator[Worker]:
    """One worker for all tests that do it no harm."""
    with Worker() as checker:
        yield checker


@pytest.fixture
def own() -> Iterator[Worker]:
    """A worker that a test may ill-treat."""
    with Worker() as checker:
        yield checker
