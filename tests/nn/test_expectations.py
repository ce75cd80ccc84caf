"""What dropout does on average, against theory and against drawing masks."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.nn.arrays import normal, ones, uniform, zeros
from quizcnn.nn.dense import dropout
from quizcnn.nn.expectations import (
    dropout_loss,
    expected_dropout_loss,
    expected_under_dropout,
)
from quizcnn.nn.pooling import avg_pool2d, max_pool2d

rates = st.floats(0.0, 0.9)


def test_the_largest_of_two_values_worked_out_by_hand() -> None:
    """Both kept 6, only the 3 kept 6, only the 1 kept 2, none kept 0: 3.5 in the mean."""
    assert expected_under_dropout(np.max, [1.0, 3.0], 0.5) == pytest.approx(3.5)


@given(rates, st.integers(0, 1000))
@settings(max_examples=30)
def test_averages_keep_their_expectation_and_maxima_grow(p: float, seed: int) -> None:
    x = uniform(2, 2, low=1.0, high=2.0, seed=seed)
    mean = expected_under_dropout(lambda x: avg_pool2d(x, 2), x, p)
    assert np.allclose(mean, avg_pool2d(x, 2), atol=1e-12)
    # where the winner is dropped the runner-up takes over, and so on down
    first, second, third, fourth = sorted(x.ravel(), reverse=True)
    largest = expected_under_dropout(lambda x: max_pool2d(x, 2), x, p)
    assert largest == pytest.approx(first + p * second + p**2 * third + p**3 * fourth)


@given(rates)
@settings(max_examples=30)
def test_a_pooled_window_is_empty_with_probability_p_to_the_power_of_its_size(p: float) -> None:
    empty = expected_under_dropout(lambda x: max_pool2d(x, 3) == 0, ones(3, 3), p)
    assert empty == pytest.approx(p**9, abs=1e-12)


def test_the_expectation_is_the_mean_of_many_draws() -> None:
    x = uniform(2, 2)
    drawn = [max_pool2d(dropout(x, 0.3, seed=seed), 2)[0, 0] for seed in range(4000)]
    exact = expected_under_dropout(lambda x: max_pool2d(x, 2), x, 0.3)[0, 0]
    assert abs(np.mean(drawn) - exact) < 5 * np.std(drawn) / np.sqrt(4000)


@settings(max_examples=40)
@given(rates, st.integers(0, 1000), st.integers(1, 6), st.integers(1, 6))
def test_dropout_adds_the_penalty_that_theory_says(
    p: float, seed: int, examples: int, features: int
) -> None:
    x, w = normal(examples, features, seed=seed), normal(features, seed=seed + 1)
    y = normal(examples, seed=seed + 2)
    loss = np.sum((x @ w - y) ** 2)
    penalty = p / (1 - p) * np.sum(w**2 * np.sum(x**2, axis=0))
    assert expected_dropout_loss(x, w, y, p) == pytest.approx(loss + penalty)


@pytest.mark.parametrize("seed", range(20))
def test_drawn_losses_come_close_to_the_exact_one(seed: int) -> None:
    x, w, y = normal(20, 6, seed=seed), normal(6, seed=seed + 1), normal(20, seed=seed + 2)
    exact = expected_dropout_loss(x, w, y, 0.5)
    assert dropout_loss(x, w, y, 0.5, seed=seed) == pytest.approx(exact, rel=0.05)
    assert dropout_loss(x, w, y, 0.5, seed=seed) != dropout_loss(x, w, y, 0.5, seed=seed + 1)


def test_without_dropout_the_loss_is_the_loss() -> None:
    x, w, y = normal(5, 3), normal(3, seed=1), normal(5, seed=2)
    loss = np.sum((x @ w - y) ** 2)
    assert expected_dropout_loss(x, w, y, 0.0) == pytest.approx(loss)
    assert dropout_loss(x, w, y, 0.0, draws=3) == pytest.approx(loss)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: expected_under_dropout(np.max, zeros(13)), "x has 13 values"),
        (lambda: expected_under_dropout(3, zeros(2)), "expected a function of x"),  # type: ignore
        (lambda: expected_under_dropout(np.max, zeros(2), 1.0), "at least 0 and below 1"),
        (lambda: expected_dropout_loss(zeros(2, 13), zeros(13), zeros(2)), "13 features"),
        (
            lambda: dropout_loss(zeros(2, 3), zeros(2), zeros(2)),
            r"shapes \(2, 3\), \(2,\) and \(2,\)",
        ),
        (lambda: dropout_loss(zeros(2, 3), zeros(3), zeros(2), p=-0.1), "at least 0 and below 1"),
    ],
)
def test_nonsense_is_refused(make: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
