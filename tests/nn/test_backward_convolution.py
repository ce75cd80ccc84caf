"""The gradients of a convolution by hand, and against those found by nudging."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.nn import correlating, depthwise
from quizcnn.nn.arrays import allclose, equal, integers, normal, ones, ramp, zeros
from quizcnn.nn.backward_convolution import conv1d_backward, conv2d_backward, conv3d_backward
from quizcnn.nn.convolution import conv1d, conv2d, conv3d
from quizcnn.nn.gradients import grad


def test_gradients_by_hand():
    """Outputs 1·10 + 2·20 and 2·10 + 3·20, both wanted larger: x₂ is met by 20 and by 10."""
    back = conv1d_backward([1, 1], [1, 2, 3], [10, 20])
    assert back.input.tolist() == [10, 30, 20]
    assert back.weight.tolist() == [1 + 2, 2 + 3]
    assert back.bias.tolist() == 2


def test_padding_and_stride_by_hand():
    """Padded 0 1 2 0 at stride 2: the first weight meets 0 and 2, the second 1 and 0."""
    back = conv1d_backward([1, 100], [1, 2], [10, 20], stride=2, padding=1)
    assert back.weight.tolist() == [200, 1]
    assert back.input.tolist() == [20, 1000]


def test_what_no_window_sees_has_no_gradient():
    back = conv1d_backward([1, 1], [1, 2, 3, 4], [5], stride=2)
    assert back.input.tolist() == [5, 0, 5, 0]


def test_shapes_and_dtypes_are_those_of_what_they_belong_to():
    x, weight = ramp(3, 5, 5).astype(np.float32), ones(4, 3, 2, 2).astype(np.float32)
    back = conv2d_backward(conv2d(x, weight), x, weight)
    assert back.input.shape == (3, 5, 5) and back.weight.shape == (4, 3, 2, 2)
    assert back.bias.shape == (4,)
    assert {each.dtype.name for each in (back.input, back.weight, back.bias)} == {"float32"}
    plain = conv2d_backward([[1]], [[1, 2], [3, 4]], [[1, 1], [1, 1]])
    assert plain.input.shape == plain.weight.shape == (2, 2) and plain.bias.shape == ()
    assert plain.bias.dtype == np.int64
    one_channel = conv2d_backward(ones(4, 4, 4), ramp(5, 5), ones(4, 1, 2, 2))
    assert one_channel.input.shape == (5, 5)


@pytest.mark.parametrize(("filters", "groups"), [(2, 1), (4, 2), (4, 4)])
def test_no_images_have_no_gradients(filters, groups):
    x, weight = zeros(0, 4, 8, 8), ones(filters, 4 // groups, 3, 3)
    back = conv2d_backward(zeros(0, filters, 6, 6), x, weight, groups=groups)
    assert back.input.shape == x.shape
    assert equal(back.weight, zeros(*weight.shape)) and equal(back.bias, zeros(filters))


OPTIONS = [
    {},
    {"stride": 2},
    {"padding": 1},
    {"dilation": 2},
    {"groups": 2},
    {"groups": 4},
    {"stride": 2, "padding": 2, "groups": 4},
    {"stride": 3, "groups": 4},
    {"padding": "same"},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("axes", [1, 2, 3])
def test_nudging_finds_the_same(axes, options):
    """The gradient of sum(output · sent), for input, weight and bias in turn."""
    forward = (conv1d, conv2d, conv3d)[axes - 1]
    backward = (conv1d_backward, conv2d_backward, conv3d_backward)[axes - 1]
    groups = options.get("groups", 1)
    x = integers(4, *(5, 6, 5)[:axes], low=-3, high=4).astype(float)
    weight = integers(4, 4 // groups, *(2, 3, 2)[:axes], low=-3, high=4, seed=1).astype(float)
    sent = normal(*forward(x, weight, **options).shape, seed=2)
    back = backward(sent, x, weight, **options)
    # Outputs are linear in each: the nudge is exact.
    assert allclose(back.input, grad(lambda z: forward(z, weight, **options) * sent, x), 1e-7)
    assert allclose(back.weight, grad(lambda w: forward(x, w, **options) * sent, weight), 1e-7)
    nudged = grad(lambda b: forward(x, weight, b, **options) * sent, zeros(4))
    assert allclose(back.bias, nudged, 1e-7)


def test_sides_padded_apart():
    x, weight, sides = ramp(4, 4), ramp(2, 3), ((1, 0), (0, 2))
    back = conv2d_backward(ones(4, 4), x, weight, padding=sides)
    assert allclose(back.input, grad(lambda z: conv2d(z, weight, padding=sides), x), 1e-7)


@settings(max_examples=30)
@given(st.sampled_from(OPTIONS), st.integers(0, 99), st.integers(1, 2))
def test_small_tiles_change_nothing(options, seed, images):
    groups = options.get("groups", 1)
    x, weight = integers(images, 4, 6, 5, seed=seed), integers(4, 4 // groups, 2, 3, seed=seed)
    sent = integers(*conv2d(x, weight, **options).shape, low=-9, seed=seed)
    whole = conv2d_backward(sent, x, weight, **options)
    with pytest.MonkeyPatch.context() as patch:
        for room, limit in ((correlating, "BLOCK"), (correlating, "SMALL"), (depthwise, "PIECE")):
            patch.setattr(room, limit, 50)
        tiled = conv2d_backward(sent, x, weight, **options)
    assert equal(tiled.input, whole.input) and equal(tiled.weight, whole.weight)


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (
            ones(3, 3),
            "conv2d_backward: the gradient has shape (3, 3), the output has (2, 2)",
        ),
        (
            ones(0, 3),
            "conv2d_backward: the gradient of shape (0, 3) has no pixels",
        ),
        ("no", "conv2d_backward: the gradient must be numbers, but is <U2"),
    ],
)
def test_a_gradient_of_another_shape_is_refused(sent, message):
    with pytest.raises(ValueError) as caught:
        conv2d_backward(sent, ones(4, 4), ones(3, 3))
    assert str(caught.value) == message
