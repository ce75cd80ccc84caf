import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn.arrays import equal, integers, zeros
from quizcnn.nn.pooling import max_pool2d
from quizcnn.nn.unpooling import max_unpool2d


def test_values_go_back_to_where_they_were():
    x = [[1, 3, 2, 9], [5, 6, 1, 7]]
    pair = max_pool2d(x, 2, return_indices=True)
    assert max_unpool2d(*pair, 2).tolist() == [[0, 0, 0, 9], [0, 6, 0, 0]]


def test_an_output_size_that_pooling_rounded_down():
    """5×5 and 4×4 both pool to 2×2."""
    pair = max_pool2d(zeros(5, 5), 2, return_indices=True)
    assert max_unpool2d(*pair, 2).shape == (4, 4)
    assert max_unpool2d(*pair, 2, output_size=(5, 5)).shape == (5, 5)
    assert max_unpool2d(pair[0][None], pair[1][None], 2, output_size=(1, 5, 5)).shape == (1, 5, 5)


def test_channels_keep_their_own():
    x = integers(2, 3, 4, 6, low=1, seed=3)
    found = max_unpool2d(*max_pool2d(x, 2, return_indices=True), 2)
    assert found.shape == x.shape
    assert found.dtype == x.dtype


def test_of_two_that_claim_a_cell_the_last_is_there():
    assert max_unpool2d([[1, 2]], [[0, 0]], 1).tolist() == [[2, 0]]


@given(st.integers(1, 3), st.integers(1, 3), st.integers(0, 99))
def test_pooling_takes_unpooling_back(kernel, channels, seed):
    """Of positive values that did not overlap."""
    x = integers(channels, 2 * kernel, 3 * kernel, low=1, high=50, seed=seed)
    pooled, indices = max_pool2d(x, kernel, return_indices=True)
    assert equal(max_pool2d(max_unpool2d(pooled, indices, kernel), kernel), pooled)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: max_unpool2d([[1]], [[4]], 2), "the index 4 lies outside of an output of 2×2"),
        (lambda: max_unpool2d([[1]], [[-1]], 2), "the index -1 lies outside of"),
        (lambda: max_unpool2d([[1]], [[0, 1]], 2), r"of the input's shape \(1, 1\)"),
        (lambda: max_unpool2d([[1]], [[0.0]], 2), "the indices must be whole numbers"),
        (lambda: max_unpool2d([[1]], [[0]], 2, output_size=(4, 4)), "output_size 4×4 is not less"),
        (lambda: max_unpool2d([[1]], [[0]], 2, output_size=3.5), "output_size must be a whole"),
        (lambda: max_unpool2d([[1]], [[0]], 2, padding=1), "an output of 0×0 has no pixels"),
        (lambda: max_unpool2d([[1]], [[0]], 0), "kernel_size must be at least 1, but is 0"),
        (lambda: max_unpool2d([1], [0], 1), "max_unpool2d: the input has shape"),
    ],
)
def test_what_does_not_fit_is_said(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_an_empty_batch_stays_empty():
    empty = np.zeros((0, 1, 2, 2))
    assert max_unpool2d(empty, empty.astype(int), 2).shape == (0, 1, 4, 4)
