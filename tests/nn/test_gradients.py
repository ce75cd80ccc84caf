"""Numerical gradients against calculus, and influence against the arithmetic of fields."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizcnn.nn.activations import relu, sigmoid, softmax
from quizcnn.nn.arrays import normal, ones, ramp, zeros
from quizcnn.nn.convolution import conv2d
from quizcnn.nn.geometry import output_shape
from quizcnn.nn.gradients import grad, influence, jacobian, seen
from quizcnn.nn.layer import Layer
from quizcnn.nn.layers import Conv2d, Linear
from quizcnn.nn.layers_pointwise import Flatten, ReLU
from quizcnn.nn.layers_pooling import AvgPool2d, MaxPool2d
from quizcnn.nn.networks import lenet5, vgg16
from quizcnn.nn.pooling import avg_pool2d, max_pool2d, min_pool2d
from quizcnn.nn.receptive import receptive_field
from quizcnn.nn.unfolding import conv_matrix

seeds = st.integers(0, 10_000)


def test_max_pooling_passes_the_gradient_to_the_winners_exactly() -> None:
    assert grad(max_pool2d, ramp(4, 4), 2).tolist() == [
        [0, 0, 0, 0],
        [0, 1, 0, 1],
        [0, 0, 0, 0],
        [0, 1, 0, 1],
    ]


def test_average_pooling_shares_the_gradient_exactly() -> None:
    assert grad(avg_pool2d, ramp(4, 4), 2).tolist() == [[0.25] * 4] * 4


def test_a_pixel_of_a_convolution_gets_the_weights_of_all_windows_over_it() -> None:
    gradient = grad(lambda x: conv2d(x, ones(2, 2)), ramp(3, 3))
    assert gradient.tolist() == [[1, 2, 1], [2, 4, 2], [1, 2, 1]]


def test_the_gradient_of_a_kernel_sums_its_pixels() -> None:
    gradient = grad(lambda kernel: conv2d(ramp(3, 3), kernel), ones(2, 2))
    assert gradient.tolist() == [[0 + 1 + 3 + 4, 1 + 2 + 4 + 5], [3 + 4 + 6 + 7, 4 + 5 + 7 + 8]]


def test_a_scalar_function_has_a_gradient() -> None:
    assert np.allclose(grad(lambda x: (x**2).sum(), [1.0, -2.0, 3.0]), [2, -4, 6], atol=1e-9)


@settings(max_examples=50)
@given(seeds)
def test_gradients_of_smooth_functions_agree_with_calculus(seed: int) -> None:
    x = normal(5, seed=seed)
    y = sigmoid(x)
    assert np.allclose(grad(sigmoid, x), y * (1 - y), rtol=0, atol=1e-9)
    p = softmax(x)
    assert np.allclose(jacobian(softmax, x), np.diag(p) - np.outer(p, p), rtol=0, atol=1e-9)


@settings(max_examples=50)
@given(seeds)
def test_the_jacobian_of_a_convolution_is_its_matrix(seed: int) -> None:
    kernel, x = normal(2, 1, 3, 3, seed=seed), normal(1, 6, 5, seed=seed)
    found = jacobian(lambda x: conv2d(x, kernel, stride=2, padding=1), x)
    assert np.allclose(found, conv_matrix(kernel, x.shape, stride=2, padding=1), atol=1e-9)


@settings(max_examples=50)
@given(seeds)
def test_the_gradient_is_the_column_sums_of_the_jacobian(seed: int) -> None:
    x = normal(2, 4, 4, seed=seed)
    both = grad(relu, x), jacobian(relu, x).sum(axis=0).reshape(x.shape)
    assert np.array_equal(*both)


def test_gradients_hold_for_large_values() -> None:
    assert np.allclose(grad(avg_pool2d, 1e9 + normal(4, 4), 2), 0.25, atol=1e-6)


def test_gradients_go_through_layers() -> None:
    layers = [Conv2d(1, 2, 3), ReLU(), Flatten(), Linear(32, 3)]
    assert jacobian(layers, normal(6, 6)).shape == (3, 36)
    assert grad(MaxPool2d(2), ramp(2, 2)).tolist() == [[0, 0], [0, 1]]


def test_each_pooled_value_depends_on_its_window_though_one_wins() -> None:
    x = normal(4, 4)
    assert influence(max_pool2d, x, 2).sum(axis=1).tolist() == [4] * 4
    assert influence(max_pool2d, x, 2).sum(axis=0).tolist() == [1] * 16
    assert influence(min_pool2d, x, 2).sum(axis=1).tolist() == [4] * 4
    assert np.count_nonzero(jacobian(max_pool2d, x, 2), axis=1).tolist() == [1] * 4


def test_inputs_of_overlapping_pools_feed_several_outputs() -> None:
    feeds = influence(max_pool2d, normal(4, 4), 3, 1).sum(axis=0).reshape(4, 4)
    assert feeds.tolist() == [[1, 2, 2, 1], [2, 4, 4, 2], [2, 4, 4, 2], [1, 2, 2, 1]]


def test_influence_is_the_nonzero_pattern_of_a_convolution() -> None:
    kernel = np.array([[1.0, 0.0], [0.0, -2.0]])
    found = influence(lambda x: conv2d(x, kernel), normal(4, 4))
    assert np.array_equal(found, conv_matrix(kernel, (4, 4)) != 0)


def test_a_dense_layer_looks_at_everything() -> None:
    assert influence([Flatten(), Linear(16, 3)], normal(4, 4)).all()
    assert influence(lenet5()[:3], zeros(1, 8, 8)).sum(axis=1).tolist() == [36] * (6 * 4)


@pytest.mark.parametrize("image", [ramp(16, 16), normal(16, 16), zeros(16, 16), ones(16, 16)])
def test_a_pool_of_stride_2_makes_later_layers_see_more(image: np.ndarray) -> None:
    conv = Conv2d(1, 1, 3)
    assert seen([conv, MaxPool2d(2), conv], image) == (8, 8)
    assert seen([conv, conv], image) == (5, 5)
    assert seen([conv, MaxPool2d(2, stride=1), conv], image) == (6, 6)
    assert seen([conv, ReLU(), MaxPool2d(2)], image) == (4, 4)
    assert seen(MaxPool2d(2), image) == (2, 2)


def test_operations_and_layers_see_the_same() -> None:
    kernel = normal(3, 3)
    twice = seen(lambda x: conv2d(conv2d(x, kernel), kernel), normal(9, 9))
    assert twice == seen([Conv2d(1, 1, 3)] * 2, normal(9, 9)) == (5, 5)


def test_an_operation_that_ignores_its_input_sees_nothing() -> None:
    assert seen(lambda x: zeros(4, 4), ramp(4, 4)) == (0, 0)


layers_of_a_stack = st.one_of(
    st.builds(
        Conv2d,
        st.just(2),
        st.just(2),
        st.tuples(st.integers(1, 3), st.integers(1, 3)),
        stride=st.integers(1, 2),
        dilation=st.integers(1, 2),
    ),
    st.builds(MaxPool2d, st.integers(1, 3), stride=st.integers(1, 3)),
    st.builds(AvgPool2d, st.integers(1, 3)),
    st.just(ReLU()),
)


@settings(max_examples=60)
@given(st.lists(layers_of_a_stack, min_size=1, max_size=4), seeds)
def test_what_is_seen_is_the_receptive_field(layers: list[Layer], seed: int) -> None:
    field = receptive_field(layers)
    height, width = field if isinstance(field, tuple) else (field, field)
    assume(max(height, width) <= 24)
    # strides may skip pixels between windows: the arithmetic gives the box around all of them
    x = normal(2, height + 4, width + 4, seed=seed)
    assert output_shape(layers, x.shape)[0] == 2
    assert seen(layers, x) == (height, width)


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="no function of an image"):
        grad(3, ramp(2, 2))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no function of an image"):
        influence(MaxPool2d, ramp(2, 2))
    with pytest.raises(ValueError, match="without the further arguments"):
        seen(MaxPool2d(2), ramp(2, 2), 2)
    with pytest.raises(ValueError, match="expected an image"):
        seen(relu, [1.0, 2.0])
    with pytest.raises(ValueError, match="forward runs networks of up to"):
        seen(vgg16(), zeros(3, 224, 224))
    with pytest.raises(ValueError, match="too deep to measure"):
        seen([Linear(300, 300)] * 5, zeros(1, 300))
    with pytest.raises(ValueError, match="must not depend on values"):
        influence(lambda x: x[x > 1], ramp(2, 2))
