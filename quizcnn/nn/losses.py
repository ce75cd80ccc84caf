"""Losses: how far scores or values are from what they should be. All are numerically stable."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.activations import log_softmax
from quizcnn.nn.arguments import Array, floating, numeric, real, whole, word

__all__ = [
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "cross_entropy",
    "mse_loss",
    "nll_loss",
    "one_hot",
    "smooth_l1_loss",
]

LEAST_LOG = -100.0
"""PyTorch's binary cross-entropy lets no logarithm fall below."""


def one_hot(target: ArrayLike, num_classes: int = -1) -> Array:
    """A 1 at each class index and 0 elsewhere: (…) → (…, classes), whole numbers.

    Without `num_classes` there are as many classes as the largest index needs. Raises ValueError
    for an index that is no class. As torch.nn.functional.one_hot.

    >>> one_hot([0, 2])
    array([[1, 0, 0],
           [0, 0, 1]])
    """
    indices = numeric("one_hot", target, "target")
    if indices.dtype.kind not in "iu":
        raise ValueError(f"one_hot: the target must be whole numbers, but is {indices.dtype}")
    classes = whole("one_hot", "num_classes", num_classes, -1)
    if classes == -1:
        if indices.size == 0:
            raise ValueError("one_hot: an empty target does not say how many classes there are")
        classes = int(indices.max()) + 1
    if indices.size and (indices.min() < 0 or indices.max() >= classes):
        raise _no_class("one_hot", indices, classes)
    hot: Array = (indices[..., np.newaxis] == np.arange(classes)).astype(np.int64)
    return hot


def cross_entropy(
    x: ArrayLike, target: ArrayLike, *, reduction: str = "mean", label_smoothing: float = 0.0
) -> Array:
    """The cross-entropy of softmax(x) against the right classes: −log of their probabilities.

    x are scores (logits, not probabilities): (C,), (N, C) or (N, C, …), classes on axis 1 (on the
    only axis of (C,)). `target` holds class indices, (), (N,) or (N, …), or probabilities in the
    shape of x. `reduction`: "mean" over the examples (and places), "sum", or "none". With
    `label_smoothing` s the target becomes (1 − s)·target + s / C (Szegedy et al. 2016). Integers
    become float64. Over no examples the mean is NaN. As torch.nn.functional.cross_entropy.

    >>> round(float(cross_entropy([[0.0, 0.0]], [1])), 4)
    0.6931
    >>> float(cross_entropy([1000.0, 0.0], 1))
    1000.0
    """
    scores = floating(numeric("cross_entropy", x))
    axis = class_axis_of("cross_entropy", scores)
    logs = log_softmax(scores, axis) if scores.size else scores
    shares = target_shares("cross_entropy", scores, target, label_smoothing)
    # 0 · −∞ counts as 0: what the target gives no share to costs nothing.
    terms = np.where(shares == 0, 0, shares * np.where(shares == 0, 0, logs))
    return _reduced("cross_entropy", -terms.sum(axis=axis), reduction)


def target_shares(
    operation: str, scores: Array, target: ArrayLike, label_smoothing: float
) -> Array:
    """The probabilities that `target` asks for, in the shape of `scores`."""
    axis = class_axis_of(operation, scores)
    wanted = numeric(operation, target, "target")
    smoothing = real(operation, "label_smoothing", label_smoothing)
    if not 0 <= smoothing <= 1:
        raise ValueError(f"{operation}: label_smoothing must be from 0 to 1, but is {smoothing}")
    if wanted.shape == scores.shape and wanted.dtype.kind == "f":
        shares = wanted.astype(scores.dtype)
    else:
        picked = _picked(operation, scores, wanted)
        classes = np.arange(scores.shape[axis]).reshape(-1, *(1,) * (scores.ndim - 1 - axis))
        shares = (np.expand_dims(picked, axis) == classes).astype(scores.dtype)
    return shares if smoothing == 0 else shares * (1 - smoothing) + smoothing / scores.shape[axis]


def nll_loss(x: ArrayLike, target: ArrayLike, *, reduction: str = "mean") -> Array:
    """The negative log-likelihood: −x at the right class. x are logarithms of probabilities.

    Shapes and `reduction` as for `cross_entropy`, which is nll_loss(log_softmax(x, 1), target).
    As torch.nn.functional.nll_loss.

    >>> float(nll_loss([[-0.5, -1.0], [-2.0, -0.25]], [0, 1]))
    0.375
    """
    logs = floating(numeric("nll_loss", x))
    axis = class_axis_of("nll_loss", logs)
    picked = _picked("nll_loss", logs, numeric("nll_loss", target, "target"))
    found = np.take_along_axis(logs, np.expand_dims(picked, axis), axis).squeeze(axis)
    return _reduced("nll_loss", -found, reduction)


def mse_loss(x: ArrayLike, target: ArrayLike, *, reduction: str = "mean") -> Array:
    """The squared difference of each value from its target: mean, sum, or each ("none").

    Both have one shape (PyTorch would broadcast them, and warns). As torch.nn.functional.mse_loss.

    >>> float(mse_loss([1.0, 2.0], [1.0, 4.0]))
    2.0
    """
    values, wanted = _two("mse_loss", x, target)
    with np.errstate(invalid="ignore", over="ignore"):
        return _reduced("mse_loss", (values - wanted) ** 2, reduction)


