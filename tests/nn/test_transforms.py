"""Circular convolution, the convolution theorem, blocks, and what undoes a convolution."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.nn.arrays import allclose, equal, integers, normal, ones, zeros
from quizcnn.nn.transforms import (
    circular_convolve,
    deconvolve,
    fft_convolve,
    inverse_filter,
    overlap_add,
)
from quizcnn.nn.true_convolution import convolve2d

side = st.integers(1, 9)


def test_round_a_circle_by_hand():
    """1·1 + 4·10 = 41: what stands left of the first is the last."""
    assert circular_convolve([1, 2, 3, 4], [1, 10]).tolist() == [41, 12, 23, 34]
    assert circular_convolve([[1, 2], [3, 4]], [[0, 0], [0, 1]]).tolist() == [[4, 3], [2, 1]]
    assert circular_convolve([1, 2, 3], [0, 1]).tolist() == np.roll([1, 2, 3], 1).tolist()


@settings(max_examples=40)
@given(st.tuples(side, side), st.integers(0, 99))
def test_the_convolution_theorem(size, seed):
    """Transforms of both, multiplied, are the transform of the circular convolution."""
    x, kernel = integers(*size, low=-9, seed=seed), integers(*size, low=-9, seed=seed + 1)
    product = np.fft.fft2(x) * np.fft.fft2(kernel)
    assert allclose(circular_convolve(x, kernel) * 1.0, np.fft.ifft2(product).real, 1e-8)


@settings(max_examples=40)
@given(st.tuples(side, side), st.tuples(side, side), st.integers(0, 99))
def test_transforms_find_what_the_sums_are(size, kernel, seed):
    x, weight = integers(*size, low=-9, seed=seed), integers(*kernel, low=-9, seed=seed + 1)
    assert allclose(fft_convolve(x, weight), convolve2d(x, weight) * 1.0, 1e-8)


def test_dtypes():
    """Whole numbers become doubles, single precision stays; on a circle all stay as they are."""
    assert fft_convolve([1, 2], [1]).dtype == np.float64
    single = np.ones(3, np.float32)
    assert fft_convolve(single, single).dtype == overlap_add(single, single, 2).dtype == np.float32
    assert inverse_filter(single, single[:1]).dtype == np.float32
    assert circular_convolve([2**53, 0], [1, 1]).tolist() == [2**53, 2**53]
    assert circular_convolve([2**53, 1], [1, 1])[0] == 2**53 + 1


@settings(max_examples=40)
@given(st.integers(1, 40), side, st.integers(1, 50), st.integers(0, 99))
def test_blocks_add_up_to_the_whole(length, kernel, block, seed):
    x, weight = normal(length, seed=seed), normal(kernel, seed=seed + 1)
    assert allclose(overlap_add(x, weight, block), np.convolve(x, weight), 1e-9)


def test_long_division_by_hand():
    """(1 + 2z + 3z²)(1 + 10z) = 1 + 12z + 23z² + 30z³; one more leaves a remainder of 1."""
    exact = deconvolve([1, 12, 23, 30], [1, 10])
    assert exact.quotient.tolist() == [1, 2, 3] and exact.remainder.tolist() == [0, 0, 0, 0]
    assert deconvolve([1, 12, 23, 31], [1, 10]).remainder.tolist() == [0, 0, 0, 1]
    short = deconvolve([1, 2], [1, 2, 3])
    assert short.quotient.size == 0 and short.remainder.tolist() == [1, 2]


@settings(max_examples=40)
@given(st.integers(1, 12), st.integers(1, 5), st.integers(0, 99))
def test_quotient_times_kernel_plus_remainder_is_the_signal(length, kernel, seed):
    signal, weight = integers(length, low=-9, seed=seed), integers(kernel, low=-9, seed=seed + 1)
    weight[0] = 1
    found = deconvolve(signal, weight)
    if found.quotient.size:
        again = np.convolve(found.quotient, weight) + found.remainder
        assert equal(again, signal * 1.0)


@settings(max_examples=40)
@given(st.tuples(side, side), st.integers(0, 99))
def test_inverse_filtering_undoes_a_circular_convolution(size, seed):
    """A kernel whose first value outweighs the others wipes nothing out."""
    x, kernel = normal(*size, seed=seed), integers(*size, low=-1, high=2, seed=seed) * 1.0
    kernel[0, 0] = kernel.size + 1
    assert allclose(inverse_filter(circular_convolve(x, kernel), kernel), x, 1e-9)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: inverse_filter([1, 2, 3, 4], [1, 1]),
            "inverse_filter: the kernel wipes out frequency 2 of 4, which cannot be undone",
        ),
        (
            lambda: inverse_filter(ones(2, 4), [[1, -1]]),
            "inverse_filter: the kernel wipes out frequency (0, 0) of 2×4, which cannot be undone",
        ),
        (
            lambda: inverse_filter([1, 2], [0.0]),
            "inverse_filter: the kernel wipes out frequency 0 of 2, which cannot be undone",
        ),
        (
            lambda: deconvolve([1, 2], [0, 1]),
            "deconvolve: the kernel's first value is 0, so it cannot be divided by",
        ),
        (lambda: deconvolve(ones(2, 2), ones(1, 1)), "deconvolve: the signal must be (L,), "),
        (lambda: overlap_add([1, 2], [1], 0), "overlap_add: block must be at least 1, but is 0"),
        (lambda: overlap_add(ones(2, 2), ones(1, 1), 1), "overlap_add: the input must be (L,), "),
        (
            lambda: fft_convolve([1, 2], [1], "some"),
            'fft_convolve: mode must be "full", "same" or "valid", but is \'some\'',
        ),
        (
            lambda: fft_convolve([1, 2], [1, 2, 3], "valid"),
            "fft_convolve: a kernel of 3 does not fit into an input of 2",
        ),
        (
            lambda: circular_convolve([1, 2], [1, 2, 3]),
            "circular_convolve: a kernel of 3 does not fit into an input of 2",
        ),
        (
            lambda: circular_convolve(ones(2, 2), ones(2)),
            "circular_convolve: input and kernel must both be (L,) or both (H, W), none of them "
            "empty, but they have shapes (2, 2) and (2,)",
        ),
        (lambda: fft_convolve(zeros(0), [1]), "fft_convolve: input and kernel must both be (L,)"),
    ],
)
def test_what_cannot_be_done_is_said(call, message):
    with pytest.raises(ValueError) as caught:
        call()
    assert str(caught.value).startswith(message)
