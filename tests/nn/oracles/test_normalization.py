"""Normalisations and their backward passes against PyTorch."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from quizcnn import nn

torch = pytest.importorskip("torch")
F = torch.nn.functional

SHAPES = [(1, 1), (2, 3), (5, 4), (1, 4, 3), (2, 6, 5), (2, 4, 3, 5), (0, 2, 3), (2, 2, 2, 2, 3)]
DTYPES = (np.float64, np.float32)


def data(*shape, dtype=np.float64, seed=0):
    return (np.random.default_rng([seed, *shape]).normal(size=shape) * 3 + 1).astype(dtype)


def tensors(*arrays):
    return [None if array is None else torch.from_numpy(array.copy()) for array in arrays]


def refusing(function, *args):
    try:
        return function(*args)
    except (ValueError, RuntimeError):
        return None


def test_batch_norm(ran, close):
    """In training and after; what is remembered after a batch."""
    cases = 0
    for shape, training, with_weight, with_bias, eps, momentum, dtype in product(
        SHAPES, (False, True), (False, True), (False, True), (1e-5, 0.1), (0.1, 0.5), DTYPES
    ):
        x, channels = data(*shape, dtype=dtype), shape[1]
        mean = data(channels, dtype=dtype, seed=1)
        var = np.abs(data(channels, dtype=dtype, seed=2)) + 0.1
        weight = data(channels, dtype=dtype, seed=3) if with_weight else None
        bias = data(channels, dtype=dtype, seed=4) if with_bias else None
        case = (shape, training, with_weight, with_bias, eps, momentum, dtype)
        tensor, new_mean, new_var, scale, shift = tensors(x, mean, var, weight, bias)
        options = (scale, shift, training, momentum, eps)
        expected = refusing(F.batch_norm, tensor, new_mean, new_var, *options)
        found = refusing(nn.batch_norm, x, mean, var, weight, bias, training, momentum, eps)
        cases += 1
        if x.size == 0 and training:
            assert found is None  # PyTorch gives an empty output, and NaN to remember
            continue
        assert (found is None) == (expected is None), case
        if found is None or expected is None:
            continue
        close(found, expected.numpy(), case)
        if training:
            remembered = nn.running_statistics(x, mean, var, momentum)
            close(remembered.mean, new_mean.numpy(), case)
            close(remembered.var, new_var.numpy(), case)
            cases += 1
    ran(cases)


def test_layer_norm(ran, close):
    """Over the last axis, the last two, and so on."""
    cases = 0
    for shape, with_weight, with_bias, eps, dtype in product(
        SHAPES, (False, True), (False, True), (1e-5, 0.1), DTYPES
    ):
        for axes in range(1, len(shape) + 1):
            last = shape[-axes:]
            if 0 in last:
                continue
            x = data(*shape, dtype=dtype)
            weight = data(*last, dtype=dtype, seed=3) if with_weight else None
            bias = data(*last, dtype=dtype, seed=4) if with_bias else None
            tensor, scale, shift = tensors(x, weight, bias)
            expected = F.layer_norm(tensor, last, scale, shift, eps).numpy()
            case = (shape, axes, with_weight, with_bias, eps, dtype)
            close(nn.layer_norm(x, last, weight, bias, eps), expected, case)
            cases += 1
    ran(cases)


def test_group_and_instance_norm(ran, close):
    """Groups of channels down to single ones."""
    cases = 0
    for shape, with_weight, eps, dtype in product(SHAPES, (False, True), (1e-5, 0.1), DTYPES):
        x, channels = data(*shape, dtype=dtype), shape[1]
        weight = data(channels, dtype=dtype, seed=3) if with_weight else None
        bias = data(channels, dtype=dtype, seed=4) if with_weight else None
        tensor, scale, shift = tensors(x, weight, bias)
        case = (shape, with_weight, eps, dtype)
        for groups in (1, 2, 3, channels):
            expected = refusing(F.group_norm, tensor, groups, scale, shift, eps)
            found = refusing(nn.group_norm, x, groups, weight, bias, eps)
            if found is None and expected is not None and x.size // (len(x) or 1) == groups:
                continue  # groups of one value: PyTorch refuses them for a batch of one only
            assert (found is None) == (expected is None), (case, groups)
            if found is not None and expected is not None:
                close(found, expected.numpy(), (case, groups))
            cases += 1
        if len(shape) > 2 and x.size:
            expected = F.instance_norm(tensor, None, None, scale, shift, True, 0.1, eps).numpy()
            close(nn.instance_norm(x, None, None, weight, bias, True, 0.1, eps), expected, case)
            mean, var = np.full(channels, 0.5, dtype), np.full(channels, 2.0, dtype)
            expected = F.instance_norm(
                tensor, *tensors(mean, var), scale, shift, False, 0.1, eps
            ).numpy()
            close(nn.instance_norm(x, mean, var, weight, bias, False, 0.1, eps), expected, case)
            cases += 2
    ran(cases)


def test_local_response_norm(ran, close):
    """Odd and even numbers of neighbours, more than there are channels too."""
    cases = 0
    for shape, size, alpha, beta, k, dtype in product(
        [(1, 1, 3), (2, 5, 4), (2, 6, 3, 2), (1, 3, 2, 2, 2)],
        (1, 2, 3, 4, 5, 9),
        (1e-4, 0.5),
        (0.75, 1.0, 0.0),
        (1.0, 2.0),
        DTYPES,
    ):
        x = data(*shape, dtype=dtype)
        case = (shape, size, alpha, beta, k, dtype)
        expected = F.local_response_norm(torch.from_numpy(x), size, alpha, beta, k).numpy()
        close(nn.local_response_norm(x, size, alpha, beta, k), expected, case)
        cases += 1
    ran(cases)


def test_backward_passes(ran, close):
    """Of batch and layer norm: input, weight and bias."""
    cases = 0
    for shape, with_weight, eps, dtype in product(SHAPES, (False, True), (1e-5, 0.1), DTYPES):
        x = data(*shape, dtype=dtype)
        grad = data(*shape, dtype=dtype, seed=5)
        for over in ("batch", *range(1, len(shape))):
            last = (shape[1],) if over == "batch" else shape[-over:]
            if x.size == 0 or (over == "batch" and x.size == shape[1]):
                continue
            weight = data(*last, dtype=dtype, seed=3) if with_weight else np.ones(last, dtype)
            tensor, scale, shift = (
                part.requires_grad_() for part in tensors(x, weight, np.zeros(last, dtype))
            )
            given = weight if with_weight else None
            if over == "batch":
                output = F.batch_norm(tensor, None, None, scale, shift, True, 0.1, eps)
                found = nn.batch_norm_backward(grad, x, given, eps)
            else:
                output = F.layer_norm(tensor, last, scale, shift, eps)
                found = nn.layer_norm_backward(grad, x, last, given, eps)
            output.backward(torch.from_numpy(grad))
            case = (shape, over, with_weight, eps, dtype)
            # Two values of a channel nearly alike make the gradient a small difference.
            loosen = 100 if dtype == np.float32 else 1000
            close(found.input, tensor.grad.numpy(), case, loosen=loosen)
            close(found.weight, scale.grad.numpy(), case, loosen=10)
            close(found.bias, shift.grad.numpy(), case)
            cases += 1
    ran(cases)
