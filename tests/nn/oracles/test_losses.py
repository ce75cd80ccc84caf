"""Losses against PyTorch: values, reductions, and what it refuses."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from quizcnn import nn

torch = pytest.importorskip("torch")
F = torch.nn.functional

REDUCTIONS = ("mean", "sum", "none")
DTYPES = (np.float64, np.float32)
SHAPES = [(3,), (1, 4), (5, 3), (2, 3, 4), (2, 4, 2, 3)]


def classes_and_places(shape):
    return (shape[0], ()) if len(shape) == 1 else (shape[1], (shape[0], *shape[2:]))


def test_cross_entropy(ran, close):
    """Indices and probabilities, examples with places, smoothing, far scores."""
    cases = 0
    for shape, scale, dtype, smoothing, reduction, chances in product(
        SHAPES, (0, 1, 100), DTYPES, (0.0, 0.1, 1.0), REDUCTIONS, (False, True)
    ):
        generator = np.random.default_rng(cases)
        x = (generator.normal(size=shape) * scale).astype(dtype)
        classes, places = classes_and_places(shape)
        target = generator.integers(0, classes, places)
        if chances:
            target = generator.random(shape).astype(dtype)
        expected = F.cross_entropy(
            torch.from_numpy(x),
            torch.from_numpy(np.asarray(target)),
            reduction=reduction,
            label_smoothing=smoothing,
        ).numpy()
        found = nn.cross_entropy(x, target, reduction=reduction, label_smoothing=smoothing)
        close(found, expected, (shape, scale, dtype, smoothing, reduction, chances))
        cases += 1
    ran(cases)


def test_nll_loss(ran, close):
    """Picks, and no more."""
    cases = 0
    for shape, dtype, reduction in product(SHAPES, DTYPES, REDUCTIONS):
        generator = np.random.default_rng(cases)
        classes, places = classes_and_places(shape)
        x = generator.normal(size=shape).astype(dtype)
        target = np.asarray(generator.integers(0, classes, places))
        tensors = torch.from_numpy(x), torch.from_numpy(target)
        expected = F.nll_loss(*tensors, reduction=reduction).numpy()
        close(nn.nll_loss(x, target, reduction=reduction), expected, (shape, dtype, reduction))
        cases += 1
    ran(cases)


def test_losses_of_values(ran, close):
    """Squared, smooth and binary losses."""
    cases = 0
    for shape, dtype, reduction, scale in product(
        [(), (1,), (7,), (2, 3), (0,)], DTYPES, REDUCTIONS, (0, 1, 100)
    ):
        generator = np.random.default_rng(cases)
        x = np.asarray(generator.normal(size=shape) * scale, dtype)
        target = np.asarray(generator.normal(size=shape), dtype)
        chances = np.asarray(generator.random(shape), dtype)
        if x.size > 2:
            chances.ravel()[:2] = 0, 1
        wanted = np.asarray(np.round(generator.random(shape)), dtype)
        a, b, p, t = map(torch.from_numpy, (x, target, chances, wanted))
        options, case = {"reduction": reduction}, (shape, dtype, reduction, scale)
        close(nn.mse_loss(x, target, **options), F.mse_loss(a, b, **options).numpy(), case)
        for beta in (0.0, 0.5, 1.0):
            expected = F.smooth_l1_loss(a, b, **options, beta=beta).numpy()
            close(nn.smooth_l1_loss(x, target, **options, beta=beta), expected, (case, beta))
        expected = F.binary_cross_entropy(p, t, **options).numpy()
        close(nn.binary_cross_entropy(chances, wanted, **options), expected, case)
        expected = F.binary_cross_entropy_with_logits(a, t, **options).numpy()
        close(nn.binary_cross_entropy_with_logits(x, wanted, **options), expected, case)
        cases += 6
    ran(cases)


def test_one_hot(ran, close):
    """Any shape; as many classes as needed or as asked for."""
    cases = refused = 0
    for shape, classes, highest in product([(), (1,), (4,), (2, 3), (0,)], (-1, 1, 3, 5), (1, 4)):
        target = np.asarray(np.random.default_rng(cases).integers(0, highest, shape))
        try:
            expected = F.one_hot(torch.from_numpy(target), classes).numpy()
        except RuntimeError:
            with pytest.raises(ValueError, match="one_hot"):
                nn.one_hot(target, classes)
            refused += 1
        else:
            close(nn.one_hot(target, classes), expected, (shape, classes, highest))
        cases += 1
    assert 0 < refused < cases
    ran(cases)


def test_the_refused(ran):
    """What PyTorch refuses we refuse."""
    f, i = np.zeros, np.asarray
    calls = [
        ("cross_entropy", f((2, 3)), i([0, 3])),
        ("cross_entropy", f((2, 3)), i([0, -1])),
        ("cross_entropy", f((2, 3)), i([0])),
        ("cross_entropy", f((2, 3)), f((2, 2))),
        ("nll_loss", f((2, 3)), i([0, 3])),
        ("nll_loss", f((2, 3)), f(2)),
        ("binary_cross_entropy", f(2) + 2, f(2)),
        ("binary_cross_entropy", f(2), f(2) - 1),
        ("binary_cross_entropy", f(2), f(3)),
        ("binary_cross_entropy_with_logits", f(2), f(3)),
    ]
    for name, x, target in calls:
        with pytest.raises((RuntimeError, IndexError, ValueError)):
            getattr(F, name)(torch.from_numpy(x), torch.from_numpy(target))
        with pytest.raises(ValueError, match=f"^{name}: "):
            getattr(nn, name)(x, target)
    ran(len(calls))
