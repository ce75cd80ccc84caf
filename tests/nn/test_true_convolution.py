"""convolve2d, correlate2d and conv_matrix."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn.arrays import allclose, count_nonzero, dot, equal, integers, normal, ones, zeros
from quizcnn.nn.convolution import conv2d
from quizcnn.nn.dense import flatten
from quizcnn.nn.loops import convolve2d_loops
from quizcnn.nn.true_convolution import convolve2d, correlate2d
from quizcnn.nn.unfolding import conv_matrix


@st.composite
def images(draw, least=1, most=5):
    sides = st.integers(least, most)
    return integers(draw(sides), draw(sides), low=-9, seed=draw(st.integers(0, 1000)))


def test_convolution_by_hand():
    """(1 + 2x)(3 + 4x) = 3 + 10x + 8x²: convolving rows is multiplying polynomials."""
    assert convolve2d([[1, 2]], [[3, 4]]).tolist() == [[3, 10, 8]]
    assert convolve2d([[1], [2]], [[3, 4]]).tolist() == [[3, 4], [6, 8]]


def test_correlation_by_hand():
    """Not flipped: 1·3 + 2·4 = 11 where both lie on each other."""
    assert correlate2d([[1, 2]], [[3, 4]]).tolist() == [[11]]
    assert correlate2d([[1, 2]], [[3, 4]], mode="full").tolist() == [[4, 11, 6]]


def test_a_dot_answers_with_the_kernel_itself_under_convolution():
    kernel = np.arange(9).reshape(3, 3)
    image = dot(3, 3, 1, 1)
    assert equal(convolve2d(image, kernel, mode="same"), kernel)
    assert equal(correlate2d(image, kernel, mode="same"), kernel[::-1, ::-1])


def test_the_middle_of_an_even_kernel_is_where_scipy_has_it():
    """scipy.signal gives these for [1, 2, 3] and [1, 10]."""
    assert convolve2d([[1, 2, 3]], [[1, 10]], mode="same").tolist() == [[1, 12, 23]]
    assert correlate2d([[1, 2, 3]], [[1, 10]], mode="same").tolist() == [[21, 32, 3]]


@pytest.mark.parametrize("operation", [convolve2d, correlate2d])
def test_the_sizes_of_the_modes(operation):
    x, kernel = ones(5, 7), ones(2, 3)
    assert operation(x, kernel, mode="full").shape == (6, 9)
    assert operation(x, kernel, mode="same").shape == (5, 7)
    assert operation(x, kernel, mode="valid").shape == (4, 5)


def test_the_modes_that_are_left_out():
    x, kernel = ones(3, 3), ones(2, 2)
    assert equal(convolve2d(x, kernel), convolve2d(x, kernel, mode="full"))
    assert equal(correlate2d(x, kernel), correlate2d(x, kernel, mode="valid"))


@given(images(), images())
def test_convolution_is_what_the_painting_loops_give(x, kernel):
    assert equal(convolve2d(x, kernel), convolve2d_loops(x, kernel))


@given(images(), images())
def test_convolution_does_not_mind_the_order(x, kernel):
    assert equal(convolve2d(x, kernel), convolve2d(kernel, x))


@given(images(), images(), images())
def test_two_convolutions_are_one(x, first, second):
    assert equal(convolve2d(convolve2d(x, first), second), convolve2d(x, convolve2d(first, second)))


@given(images(3, 6), images(1, 3), st.sampled_from(["full", "same", "valid"]))
def test_the_modes_are_cut_from_the_full_result(x, kernel, mode):
    whole = convolve2d(x, kernel)
    out = convolve2d(x, kernel, mode=mode)
    top, left = ((a - b) // 2 for a, b in zip(whole.shape, out.shape, strict=True))
    assert equal(out, whole[top : top + out.shape[0], left : left + out.shape[1]])


@given(images(3, 6), images(1, 3))
def test_correlation_is_the_layer_of_a_network(x, kernel):
    assert equal(correlate2d(x, kernel), conv2d(x, kernel))
    assert equal(correlate2d(x, kernel, mode="same"), conv2d(x, kernel, padding="same"))
    assert equal(correlate2d(x, kernel, mode="full"), convolve2d(x, kernel[::-1, ::-1]))


@pytest.mark.parametrize("operation", [convolve2d, correlate2d])
def test_what_does_not_fit_is_said(operation):
    name = operation.__name__
    with pytest.raises(ValueError) as caught:
        operation(zeros(2, 2), zeros(3, 3), mode="valid")
    assert str(caught.value) == f"{name}: a kernel of 3×3 does not fit into an input of 2×2"
    with pytest.raises(ValueError) as caught:
        operation(zeros(1, 2, 2), zeros(3, 3))
    assert str(caught.value) == (
        f"{name}: the input must be (H, W) and the kernel (kH, kW), none of them empty, "
        "but they have shapes (1, 2, 2) and (3, 3)"
    )
    with pytest.raises(ValueError, match='mode must be "full", "same" or "valid", but is \'half\''):
        operation(zeros(3, 3), zeros(2, 2), mode="half")


def test_the_matrix_by_hand():
    assert conv_matrix([[1, 2]], (2, 2)).tolist() == [[1, 2, 0, 0], [0, 0, 1, 2]]
    # With padding 1 each output sees part of the kernel only.
    assert conv_matrix([[1, 2, 3]], (1, 2), padding=(0, 1)).tolist() == [[2, 3], [1, 2]]


def test_the_matrix_repeats_the_same_few_weights():
    matrix = conv_matrix(1 + np.arange(9).reshape(3, 3), (8, 8))
    assert matrix.shape == (36, 64)
    assert count_nonzero(matrix) == 36 * 9
    assert all(sorted(row[row != 0]) == list(range(1, 10)) for row in matrix)


def test_the_matrix_of_a_plain_weight_is_that_of_one_channel():
    kernel = normal(2, 3)
    assert equal(conv_matrix(kernel, (4, 5)), conv_matrix(kernel[None, None], (1, 4, 5)))


@given(
    st.integers(1, 2), st.integers(1, 2), st.integers(0, 2), st.integers(1, 2), st.integers(1, 2)
)
def test_the_matrix_does_what_the_convolution_does(rows, stride, padding, dilation, groups):
    x, weight = normal(2, 5, 6), normal(4, 2 // groups, rows, 2, seed=1)
    options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    matrix = conv_matrix(weight, x.shape, **options)
    assert allclose(matrix @ flatten(x), flatten(conv2d(x, weight, **options)))


@pytest.mark.parametrize("shape", [(), (3,), (1, 1, 3, 3)])
def test_the_matrix_is_of_one_image(shape):
    with pytest.raises(ValueError, match=r"input_shape must be \(H, W\) or \(C, H, W\), but is"):
        conv_matrix(ones(2, 2), shape)


def test_the_matrix_names_what_does_not_fit():
    with pytest.raises(ValueError, match="each side of input_shape must be at least 1, but is 0"):
        conv_matrix(ones(2, 2), (0, 3))
    with pytest.raises(ValueError, match=r"an input of shape \(2, 3, 3\) has 2 channels, the wei"):
        conv_matrix(ones(1, 3, 2, 2), (2, 3, 3))
