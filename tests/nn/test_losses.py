"""Losses by hand, then what has to hold of them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn.activations import log_softmax, sigmoid, softmax
from quizcnn.nn.arrays import allclose, integers, normal, ones, zeros
from quizcnn.nn.losses import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    cross_entropy,
    mse_loss,
    nll_loss,
    one_hot,
    smooth_l1_loss,
)


def test_one_hot_by_hand():
    assert one_hot([1, 0]).tolist() == [[0, 1], [1, 0]]
    assert one_hot([1, 0], 3).tolist() == [[0, 1, 0], [1, 0, 0]]
    assert one_hot(2).tolist() == [0, 0, 1]
    assert one_hot(np.zeros(0, int), 3).shape == (0, 3)


def test_cross_entropy_by_hand():
    """Even odds cost log 2; a certain hit nothing; a certain miss by 1000 costs 1000."""
    assert allclose(cross_entropy(zeros(1, 2), [0]), math.log(2))
    assert cross_entropy([1000.0, 0.0], 0) == 0
    assert cross_entropy([1000.0, 0.0], 1) == 1000
    # e^ln1 : e^ln3 = 1 : 3
    scores = [[0.0, math.log(3)], [0.0, math.log(3)]]
    each = cross_entropy(scores, [0, 1], reduction="none")
    assert allclose(each, [math.log(4), math.log(4 / 3)])
    assert allclose(cross_entropy(scores, [0, 1]), each.sum() / 2)
    assert allclose(cross_entropy(scores, [0, 1], reduction="sum"), each.sum())


def test_probabilities_as_a_target():
    scores = [[0.0, math.log(3)]]
    assert allclose(cross_entropy(scores, [[1.0, 0.0]]), math.log(4))
    mixed = 0.5 * math.log(4) + 0.5 * math.log(4 / 3)
    assert allclose(cross_entropy(scores, [[0.5, 0.5]]), mixed)


def test_label_smoothing_spreads_a_share_over_all_classes():
    """0.2 over two classes: 0.9 of the right one, 0.1 of the other."""
    scores = [[0.0, math.log(3)]]
    expected = 0.9 * math.log(4 / 3) + 0.1 * math.log(4)
    assert allclose(cross_entropy(scores, [1], label_smoothing=0.2), expected)


def test_an_impossible_class_costs_nothing_where_it_is_not_wanted():
    assert cross_entropy([[0.0, -np.inf]], [0]) == 0
    assert cross_entropy([[0.0, -np.inf]], [1]) == np.inf


def test_over_no_examples_the_mean_is_nan():
    assert np.isnan(cross_entropy(zeros(0, 3), np.zeros(0, int)))
    assert np.isnan(mse_loss([], []))
    assert mse_loss([], [], reduction="sum") == 0


def test_squares_and_their_corners_by_hand():
    assert mse_loss([1.0, 2.0], [1.0, 4.0]) == 2
    assert mse_loss([1, 2], [1, 4], reduction="none").tolist() == [0, 4]
    assert smooth_l1_loss([0.5, 3.0], [0.0, 0.0], reduction="none").tolist() == [0.125, 2.5]
    assert smooth_l1_loss([3.0], [0.0], beta=0) == 3


def test_binary_cross_entropy_by_hand():
    assert allclose(binary_cross_entropy([0.25], [1.0]), math.log(4))
    assert binary_cross_entropy([0.0], [1.0]) == 100, "capped"
    assert binary_cross_entropy([1.0], [1.0]) == 0
    assert binary_cross_entropy_with_logits([1000.0], [0.0]) == 1000


def test_the_dtypes():
    x = np.zeros((2, 3), np.float32)
    assert cross_entropy(x, [0, 1]).dtype == np.float32
    assert nll_loss(x, [0, 1]).dtype == mse_loss(x, x).dtype == np.float32
    assert cross_entropy([[1, 2]], [0]).dtype == np.float64
    assert one_hot(np.zeros(2, np.uint8)).dtype == np.int64


seeds = st.integers(0, 999)


@given(seeds)
def test_cross_entropy_is_the_log_of_the_right_probability(seed):
    x, target = normal(5, 4, seed=seed), integers(5, high=4, seed=seed)
    right = softmax(x)[np.arange(5), target]
    assert allclose(cross_entropy(x, target, reduction="none"), -np.log(right))
    assert allclose(nll_loss(log_softmax(x, 1), target), cross_entropy(x, target))
    assert allclose(cross_entropy(x, one_hot(target, 4) * 1.0), cross_entropy(x, target))


@given(seeds)
def test_two_classes_are_the_binary_loss(seed):
    x, target = normal(5, seed=seed), integers(5, high=2, seed=seed)
    scores = np.stack([np.zeros(5), x], axis=1)
    binary = binary_cross_entropy_with_logits(x, target)
    assert allclose(cross_entropy(scores, target), binary)
    assert allclose(binary_cross_entropy(sigmoid(x), target), binary)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: one_hot([0, 2], 2), "one_hot: 2 is no class; there are 2, counted from 0"),
        (lambda: one_hot([-1]), "one_hot: -1 is no class"),
        (lambda: one_hot([0.5]), "the target must be whole numbers, but is float64"),
        (lambda: one_hot(np.zeros(0, int)), "does not say how many classes there are"),
        (lambda: cross_entropy(1.0, 0), r"expected \(C,\), \(N, C\) or \(N, C, …\)"),
        (lambda: cross_entropy(ones(2, 3), [0, 3]), "3 is no class; there are 3"),
        (lambda: cross_entropy(ones(2, 3), [0]), r"of shape \(2,\) for an input of shape \(2, 3"),
        (lambda: cross_entropy(ones(2, 3), [0.0, 1.0]), "must be class indices"),
        (lambda: cross_entropy(ones(3), 0, label_smoothing=2), "label_smoothing must be from 0 to"),
        (lambda: cross_entropy(ones(3), 0, reduction="max"), 'reduction must be "mean", "sum" or'),
        (lambda: nll_loss(ones(2, 3), ones(2, 3)), "nll_loss: the target must be class indices"),
        (lambda: mse_loss(ones(2), ones(3)), r"the input has shape \(2,\), the target \(3,\)"),
        (lambda: smooth_l1_loss(ones(2), ones(2), beta=-1), "beta must be at least 0"),
        (lambda: binary_cross_entropy([2.0], [1.0]), "the input must be probabilities from 0 to 1"),
        (lambda: binary_cross_entropy([0.5], [-1.0]), "the target must be probabilities"),
        (lambda: binary_cross_entropy([np.nan], [1.0]), "the input must be probabilities"),
    ],
)
def test_what_does_not_fit_is_said(call, message):
    with pytest.raises(ValueError, match=message):
        call()
