"""Each limit says which it is, and none stands in the way of honest work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from quizcnn.check import limits
from quizcnn.check.limits import SOURCE

LIMITS = {
    "x = '" + "a" * SOURCE + "'\n1": "16,392 bytes of source; 16,384 are allowed",
    "x = [" + "1," * 6000 + "]\n1": "more than 5,000 pieces",
    "[" * 70 + "]" * 70: "nests too deep: take it apart",
    "f = lambda n: f(n)\nf(0)": "do lambdas call each other in a circle?",
    "sum(range(10 ** 9))": "more than 30,000 steps",
    "2 ** 600": "an integer may have 512 bits",
    "'a' * 2000": "a text may have 1,000 characters",
    "[0] * 10 ** 7": "a list or tuple may hold",
    "zeros(5000, 5000)": "this would make 25,000,000 values at once",
    "[zeros(1000, 1000) for i in range(40)]": "arrays have more than 32,000,000 values together",
    "np.ones((1,) * 17)": "an array may have 16 axes",
    "zeros(0).reshape(0, 10 ** 7)": "an array's other sides may have 4,000,000 places",
    "range(2 ** 70)": "range takes whole numbers below 2**62",
    "[0] * 70_000": "is too much to show",
    "x = 1\nfor i in range(40):\n    x = [x]\nx": "nests too deep to show",
}


@pytest.mark.parametrize(("code", "says"), LIMITS.items(), ids=LIMITS.values())
def test_each_limit_says_which_it_is(
    code: str, says: str, failure: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Steps, pieces, nesting, integers, texts, lists, arrays: each has words of its own."""
    monkeypatch.setattr(limits, "STEPS", 30_000)
    found = failure(code)
    assert found.kind == "limit", found
    assert says in found.message


def test_a_view_costs_nothing(value: Callable[..., Any]) -> None:
    """Looking at an array from another side, or writing into it, makes no new one."""
    code = "x = ones(1000, 1000)\nfor i in range(100):\n    y = x.T[::2].reshape(500, 1000)[1:]\n1"
    assert value(code.replace("reshape(500, 1000)", "T")) == 1
    assert value("x = ones(1000, 1000)\nfor i in range(100):\n    x += 1\nx[0, 0]") == 101
    assert value("x = bars(100)\nfor i in range(10_000):\n    y = x.images[0]\n1") == 1


def test_what_a_function_makes_for_an_operation_is_gone_afterwards(
    value: Callable[..., Any],
) -> None:
    """A gradient by thousands of calls does not count the arrays of each."""
    assert value("grad(conv2d, ramp(64, 64), box(3)).sum().round(3)") == 3844.0


def test_memory_that_held_other_values_is_not_shown(failure: Callable[..., Any]) -> None:
    """No entry gives an array that nobody has filled."""
    assert "np.pad has `mode` constant" in failure("np.pad(ones(3), 9, mode='empty')").message
    assert "`np.empty` is not part of a check" in failure("np.empty(9)").message
    assert failure("np.add(ones(3), 1, where=False)").kind == "raised"


def test_a_dtype_is_a_name(failure: Callable[..., Any], value: Callable[..., Any]) -> None:
    """NumPy would read a dtype, with a shape of its own, off many other values."""
    for dtype in ("(np.float64(1), (10 ** 6,))", "np.float64(1)", "[1]", "5", "(int, 3)", "bars"):
        assert "is no dtype" in failure(f"np.zeros(3, dtype={dtype})").message
    assert value("np.zeros(1, dtype=np.float32).dtype_ if 0 else 1") == 1


def test_arrays_hold_numbers_only(failure: Callable[..., Any]) -> None:
    """No way leads to an array of objects, texts, dates or records."""
    for code in (
        "np.array([None, 1])",
        "np.array([[None]])",
        "np.full(3, None)",
        "np.array(None)",
        "np.array(['a'])",
        "np.array([relu])",
        "np.array([ReLU()])",
        "np.array([[1], [2, 3]])",
        "np.array([2 ** 64])",
        "np.array(range(3), dtype=len)",
        "np.stack([None, None])",
        "np.where([True], None, 1)",
        "np.append([1], [None])",
        "ramp(3).astype('U9')",
        "ramp(3) + None",
        "x = ramp(3)\nx[0] = None\nx",
        "x = ramp(3)\nx[:] = [1, None, 2]\nx",
        "relu([None])",
    ):
        assert failure(code).kind in ("raised", "refused"), code


def test_functions_go_only_where_an_operation_calls_them(failure: Callable[..., Any]) -> None:
    """NumPy calls functions in places where texts stand as well."""
    for code in (
        "np.pad(ramp(3), 1, mode=max)",
        "np.pad(ramp(3), 1, mode=lambda a: 0)",
        "np.linalg.norm(ramp(3), ord=max)",
        "np.einsum(max, ramp(3))",
        "conv2d(ramp(3, 3), box(2), padding=max)",
        "experiment(bars, pool=max)",
    ):
        assert "takes no function" in failure(code).message, code


def test_a_job_that_cannot_be_shown_is_a_limit(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory that runs out between expressions ends the check, not the process."""

    def hungry(*_: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr("quizcnn.check.showing.Shown.step", hungry)
    proof = run("x = 1\nx", claims=("True",))
    assert proof.failure is not None
    assert proof.failure.kind == "limit"
    assert [claim.failure for claim in proof.claims] == [proof.failure]
