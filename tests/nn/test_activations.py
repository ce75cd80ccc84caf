import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn.activations import (
    elu,
    gelu,
    hardsigmoid,
    hardswish,
    leaky_relu,
    log_softmax,
    prelu,
    relu,
    relu6,
    selu,
    sigmoid,
    silu,
    softmax,
    softplus,
    tanh,
)
from quizcnn.nn.arrays import allclose, equal, normal
from quizcnn.nn.loops import softmax_loops

values = st.lists(st.floats(-50, 50), min_size=1, max_size=6)


def test_relu_by_hand():
    assert relu([-2.5, 0.0, 3.0]).tolist() == [0, 0, 3]
    assert relu([[-1, 1]]).dtype == np.int64
    assert relu(np.ones(2, np.float32)).dtype == np.float32
    assert np.isnan(relu([np.nan]))[0]
    assert relu(-3.0) == 0


@given(values)
def test_relu_splits_a_value_into_its_two_halves(x):
    assert equal(relu(x) - relu(np.negative(x)), x)


def test_sigmoid_by_hand():
    """1 / (1 + e^(−ln 3)) = 1 / (1 + 1/3) = 0.75."""
    assert allclose(sigmoid([0, math.log(3), -math.log(3)]), [0.5, 0.75, 0.25])
    assert sigmoid([np.inf, -np.inf]).tolist() == [1, 0]
    assert np.isnan(sigmoid([np.nan]))[0]


@given(values)
def test_sigmoid_is_its_formula(x):
    assert allclose(sigmoid(x), [1 / (1 + math.exp(-value)) for value in x])


def test_softmax_by_hand():
    """e^ln1 : e^ln2 : e^ln5 = 1 : 2 : 5."""
    assert allclose(softmax([0, math.log(2), math.log(5)]), [0.125, 0.25, 0.625])


def test_softmax_along_another_axis():
    x = normal(3, 4)
    assert allclose(softmax(x, axis=0), softmax(x.T).T)
    assert allclose(softmax(x, axis=0).sum(axis=0), 1)


@given(values)
def test_softmax_is_the_loops(x):
    assert allclose(softmax(x), softmax_loops(np.array(x)))


@given(values, st.floats(-1000, 1000))
def test_softmax_does_not_mind_a_shift(x, shift):
    assert allclose(softmax(np.add(x, shift)), softmax(x), 1e-9)


def test_softmax_at_infinity_is_nan_as_in_pytorch():
    assert softmax([-np.inf, 0.0]).tolist() == [0, 1]
    assert np.isnan(softmax([np.inf, 0.0]))[0]
    assert np.isnan(softmax([-np.inf, -np.inf])).all()


@pytest.mark.parametrize(("shape", "axis"), [((3,), 1), ((), 0), ((0,), 0)])
def test_softmax_needs_an_axis_with_values(shape, axis):
    with pytest.raises(ValueError, match=f"axis {axis} does not suit an input of shape"):
        softmax(np.zeros(shape), axis=axis)


def test_softmax_names_an_axis_too_low():
    with pytest.raises(ValueError, match="softmax: axis must be at least -1, but is -2"):
        softmax([1.0], axis=-2)


def test_the_relu_family_by_hand():
    x = [-4.0, -1.0, 0.0, 2.0, 8.0]
    assert relu6(x).tolist() == [0, 0, 0, 2, 6]
    assert leaky_relu(x, 0.5).tolist() == [-2, -0.5, 0, 2, 8]
    assert allclose(elu([-math.log(2), 3.0], 2.0), [-1, 3])
    assert allclose(selu([1.0, -1e9]), [1.0507009873554805, -1.7580993408473766])
    assert hardsigmoid([-3.0, 0.0, 3.0, 1.5]).tolist() == [0, 0.5, 1, 0.75]
    assert hardswish([-3.0, 0.0, 3.0, 9.0]).tolist() == [0, 0, 3, 9]
    assert relu6(np.array([7, -1], np.int8)).tolist() == [6, 0]
    assert relu6(np.array([7, 200], np.uint8)).dtype == np.uint8


def test_prelu_has_a_slope_for_each_channel():
    assert prelu([-2.0, 2.0], 0.5).tolist() == [-1, 2]
    assert prelu([[-2.0, -2.0]], [0.5, 0.25]).tolist() == [[-1, -0.5]]
    maps = -np.ones((1, 2, 2, 2))
    assert prelu(maps, [1, 3])[0, :, 0, 0].tolist() == [-1, -3]
    with pytest.raises(ValueError, match="prelu: the weight has shape"):
        prelu(maps, [1, 2, 3])


def test_the_smooth_ones_by_hand():
    """Φ(0) = ½; sigmoid(ln 3) = ¾; log(1 + e^0) = log 2."""
    assert gelu([0.0]).tolist() == [0]
    assert allclose(gelu([1.0, -1.0]), [0.8413447460685429, -0.15865525393145707])
    assert allclose(silu([math.log(3)]), [0.75 * math.log(3)])
    assert allclose(softplus([0.0]), [math.log(2)])
    assert softplus([1000.0, -1000.0]).tolist() == [1000, 0]
    assert tanh([0.0, 1000.0]).tolist() == [0, 1]


def test_far_below_0_gelu_keeps_its_digits():
    """−10·Φ(−10): 1 + erf would give 0."""
    assert math.isclose(gelu([-10.0])[0], -7.619853024160583e-23, rel_tol=1e-12)


@given(values)
def test_smooth_ones_are_their_formulas(x):
    assert allclose(silu(x), [v / (1 + math.exp(-v)) for v in x])
    assert allclose(gelu(x), [v * (1 + math.erf(v / math.sqrt(2))) / 2 for v in x])
    assert allclose(gelu(x, "tanh"), gelu(x), 1e-2)
    assert allclose(softplus(x), [math.log1p(math.exp(v)) for v in x], 1e-8)


def test_log_softmax_keeps_what_softmax_loses():
    assert log_softmax([1000.0, 0.0]).tolist() == [0, -1000]
    assert log_softmax([0.0, -np.inf]).tolist()[1] == -np.inf


@given(values)
def test_log_softmax_is_the_log_of_softmax(x):
    assert allclose(np.exp(log_softmax(x)), softmax(x))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: leaky_relu([1.0], "steep"), "negative_slope must be a number, but is 'steep'"),
        (lambda: elu([1.0], [1, 2]), "elu: alpha must be a number"),
        (lambda: gelu([1.0], "erf"), 'approximate must be "none" or "tanh", but is .erf.'),
        (lambda: softplus([1.0], 0), "softplus: beta must not be 0"),
        (lambda: log_softmax([1.0], 1), "log_softmax: axis 1 does not suit an input"),
    ],
)
def test_options_that_make_no_sense_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


SINGLE = [relu, relu6, leaky_relu, elu, selu, gelu, silu, hardsigmoid, hardswish, softplus, tanh]


@pytest.mark.parametrize("activation", [*SINGLE, sigmoid, softmax, log_softmax])
def test_float32_stays_and_nan_stays(activation):
    found = activation(np.array([1.0, np.nan], np.float32))
    assert found.dtype == np.float32
    assert np.isnan(found[1])


@pytest.mark.parametrize("activation", [*SINGLE, sigmoid, softmax, log_softmax])
def test_text_is_no_input(activation):
    with pytest.raises(ValueError, match=f"^{activation.__name__}: the input must be numbers"):
        activation("x")
