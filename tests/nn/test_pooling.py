"""Pooling by hand, then against the loops, then what has to hold whatever the numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn.arrays import allclose, box, equal, full, integers, normal, ramp, zeros
from quizcnn.nn.convolution import conv2d
from quizcnn.nn.loops import avg_pool2d_loops, max_pool2d_loops, min_pool2d_loops, upsample_loops
from quizcnn.nn.pooling import (
    avg_pool2d,
    global_avg_pool2d,
    global_max_pool2d,
    max_pool2d,
    min_pool2d,
    upsample,
)

IMAGE = [[1, 3, 2, 9], [5, 6, 1, 7], [4, 2, 8, 6], [3, 5, 7, 2]]
POOLS = [max_pool2d, min_pool2d, avg_pool2d]


def test_two_by_two_by_hand():
    assert max_pool2d(IMAGE, 2).tolist() == [[6, 9], [5, 8]]
    assert min_pool2d(IMAGE, 2).tolist() == [[1, 1], [2, 2]]
    # (1 + 3 + 5 + 6) / 4 = 3.75, (2 + 9 + 1 + 7) / 4 = 4.75, and so on.
    assert avg_pool2d(IMAGE, 2).tolist() == [[3.75, 4.75], [3.5, 5.75]]


def test_overlapping_windows_by_hand():
    assert max_pool2d(IMAGE, 3, stride=1).tolist() == [[8, 9], [8, 8]]


def test_what_is_left_over_at_the_edge_is_not_looked_at():
    assert max_pool2d([[1, 2, 9], [3, 4, 9], [9, 9, 9]], 2).tolist() == [[4]]


def test_padding_by_hand():
    """Max pooling never picks the padding, not even below 0; the average counts it."""
    assert max_pool2d([[-1, -2], [-3, -4]], 2, padding=1).tolist() == [[-1, -2], [-3, -4]]
    assert min_pool2d([[1, 2], [3, 4]], 2, padding=1).tolist() == [[1, 2], [3, 4]]
    x = [[4.0, 8.0], [12.0, 16.0]]
    assert avg_pool2d(x, 2, padding=1).tolist() == [[1, 2], [3, 4]]
    assert avg_pool2d(x, 2, padding=1, count_include_pad=False).tolist() == x


def test_global_pools_by_hand():
    x = np.array([[[1, 2], [3, 6]], [[-5, -5], [-5, -1]]])
    assert global_max_pool2d(x).tolist() == [6, -1]
    assert global_avg_pool2d(x).tolist() == [3, -4]
    assert global_avg_pool2d(x[np.newaxis]).tolist() == [[3, -4]]
    assert global_max_pool2d(x[0]) == 6
    assert global_avg_pool2d(x[0]) == 3.0


def test_upsampling_by_hand():
    assert upsample([[1, 2], [3, 4]], (1, 2)).tolist() == [[1, 1, 2, 2], [3, 3, 4, 4]]
    assert upsample([[1, 2]], (2, 1)).tolist() == [[1, 2], [1, 2]]


@pytest.mark.parametrize("pool", POOLS)
@pytest.mark.parametrize("shape", [(6, 8), (3, 6, 8), (2, 3, 6, 8)])
def test_height_and_width_shrink_and_all_else_stays(pool, shape):
    x = ramp(shape)
    assert pool(x, 2).shape == (*shape[:-2], 3, 4)
    assert pool(x, (3, 2), stride=(1, 4)).shape == (*shape[:-2], 4, 2)
    assert global_max_pool2d(x).shape == global_avg_pool2d(x).shape == shape[:-2]
    assert upsample(x, 3).shape == (*shape[:-2], 18, 24)


def test_the_dtypes():
    for dtype in (np.uint8, np.int32, np.int64, np.float32, np.float64):
        x = np.ones((4, 4), dtype)
        assert max_pool2d(x, 2, padding=1).dtype == min_pool2d(x, 2, padding=1).dtype == dtype
        assert upsample(x, 2).dtype == dtype
    assert avg_pool2d(np.ones((4, 4), np.int64), 2).dtype == np.float64
    assert avg_pool2d(np.ones((4, 4), np.float32), 2).dtype == np.float32


def test_the_largest_integers_stay_exact():
    x = [[2**62 + 1, 2**62], [-(2**63), 0]]
    assert max_pool2d(x, 2).tolist() == [[2**62 + 1]]
    assert min_pool2d(x, 2).tolist() == [[-(2**63)]]


@pytest.mark.parametrize("pool", POOLS)
@pytest.mark.parametrize("place", [(0, 0), (1, 0), (0, 1), (1, 1)])
def test_a_nan_is_the_answer_of_its_window_and_of_no_other(pool, place):
    x = ramp(4, 4)
    x[place] = np.nan
    assert np.isnan(pool(x, 2)).tolist() == [[True, False], [False, False]]


def test_global_pools_do_not_lose_a_nan():
    x = ramp(2, 3, 3)
    x[0, 1, 1] = np.nan
    assert np.isnan(global_max_pool2d(x)).tolist() == [True, False]
    assert np.isnan(global_avg_pool2d(x)).tolist() == [True, False]


def test_a_window_of_minus_infinity_stays_that():
    assert max_pool2d(full((2, 2), -np.inf), 2).tolist() == [[-np.inf]]


@pytest.mark.parametrize("pool", POOLS)
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((zeros(4), 2), "the input has shape (4,), expected (H, W), (C, H, W) or (N, C, H, W)"),
        ((zeros(2, 4, 1), 2), "a kernel of 2×2 does not fit into an input of 4×1"),
        ((zeros(4, 4), 0), "kernel_size must be at least 1, but is 0"),
        ((zeros(4, 4), 2, 0), "stride must be at least 1, but is 0"),
        ((zeros(4, 4), 2, 2, -1), "padding must be at least 0, but is -1"),
        (
            (zeros(4, 4), 3, 1, 2),
            "padding may be half the kernel at most, but is 2 for a kernel of 3×3",
        ),
        (
            (zeros(4, 4), (1, 3), 1, (1, 1)),
            "padding may be half the kernel at most, but is (1, 1) for a kernel of 1×3",
        ),
        (
            (zeros(4, 4), (3, 1), 1, (0, 1)),
            "padding may be half the kernel at most, but is (0, 1) for a kernel of 3×1",
        ),
        (
            (zeros(4, 4), 2.0),
            "kernel_size must be a whole number or a pair of them (height, width), but is 2.0",
        ),
        (("x", 2), "the input must be numbers, but is <U1"),
        ((zeros(0, 4, 4), 2), "the input of shape (0, 4, 4) has no channels"),
        ((zeros(2, 0, 4, 4), 2), "the input of shape (2, 0, 4, 4) has no channels"),
        ((zeros(1, 4, 0), 2), "the input of shape (1, 4, 0) has no pixels"),
    ],
)
def test_what_does_not_fit_is_said_in_full(pool, arguments, message):
    with pytest.raises(ValueError) as caught:
        pool(*arguments)
    assert str(caught.value) == f"{pool.__name__}: {message}"


@pytest.mark.parametrize("pool", POOLS)
def test_a_batch_of_no_images_stays_empty(pool):
    assert pool(zeros(0, 2, 4, 4), 2).shape == (0, 2, 2, 2)


def test_upsampling_by_nothing_is_refused():
    with pytest.raises(ValueError, match="upsample: factor must be at least 1, but is 0"):
        upsample(zeros(2, 2), 0)


@pytest.mark.parametrize("pool", [global_max_pool2d, global_avg_pool2d])
def test_an_image_without_pixels_has_no_largest_and_no_mean(pool):
    with pytest.raises(ValueError, match=r"shape \(3, 0, 0\) has no pixels"):
        pool(zeros(3, 0, 0))


@st.composite
def poolings(draw):
    """An image (N, C, H, W) with the occasional NaN, and kernel, stride, padding that fit it."""
    number = st.integers(1, 4)
    kernel = draw(st.tuples(number, number))
    padding = tuple(draw(st.integers(0, k // 2)) for k in kernel)
    height, width = (
        max(1, k - 2 * p) + draw(st.integers(0, 5)) for k, p in zip(kernel, padding, strict=True)
    )
    x = integers(draw(st.integers(1, 2)), 2, height, width, low=-9, seed=draw(st.integers(0, 999)))
    values = x.astype(np.float64)
    if draw(st.booleans()):
        values[0, 1, height - 1, 0] = np.nan
    return values, kernel, draw(st.tuples(number, number)), padding


def sides(padding):
    return tuple((p, p) for p in padding)


@given(poolings())
def test_max_and_min_pooling_are_the_loops(arguments):
    x, kernel, stride, padding = arguments
    loops = max_pool2d_loops(x, kernel, stride, sides(padding))
    assert np.array_equal(max_pool2d(x, kernel, stride, padding), loops, equal_nan=True)
    loops = min_pool2d_loops(x, kernel, stride, sides(padding))
    assert np.array_equal(min_pool2d(x, kernel, stride, padding), loops, equal_nan=True)


@given(poolings(), st.sampled_from([max_pool2d, min_pool2d]))
def test_an_index_is_where_the_value_stands(arguments, pool):
    x, *options = arguments
    values, indices = pool(x, *options, return_indices=True)
    assert np.array_equal(values, pool(x, *options), equal_nan=True)
    flat = indices.reshape(*indices.shape[:2], -1)
    there = np.take_along_axis(x.reshape(*x.shape[:2], -1), flat, axis=2)
    assert np.array_equal(there.reshape(values.shape), values, equal_nan=True)


@given(poolings(), st.booleans())
def test_average_pooling_is_the_loops(arguments, count):
    x, kernel, stride, padding = arguments
    loops = avg_pool2d_loops(x, kernel, stride, sides(padding), count)
    fast = avg_pool2d(x, kernel, stride, padding, count_include_pad=count)
    assert np.array_equal(fast, loops, equal_nan=True)


@given(poolings())
def test_upsampling_is_the_loops(arguments):
    x, factor, _, _ = arguments
    assert np.array_equal(upsample(x, factor), upsample_loops(x, factor), equal_nan=True)


@given(st.integers(1, 4), st.integers(1, 3), st.integers(0, 999))
def test_average_pooling_is_a_convolution_with_a_mean_kernel(k, stride, seed):
    x = normal(7, 8, seed=seed)
    assert allclose(avg_pool2d(x, k, stride), conv2d(x, box(k), stride=stride))


@given(st.integers(1, 4), st.integers(0, 999))
def test_pooling_takes_upsampling_back(factor, seed):
    x = integers(3, 4, seed=seed)
    assert all(equal(pool(upsample(x, factor), factor), x) for pool in POOLS)


@given(st.integers(1, 4), st.integers(0, 999))
def test_the_average_lies_between_the_extremes_and_max_makes_nothing_new(k, seed):
    x = normal(8, 8, seed=seed)
    low, mean, high = min_pool2d(x, k), avg_pool2d(x, k), max_pool2d(x, k)
    assert (low <= mean + 1e-12).all() and (mean <= high + 1e-12).all()
    assert np.isin(high, x).all() and np.isin(low, x).all()


@pytest.mark.parametrize("pool", POOLS)
def test_the_image_is_left_alone(pool):
    x = ramp(4, 4)
    pool(x, 1)[...] = -1
    assert equal(x, ramp(4, 4))
