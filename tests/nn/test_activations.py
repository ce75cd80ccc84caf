import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn.activations import relu, sigmoid, softmax
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


@pytest.mark.parametrize("activation", [relu, sigmoid, softmax])
def test_text_is_no_input(activation):
    with pytest.raises(ValueError, match=f"^{activation.__name__}: the input must be numbers"):
        activation("x")
