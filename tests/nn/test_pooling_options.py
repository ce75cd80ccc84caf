"""Pooling's further options by hand: ceil mode, dilation, indices, other means and norms."""

import numpy as np
import pytest

from quizcnn.nn.arrays import allclose, equal, full, zeros
from quizcnn.nn.pooling import avg_pool2d, lp_pool2d, max_pool2d, min_pool2d

IMAGE = [[1, 3, 2, 9], [5, 6, 1, 7], [4, 2, 8, 6], [3, 5, 7, 2]]


def test_ceil_mode_looks_at_what_is_left_over():
    x = [[1, 2, 9], [3, 4, 8], [5, 6, 7]]
    assert max_pool2d(x, 2, ceil_mode=True).tolist() == [[4, 9], [6, 7]]
    assert min_pool2d(x, 2, ceil_mode=True).tolist() == [[1, 8], [5, 7]]
    # A window that is cut off is the mean of what it has: 9 + 8 over 2, not over 4.
    assert avg_pool2d(x, 2, ceil_mode=True).tolist() == [[2.5, 8.5], [5.5, 7]]


def test_ceil_mode_starts_no_window_in_the_padding_behind():
    """Of 3 cells with 1 of padding on each side, stride 3: the window at 3 + 1 is dropped."""
    assert max_pool2d([[1, 2, 3]], (1, 2), (1, 3), (0, 1), ceil_mode=True).tolist() == [[1, 3]]
    assert max_pool2d([[1, 2]], (1, 2), (1, 3), (0, 1), ceil_mode=True).tolist() == [[1]]


def test_ceil_mode_takes_a_kernel_larger_than_the_input():
    assert max_pool2d([[5]], 2, ceil_mode=True).tolist() == [[5]]
    assert avg_pool2d([[5]], 2, ceil_mode=True).tolist() == [[5]]
    with pytest.raises(ValueError, match="a kernel of 3×3 does not fit into an input of 1×1"):
        max_pool2d([[5]], 3, 2, ceil_mode=True)


def test_dilation_leaves_cells_out():
    assert max_pool2d([[1, 9, 2, 8, 3]], (1, 3), dilation=(1, 2)).tolist() == [[3]]
    assert max_pool2d([[1, 9, 2, 8, 3]], (1, 2), 1, dilation=(1, 2)).tolist() == [[2, 9, 3]]


def test_indices_count_row_by_row_in_each_channel():
    values, indices = max_pool2d([IMAGE, IMAGE], 2, return_indices=True)
    assert values.tolist() == [[[6, 9], [5, 8]]] * 2
    assert indices.tolist() == [[[5, 3], [13, 10]]] * 2
    assert min_pool2d(IMAGE, 2, return_indices=True)[1].tolist() == [[0, 6], [9, 15]]


def test_of_equals_the_first_row_by_row_has_the_index():
    assert max_pool2d(zeros(3, 3), 3, return_indices=True)[1].tolist() == [[0]]
    assert max_pool2d([[0, 0, 1], [1, 1, 0]], (2, 3), return_indices=True)[1].tolist() == [[2]]
    assert max_pool2d(zeros(2, 2), 2, padding=1, return_indices=True)[1].tolist() == [
        [0, 1],
        [2, 3],
    ]
    lowest = full((2, 2), -np.inf)
    assert max_pool2d(lowest, 2, return_indices=True)[1].tolist() == [[0]]


def test_a_window_over_padding_alone_has_a_value_but_no_index():
    """Cells −1 and 2 of two: PyTorch gives −∞, and an index outside."""
    assert max_pool2d(zeros(2, 2), 2, 1, 1, dilation=3).tolist() == [[-np.inf]]
    with pytest.raises(ValueError, match="a window sees padding alone, so no value in it has an"):
        max_pool2d(zeros(2, 2), 2, 1, 1, dilation=3, return_indices=True)


def test_another_divisor():
    assert avg_pool2d([[1, 2], [3, 4]], 2, divisor_override=1).tolist() == [[10]]
    with pytest.raises(ValueError, match="divisor_override must not be 0"):
        avg_pool2d([[1, 2], [3, 4]], 2, divisor_override=0)


def test_lp_pooling_by_hand():
    assert lp_pool2d([[3, 4], [0, 0]], 2, 2).tolist() == [[5]]
    assert lp_pool2d([[3, 4], [0, 0]], 1, 2).tolist() == [[7]]
    assert lp_pool2d([[3, -4]], np.inf, (1, 2)).tolist() == [[4]]
    assert lp_pool2d([[1, -3]], 1, (1, 2)).tolist() == [[-2]], "signs stay with odd powers"
    assert np.isnan(lp_pool2d([[1, -3]], 3, (1, 2)))
    for power in (0, np.nan, [2]):
        with pytest.raises(ValueError, match="norm_type must be a number other than 0"):
            lp_pool2d(IMAGE, power, 2)


def test_l2_pooling_of_one_value_is_its_size():
    assert allclose(lp_pool2d(IMAGE, 2, 1), IMAGE)


def test_flags_are_true_or_false():
    with pytest.raises(ValueError, match="ceil_mode must be True or False, but is 'up'"):
        max_pool2d(IMAGE, 2, ceil_mode="up")
    with pytest.raises(ValueError, match="count_include_pad must be True or False, but is None"):
        avg_pool2d(IMAGE, 2, count_include_pad=None)
    assert equal(max_pool2d(IMAGE, 3, ceil_mode=np.True_), max_pool2d(IMAGE, 3, ceil_mode=1))
