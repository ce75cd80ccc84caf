"""What all comparisons with other implementations share: the tolerances, and counting cases."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

TOLERANCES = {
    "float64": {"rtol": 1e-12, "atol": 1e-12},
    "float32": {"rtol": 1e-5, "atol": 1e-5},
    "float16": {"rtol": 1e-2, "atol": 1e-2},
}
"""How far values may be apart, for each dtype; integers must be equal."""


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> None:
    """Starting threads takes PyTorch longer than such small cases."""
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(1)


@pytest.fixture
def ran(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Any:
    """`ran(cases)` at the end of a test says how many cases were compared, and with what."""

    def record(cases: int, operation: str | None = None, against: str = "torch") -> None:
        assert cases > 0, "not one case ran"
        name = operation or request.node.name.removeprefix("test_").split("[")[0]
        counted = f"{cases:,}".replace(",", " ")
        record_property("oracle", f"{name} {counted} cases against {against}")

    return record


@pytest.fixture
def close() -> Callable[..., None]:
    """`close(ours, theirs, case)`: same shape and dtype, values within the dtype's tolerance."""

    def compare(ours: Any, theirs: Any, case: object, loosen: float = 1.0) -> None:
        ours, theirs = np.asarray(ours), np.asarray(theirs)
        assert ours.shape == theirs.shape, (case, ours.shape, theirs.shape)
        assert ours.dtype == theirs.dtype, (case, ours.dtype, theirs.dtype)
        within = TOLERANCES.get(ours.dtype.name, {"rtol": 0, "atol": 0})
        within = {key: value * loosen for key, value in within.items()}
        same = np.allclose(ours, theirs, equal_nan=True, **within)
        assert same, f"{case}: {ours.tolist()} is not {theirs.tolist()}"

    return compare


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The cases of each comparison, and all together."""
    for report in terminalreporter.stats.get("passed", []):
        for name, said in report.user_properties:
            if name == "oracle" and report.when == "call":
                terminalreporter.write_line(f"oracles: {said}")
