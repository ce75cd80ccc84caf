"""What a job's proof says: givens, steps, claims, value, randomness, and where it failed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from quizcnn.check.job import Job
from quizcnn.check.language import run_job
from quizcnn.check.proof import Proof, Step
from quizcnn.check.value import Array, Name, Record


def test_every_assignment_is_a_step(run: Callable[..., Any]) -> None:
    """Steps have their source, line, name and value; the last expression has no name."""
    proof = run("# sizes\nn = 8 # high\nf = (n -\n     5)\nconv2d(ramp(n, n), ones(f, f)).shape")
    assert proof.steps == (
        Step("n = 8", 2, "n", 8),
        Step("f = (n -\n     5)", 3, "f", 3),
        Step("conv2d(ramp(n, n), ones(f, f)).shape", 5, None, (6, 6)),
    )
    assert proof.value == (6, 6)
    assert proof.ok


def test_each_name_of_a_tuple_is_a_step(run: Callable[..., Any]) -> None:
    """`a, (b, _) = ...` gives steps for a and b."""
    proof = run("a, (b, _) = 1, (2, 3)\na")
    assert [(step.name, step.value) for step in proof.steps] == [("a", 1), ("b", 2), (None, 1)]


def test_a_loop_is_a_step_for_each_name_that_it_bound(run: Callable[..., Any]) -> None:
    """A for gives its steps after it has ended; an if only for the names that it reached."""
    proof = run(
        "s = 0\nfor i in range(4):\n    s += i\nif s > 5:\n    big = 1\nelse:\n    no = 2\ns"
    )
    assert [(step.name, step.value, step.line) for step in proof.steps] == [
        ("s", 0, 1),
        ("i", 3, 2),
        ("s", 6, 2),
        ("big", 1, 4),
        (None, 6, 8),
    ]


def test_a_write_into_an_array_is_a_step_of_that_array(run: Callable[..., Any]) -> None:
    """Each step shows the array as it was then, not as it became."""
    proof = run("x = ramp(2)\nx[0] = 5\nx += 1\nx[1] *= 2\nx")
    assert [step.name for step in proof.steps] == ["x", "x", "x", "x", None]
    assert [step.value.data for step in proof.steps] == [
        (0.0, 1.0),
        (5.0, 1.0),
        (6.0, 2.0),
        (6.0, 4.0),
        (6.0, 4.0),
    ]


def test_givens_keep_their_values_and_order(run: Callable[..., Any]) -> None:
    """A given is a literal or an expression over earlier ones; its record stays as it was."""
    given = {"n": 3, "x": "ramp(n)", "pool": "max_pool2d", "layer": "Linear(n, 2)", "half": 0.5}
    proof = run("x[0] = 9\nx.sum()", given)
    assert [name for name, _ in proof.given] == ["n", "x", "pool", "layer", "half"]
    values = dict(proof.given)
    assert values["x"] == Array((3,), "float64", (0.0, 1.0, 2.0), 0.0, 2.0)
    assert values["pool"] == Name("max_pool2d")
    assert values["layer"] == Name("Linear(3, 2)")
    assert proof.value == 12.0


def test_a_given_that_fails_is_named(failure: Callable[..., Any]) -> None:
    """The failure says which given, and where in it."""
    found = failure("x", {"n": 3, "x": "ramp(n) +\n undefined"})
    assert found.given == "x"
    assert failure("x", {"x": "(n)"}).given == "x"
    assert failure("x", {"x": "1 / 0"}).message == "division by zero"
    assert failure("x", {"x": "y = 3"}).message.startswith("this is not Python: this must be one")
    for name in ("np", "seed", "lambda", "two words", "__x"):
        assert failure("1", {name: 3}).given == name


def test_claims_are_judged_after_the_code(run: Callable[..., Any]) -> None:
    """Each claim holds, or not, or fails by itself."""
    proof = run(
        "x = ramp(4)",
        claims=("x.max() == 3", "x.sum() > 100", "x > 2", "undefined", "(x >= 0).all()"),
        needs_value=False,
    )
    assert [claim.holds for claim in proof.claims] == [True, False, None, None, True]
    assert proof.claims[2].failure.message.startswith(
        "a claim must be True or False; this is an array of shape (4,)"
    )
    assert "nothing here is called `undefined`" in proof.claims[3].failure.message
    assert proof.failure is None
    assert not proof.ok
    assert proof.value is None


@pytest.mark.parametrize("that", ["1", "'yes'", "None", "1.0", "[]", "(True, True)", "len"])
def test_a_claim_is_a_real_truth_value(that: str, run: Callable[..., Any]) -> None:
    """What merely counts as true proves nothing."""
    [claim] = run("", claims=(that,), needs_value=False).claims
    assert claim.holds is None


def test_claims_of_code_that_failed_share_its_failure(run: Callable[..., Any]) -> None:
    """There are as many claim results as claims, whatever happens."""
    proof = run("1 / 0", claims=("True", "False"))
    assert [claim.failure for claim in proof.claims] == [proof.failure, proof.failure]


def test_steps_before_a_failure_stay(run: Callable[..., Any]) -> None:
    """The proof shows how far the check came."""
    proof = run("x = 3\ny = x / 0\ny")
    assert [step.name for step in proof.steps] == ["x"]
    assert (proof.failure.line, proof.failure.column) == (2, 5)
    assert proof.value is None


def test_the_innermost_call_is_pointed_at(failure: Callable[..., Any]) -> None:
    """An operation's complaint points at its call."""
    found = failure("y = 1 + conv2d(ramp(2, 2), ones(3, 3)).sum()\ny")
    assert (found.kind, found.line, found.column) == ("raised", 1, 9)


