"""Adaptive pooling by hand: windows from ⌊i·n/m⌋ up to ⌈(i + 1)·n/m⌉."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn.adaptive import adaptive_avg_pool1d, adaptive_avg_pool2d, adaptive_max_pool2d
from quizcnn.nn.arrays import allclose, equal, integers, normal, ramp, zeros
from quizcnn.nn.pooling import avg_pool2d, global_avg_pool2d, max_pool2d, upsample


def test_five_cells_for_two_windows_share_the_middle():
    """[0, 3) and [2, 5)."""
    assert adaptive_avg_pool1d([1, 2, 3, 4, 5], 2).tolist() == [2, 4]
    assert adaptive_max_pool2d([[1, 2, 9, 4, 5]], (1, 2)).tolist() == [[9, 9]]


def test_five_cells_for_three_windows():
    """[0, 2), [1, 4) and [3, 5)."""
    assert adaptive_avg_pool1d([0, 10, 20, 30, 40], 3).tolist() == [5, 20, 35]


def test_one_number_counts_for_both_sides_and_none_keeps_a_side():
    assert adaptive_avg_pool2d(zeros(3, 5, 7), 2).shape == (3, 2, 2)
    assert adaptive_avg_pool2d(zeros(3, 5, 7), (None, 2)).shape == (3, 5, 2)
    assert adaptive_max_pool2d(zeros(2, 3, 5, 7), (4, None)).shape == (2, 3, 4, 7)
    assert equal(adaptive_avg_pool2d(ramp(3, 4), None), ramp(3, 4))


def test_more_windows_than_cells_repeat_them():
    assert equal(adaptive_max_pool2d(ramp(2, 3), (4, 6)), upsample(ramp(2, 3), 2))


def test_indices_count_row_by_row():
    values, indices = adaptive_max_pool2d([[1, 7, 2], [7, 0, 7]], (1, 2), return_indices=True)
    assert values.tolist() == [[7, 7]]
    assert indices.tolist() == [[1, 1]]


def test_the_dtypes():
    assert adaptive_avg_pool2d(np.ones((2, 2), np.float32), 1).dtype == np.float32
    assert adaptive_avg_pool2d(np.ones((2, 2), np.int32), 1).dtype == np.float64
    assert adaptive_max_pool2d(np.ones((2, 2), np.uint8), 1).dtype == np.uint8


@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 3), st.integers(0, 99))
def test_where_it_divides_it_is_plain_pooling(rows, columns, kernel, seed):
    x = integers(2, rows * kernel, columns * kernel, seed=seed)
    size = (rows, columns)
    assert equal(adaptive_max_pool2d(x, size), max_pool2d(x, kernel))
    assert allclose(adaptive_avg_pool2d(x, size), avg_pool2d(x, kernel))


@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 99))
def test_a_single_window_is_global_pooling(height, width, seed):
    x = normal(3, height, width, seed=seed)
    assert allclose(adaptive_avg_pool2d(x, 1)[:, 0, 0], global_avg_pool2d(x))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: adaptive_avg_pool2d(zeros(3, 3), 0), "output_size must be at least 1, but is 0"),
        (lambda: adaptive_avg_pool2d(zeros(3, 3), (1, 2, 3)), "output_size must be a whole number"),
        (lambda: adaptive_max_pool2d(zeros(3), 1), r"adaptive_max_pool2d: the input has shape \(3"),
        (lambda: adaptive_max_pool2d(zeros(0, 3, 3), 1), "has no channels"),
        (lambda: adaptive_avg_pool1d(zeros(3), 1.5), "output_size must be a whole number"),
    ],
)
def test_what_does_not_fit_is_said(call, message):
    with pytest.raises(ValueError, match=message):
        call()
