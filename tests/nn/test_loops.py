"""The loops against sums worked out by hand; the fast versions are held against the loops."""

import numpy as np

from quizcnn.nn.loops import (
    avg_pool2d_loops,
    conv2d_loops,
    convolve2d_loops,
    linear_loops,
    max_pool2d_loops,
    min_pool2d_loops,
    softmax_loops,
    upsample_loops,
)

IMAGE = np.array([[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]])


def test_convolution_by_hand():
    """1·1 + 2·2 + 4·3 + 5·4 = 37, then 47, 67, 77."""
    assert conv2d_loops(IMAGE, np.array([[[[1, 2], [3, 4]]]])).tolist() == [[[[37, 47], [67, 77]]]]


def test_padding_stride_and_bias_by_hand():
    """With one zero around and stride 2 the 3×3 sums are those at the corners, each plus 1."""
    ones = np.ones((1, 1, 3, 3))
    out = conv2d_loops(IMAGE, ones, np.array([1]), (2, 2), ((1, 1), (1, 1)))
    assert out.tolist() == [[[[13, 17], [25, 29]]]]


def test_dilation_by_hand():
    """Spread by 2, the kernel lies on the four corners 1, 3, 7, 9."""
    weight = np.array([[[[1, 10], [100, 1000]]]])
    assert conv2d_loops(IMAGE, weight, dilation=(2, 2)).tolist() == [[[[9731]]]]


def test_channels_and_groups_by_hand():
    x = np.array([[[[1]], [[2]]]])
    together, apart = np.array([[[[10]], [[100]]]]), np.array([[[[10]]], [[[100]]]])
    assert conv2d_loops(x, together).tolist() == [[[[210]]]]
    assert conv2d_loops(x, apart, groups=2).tolist() == [[[[10]], [[200]]]]


def test_convolution_is_multiplying_polynomials():
    """(1 + 2x)(3 + 4x) = 3 + 10x + 8x²."""
    assert convolve2d_loops(np.array([[1, 2]]), np.array([[3, 4]])).tolist() == [[3, 10, 8]]


def test_pooling_by_hand():
    assert max_pool2d_loops(IMAGE, (2, 2), (1, 1)).tolist() == [[[[5, 6], [8, 9]]]]
    assert min_pool2d_loops(IMAGE, (2, 2), (1, 1)).tolist() == [[[[1, 2], [4, 5]]]]
    assert avg_pool2d_loops(IMAGE, (2, 2), (1, 1)).tolist() == [[[[3, 4], [6, 7]]]]


def test_padded_pooling_by_hand():
    """The padded 2×2 windows see 1; 2 and 3; 4 and 7; and 5, 6, 8, 9."""
    sides = ((1, 0), (1, 0))
    assert max_pool2d_loops(-IMAGE, (2, 2), (2, 2), sides).tolist() == [[[[-1, -2], [-4, -5]]]]
    assert avg_pool2d_loops(IMAGE, (2, 2), (2, 2), sides).tolist() == [[[[0.25, 1.25], [2.75, 7]]]]
    alone = avg_pool2d_loops(IMAGE, (2, 2), (2, 2), sides, count_include_pad=False)
    assert alone.tolist() == [[[[1, 2.5], [5.5, 7]]]]


def test_a_nan_wins_wherever_it_stands():
    for place in range(4):
        x = np.arange(4.0)
        x[place] = np.nan
        assert np.isnan(max_pool2d_loops(x.reshape(1, 1, 2, 2), (2, 2), (2, 2))).all()


def test_upsampling_by_hand():
    assert upsample_loops(IMAGE[..., :1, :2], (2, 1)).tolist() == [[[[1, 2], [1, 2]]]]


def test_linear_and_softmax_by_hand():
    x, weight = np.array([[1, 2]]), np.array([[3, 4], [5, 6]])
    assert linear_loops(x, weight, np.array([10, 20])).tolist() == [[21, 37]]
    assert np.allclose(softmax_loops(np.log([1, 2, 5])), [0.125, 0.25, 0.625])
