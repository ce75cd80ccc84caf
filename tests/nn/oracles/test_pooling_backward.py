"""The backward passes of pooling, linear and the like against PyTorch's autograd."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from quizcnn import nn

torch = pytest.importorskip("torch")
F = torch.nn.functional

SIDES = [(1, 1), (2, 3), (5, 5), (7, 4)]
KERNELS = [1, 2, 3, (1, 3), (3, 2)]
STRIDES = [None, 1, 2, (2, 3)]
PADDINGS = [0, 1, (1, 0)]


def gradient(function, *arrays, seed=0):
    """What autograd gives for each array, and the gradient of the output that it began with."""
    tensors = [torch.from_numpy(array).requires_grad_() for array in arrays]
    output = function(*tensors)
    grad = np.random.default_rng(seed).normal(size=tuple(output.shape))
    grad = np.asarray(grad, dtype=arrays[0].dtype)
    output.backward(torch.from_numpy(grad))
    return grad, [tensor.grad.numpy() for tensor in tensors]


def data(shape, ties, dtype, seed):
    generator = np.random.default_rng(seed)
    if ties:
        return generator.integers(-1, 2, size=shape).astype(dtype)
    return generator.normal(size=shape).astype(dtype)


def test_max_pool2d_backward(ran, close):
    """Ties, overlapping windows, padding, dilation and ceil mode."""
    cases = refused = 0
    for case in product(SIDES, KERNELS, STRIDES, PADDINGS, (1, 2), (False, True)):
        sides, *options = case
        dtype = (np.float64, np.float32)[cases % 2]
        x = data((2, 2, *sides), cases % 3 > 0, dtype, cases)
        try:
            nn.max_pool2d(x, *options, return_indices=True)
        except ValueError:  # PyTorch refuses too, or writes beyond its memory: windows of padding
            refused += 1
            continue
        grad, [expected] = gradient(lambda x, o=options: F.max_pool2d(x, *o), x, seed=cases)
        found = nn.max_pool2d_backward(grad, x, *options)
        close(found, expected, case)
        cases += 1
    assert cases > refused
    ran(cases)


def test_avg_pool2d_backward(ran, close):
    """With and without padding in the mean, ceil mode and another divisor."""
    cases = 0
    for case in product(SIDES, KERNELS, STRIDES, PADDINGS, (False, True), (True, False), (None, 3)):
        sides, kernel, stride, *options = case
        dtype = (np.float64, np.float32)[cases % 2]
        x = data((2, 2, *sides), False, dtype, cases)
        arguments = (kernel, kernel if stride is None else stride, *options)
        try:
            grad, [expected] = gradient(lambda x, o=arguments: F.avg_pool2d(x, *o), x, seed=cases)
        except RuntimeError:
            continue
        close(nn.avg_pool2d_backward(grad, x, kernel, stride, *options), expected, case)
        cases += 1
    assert cases > 700
    ran(cases)


def test_linear_backward(ran, close):
    """Inputs with and without examples, one or several axes of them."""
    cases = 0
    for leading, inputs, outputs, dtype in product(
        [(), (1,), (4,), (2, 3), (0,)], (1, 3, 6), (1, 2, 5), (np.float64, np.float32)
    ):
        x = data((*leading, inputs), False, dtype, cases)
        weight = data((outputs, inputs), False, dtype, cases + 1)
        bias = data((outputs,), False, dtype, cases + 2)
        grad, expected = gradient(F.linear, x, weight, bias, seed=cases)
        found = nn.linear_backward(grad, x, weight)
        case = (leading, inputs, outputs, dtype)
        for ours, theirs in zip((found.input, found.weight, found.bias), expected, strict=True):
            close(ours, theirs, case)
        cases += 1
    ran(cases)


POINTWISE = {
    "relu": (F.relu, nn.relu_backward),
    "sigmoid": (torch.sigmoid, nn.sigmoid_backward),
    "tanh": (torch.tanh, nn.tanh_backward),
}


def test_activations_backward(ran, close):
    """At 0 and far away as well."""
    cases = 0
    for name, dtype, scale in product(POINTWISE, (np.float64, np.float32), (0, 1, 100)):
        theirs, ours = POINTWISE[name]
        x = (data((3, 4), False, dtype, cases) * scale).astype(dtype)
        grad, [expected] = gradient(theirs, x, seed=cases)
        close(ours(grad, x), expected, (name, dtype, scale))
        cases += 1
    ran(cases)


def test_softmax_backward(ran, close):
    """Along each axis, with scores far apart too."""
    cases = 0
    for shape, dtype, scale in product(
        [(5,), (2, 3), (2, 3, 4), (1, 1)], (np.float64, np.float32), (0, 1, 50)
    ):
        for axis in range(-len(shape), len(shape)):
            x = (data(shape, False, dtype, cases) * scale).astype(dtype)
            grad, [expected] = gradient(lambda x, a=axis: F.softmax(x, a), x, seed=cases)
            close(nn.softmax_backward(grad, x, axis), expected, (shape, dtype, scale, axis))
            cases += 1
    ran(cases)


def test_cross_entropy_backward(ran, close):
    """Indices and probabilities, examples with places, smoothing, mean and sum."""
    cases = 0
    for shape, dtype, smoothing, reduction, chances in product(
        [(3,), (1, 4), (5, 3), (2, 3, 4), (2, 4, 2, 3)],
        (np.float64, np.float32),
        (0.0, 0.1, 1.0),
        ("mean", "sum"),
        (False, True),
    ):
        x = (data(shape, False, dtype, cases) * 5).astype(dtype)
        generator = np.random.default_rng(cases)
        classes = shape[0] if len(shape) == 1 else shape[1]
        places = shape[1:] if len(shape) == 1 else (shape[0], *shape[2:])
        # These probabilities do not sum to 1: PyTorch does not ask it of them.
        target = (
            generator.random(shape).astype(dtype)
            if chances
            else generator.integers(0, classes, places)
        )
        tensor = torch.from_numpy(x).requires_grad_()
        F.cross_entropy(
            tensor,
            torch.from_numpy(np.asarray(target)),
            reduction=reduction,
            label_smoothing=smoothing,
        ).backward()
        found = nn.cross_entropy_backward(x, target, reduction=reduction, label_smoothing=smoothing)
        close(found, tensor.grad.numpy(), (shape, dtype, smoothing, reduction, chances))
        cases += 1
    ran(cases)
