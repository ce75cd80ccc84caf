"""Windows as columns, columns as images, and the large matrix of a convolution."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.nn.arrays import equal, integers, ones, ramp, zeros
from quizcnn.nn.convolution import conv2d
from quizcnn.nn.unfolding import conv_matrix, fold, unfold

small = st.integers(1, 3)
sides = st.tuples(*(st.tuples(st.integers(0, 2), st.integers(0, 2)),) * 2)


def test_columns_by_hand():
    """A column for each place; its rows are the window's pixels, channel by channel."""
    x = [[[1, 2, 3]], [[4, 5, 6]]]
    assert unfold(x, (1, 2)).tolist() == [[1, 2], [2, 3], [4, 5], [5, 6]]
    assert unfold([[1, 2, 3]], (1, 2), padding=((0, 0), (1, 0))).tolist() == [[0, 1, 2], [1, 2, 3]]


def test_adding_up_by_hand():
    """The middle pixel is in both windows, so it comes back twice."""
    assert fold([[1, 2], [2, 3]], (1, 3), (1, 2)).tolist() == [[[1, 4, 3]]]
    assert fold([[1, 2], [2, 3]], (1, 2), (1, 2), padding=((0, 0), (1, 0))).tolist() == [[[4, 3]]]


@settings(max_examples=50)
@given(st.tuples(small, small), small, sides, small, st.integers(0, 99))
def test_a_convolution_is_a_product_with_the_columns(kernel, dilation, padding, stride, seed):
    x, weight = integers(2, 2, 7, 8, seed=seed), integers(3, 2, *kernel, seed=seed + 1)
    columns = unfold(x, kernel, dilation, padding, stride)
    out = conv2d(x, weight, None, stride, padding, dilation)
    assert equal(np.matmul(weight.reshape(3, -1), columns).reshape(out.shape), out)


@settings(max_examples=50)
@given(st.tuples(small, small), small, sides, small, st.integers(0, 99))
def test_fold_is_the_transpose_of_unfold(kernel, dilation, padding, stride, seed):
    """⟨unfold(x), y⟩ = ⟨x, fold(y)⟩ for whatever x and y."""
    x = integers(2, 7, 8, low=-9, seed=seed)
    columns = unfold(x, kernel, dilation, padding, stride)
    y = integers(*columns.shape, low=-9, seed=seed + 1)
    back = fold(y, (7, 8), kernel, dilation, padding, stride)
    assert (columns * y).sum() == (x * back).sum()


@settings(max_examples=50)
@given(st.tuples(small, small), small, sides, small, st.integers(0, 99))
def test_the_matrix_holds_for_sides_padded_apart(kernel, dilation, padding, stride, seed):
    x, weight = integers(2, 7, 8, seed=seed), integers(3, 2, *kernel, seed=seed + 1)
    matrix = conv_matrix(weight, x.shape, stride, padding, dilation)
    assert equal(matrix @ x.ravel(), conv2d(x, weight, None, stride, padding, dilation).ravel())


def test_shapes():
    assert unfold(ramp(6, 7), 3).shape == (9, 20)
    assert unfold(ramp(5, 3, 6, 7), 3, padding="same", stride=1).shape == (5, 27, 42)
    assert fold(ones(5, 27, 20), (6, 7), 3).shape == (5, 3, 6, 7)
    assert unfold(zeros(0, 3, 6, 7), 3).shape == (0, 27, 20)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: unfold(ones(2), 1), "unfold: the input has shape (2,), expected (H, W), "),
        (
            lambda: unfold(ones(2, 2), 3),
            "unfold: a kernel of 3×3 does not fit into an input of 2×2",
        ),
        (lambda: unfold(ones(2, 2), 0), "unfold: kernel_size must be at least 1, but is 0"),
        (lambda: fold(ones(4), 2, 2), "fold: the columns have shape (4,), expected (C·kH·kW, "),
        (
            lambda: fold(ones(4, 3), (3, 3), 2),
            "fold: the columns have shape (4, 3); for an output of 3×3 the last axis must be "
            "2 × 2 places = 4, and the one before it a multiple of the 4 cells of the kernel",
        ),
        (lambda: fold(ones(5, 4), (3, 3), 2), "fold: the columns have shape (5, 4); "),
        (
            lambda: conv_matrix(ones(2, 2), (3,)),
            "conv_matrix: input_shape must be (H, W) or (C, H, W), but is (3,)",
        ),
    ],
)
def test_what_does_not_fit_is_said(call, message):
    with pytest.raises(ValueError) as caught:
        call()
    assert str(caught.value).startswith(message)
