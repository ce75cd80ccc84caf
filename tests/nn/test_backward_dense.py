"""Backward passes of activations, linear and the loss by hand, then against nudges."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.nn.activations import relu, sigmoid, softmax, tanh
from quizcnn.nn.arrays import allclose, integers, normal, ones, zeros
from quizcnn.nn.backward_dense import (
    cross_entropy_backward,
    linear_backward,
    relu_backward,
    sigmoid_backward,
    softmax_backward,
    tanh_backward,
)
from quizcnn.nn.dense import linear
from quizcnn.nn.gradients import grad
from quizcnn.nn.losses import cross_entropy

seeds = st.integers(0, 999)


def test_relu_lets_pass_what_was_positive():
    assert relu_backward([5, 6, 7], [-1.0, 0.0, 2.0]).tolist() == [0, 0, 7]
    assert relu_backward([1.0], [np.nan]).tolist() == [1], "as in PyTorch"


def test_sigmoid_passes_a_quarter_at_most():
    assert sigmoid_backward([4.0, 4.0], [0.0, 1000.0]).tolist() == [1, 0]
    assert tanh_backward([4.0, 4.0], [0.0, -1000.0]).tolist() == [4, 0]


def test_linear_by_hand():
    """y = 2a + 3b, times 10: the input's gradient is the weights, the weight's is the input."""
    found = linear_backward([10], [5, 7], [[2, 3]])
    assert found.input.tolist() == [20, 30]
    assert found.weight.tolist() == [[50, 70]]
    assert found.bias.tolist() == [10]


def test_linear_sums_over_the_examples():
    found = linear_backward([[1], [10]], [[1, 2], [3, 4]], [[1, 1]])
    assert found.weight.tolist() == [[31, 42]]
    assert found.bias.tolist() == [11]
    assert found.input.tolist() == [[1, 1], [10, 10]]


def test_whole_numbers_stay_and_do_not_overflow():
    small = np.full((1, 1), 200, np.uint8)
    found = linear_backward(small, small, small)
    assert found.weight.dtype == np.int64
    assert found.weight.tolist() == found.input.tolist() == [[40_000]]
    assert linear(small, small).tolist() == [[40_000]]


def test_cross_entropy_is_probability_minus_one_at_the_right_class():
    assert cross_entropy_backward([0.0, 0.0], 1).tolist() == [0.5, -0.5]
    assert cross_entropy_backward(zeros(2, 2), [0, 1]).tolist() == [[-0.25, 0.25], [0.25, -0.25]]
    assert cross_entropy_backward(zeros(2, 2), [0, 1], reduction="sum")[0, 0] == -0.5


@given(seeds)
def test_softmax_hands_out_what_it_takes(seed):
    found = softmax_backward(normal(3, 4, seed=seed), normal(3, 4, seed=seed + 1))
    assert allclose(found.sum(axis=-1), zeros(3), 1e-12)


@settings(max_examples=25)
@given(seeds)
def test_they_are_what_nudging_finds(seed):
    x, up = normal(2, 3, seed=seed), normal(2, 3, seed=seed + 1)
    for backward, forward in (
        (relu_backward, relu),
        (sigmoid_backward, sigmoid),
        (tanh_backward, tanh),
        (softmax_backward, softmax),
    ):
        assert allclose(backward(up, x), grad(lambda z, f=forward: up * f(z), x), 1e-7)
    weight, bias = normal(3, 4, seed=seed + 2), normal(3, seed=seed + 3)
    x = normal(2, 4, seed=seed + 4)
    found = linear_backward(up, x, weight)
    assert allclose(found.input, grad(lambda z: up * linear(z, weight, bias), x), 1e-7)
    assert allclose(found.weight, grad(lambda w: up * linear(x, w, bias), weight), 1e-7)
    assert allclose(found.bias, grad(lambda b: up * linear(x, weight, b), bias), 1e-7)
    target = integers(2, high=4, seed=seed)
    for options in ({}, {"reduction": "sum"}, {"label_smoothing": 0.2}):
        expected = grad(lambda z, o=options: cross_entropy(z, target, **o), x)
        assert allclose(cross_entropy_backward(x, target, **options), expected, 1e-7)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: relu_backward(ones(2), ones(3)), r"has shape \(2,\), but the output has \(3,\)"),
        (lambda: softmax_backward(ones(2), ones(3)), r"has shape \(2,\), but the output has"),
        (lambda: linear_backward(ones(2), ones(3), ones(4, 3)), r"but the output has \(4,\)"),
        (lambda: linear_backward(ones(4), ones(2), ones(4, 3)), "the weight of shape .* expects 3"),
        (lambda: linear_backward(ones(4), ones(2), ones(3)), r"expected \(outputs, inputs\)"),
        (lambda: cross_entropy_backward(ones(3), 3), "3 is no class; there are 3, counted from 0"),
        (lambda: cross_entropy_backward(ones(3), 1, reduction="none"), "must be .mean. or .sum."),
        (lambda: softmax_backward(ones(2), ones(2), 1), "axis 1 does not suit"),
        (lambda: relu_backward("up", ones(2)), "the gradient must be numbers"),
    ],
)
def test_what_does_not_fit_is_said(call, message):
    with pytest.raises(ValueError, match=message):
        call()
