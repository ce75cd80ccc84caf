"""Fitting: a linear model by least squares, a kernel by least squares or gradient descent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, numeric, whole
from quizcnn.nn.seeding import generator

__all__ = [
    "Fit",
    "KernelFit",
    "LearnedKernel",
    "accuracy",
    "correlation",
    "fit_kernel",
    "learn_kernel",
    "least_squares",
    "predict",
    "similarity",
]

STEPS = 100_000
"""The most steps of gradient descent; a few hundred are usual."""


@dataclass(frozen=True, eq=False)
class Fit:
    """A linear model: weights (features,), the intercept, and how it fits its own examples.

    `predictions` are its values for the examples it was fitted to, `residual` their root mean
    square error (0 to rounding, below 1e-9, where the fit is exact), `rank` the number of
    independent columns among the features (with the intercept, where there is one).
    """

    weights: Array
    intercept: float
    predictions: Array
    residual: float
    rank: int


@dataclass(frozen=True, eq=False)
class KernelFit:
    """The kernel (size, size) that comes closest, and its root mean square error on all windows."""

    kernel: Array
    residual: float
    windows: int


@dataclass(frozen=True, eq=False)
class LearnedKernel:
    """A kernel (size, size) found by gradient descent, and the loss before each step and after.

    The loss is the mean squared error, `loss` the last of `losses`.
    """

    kernel: Array
    loss: float
    losses: Array


def least_squares(features: ArrayLike, targets: ArrayLike, intercept: bool = False) -> Fit:
    """The linear model of `features` (N, features) that comes closest to `targets` (N,).

    Least squares; where several models fit equally well, the one with the smallest weights
    (NumPy's `lstsq`). With `intercept` a constant is fitted, too. With at least as many
    independent features as examples the fit is exact, whatever the targets.

    >>> fit = least_squares([[1.0], [2.0], [3.0]], [3.0, 5.0, 7.0], intercept=True)
    >>> fit.weights.round(9), round(fit.intercept, 9), fit.residual < 1e-9
    (array([2.]), 1.0, True)
    """
    matrix = numeric("least_squares", features, "features").astype(np.float64)
    goal = numeric("least_squares", targets, "targets").astype(np.float64)
    if matrix.ndim != 2 or goal.shape != matrix.shape[:1] or not matrix.size:
        raise ValueError(
            "least_squares: expected features (N, features) and targets (N,), but they have "
            f"shapes {matrix.shape} and {goal.shape}"
        )
    if intercept:
        matrix = np.column_stack([matrix, np.ones(len(matrix))])
    solution, _, rank, _ = np.linalg.lstsq(matrix, goal, rcond=None)
    predictions = matrix @ solution
    weights, constant = (solution[:-1], float(solution[-1])) if intercept else (solution, 0.0)
    return Fit(weights, constant, predictions, _error(predictions, goal), int(rank))


def predict(fit: Fit, features: ArrayLike) -> Array:
    """The values (N,) that a fitted model gives for `features` (N, features).

    >>> fit = least_squares([[1.0], [2.0]], [10.0, 20.0])
    >>> predict(fit, [[3.0]]).round(9)
    array([30.])
    """
    matrix = numeric("predict", features, "features")
    if matrix.ndim != 2 or matrix.shape[1] != len(fit.weights):
        raise ValueError(
            f"predict: the model has {len(fit.weights)} weights, "
            f"the features have shape {matrix.shape}"
        )
    predictions: Array = matrix @ fit.weights + fit.intercept
    return predictions


def accuracy(predictions: ArrayLike, labels: ArrayLike) -> float:
    """The share of predictions on the right side of ½, for labels 0 and 1.

    >>> accuracy([0.9, 0.2, 0.7, -3.0], [1, 0, 0, 0])
    0.75
    """
    scores, truth = numeric("accuracy", predictions), numeric("accuracy", labels, "labels")
    if scores.shape != truth.shape or not scores.size:
        raise ValueError(
            f"accuracy: predictions of shape {scores.shape} for labels of shape {truth.shape}"
        )
    if not np.isin(truth, (0, 1)).all():
        raise ValueError("accuracy: labels must be 0 or 1")
    return float(np.mean((scores > 0.5) == (truth == 1)))


def fit_kernel(images: ArrayLike, targets: ArrayLike, size: int, stride: int = 1) -> KernelFit:
    """The kernel whose convolution with `images` comes closest to `targets`, by least squares.

    `images` is (H, W) or (N, H, W); `targets` has the shape that a `size` × `size` kernel with
    this stride makes of them. A residual above 0 says that *no* kernel does it, provided that
    there are clearly more windows than the size² values of a kernel.

    >>> x = normal(16, 16)
    >>> fit_kernel(x, avg_pool2d(x, 2), 2, stride=2).residual < 1e-9
    True
    >>> fit_kernel(x, max_pool2d(x, 2), 2, stride=2).residual > 0.1
    True
    """
    windows, goal = _windows("fit_kernel", images, targets, size, stride)
    fit = least_squares(windows, goal)
    return KernelFit(fit.weights.reshape(size, size), fit.residual, len(windows))


def learn_kernel(
    images: ArrayLike,
    targets: ArrayLike,
    size: int = 3,
    steps: int = 200,
    rate: float = 0.1,
    seed: int = 0,
) -> LearnedKernel:
    """A kernel learned from examples by gradient descent, starting from small random values.

    `images` is (H, W) or (N, H, W), `targets` what the kernel should make of them: (H − size + 1,
    W − size + 1) for each image. Each step moves the kernel by `rate` times the gradient of the
    mean squared error over all windows. Raises ValueError where the steps are so large that the
    loss grows without end.

    >>> x, edge = normal(24, 24), np.array([[1.0, 0.0, -1.0]] * 3)
    >>> allclose(learn_kernel(x, conv2d(x, edge)).kernel, edge, 1e-6)
    True
    """
    windows, goal = _windows("learn_kernel", images, targets, size, stride=1)
    count = whole("learn_kernel", "steps", steps, 0)
    if count > STEPS:
        raise ValueError(f"learn_kernel: at most {STEPS} steps, not {count}")
    if not rate > 0:
        raise ValueError(f"learn_kernel: rate must be above 0, but is {rate!r}")
    kernel = 0.1 * generator("learn_kernel", seed).standard_normal((size * size,))
    # the loss is a quadratic of the kernel: its coefficients are summed over all windows once
    curvature: Array = windows.T @ windows / len(windows)
    pull: Array = windows.T @ goal / len(windows)
    constant = float(goal @ goal / len(windows))
    losses = np.empty(count + 1)
    for step in range(count + 1):
        loss = constant + float(kernel @ (curvature @ kernel - 2 * pull))
        losses[step] = max(0.0, loss)
        if loss > 1e6 * (constant + losses[0]):
            limit = 1 / float(np.linalg.eigvalsh(curvature)[-1])
            raise ValueError(
                f"learn_kernel: with rate {rate} each step overshoots and the loss grows; "
                f"these images need a rate below {limit:.3g}"
            )
        if step < count:
            kernel -= rate * 2 * (curvature @ kernel - pull)
    return LearnedKernel(kernel.reshape(size, size), float(losses[-1]), losses)


def similarity(a: ArrayLike, b: ArrayLike) -> float:
    """The cosine between two arrays of the same shape: 1 where one is the other, scaled.

    >>> round(similarity([[1, 0], [0, -1]], [[3, 0], [0, -3]]), 9)
    1.0
    """
    first, second = _same_shape("similarity", a, b)
    lengths = float(np.linalg.norm(first) * np.linalg.norm(second))
    if lengths == 0:
        raise ValueError("similarity: an array of zeros points nowhere")
    return float(np.clip(first @ second / lengths, -1, 1))


def correlation(a: ArrayLike, b: ArrayLike) -> float:
    """Pearson's correlation of two arrays of the same shape: `similarity` about their means.

    >>> round(correlation([1, 2, 3], [10, 20, 30]), 9)
    1.0
    """
    first, second = _same_shape("correlation", a, b)
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        raise ValueError("correlation: a flat array, all of one value, has no correlation")
    return similarity(first - first.mean(), second - second.mean())


def _same_shape(name: str, a: ArrayLike, b: ArrayLike) -> tuple[Array, Array]:
    first, second = numeric(name, a), numeric(name, b)
    if first.shape != second.shape or not first.size:
        raise ValueError(f"{name}: shapes {first.shape} and {second.shape} cannot be compared")
    return first.astype(np.float64).ravel(), second.astype(np.float64).ravel()


def _windows(
    name: str, images: ArrayLike, targets: ArrayLike, size: int, stride: int
) -> tuple[Array, Array]:
    """Each window as a row, (windows, size²), and the target of each."""
    size, stride = whole(name, "size", size, 1), whole(name, "stride", stride, 1)
    pictures = numeric(name, images, "images").astype(np.float64)
    goal = numeric(name, targets, "targets").astype(np.float64)
    if pictures.ndim not in (2, 3):
        raise ValueError(f"{name}: the images have shape {pictures.shape}, expected (N, H, W)")
    if min(pictures.shape[-2:]) < size:
        raise ValueError(f"{name}: a {size}×{size} kernel does not fit into {pictures.shape}")
    windows = sliding_window_view(pictures, (size, size), axis=(-2, -1))
    windows = windows[..., ::stride, ::stride, :, :]
    expected = windows.shape[:-2]
    if goal.shape != expected:
        raise ValueError(
            f"{name}: a {size}×{size} kernel with stride {stride} makes {expected} of images "
            f"{pictures.shape}, but the targets have shape {goal.shape}"
        )
    return windows.reshape(-1, size * size), goal.ravel()


def _error(predictions: Array, targets: Array) -> float:
    return float(np.sqrt(np.mean((predictions - targets) ** 2)))
