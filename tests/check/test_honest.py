"""Honest checks of many styles are accepted: a tool that refuses everything is no answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from quizcnn.check.client import Worker
from quizcnn.check.job import Job

CHECKS: list[str] = yaml.safe_load(
    (Path(__file__).parent / "honest.yaml").read_text(encoding="utf-8")
)


def test_there_are_many() -> None:
    """At least a hundred, no two the same."""
    assert len(set(CHECKS)) == len(CHECKS) >= 100


@pytest.mark.parametrize("code", CHECKS, ids=[code.splitlines()[-1][:60] for code in CHECKS])
def test_an_honest_check_is_computed_as_plain_python_computes_it(
    code: str,
    worker: Worker,
    run_plainly: Callable[..., Any],
    agrees: Callable[[Any, Any], bool],
) -> None:
    """Accepted by the worker, behind all its walls, with the value that `exec` finds."""
    [proof] = worker.run([Job(code)], 30.0)
    assert proof.failure is None, proof.failure
    raw = run_plainly(code)
    assert agrees(proof.value, raw), (str(proof.value)[:500], raw)
