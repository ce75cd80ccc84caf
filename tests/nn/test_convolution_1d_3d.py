"""conv1d and conv3d by hand, and as the special and the general case of conv2d."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.nn.arrays import equal, integers, ones, ramp, zeros
from quizcnn.nn.convolution import conv1d, conv2d, conv3d

small = st.integers(1, 3)


def test_a_signal_by_hand():
    """1·1 + 2·10 = 21, and so on; with stride 2 every other one."""
    assert conv1d([1, 2, 3, 4], [1, 10]).tolist() == [21, 32, 43]
    assert conv1d([1, 2, 3, 4], [1, 10], stride=2).tolist() == [21, 43]
    assert conv1d([1, 2, 3, 4], [1, 10], dilation=2).tolist() == [31, 42]
    assert conv1d([1, 2, 3, 4], [1, 10], bias=5, padding=1).tolist() == [15, 26, 37, 48, 9]


def test_a_causal_convolution_does_not_look_ahead():
    """Padded in front only, the output at each time changes with no later input."""
    x = np.array([1, 2, 3, 4])
    before = conv1d(x, [1, 10, 100], padding=((4, 0),), dilation=2)
    x[3] = 1000
    after = conv1d(x, [1, 10, 100], padding=((4, 0),), dilation=2)
    assert before.tolist() == [100, 200, 310, 420]
    assert (before == after).tolist() == [True, True, True, False]


def test_a_volume_by_hand():
    """Two slices of two pixels: 0·1 + 1·2 + 2·3 + 3·4 = 20."""
    assert conv3d([[[0, 1]], [[2, 3]]], [[[1, 2]], [[3, 4]]]).tolist() == [[[20]]]
    assert conv3d(ones(4, 4, 4), ones(2, 2, 2), stride=2).tolist() == np.full((2, 2, 2), 8).tolist()


def test_shapes():
    assert conv1d(ramp(8), ones(3)).shape == (6,)
    assert conv1d(ramp(8), ones(5, 1, 3)).shape == (5, 6)
    assert conv1d(ramp(3, 8), ones(5, 3, 3)).shape == (5, 6)
    assert conv1d(ramp(2, 3, 8), ones(5, 3, 3)).shape == (2, 5, 6)
    assert conv3d(ramp(8, 7, 6), ones(3, 3, 3)).shape == (6, 5, 4)
    assert conv3d(ramp(2, 8, 7, 6), ones(5, 2, 3, 3, 3)).shape == (5, 6, 5, 4)
    assert conv3d(ramp(1, 2, 8, 7, 6), ones(5, 2, 3, 3, 3), padding="same").shape == (1, 5, 8, 7, 6)
    assert conv3d(zeros(0, 2, 8, 7, 6), ones(5, 2, 3, 3, 3)).shape == (0, 5, 6, 5, 4)


@settings(max_examples=40)
@given(small, small, small, st.integers(0, 2), st.integers(0, 99))
def test_a_signal_is_an_image_of_one_row(kernel, stride, dilation, padding, seed):
    x, weight = integers(2, 12, seed=seed), integers(3, 2, kernel, seed=seed + 1)
    flat = conv1d(x, weight, None, stride, padding, dilation)
    image = conv2d(
        x[:, None], weight[:, :, None], None, stride, ((0, 0), (padding, padding)), dilation
    )
    assert equal(flat, image[:, 0])


@settings(max_examples=40)
@given(small, small, small, st.integers(0, 2), st.integers(0, 99))
def test_an_image_is_a_volume_of_one_slice(kernel, stride, dilation, padding, seed):
    x, weight = integers(2, 8, 7, seed=seed), integers(3, 2, kernel, 2, seed=seed + 1)
    image = conv2d(x, weight, None, stride, padding, dilation)
    volume = conv3d(x[:, None], weight[:, :, None], None, stride, (0, padding, padding), dilation)
    assert equal(image, volume[:, 0])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: conv1d(zeros(2, 2, 2, 2), zeros(3)),
            "conv1d: the input has shape (2, 2, 2, 2), expected (L,), (C, L) or (N, C, L)",
        ),
        (
            lambda: conv1d(zeros(4), zeros(3, 3)),
            "conv1d: the weight has shape (3, 3), expected (k,) or (K, C/groups, k)",
        ),
        (
            lambda: conv1d(zeros(4), zeros(5)),
            "conv1d: a kernel of 5 does not fit into an input of 4",
        ),
        (
            lambda: conv1d(zeros(4), zeros(2), padding=(1, 2)),
            "conv1d: padding must be a whole number, but is (1, 2)",
        ),
        (
            lambda: conv3d(zeros(4, 4), zeros(2, 2, 2)),
            "conv3d: the input has shape (4, 4), expected (D, H, W), (C, D, H, W) or "
            "(N, C, D, H, W)",
        ),
        (
            lambda: conv3d(zeros(4, 4, 4), zeros(2, 2, 2), stride=(1, 2)),
            "conv3d: stride must be a whole number or three of them (depth, height, width), "
            "but is (1, 2)",
        ),
        (
            lambda: conv3d(zeros(4, 0, 4), zeros(2, 2, 2)),
            "conv3d: the input of shape (4, 0, 4) has no pixels",
        ),
    ],
)
def test_what_does_not_fit_is_said(call, message):
    with pytest.raises(ValueError) as caught:
        call()
    assert str(caught.value) == message
