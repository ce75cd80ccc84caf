"""Backward passes of pooling by hand, against the loops, and against nudging every input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.nn.arrays import allclose, integers, normal, ones, ramp, zeros
from quizcnn.nn.backward_pooling import avg_pool2d_backward, max_pool2d_backward
from quizcnn.nn.gradients import grad
from quizcnn.nn.loops_pooling import avg_pool2d_backward_loops, max_pool2d_backward_loops
from quizcnn.nn.pooling import avg_pool2d, max_pool2d


def test_the_winner_takes_all():
    x = [[1, 3, 2, 9], [5, 6, 1, 7]]
    assert max_pool2d_backward([[10, 20]], x, 2).tolist() == [[0, 0, 0, 20], [0, 10, 0, 0]]


def test_of_equals_the_first_takes_it():
    assert max_pool2d_backward([[1.0]], ones(2, 2), 2).tolist() == [[1, 0], [0, 0]]


def test_a_winner_of_several_windows_gets_the_sum():
    x = [[0, 0, 0], [0, 9, 0], [0, 0, 0]]
    found = max_pool2d_backward([[1, 2], [3, 4]], x, 2, stride=1)
    assert found.tolist() == [[0, 0, 0], [0, 10, 0], [0, 0, 0]]


def test_the_mean_gives_all_alike():
    assert avg_pool2d_backward([[8.0]], zeros(2, 2), 2).tolist() == [[2, 2], [2, 2]]
    overlapping = avg_pool2d_backward([[2, 4]], zeros(1, 3), (1, 2), stride=1)
    assert overlapping.tolist() == [[1, 3, 2]]
    left_over = avg_pool2d_backward([[2.0]], zeros(1, 3), (1, 2))
    assert left_over.tolist() == [[1, 1, 0]]


def test_padding_takes_its_share_unless_it_does_not_count():
    corner = avg_pool2d_backward([[4.0]], zeros(1, 1), 2, stride=2, padding=1)
    assert corner.tolist() == [[1]]
    alone = avg_pool2d_backward([[4.0]], zeros(1, 1), 2, 2, padding=1, count_include_pad=False)
    assert alone.tolist() == [[4]]


def test_the_dtypes():
    assert max_pool2d_backward(np.ones((1, 1), np.float32), ramp(2, 2), 2).dtype == np.float32
    assert max_pool2d_backward(np.ones((1, 1), np.int64), ramp(2, 2), 2).dtype == np.int64
    assert avg_pool2d_backward(np.ones((1, 1), np.int64), ramp(2, 2), 2).dtype == np.float64


def test_shapes_are_those_of_the_input():
    x = normal(2, 3, 5, 4)
    assert max_pool2d_backward(ones(2, 3, 2, 2), x, 2).shape == x.shape
    assert avg_pool2d_backward(ones(2, 3, 3, 2), x, 2, ceil_mode=True).shape == x.shape


@pytest.mark.parametrize("backward", [max_pool2d_backward, avg_pool2d_backward])
def test_a_gradient_of_another_shape_is_refused(backward):
    message = r"the gradient has shape \(2, 2\), but the output has \(1, 2\)"
    with pytest.raises(ValueError, match=message):
        backward(ones(2, 2), ramp(2, 4), 2)


def test_a_window_of_padding_alone_has_no_winner():
    with pytest.raises(ValueError, match="a window sees padding alone"):
        max_pool2d_backward([[1.0]], zeros(2, 2), 2, stride=1, padding=1, dilation=3)


number = st.integers(1, 3)
pair = st.tuples(number, number)


@settings(max_examples=50)
@given(pair, pair, pair, st.integers(0, 999), st.booleans())
def test_backward_passes_are_the_loops(kernel, stride, dilation, seed, counted):
    x = integers(2, 2, 8, 7, low=-2, high=3, seed=seed).astype(float)
    padding = (kernel[0] // 2, kernel[1] // 2)
    grad_output = normal(*max_pool2d(x, kernel, stride, padding, dilation).shape, seed=seed)
    found = max_pool2d_backward(grad_output, x, kernel, stride, padding, dilation)
    expected = max_pool2d_backward_loops(grad_output, x, kernel, stride, padding, dilation)
    assert allclose(found, expected, 1e-12)
    grad_output = normal(*avg_pool2d(x, kernel, stride, padding).shape, seed=seed)
    options = (kernel, stride, padding)
    found = avg_pool2d_backward(grad_output, x, *options, count_include_pad=counted)
    assert allclose(found, avg_pool2d_backward_loops(grad_output, x, *options, counted), 1e-12)


@settings(max_examples=20)
@given(pair, pair, st.booleans(), st.integers(0, 999))
def test_they_are_what_nudging_finds(kernel, stride, ceil, seed):
    """The numerical gradient of the sum; values without ties, as a nudge would break them."""
    x = np.random.default_rng(seed).permutation(30).reshape(5, 6).astype(float)
    shape = max_pool2d(x, kernel, stride, ceil_mode=ceil).shape
    options = {"stride": stride, "ceil_mode": ceil}
    found = max_pool2d_backward(ones(*shape), x, kernel, **options)
    assert allclose(found, grad(lambda z: max_pool2d(z, kernel, **options), x), 1e-8)
    found = avg_pool2d_backward(ones(*shape), x, kernel, **options)
    assert allclose(found, grad(lambda z: avg_pool2d(z, kernel, **options), x), 1e-8)
