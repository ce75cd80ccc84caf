"""Pooling of signals and volumes: by hand, and as pooling of images that are thin."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn.arrays import allclose, equal, integers, normal, ramp, zeros
from quizcnn.nn.pooling import avg_pool2d, max_pool2d
from quizcnn.nn.pooling_1d_3d import avg_pool1d, avg_pool3d, max_pool1d, max_pool3d


def test_signals_by_hand():
    assert max_pool1d([1, 5, 2, 4, 9], 2).tolist() == [5, 4]
    assert max_pool1d([1, 5, 2, 4, 9], 2, ceil_mode=True).tolist() == [5, 4, 9]
    assert max_pool1d([1, 5, 2, 4, 9], 3, 1, dilation=2).tolist() == [9]
    assert avg_pool1d([1, 5, 2, 4], 2).tolist() == [3, 3]
    assert avg_pool1d([4, 4], 2, padding=1).tolist() == [2, 2]
    assert avg_pool1d([4, 4], 2, padding=1, count_include_pad=False).tolist() == [4, 4]


def test_volumes_by_hand():
    """0 … 7 in a cube: the last is the largest, the mean is 3.5."""
    assert max_pool3d(ramp(2, 2, 2), 2).tolist() == [[[7]]]
    assert avg_pool3d(ramp(2, 2, 2), 2).tolist() == [[[3.5]]]
    assert avg_pool3d(ramp(2, 2, 2), (2, 1, 1)).tolist() == [[[2, 3], [4, 5]]]
    assert max_pool3d(ramp(2, 2, 2), 2, return_indices=True)[1].tolist() == [[[7]]]


def test_channels_and_batches_stay():
    assert max_pool1d(zeros(2, 3, 8), 2).shape == (2, 3, 4)
    assert avg_pool3d(zeros(2, 3, 4, 4, 4), (1, 2, 4)).shape == (2, 3, 4, 2, 1)
    assert max_pool3d(zeros(3, 4, 4, 4), 2).shape == (3, 2, 2, 2)


@given(st.integers(1, 4), st.integers(1, 3), st.booleans(), st.integers(0, 99))
def test_a_signal_is_an_image_of_one_row(kernel, stride, ceil, seed):
    x = integers(2, 1, 9, seed=seed)
    for one, two in ((max_pool1d, max_pool2d), (avg_pool1d, avg_pool2d)):
        wide = two(x, (1, kernel), (1, stride), (0, kernel // 2), ceil_mode=ceil)
        assert equal(one(x[:, 0], kernel, stride, kernel // 2, ceil_mode=ceil), wide[:, 0])


@given(st.integers(1, 3), st.integers(1, 3), st.integers(0, 99))
def test_a_volume_pools_slice_by_slice_and_then_through(kernel, depth, seed):
    x = normal(4, 5, 6, seed=seed)
    for three, two, one in (
        (max_pool3d, max_pool2d, max_pool1d),
        (avg_pool3d, avg_pool2d, avg_pool1d),
    ):
        flat = two(x, kernel)
        through = one(flat.transpose(1, 2, 0), depth).transpose(2, 0, 1)
        assert allclose(three(x, (depth, kernel, kernel)), through)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: max_pool1d(zeros(2, 2, 2, 2), 2), "max_pool1d: the input has shape"),
        (lambda: max_pool1d(zeros(3), (2, 2)), "max_pool1d: kernel_size must be a whole number"),
        (lambda: max_pool1d(zeros(3), 4), "max_pool1d: a kernel of 4 does not fit into an input"),
        (lambda: max_pool3d(zeros(2, 2), 2), r"expected \(D, H, W\), \(C, D, H, W\) or"),
        (lambda: avg_pool3d(zeros(2, 2, 2), (1, 2)), "kernel_size must be a whole number or three"),
        (lambda: avg_pool3d(zeros(2, 2, 2), 2, 0), "avg_pool3d: stride must be at least 1"),
        (lambda: avg_pool1d(zeros(2), 2, 2, 2), "padding may be half the kernel at most"),
    ],
)
def test_what_does_not_fit_is_said(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_nan_is_the_answer_of_its_window():
    assert np.isnan(max_pool1d([1.0, np.nan, 2.0, 3.0], 2)).tolist() == [True, False]
