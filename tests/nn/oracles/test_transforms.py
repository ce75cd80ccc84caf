"""True convolution, by sums, by transforms and in blocks, and back again, against SciPy."""

import itertools

import numpy as np
import pytest

signal = pytest.importorskip("scipy.signal")

from quizcnn import nn  # noqa: E402

MODES = ("full", "same", "valid")
SHAPES = [
    (image, kernel)
    for image in itertools.product((1, 4, 7, 8), (3, 5, 6))
    for kernel in itertools.product((1, 2, 3, 4), (1, 2, 3))
]


@pytest.mark.parametrize("dtype", ["float64", "float32", "int64"])
def test_convolve2d_and_correlate2d(dtype, close, ran):
    """In every mode, even and odd kernels; zeros surround the image."""
    cases = 0
    for (image, kernel), mode in itertools.product(SHAPES, MODES):
        rng = np.random.default_rng(cases)
        x, weight = (rng.integers(-9, 10, size=shape).astype(dtype) for shape in (image, kernel))
        fits = all(k <= n for n, k in zip(image, kernel, strict=True))
        for name in ("convolve2d", "correlate2d"):
            if mode == "valid" and not fits:
                with pytest.raises(ValueError, match="does not fit"):
                    getattr(nn, name)(x, weight, mode)
            elif mode == "same" and not fits:
                continue  # where nothing fits, SciPy changes the two round
            else:
                expected = getattr(signal, name)(x, weight, mode)
                close(getattr(nn, name)(x, weight, mode), expected, (name, image, kernel, mode))
            cases += 1
    ran(cases, f"convolve2d and correlate2d {dtype}", "scipy")


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_fft_convolve(dtype, close, ran):
    """Signals and images, in every mode."""
    cases = 0
    signals = [((n,), (k,)) for n in (1, 2, 5, 16, 101) for k in (1, 2, 3, 8, 31)]
    for (image, kernel), mode in itertools.product(SHAPES + signals, MODES):
        if any(k > n for n, k in zip(image, kernel, strict=True)) and mode != "full":
            continue
        rng = np.random.default_rng(cases)
        x, weight = (rng.normal(size=shape).astype(dtype) for shape in (image, kernel))
        expected = signal.fftconvolve(x, weight, mode)
        close(nn.fft_convolve(x, weight, mode), expected, (image, kernel, mode))
        cases += 1
    ran(cases, f"fft_convolve {dtype}", "scipy")


def test_overlap_add(close, ran):
    """Blocks of every length up to the signal's and beyond."""
    cases = 0
    for length, kernel in itertools.product((1, 2, 7, 20, 33), (1, 2, 5, 9)):
        rng = np.random.default_rng(cases)
        x, weight = rng.normal(size=length), rng.normal(size=kernel)
        expected = signal.oaconvolve(x, weight)
        for block in range(1, length + 3):
            close(nn.overlap_add(x, weight, block), expected, (length, kernel, block))
            cases += 1
    ran(cases, "overlap_add", "scipy")


def test_deconvolve(close, ran):
    """Quotient and remainder, of exact convolutions and of anything."""
    cases = 0
    for length, kernel in itertools.product(range(1, 14), range(1, 8)):
        for seed in range(5):
            rng = np.random.default_rng(seed)
            values, divisor = rng.normal(size=length), rng.normal(size=kernel)
            divisor[0] = 2 * np.abs(divisor).sum()  # else errors grow in both, each in its own way
            quotient, remainder = signal.deconvolve(values, divisor)
            found = nn.deconvolve(values, divisor)
            case = (length, kernel, seed)
            close(found.quotient, np.asarray(quotient, dtype=float), case)
            close(found.remainder, np.asarray(remainder, dtype=float), case)
            cases += 1
    ran(cases, "deconvolve", "scipy")


def test_circular_convolve(close, ran):
    """SciPy wraps the image round in convolve2d(boundary="wrap")."""
    cases = 0
    for image, kernel in SHAPES:
        if any(k > n for n, k in zip(image, kernel, strict=True)):
            continue
        rng = np.random.default_rng(cases)
        x, weight = rng.integers(-9, 10, image), rng.integers(-9, 10, kernel)
        expected = signal.convolve2d(x, weight, "full", "wrap")[: image[0], : image[1]]
        close(nn.circular_convolve(x, weight), expected, (image, kernel))
        cases += 1
    ran(cases, "circular_convolve", "scipy")