def smooth_l1_loss(
    x: ArrayLike, target: ArrayLike, *, reduction: str = "mean", beta: float = 1.0
) -> Array:
    """½d² / beta where the difference d is below beta, |d| − ½beta beyond: Fast R-CNN's box loss.

    Girshick 2015. As torch.nn.functional.smooth_l1_loss; with beta = 0 it is |d|.

    >>> smooth_l1_loss([0.5, 3.0], [0.0, 0.0], reduction="none")
    array([0.125, 2.5  ])
    """
    values, wanted = _two("smooth_l1_loss", x, target)
    corner = real("smooth_l1_loss", "beta", beta)
    if corner < 0:
        raise ValueError(f"smooth_l1_loss: beta must be at least 0, but is {corner}")
    with np.errstate(invalid="ignore", over="ignore"):
        apart = np.abs(values - wanted)
        bent = apart if corner == 0 else 0.5 * apart**2 / corner
        loss = np.where(apart < corner, bent, apart - 0.5 * corner)
    return _reduced("smooth_l1_loss", loss, reduction)


def binary_cross_entropy(x: ArrayLike, target: ArrayLike, *, reduction: str = "mean") -> Array:
    """−(t·log x + (1 − t)·log(1 − x)) for probabilities x and targets t, both from 0 to 1.

    Logarithms below −100 count as −100, so that a certain mistake costs 100 and not ∞. As
    torch.nn.functional.binary_cross_entropy.

    >>> round(float(binary_cross_entropy([0.5, 0.5], [1.0, 0.0])), 4)
    0.6931
    """
    values, wanted = _two("binary_cross_entropy", x, target)
    for what, given in (("input", values), ("target", wanted)):
        if not ((given >= 0) & (given <= 1)).all():
            raise ValueError(
                f"binary_cross_entropy: the {what} must be probabilities from 0 to 1; for scores "
                "there is binary_cross_entropy_with_logits"
            )
    with np.errstate(divide="ignore"):
        yes = np.maximum(np.log(values), LEAST_LOG)
        no = np.maximum(np.log1p(-values), LEAST_LOG)
    return _reduced("binary_cross_entropy", -(wanted * yes + (1 - wanted) * no), reduction)


def binary_cross_entropy_with_logits(
    x: ArrayLike, target: ArrayLike, *, reduction: str = "mean"
) -> Array:
    """The binary cross-entropy of sigmoid(x), for scores x of any size.

    As torch.nn.functional.binary_cross_entropy_with_logits.

    >>> binary_cross_entropy_with_logits([0.0, 9.0], [1.0, 0.0], reduction="none").round(4)
    array([0.6931, 9.0001])
    """
    values, wanted = _two("binary_cross_entropy_with_logits", x, target)
    with np.errstate(invalid="ignore", over="ignore"):
        loss = np.maximum(values, 0) - values * wanted + np.log1p(np.exp(-np.abs(values)))
    return _reduced("binary_cross_entropy_with_logits", loss, reduction)


def class_axis_of(operation: str, scores: Array) -> int:
    """The axis of the classes."""
    axis = 0 if scores.ndim == 1 else 1
    if scores.ndim == 0 or scores.shape[axis] == 0:
        raise ValueError(
            f"{operation}: the input has shape {scores.shape}, "
            "expected (C,), (N, C) or (N, C, …) with at least one class"
        )
    return axis


def _picked(operation: str, scores: Array, target: Array) -> Array:
    """`target` as class indices, if it is that."""
    axis = class_axis_of(operation, scores)
    expected = scores.shape[:axis] + scores.shape[axis + 1 :]
    if target.dtype.kind not in "iu" or target.shape != expected:
        raise ValueError(
            f"{operation}: the target must be class indices (whole numbers) of shape {expected} "
            f"for an input of shape {scores.shape}, but is {target.dtype} of shape {target.shape}"
        )
    if target.size and (target.min() < 0 or target.max() >= scores.shape[axis]):
        raise _no_class(operation, target, scores.shape[axis])
    return target


def _no_class(operation: str, target: Array, classes: int) -> ValueError:
    wrong = target.min() if target.min() < 0 else target.max()
    return ValueError(f"{operation}: {wrong} is no class; there are {classes}, counted from 0")


def _two(operation: str, x: ArrayLike, target: ArrayLike) -> tuple[Array, Array]:
    values = floating(numeric(operation, x))
    wanted = numeric(operation, target, "target")
    if values.shape != wanted.shape:
        raise ValueError(
            f"{operation}: the input has shape {values.shape}, the target {wanted.shape}; "
            "they must be the same"
        )
    return values, wanted.astype(values.dtype)


def _reduced(operation: str, loss: Array, reduction: str) -> Array:
    if word(operation, "reduction", reduction, ("mean", "sum", "none")) == "none":
        return loss
    with np.errstate(invalid="ignore", over="ignore"):
        total: Array = loss.sum()
        return total if reduction == "sum" else total / loss.size
