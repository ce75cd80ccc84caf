"""Least squares and gradient descent find what there is to find, and nothing where there is not."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.nn.arrays import integers, normal, ramp
from quizcnn.nn.convolution import conv2d
from quizcnn.nn.data import edges
from quizcnn.nn.fits import (
    accuracy,
    correlation,
    fit_kernel,
    learn_kernel,
    least_squares,
    predict,
    similarity,
)
from quizcnn.nn.gradients import grad
from quizcnn.nn.pooling import avg_pool2d, max_pool2d

TWENTY = range(20)
PREWITT = np.array([[-1.0, 0.0, 1.0]] * 3)


def test_a_line_through_three_points_worked_out_by_hand() -> None:
    fit = least_squares([[0.0], [1.0], [2.0]], [0.0, 0.0, 3.0], intercept=True)
    assert fit.weights == pytest.approx([1.5])
    assert fit.intercept == pytest.approx(-0.5)
    assert fit.predictions == pytest.approx([-0.5, 1.0, 2.5])
    assert fit.residual == pytest.approx(np.sqrt((0.25 + 1.0 + 0.25) / 3))
    assert fit.rank == 2
    assert predict(fit, [[4.0]]) == pytest.approx([5.5])


def test_without_intercept_the_line_goes_through_the_origin() -> None:
    fit = least_squares([[1.0], [2.0]], [2.0, 2.0])
    assert fit.weights == pytest.approx([1.2])
    assert fit.intercept == 0
    assert fit.rank == 1


@settings(max_examples=40)
@given(examples=st.integers(1, 12), features=st.integers(1, 12), seed=st.integers(0, 10_000))
def test_as_many_features_as_examples_fit_anything_and_fewer_do_not(
    examples: int, features: int, seed: int
) -> None:
    fit = least_squares(normal(examples, features, seed=seed), normal(examples, seed=seed + 1))
    assert fit.rank == min(examples, features)
    assert (fit.residual < 1e-9) == (features >= examples)


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_what_is_left_is_orthogonal_to_every_feature(seed: int) -> None:
    x, y = normal(20, 5, seed=seed), normal(20, seed=seed + 1)
    assert np.abs(x.T @ (y - least_squares(x, y).predictions)).max() < 1e-9


@pytest.mark.parametrize("seed", TWENTY)
def test_pooled_features_cannot_fit_noise_that_unpooled_ones_fit(seed: int) -> None:
    """64 features and 32 examples fit coin labels exactly; their 16 maxima leave a residual."""
    images, labels = normal(32, 8, 8, seed=seed), integers(32, high=2, seed=seed)
    assert least_squares(images.reshape(32, -1), labels).residual < 1e-9
    assert least_squares(max_pool2d(images, 2).reshape(32, -1), labels).residual > 0.2


def test_accuracy_counts_the_right_side_of_a_half() -> None:
    assert accuracy([0.4, 0.6, 2.0, 0.5], [0, 1, 1, 1]) == 0.75


@pytest.mark.parametrize("seed", TWENTY)
def test_a_kernel_can_average_but_not_take_the_maximum(seed: int) -> None:
    x = normal(16, 16, seed=seed)
    average = fit_kernel(x, avg_pool2d(x, 2), 2, stride=2)
    assert np.allclose(average.kernel, 0.25, atol=1e-9)
    assert average.residual < 1e-9
    assert average.windows == 64
    assert fit_kernel(x, max_pool2d(x, 2), 2, stride=2).residual > 0.8


@pytest.mark.parametrize("seed", TWENTY)
def test_gradient_descent_recovers_the_kernel_that_made_the_examples(seed: int) -> None:
    x, kernel = normal(24, 24, seed=seed), normal(3, 3, seed=seed + 1)
    learned = learn_kernel(x, conv2d(x, kernel), seed=seed)
    assert np.abs(learned.kernel - kernel).max() < 1e-6
    assert learned.loss < 1e-12


@pytest.mark.parametrize("seed", TWENTY)
def test_from_random_targets_nothing_is_recovered(seed: int) -> None:
    x, kernel = normal(24, 24, seed=seed), PREWITT
    learned = learn_kernel(x, normal(22, 22, seed=seed + 1), seed=seed)
    assert np.abs(learned.kernel).max() < 0.3
    assert np.abs(learned.kernel - kernel).max() > 0.7
    assert learned.loss > 0.7 * learned.losses[0]


@pytest.mark.parametrize("seed", TWENTY)
def test_an_edge_filter_is_learned_from_raw_pixels(seed: int) -> None:
    """From 40 noisy images with marked edges comes the Prewitt kernel, up to its scale."""
    data = edges(40, seed)
    learned = learn_kernel(data.images, data.labels, seed=seed)
    assert similarity(learned.kernel, PREWITT) > 0.99
    assert learned.loss < 0.5 * learned.losses[0]


@given(st.integers(0, 10_000), st.floats(0.001, 0.3))
@settings(max_examples=20)
def test_a_step_of_learning_follows_the_gradient_of_the_mean_squared_error(
    seed: int, rate: float
) -> None:
    x, y = normal(2, 6, 7, seed=seed), normal(2, 4, 5, seed=seed + 1)
    start = learn_kernel(x, y, steps=0, seed=seed)
    one = learn_kernel(x, y, steps=1, rate=rate, seed=seed)

    def loss(kernel: np.ndarray) -> float:
        made = np.stack([conv2d(image, kernel) for image in x])
        return float(np.mean((made - y) ** 2))

    moved = start.kernel - rate * grad(loss, start.kernel)
    assert np.allclose(one.kernel, moved, rtol=0, atol=1e-8)
    assert one.losses == pytest.approx([loss(start.kernel), loss(moved)], abs=1e-8)


def test_learning_ends_where_least_squares_ends() -> None:
    x, y = normal(20, 20), normal(18, 18, seed=1)
    learned = learn_kernel(x, y, steps=1000)
    fitted = fit_kernel(x, y, 3)
    assert np.allclose(learned.kernel, fitted.kernel, atol=1e-9)
    assert learned.loss == pytest.approx(fitted.residual**2)


def test_likeness_of_arrays() -> None:
    assert similarity([1, 0], [0, 1]) == 0
    assert similarity([[1, 2]], [[-2, -4]]) == pytest.approx(-1)
    assert correlation([1, 2, 3], [13, 12, 11]) == pytest.approx(-1)
    x, y = normal(50), normal(50, seed=1)
    assert correlation(x, y) == pytest.approx(np.corrcoef(x, y)[0, 1])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: least_squares(ramp(4, 2), ramp(3)), r"shapes \(4, 2\) and \(3,\)"),
        (lambda: least_squares(ramp(4), ramp(4)), r"expected features \(N, features\)"),
        (
            lambda: predict(least_squares(ramp(4, 2), ramp(4)), ramp(4, 3)),
            r"2 weights, the features have shape \(4, 3\)",
        ),
        (lambda: accuracy([0.1], [0, 1]), r"shape \(1,\) for labels of shape \(2,\)"),
        (lambda: accuracy([0.1], [2]), "labels must be 0 or 1"),
        (
            lambda: fit_kernel(ramp(8, 8), ramp(8, 8), 3),
            r"3×3 kernel with stride 1 makes \(6, 6\) .* targets have shape \(8, 8\)",
        ),
        (lambda: fit_kernel(ramp(2, 2), ramp(1, 1), 3), "3×3 kernel does not fit"),
        (lambda: learn_kernel(ramp(8), ramp(6)), r"expected \(N, H, W\)"),
        (
            lambda: learn_kernel(normal(9, 9), normal(7, 7), rate=5.0),
            "with rate 5.0 each step overshoots and the loss grows; .* a rate below",
        ),
        (lambda: learn_kernel(normal(9, 9), normal(7, 7), rate=0.0), "rate must be above 0"),
        (lambda: learn_kernel(normal(9, 9), normal(7, 7), steps=10**9), "at most 100000 steps"),
        (lambda: similarity(ramp(2), ramp(3)), "cannot be compared"),
        (lambda: similarity([0, 0], [1, 1]), "points nowhere"),
        (lambda: correlation([1, 1], [1, 2]), "flat array"),
    ],
)
def test_nonsense_is_refused(make: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
