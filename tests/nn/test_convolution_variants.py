"""Depthwise, separable, octave convolution and involution: by hand, and made of plain ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.nn import depthwise
from quizcnn.nn.arrays import allclose, equal, integers, normal, ones, ramp, zeros
from quizcnn.nn.convolution import conv2d
from quizcnn.nn.convolution_variants import (
    depthwise_conv2d,
    involution2d,
    octave_conv2d,
    separable_conv2d,
)
from quizcnn.nn.loops import conv2d_loops
from quizcnn.nn.pooling import avg_pool2d, upsample


def test_depthwise_by_hand():
    x = [[[1, 2]], [[3, 4]]]
    assert depthwise_conv2d(x, [[[1, 1]], [[10, 1]]]).tolist() == [[[3]], [[34]]]
    # Two outputs of each channel, those of the first channel first.
    weight = np.array([1, 10, 100, 1000]).reshape(4, 1, 1, 1)
    doubled = depthwise_conv2d([[[1]], [[2]]], weight, bias=[0, 0, 0, 5])
    assert doubled.ravel().tolist() == [1, 10, 200, 2005]


@settings(max_examples=50)
@given(
    st.integers(1, 2),
    st.tuples(*(st.integers(1, 3),) * 2),
    st.tuples(*(st.integers(1, 3),) * 2),
    st.tuples(*(st.integers(0, 2),) * 2),
    st.tuples(*(st.integers(1, 2),) * 2),
    st.integers(0, 99),
    st.sampled_from([1, 60, 10**6]),
)
def test_long_columns_are_the_loops(images, kernel, stride, padding, dilation, seed, piece):
    """Whatever the number of columns laid out at once."""
    x = integers(images, 3, 7, 8, low=-9, seed=seed)
    weight = integers(3, 1, *kernel, low=-9, seed=seed + 1)
    sides = tuple((p, p) for p in padding)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(depthwise, "PIECE", piece)
        out = depthwise_conv2d(x, weight, None, stride, padding, dilation)
    assert equal(out, conv2d_loops(x, weight, None, stride, sides, dilation, groups=3))


def test_separable_is_depthwise_then_pointwise():
    x, each, across = normal(3, 6, 6), normal(3, 3, 3, seed=1), normal(5, 3, seed=2)
    out = separable_conv2d(x, each, across, bias=ones(5), stride=2, padding=1)
    first = depthwise_conv2d(x, each, stride=2, padding=1)
    assert equal(out, conv2d(first, across.reshape(5, 3, 1, 1), ones(5)))


def test_a_separable_convolution_is_one_of_rank_one():
    """Its full weight is the product: (K, C, 1, 1) times (C, kH, kW)."""
    x, each, across = normal(3, 6, 6), normal(3, 3, 3, seed=1), normal(5, 3, seed=2)
    full = across[:, :, None, None] * each[None]
    assert allclose(separable_conv2d(x, each, across), conv2d(x, full), 1e-9)


def test_octaves_by_hand():
    """1×1 kernels of 1: high gets each low pixel four times, low the mean of four high ones."""
    one = ones(1, 1, 1, 1)
    out = octave_conv2d([[[1, 2], [3, 6]]], [[[100]]], one, one, one, one)
    assert out.high.tolist() == [[[101, 102], [103, 106]]]
    assert out.low.tolist() == [[[103]]]


def test_octaves_are_four_convolutions():
    high, low = normal(2, 8, 6), normal(3, 4, 3, seed=1)
    hh, hl = normal(4, 2, 3, 3, seed=2), normal(5, 2, 3, 3, seed=3)
    lh, ll = normal(4, 3, 3, 3, seed=4), normal(5, 3, 3, 3, seed=5)
    out = octave_conv2d(high, low, hh, hl, lh, ll)
    assert allclose(out.high, conv2d(high, hh, padding=1) + upsample(conv2d(low, lh, padding=1), 2))
    assert allclose(
        out.low, conv2d(low, ll, padding=1) + conv2d(avg_pool2d(high, 2), hl, padding=1)
    )
    batch = octave_conv2d(high[None], low[None], hh, hl, lh, ll)
    assert equal(batch.high[0], out.high)


def test_an_involution_by_hand():
    """The kernel at each place is 0 pixel 0 … in its middle row: x times the sum around it."""
    span = [[0], [0], [0], [1], [1], [1], [0], [0], [0]]
    assert involution2d([[[1.0, 2, 3]]], [[1]], span).tolist() == [[[3, 12, 15]]]


def test_an_involution_is_the_sum_over_each_window():
    """Place by place: the pixel makes the kernel, the kernel weighs the window."""
    x, reduce, span = normal(4, 5, 6), normal(2, 4, seed=1), normal(2 * 9, 2, seed=2)
    out = involution2d(x, reduce, span, kernel_size=3, groups=2)
    framed = np.pad(x, ((0, 0), (1, 1), (1, 1)))
    for c, i, j in np.ndindex(x.shape):
        kernels = (span @ np.maximum(reduce @ x[:, i, j], 0)).reshape(2, 3, 3)
        window = framed[c, i : i + 3, j : j + 3]
        assert out[c, i, j] == pytest.approx((kernels[c // 2] * window).sum())
    assert allclose(involution2d(x[None], reduce, span, 3, 2)[0], out)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: depthwise_conv2d(ones(3, 4, 4), ones(2, 3, 3)),
            "depthwise_conv2d: the weight has shape (2, 3, 3), expected (C, kH, kW) or "
            "(C·m, 1, kH, kW) for 3 channels",
        ),
        (
            lambda: separable_conv2d(ones(3, 4, 4), ones(3, 3, 3), ones(5)),
            "separable_conv2d: the pointwise weight has shape (5,), expected (K, C) or (K, C, 1, ",
        ),
        (
            lambda: octave_conv2d(ones(1, 4, 4), ones(1, 4, 4), *[ones(1, 1, 1, 1)] * 4),
            "octave_conv2d: high must be twice as high and wide as low, but they have shapes "
            "(1, 4, 4) and (1, 4, 4)",
        ),
        (
            lambda: octave_conv2d(
                ones(1, 4, 4), ones(1, 2, 2), ones(2, 1, 1, 1), *[ones(1, 1, 1, 1)] * 3
            ),
            "octave_conv2d: the weights that lead to the same resolution must make equally many",
        ),
        (
            lambda: involution2d(ones(2, 4, 4), ones(1, 2), ones(4, 1), kernel_size=2),
            "involution2d: kernel_size must be odd and groups divide the 2 channels, "
            "but they are 2 and 1",
        ),
        (
            lambda: involution2d(ones(2, 4, 4), ones(1, 3), ones(9, 1)),
            "involution2d: reduce has shape (1, 3) and span (9, 1), expected (R, C) and "
            "(groups·k², R) with C = 2 and groups·k² = 9",
        ),
        (lambda: involution2d(zeros(2, 0, 4), ones(1, 2), ones(9, 1)), "involution2d: the input"),
        (lambda: involution2d(ramp(4, 4), 1, ones(9, 1)), "involution2d: reduce has shape ()"),
    ],
)
def test_what_does_not_fit_is_said(call, message):
    with pytest.raises(ValueError) as caught:
        call()
    assert str(caught.value).startswith(message)
