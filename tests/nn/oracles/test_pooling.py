"""Pooling against PyTorch, every option with every other, and where PyTorch refuses we do, too."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from quizcnn import nn

torch = pytest.importorskip("torch")
F = torch.nn.functional

SIDES = {
    1: [(1,), (2,), (5,), (8,)],
    2: [(1, 1), (2, 3), (5, 5), (7, 4)],
    3: [(2, 3, 4), (3, 3, 3)],
}
KERNELS = {
    1: [1, 2, 3, (4,)],
    2: [1, 2, 3, (1, 3), (3, 2), (4, 4)],
    3: [1, 2, (1, 2, 3)],
}
DTYPES = (np.float64, np.float32)
FILLS = ("normal", "ties", "nan", "-inf")


def data(shape, fill, dtype=np.float64, seed=0):
    """Values to pool: any, many alike, some NaN, or some −∞."""
    generator = np.random.default_rng([seed, *shape, FILLS.index(fill)])
    if fill == "normal":
        return generator.normal(size=shape).astype(dtype)
    x = generator.integers(-2, 3, size=shape).astype(dtype)
    if fill == "nan":
        x[generator.random(shape) < 0.15] = np.nan
    if fill == "-inf":
        x[generator.random(shape) < 0.6] = -np.inf
    return x


def outcome(function, *args, **kwargs):
    """The result as arrays, or None where the arguments are refused."""
    try:
        result = function(*args, **kwargs)
    except (RuntimeError, ValueError):
        return None
    if isinstance(result, tuple):
        return tuple(np.asarray(part) for part in result)
    return np.asarray(result)


def poolings(count, dilations=(1,)):
    """Sides, kernel, stride, padding, dilation and ceil mode."""
    strides = [None, 1, 2, 3, (2, 1, 3)[:count]]
    paddings = [0, 1, (1, 0, 1)[:count]]
    yield from product(SIDES[count], KERNELS[count], strides, paddings, dilations, (False, True))


@pytest.mark.parametrize("count", [1, 2, 3])
def test_max_pool(count, ran, close):
    """Values, indices, and refusals."""
    cases = refused = 0
    ours, theirs = getattr(nn, f"max_pool{count}d"), getattr(F, f"max_pool{count}d")
    for case in poolings(count, dilations=(1, 2)):
        sides, *options = case
        cases += 1
        fill, dtype = FILLS[cases % 4], DTYPES[cases // 4 % 2]
        x = data((1 + cases % 2, 2, *sides), fill, dtype)
        if cases % 3 == 0:
            x = x[0]
        kernel, stride, padding, dilation, ceil = options
        arguments = (kernel, stride, padding, dilation, ceil)
        expected = outcome(theirs, torch.from_numpy(x), *arguments)
        found = outcome(ours, x, *arguments)
        if expected is None:
            assert found is None, case
            refused += 1
            continue
        assert found is not None, (case, x.shape)
        close(found, expected, (case, fill))
        pair = outcome(ours, x, *arguments, return_indices=True)
        if pair is None:  # a window over padding alone: PyTorch's index is of no cell
            assert np.isinf(expected).any(), case
            continue
        values, indices = outcome(theirs, torch.from_numpy(x), *arguments, return_indices=True)
        close(pair[0], values, (case, fill))
        close(pair[1], indices, (case, fill))
    assert 0 < refused < cases
    ran(cases, f"max_pool{count}d")


@pytest.mark.parametrize("count", [1, 2, 3])
def test_avg_pool(count, ran, close):
    """With and without padding in the mean, ceil mode and another divisor."""
    cases = refused = 0
    ours, theirs = getattr(nn, f"avg_pool{count}d"), getattr(F, f"avg_pool{count}d")
    divisors = (None, 3) if count > 1 else (None,)
    for case in product(poolings(count), (True, False), divisors):
        (sides, kernel, stride, padding, _, ceil), counted, divisor = case
        cases += 1
        fill, dtype = ("normal", "nan")[cases % 5 == 0], DTYPES[cases // 4 % 2]
        x = data((2, 2, *sides), fill, dtype)
        more = (divisor,) if count > 1 else ()
        arguments = (kernel, kernel if stride is None else stride, padding, ceil, counted, *more)
        expected = outcome(theirs, torch.from_numpy(x), *arguments)
        found = outcome(ours, x, kernel, stride, padding, ceil, counted, *more)
        if expected is None:
            assert found is None, case
            refused += 1
        else:
            assert found is not None, (case, x.shape)
            close(found, expected, (case, fill))
    assert 0 < refused < cases
    ran(cases, f"avg_pool{count}d")


def test_lp_pool(ran, close):
    """Odd powers, infinity and a ceiling included; where the root is of a negative sum, NaN."""
    cases = 0
    powers = (1, 2, 3, 0.5, 2.5, float("inf"), -1)
    for case in product(powers, SIDES[2], KERNELS[2], (None, 1, (2, 3)), (False, True)):
        power, sides, *arguments = case
        x = data((2, *sides), "normal", DTYPES[cases % 2])
        expected = outcome(F.lp_pool2d, torch.from_numpy(x), power, *arguments)
        found = outcome(nn.lp_pool2d, x, power, *arguments)
        cases += 1
        assert (expected is None) == (found is None), case
        if found is not None:
            # A root of what is nearly 0 has few digits in float32.
            even = found.dtype == np.float64
            close(found, expected, case, loosen=100 if even else 300)
    ran(cases, "lp_pool2d")


def test_adaptive_pools(ran, close):
    """Fewer windows than cells, as many, and more."""
    cases = 0
    sizes = (1, 2, 3, 5, 9, (2, 3), (4, 1), (None, 2), (3, None))
    for sides, size, fill, dtype in product(
        [(1, 1), (2, 3), (5, 5), (7, 4), (8, 12)], sizes, FILLS, DTYPES
    ):
        x = data((2, 3, *sides), fill, dtype)
        tensor, case = torch.from_numpy(x), (sides, size, fill, dtype)
        expected = F.adaptive_avg_pool2d(tensor, size).numpy()
        close(nn.adaptive_avg_pool2d(x, size), expected, case)
        values, indices = F.adaptive_max_pool2d(tensor, size, return_indices=True)
        close(nn.adaptive_max_pool2d(x, size), values.numpy(), case)
        pair = nn.adaptive_max_pool2d(x, size, return_indices=True)
        close(pair[0], values.numpy(), case)
        close(pair[1], indices.numpy(), case)
        cases += 3
        if type(size) is int:
            row = x[..., 0, :]
            expected = F.adaptive_avg_pool1d(torch.from_numpy(row), size).numpy()
            close(nn.adaptive_avg_pool1d(row, size), expected, case)
            cases += 1
    ran(cases, "adaptive pooling")


def test_max_unpool(ran, close):
    """From what max pooling gives, with output sizes that fit and others that do not."""
    cases = refused = 0
    for case in product(
        [(4, 4), (5, 7), (6, 3)], (1, 2, 3), (None, 1, 2, 3), (0, 1), (None, -2, -1, 0, 1, 2)
    ):
        sides, kernel, stride, padding, more = case
        x = data((2, 2, *sides), "normal")
        pooled = outcome(
            F.max_pool2d, torch.from_numpy(x), kernel, stride, padding, return_indices=True
        )
        if pooled is None:
            continue
        cases += 1
        size = None if more is None else (sides[0] + more, sides[1] + more)
        values, indices = map(torch.from_numpy, pooled)
        expected = outcome(F.max_unpool2d, values, indices, kernel, stride, padding, size)
        found = outcome(nn.max_unpool2d, *pooled, kernel, stride, padding, size)
        refused += expected is None
        assert (expected is None) == (found is None), case
        if found is not None:
            close(found, expected, case)
    assert 0 < refused < cases
    ran(cases, "max_unpool2d")


def test_whole_numbers(ran, close):
    """Max pooling keeps their dtype, as PyTorch."""
    cases = 0
    for dtype, kernel, padding in product(
        (np.uint8, np.int16, np.int32, np.int64), (1, 2, 3), (0, 1)
    ):
        x = np.random.default_rng(cases).integers(0, 200, (2, 6, 6)).astype(dtype)
        if 2 * padding <= kernel:
            expected = F.max_pool2d(torch.from_numpy(x), kernel, 1, padding).numpy()
            close(nn.max_pool2d(x, kernel, 1, padding), expected, (dtype, kernel, padding))
            cases += 1
    ran(cases, "max_pool2d of whole numbers")


def test_the_refused(ran):
    """What PyTorch refuses we refuse: no stride, no channels, no pixels, too much padding."""
    plain, calls = np.zeros((2, 4, 4)), []
    for name in ("max_pool2d", "avg_pool2d"):
        for options in ({"stride": 0}, {"padding": 2}, {"padding": -1}, {"stride": (1, 0)}):
            calls.append((name, plain, {"kernel_size": 2, **options}))
        for kernel in (0, 5, (2, 5), (2, 0), -1):
            calls.append((name, plain, {"kernel_size": kernel}))
        for shape in ((0, 4, 4), (2, 0, 4, 4), (2, 0, 4), (2, 4, 0), (4,), (1, 1, 1, 4, 4)):
            calls.append((name, np.zeros(shape), {"kernel_size": 2}))
    calls.append(("max_pool2d", plain, {"kernel_size": 2, "dilation": 0}))
    calls.append(("max_pool2d", plain, {"kernel_size": 3, "dilation": 2}))
    calls.append(("avg_pool2d", plain, {"kernel_size": 2, "divisor_override": 0}))
    calls.append(("lp_pool2d", plain, {"norm_type": 2, "kernel_size": 5}))
    calls.append(("adaptive_avg_pool2d", plain, {"output_size": -1}))
    calls.append(("adaptive_max_pool2d", plain, {"output_size": (1, 2, 3)}))
    for name, x, options in calls:
        with pytest.raises((RuntimeError, ValueError, IndexError, TypeError)):
            getattr(F, name)(torch.from_numpy(x), **options)
        with pytest.raises(ValueError, match=f"^{name}: "):
            getattr(nn, name)(x, **options)
    ran(len(calls), "pooling that is refused")


def test_empty_batches(ran, close):
    """No images, but channels: an empty output of the right shape."""
    x = np.zeros((0, 2, 5, 5))
    for name in ("max_pool2d", "avg_pool2d", "adaptive_avg_pool2d", "adaptive_max_pool2d"):
        expected = getattr(F, name)(torch.from_numpy(x), 2).numpy()
        close(getattr(nn, name)(x, 2), expected, name)
    ran(4, "pooling of empty batches")
