"""Activations against PyTorch: over many values, both precisions, the limits and NaN."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from quizcnn import nn

torch = pytest.importorskip("torch")
F = torch.nn.functional

OPTIONS = {
    "relu": [{}],
    "relu6": [{}],
    "leaky_relu": [{}, {"negative_slope": 0.3}, {"negative_slope": 0.0}, {"negative_slope": 2.0}],
    "elu": [{}, {"alpha": 0.5}, {"alpha": -1.0}],
    "selu": [{}],
    "gelu": [{}, {"approximate": "tanh"}],
    "silu": [{}],
    "hardsigmoid": [{}],
    "hardswish": [{}],
    "softplus": [{}, {"beta": 2.0}, {"beta": 0.5, "threshold": 3.0}],
    "tanh": [{}],
    "sigmoid": [{}],
}
SPECIAL = [0.0, -0.0, np.nan, -3.0, 3.0, 6.0, 20.0, 21.0, -20.0, 1e3, -1e3]
LIMITS = [np.inf, -np.inf]


def values(name, shape, scale, dtype):
    x = np.random.default_rng(7).normal(size=shape) * scale
    # PyTorch's gelu has NaN at ∞ for some sizes of an array and ∞ for others.
    special = SPECIAL if name == "gelu" else SPECIAL + LIMITS
    x.ravel()[: len(special)] = special[: x.size]
    return np.asarray(x, dtype)


def test_activations(ran, close):
    """Every function with its options."""
    cases = 0
    for name, settings in OPTIONS.items():
        for options, shape, scale, dtype in product(
            settings, [(), (40,), (4, 5), (2, 3, 4, 5)], (0.1, 1, 30), (np.float64, np.float32)
        ):
            x = values(name, shape, scale, dtype)
            theirs = getattr(F, name, None) or getattr(torch, name)
            expected = theirs(torch.from_numpy(x), **options).numpy()
            found = getattr(nn, name)(x, **options)
            close(found, expected, (name, options, shape, scale, dtype))
            cases += 1
    ran(cases)


def test_prelu(ran, close):
    """One slope for all, or one for each channel."""
    cases = 0
    for shape, each, dtype in product(
        [(4,), (3, 2), (2, 3, 4), (2, 3, 4, 5)], (False, True), (np.float64, np.float32)
    ):
        x = values("prelu", shape, 1, dtype)
        channels = shape[1] if each and len(shape) > 1 else 1
        weight = np.random.default_rng(channels).normal(size=channels).astype(dtype)
        expected = F.prelu(torch.from_numpy(x), torch.from_numpy(weight)).numpy()
        close(nn.prelu(x, weight), expected, (shape, each, dtype))
        cases += 1
    ran(cases)


def test_softmax(ran, close):
    """softmax and log_softmax along each axis, with −∞ among the scores."""
    cases = 0
    for shape, scale, dtype, gaps in product(
        [(5,), (2, 3), (2, 3, 4)], (0, 1, 50, 1000), (np.float64, np.float32), (False, True)
    ):
        x = np.random.default_rng(cases).normal(size=shape) * scale
        if gaps:
            x.ravel()[::3] = -np.inf
        x = x.astype(dtype)
        for axis in range(-len(shape), len(shape)):
            case = (shape, scale, dtype, gaps, axis)
            tensor = torch.from_numpy(x)
            close(nn.softmax(x, axis), F.softmax(tensor, axis).numpy(), case)
            close(nn.log_softmax(x, axis), F.log_softmax(tensor, axis).numpy(), case)
            cases += 2
    ran(cases)