def test_seed_is_filled_in(run: Callable[..., Any], value: Callable[..., Any]) -> None:
    """Random functions take the check's seed, and the proof says that it was used."""
    one, same, other = (run("normal(3)", seed=seed) for seed in (1, 1, 2))
    assert one.value == same.value != other.value
    assert one.random
    assert one.value == value("normal(3, seed=1)")
    assert run("normal(3)").value == value("normal(3, seed=0)")


def test_random_says_whether_the_seed_was_used(run: Callable[..., Any]) -> None:
    """Reading the name counts, a fixed seed does not."""
    assert run("seed + 1", seed=3).value == 4
    assert run("seed").random
    assert not run("normal(3, seed=5)").random
    assert not run("ramp(3)").random
    assert run("x", {"x": "normal(3)"}).random
    assert run("grad(dropout, ramp(2, 2))").random
    assert run("1", claims=("normal(3).size == 3",)).random


def test_a_second_equal_draw_is_refused(
    failure: Callable[..., Any], value: Callable[..., Any]
) -> None:
    """Two draws of one function with one seed would be equal without anybody meaning it."""
    found = failure("a = normal(3)\nb = normal(4)\n1")
    assert found.kind == "refused"
    assert "seed=seed + 1" in found.message
    assert found.line == 2
    assert failure("[normal(3) for i in range(2)]").kind == "refused"
    assert failure("x + normal(3)", {"x": "normal(3)"}).kind == "refused"
    assert failure("x + y", {"x": "normal(3)", "y": "normal(3)"}).kind == "refused"
    assert value("a = normal(3)\nb = normal(3, seed=seed + 1)\nequal(a, b)") is False
    assert value("a = normal(3)\nb = normal(3, seed=seed)\nequal(a, b)") is True
    assert value("a = normal(3)\nb = uniform(3)\nequal(a, b)") is False


def test_a_lambda_draws_the_same_each_time(value: Callable[..., Any]) -> None:
    """grad calls a lambda again and again: the mask must stay."""
    assert (
        value("x = ones(3, 3)\nallclose(grad(lambda z: dropout(z), x), grad(dropout, x))") is True
    )


def test_no_state_outlives_a_job(run: Callable[..., Any], failure: Callable[..., Any]) -> None:
    """Names, writes and draws of one job are not there in the next."""
    run("secret = 3\nramp = 5\nsecret")
    assert "nothing here is called `secret`" in failure("secret").message
    assert run("ramp(2)").failure is None
    code = "d = bars(4)\nx = d.images.copy()\nx[:] = 0\nd.images.sum() == x.sum()"
    assert run(code).value is False
    assert run(code).value is False


def test_operations_can_be_shadowed_as_in_python(value: Callable[..., Any]) -> None:
    """`box = 3` is a name like any other."""
    assert value("box = 3\nbox + 1") == 4
    assert value("sum = sum([1, 2])\nsum") == 3
    assert value("dot + 1", {"dot": 1}) == 2


def test_results_arrive_as_plain_data(value: Callable[..., Any]) -> None:
    """Operations, layers, records, ranges, lambdas and complex numbers have words of their own."""
    assert value("relu") == Name("relu")
    assert value("np.mean") == Name("np.mean")
    assert value("lambda z: relu(z)*2") == Name("lambda z: relu(z) * 2")
    assert value("range(3)") == Name("range(0, 3)")
    assert value("[Conv2d(1, 2, 3)]") == (Name("Conv2d(1, 2, 3)"),)
    record = value("experiment(bars, pool='global', examples=40)")
    assert isinstance(record, Record)
    assert record.type == "Experiment"
    assert [name for name, _ in record.fields] == ["train", "test", "features"]
    assert value("np.array(True)") == Array((), "bool", (True,), True, True)
    assert value("np.array([np.nan, 1.0, np.inf])").low == 1.0
    assert value("zeros(0, 3)") == Array((0, 3), "float64", (), None, None)
    assert value("True, None, 2 ** 200, 'text'") == (True, None, 2**200, "text")
    assert math.isnan(value("np.nan"))
    assert type(value("np.float64(3)")) is float
    assert type(value("np.all(ramp(2) >= 0)")) is bool


def test_complex_steps_are_text(run: Callable[..., Any]) -> None:
    """A spectrum may be a step; as the value it must be real."""
    proof = run("z = 1 + 2j\nf = np.fft.fft(ramp(2))\nnp.abs(f)")
    assert proof.steps[0].value == "1+2i"
    assert proof.steps[1].value.fields[0] == (
        "real",
        Array((2,), "float64", (1.0, -1.0), -1.0, 1.0),
    )


def test_numpy_prints_no_warnings(run: Callable[..., Any]) -> None:
    """Division by zero gives inf silently (a warning would be an error in this suite)."""
    assert run("ramp(2) / 0").value.data[1] == math.inf
    assert run("np.array([1 + 2j]).astype(float)").failure is None


def test_the_time_is_told_and_does_not_count(run: Callable[..., Any]) -> None:
    """Two runs of one job are equal though their times differ."""
    one, two = (run_job(Job("ramp(3).sum()")) for _ in range(2))
    assert one == two
    assert one.seconds > 0


def test_without_steps_everything_else_is_the_same(run: Callable[..., Proof]) -> None:
    """A job may leave the steps out: givens, claims, value and failures stay."""
    for code in ("x = normal(n)\nx.sum()", "x = 1\nx / 0", "x ="):
        full, short = run(code, {"n": 3}), run(code, {"n": 3}, steps=False)
        assert short == replace(full, steps=())
