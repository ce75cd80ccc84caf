import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn.arrays import allclose, equal, integers, normal, ones, ramp, zeros
from quizcnn.nn.dense import dropout, flatten, linear
from quizcnn.nn.loops import linear_loops


def test_linear_by_hand():
    """1·3 + 2·4 + 10 = 21 and 1·5 + 2·6 + 20 = 37."""
    assert linear([1, 2], [[3, 4], [5, 6]], [10, 20]).tolist() == [21, 37]


def test_linear_works_on_the_last_axis():
    x, weight = ramp(2, 3, 4), normal(5, 4)
    out = linear(x, weight)
    assert out.shape == (2, 3, 5)
    assert allclose(out[1, 2], linear(x[1, 2], weight))


@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4), st.booleans())
def test_linear_is_the_loops(examples, inputs, outputs, with_bias):
    x, weight = integers(examples, inputs, low=-9), integers(outputs, inputs, low=-9, seed=1)
    bias = integers(outputs, seed=2) if with_bias else None
    assert equal(linear(x, weight, bias), linear_loops(x, weight, bias))


def test_linear_keeps_integers():
    assert linear([2**53, 1], [[1, 1]]).tolist() == [2**53 + 1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            (zeros(2, 5), zeros(3, 4)),
            "linear: an input of shape (2, 5) has 5 values along its last axis, "
            "the weight of shape (3, 4) expects 4",
        ),
        (
            (1.0, zeros(3, 4)),
            "linear: an input of shape () has no axis, the weight of shape (3, 4) expects 4",
        ),
        ((zeros(4), zeros(4)), "linear: the weight has shape (4,), expected (outputs, inputs)"),
        (
            (zeros(4), zeros(3, 4), zeros(4)),
            "linear: the bias has shape (4,), the weight of shape (3, 4) expects (3,)",
        ),
        (("x", zeros(3, 4)), "linear: the input must be numbers, but is <U1"),
    ],
)
def test_what_does_not_fit_is_said_in_full(arguments, message):
    with pytest.raises(ValueError) as caught:
        linear(*arguments)
    assert str(caught.value) == message


def test_flatten_goes_channel_by_channel_and_row_by_row():
    x = ramp(2, 3, 4)
    assert flatten(x).tolist() == list(range(24))
    assert equal(flatten(x).reshape(2, 3, 4), x)


@pytest.mark.parametrize(
    ("shape", "start", "flat"),
    [
        ((2, 3, 4, 5), 1, (2, 60)),
        ((2, 3, 4, 5), 2, (2, 3, 20)),
        ((2, 3, 4, 5), -1, (2, 3, 4, 5)),
        ((2, 3, 4, 5), -4, (120,)),
        ((), 0, (1,)),
        ((0, 3, 4), 1, (0, 12)),
    ],
)
def test_flatten_keeps_the_axes_before_its_start(shape, start, flat):
    assert flatten(zeros(shape) if shape else np.float64(1), start_dim=start).shape == flat


@pytest.mark.parametrize("start", [2, -3, 1.0])
def test_flatten_starts_at_an_axis(start):
    with pytest.raises(ValueError, match=r"^flatten: start_dim"):
        flatten(zeros(2, 3), start_dim=start)


@given(st.floats(0, 0.9), st.integers(0, 1000))
def test_dropout_gives_zeros_and_scaled_values_and_nothing_else(p, seed):
    x = ramp(100) + 1
    out = dropout(x, p, seed=seed)
    kept = out != 0
    assert allclose(out[kept], x[kept] / (1 - p))


@pytest.mark.parametrize("p", [0.1, 0.5, 0.8])
def test_dropout_drops_a_share_p_and_keeps_the_mean(p):
    out = dropout(ones(20_000), p)
    assert abs((out == 0).mean() - p) < 0.02
    assert abs(out.mean() - 1) < 0.05


def test_dropout_follows_its_seed_alone():
    x = ones(100)
    assert equal(dropout(x, seed=3), dropout(x, seed=3))
    assert not equal(dropout(x, seed=3), dropout(x, seed=4))


def test_dropout_at_the_ends():
    x = ramp(3, 4)
    assert equal(dropout(x, 0), x)
    assert equal(dropout(x, 1), zeros(3, 4))


def test_dropout_does_nothing_at_inference():
    x = ramp(3, 4)
    out = dropout(x, 0.5, training=False)
    assert equal(out, x)
    out[0, 0] = 9
    assert x[0, 0] == 0


def test_dropout_lets_nan_through_and_keeps_float32():
    assert np.isnan(dropout(np.full(50, np.nan))).all()
    assert dropout(np.ones(3, np.float32)).dtype == np.float32
    assert dropout([1, 2]).dtype == np.float64


@pytest.mark.parametrize("p", [-0.1, 1.1, np.nan, [0.5], "half"])
def test_dropout_needs_a_probability(p):
    with pytest.raises(ValueError, match=r"^dropout: (p|the probability) must be"):
        dropout(ones(3), p)
