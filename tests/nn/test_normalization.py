"""Normalisations by hand, then what has to hold of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.nn.arrays import allclose, normal, ones, ramp, zeros
from quizcnn.nn.backward_normalization import batch_norm_backward, layer_norm_backward
from quizcnn.nn.gradients import grad
from quizcnn.nn.normalization import (
    batch_norm,
    group_norm,
    instance_norm,
    layer_norm,
    local_response_norm,
    running_statistics,
)

BATCH = np.array([[1.0, 10.0], [3.0, 30.0]])


def test_batch_norm_in_training_by_hand():
    """1 and 3 have mean 2 and variance 1; 10 and 30 have mean 20 and variance 100."""
    found = batch_norm(BATCH, None, None, training=True, eps=0)
    assert found.tolist() == [[-1, -1], [1, 1]]
    scaled = batch_norm(BATCH, None, None, [2, 3], [10, 20], training=True, eps=0)
    assert scaled.tolist() == [[8, 17], [12, 23]]


def test_batch_norm_afterwards_by_hand():
    """(x − 1) / √4, and another channel (x − 0) / √25."""
    assert batch_norm(BATCH, [1, 0], [4, 25], eps=0).tolist() == [[0, 2], [1, 6]]


def test_eps_is_added_to_the_variance_under_the_root():
    assert batch_norm([[1.0], [1.0]], None, None, training=True).tolist() == [[0], [0]]
    assert batch_norm([[5.0]], [1.0], [0.0], eps=4).tolist() == [[2]]


def test_what_a_batch_leaves_behind():
    """The unbiased variance of 1 and 3 is 2: half of 1 and half of 2 are 1.5."""
    after = running_statistics([[1.0], [3.0]], [0.0], [1.0], momentum=0.5)
    assert after.mean.tolist() == [1]
    assert after.var.tolist() == [1.5]
    kept = running_statistics([[1.0], [3.0]], [0.0], [1.0], momentum=0)
    assert (kept.mean.tolist(), kept.var.tolist()) == ([0], [1])


def test_layer_norm_by_hand():
    assert layer_norm(BATCH, 2, eps=0).tolist() == [[-1, 1], [-1, 1]]
    assert layer_norm(BATCH, (2,), [1, 2], [0, 5], eps=0).tolist() == [[-1, 7], [-1, 7]]


def test_group_and_instance_norm_by_hand():
    x = np.array([[[1.0, 3.0], [10.0, 30.0]]])
    assert group_norm(x, 2, eps=0).tolist() == [[[-1, 1], [-1, 1]]]
    assert instance_norm(x, eps=0).tolist() == [[[-1, 1], [-1, 1]]]
    assert allclose(group_norm(x, 1), layer_norm(x, (2, 2)))
    assert allclose(group_norm(x, 2), instance_norm(x))


def test_instance_norm_with_running_statistics_is_a_batch_norm():
    x = normal(2, 3, 4)
    mean, var = [0.0, 1.0, 2.0], [1.0, 2.0, 3.0]
    found = instance_norm(x, mean, var, use_input_stats=False)
    assert allclose(found, batch_norm(x, mean, var))


def test_local_response_norm_by_hand():
    """3 / (2 + (0 + 9)/2) and 4 / (2 + (9 + 16)/2): an even window looks back."""
    x = np.array([[[3.0], [4.0]]])
    found = local_response_norm(x, 2, alpha=1.0, beta=1.0, k=2.0)
    assert allclose(found.ravel(), [3 / 6.5, 4 / 14.5])


def test_alexnets_response_norm():
    """k = 2, n = 5, α = 1e-4, β = 0.75 with a sum: five channels of ones and five more."""
    found = local_response_norm(ones(1, 10, 1, 1), 5, alpha=5e-4, beta=0.75, k=2.0)
    assert allclose(found[0, 5, 0, 0], 1 / (2 + 1e-4 * 5) ** 0.75)
    assert allclose(found[0, 0, 0, 0], 1 / (2 + 1e-4 * 3) ** 0.75)


def test_the_dtypes():
    single = np.ones((2, 2, 3), np.float32)
    for found in (
        batch_norm(single, None, None, [1, 2], [3, 4], training=True),
        batch_norm(single, [0.0, 0.0], [1.0, 1.0]),
        layer_norm(single, 3),
        group_norm(single, 1),
        instance_norm(single),
        local_response_norm(single, 3),
    ):
        assert found.dtype == np.float32
    assert layer_norm([[1, 3]], 2).dtype == np.float64


@given(st.integers(0, 999), st.floats(0.1, 10), st.floats(-10, 10))
def test_a_batch_norm_does_not_mind_scale_and_shift(seed, scale, shift):
    x = normal(6, 2, 3, seed=seed)
    plain = batch_norm(x, None, None, training=True, eps=0)
    assert allclose(batch_norm(x * scale + shift, None, None, training=True, eps=0), plain, 1e-7)
    assert allclose(plain.mean(axis=(0, 2)), zeros(2), 1e-9)
    assert allclose(plain.var(axis=(0, 2)), ones(2), 1e-9)


@settings(max_examples=20)
@given(st.integers(0, 999))
def test_backward_passes_are_what_nudging_finds(seed):
    x, up = normal(3, 2, 2, seed=seed), normal(3, 2, 2, seed=seed + 1)
    weight, bias = normal(2, seed=seed + 2), zeros(2)
    batch = batch_norm_backward(up, x, weight)
    layer = layer_norm_backward(up, x, 2, weight)
    for found, f in (
        (batch, lambda z, w, b: up * batch_norm(z, None, None, w, b, training=True)),
        (layer, lambda z, w, b: up * layer_norm(z, 2, w, b)),
    ):
        assert allclose(found.input, grad(lambda z, f=f: f(z, weight, bias), x), 1e-5)
        assert allclose(found.weight, grad(lambda w, f=f: f(x, w, bias), weight), 1e-6)
        assert allclose(found.bias, grad(lambda b, f=f: f(x, weight, b), bias), 1e-6)


def test_a_batch_norms_gradient_moves_no_mean():
    found = batch_norm_backward(normal(4, 3), normal(4, 3, seed=1)).input
    assert allclose(found.sum(axis=0), zeros(3), 1e-12)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: batch_norm(ramp(3), None, None, training=True), r"expected \(N, C\) or"),
        (lambda: batch_norm(ramp(1, 3), None, None, training=True), "has 1 value to take a mean"),
        (lambda: batch_norm(ramp(2, 3), None, None), "it needs running_mean and running_var"),
        (lambda: batch_norm(ramp(2, 3), ones(2), ones(3)), r"running_mean has shape \(2,\), an"),
        (lambda: batch_norm(ramp(2, 3), ones(3), ones(3), ones(2)), "batch_norm: weight has shape"),
        (lambda: batch_norm(ramp(2, 3), ones(3), ones(3), eps=-1), "eps must be at least 0"),
        (lambda: batch_norm(ramp(2, 3), ones(3), ones(3), eps="x"), "eps must be a number, but"),
        (lambda: batch_norm(ramp(2, 3), ones(3), ones(3), training=2), "training must be True or"),
        (lambda: running_statistics(ramp(1, 3), ones(3), ones(3)), "running_statistics: an input"),
        (lambda: layer_norm(ramp(2, 3), 2), r"does not end with \(2,\), the normalized_shape"),
        (lambda: layer_norm(ramp(2, 3), ()), r"does not end with \(\)"),
        (lambda: layer_norm(ramp(2, 3), (5, 2, 3)), r"does not end with \(5, 2, 3\)"),
        (lambda: layer_norm(ramp(2, 3), 3, ones(2)), r"weight has shape \(2,\), an input of"),
        (lambda: group_norm(ramp(2, 3), 2), "3 channels cannot be shared out among 2 groups"),
        (lambda: group_norm(ramp(2, 3), 3), "has 1 value to take a mean and a variance of"),
        (lambda: instance_norm(ramp(2, 3)), r"expected \(N, C, L\) or \(N, C, H, W\)"),
        (lambda: instance_norm(ramp(2, 3, 1)), "instance_norm: an input .* has 1 value"),
        (lambda: local_response_norm(ramp(2, 3, 4), 0), "size must be at least 1, but is 0"),
        (lambda: local_response_norm(zeros(2, 0, 4), 1), "with channels on axis 1"),
        (lambda: batch_norm_backward(ones(2, 2), ones(2, 3)), r"but the output has \(2, 3\)"),
        (lambda: layer_norm_backward(ones(2, 3), ones(2, 3), 2), "does not end with"),
    ],
)
def test_what_does_not_fit_is_said(call, message):
    with pytest.raises(ValueError, match=message):
        call()
