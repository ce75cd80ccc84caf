"""Activations and normalisation: they keep the shape, some have something to learn."""

import math

import numpy as np
import pytest

from quizcnn.nn.counting import activation_count, multiply_adds, parameters
from quizcnn.nn.geometry import output_shape
from quizcnn.nn.inference import forward
from quizcnn.nn.layer import Layer
from quizcnn.nn.layers_pointwise import (
    ELU,
    GELU,
    BatchNorm2d,
    Dropout,
    GroupNorm,
    InstanceNorm2d,
    LayerNorm,
    LeakyReLU,
    LocalResponseNorm,
    PReLU,
    ReLU,
    ReLU6,
    Sigmoid,
    SiLU,
    Softmax,
    Tanh,
)


@pytest.mark.parametrize(
    ("layer", "count"),
    [
        (BatchNorm2d(64), 128),
        (BatchNorm2d(64, affine=False), 0),
        (LayerNorm((4, 5)), 40),
        (LayerNorm(7), 14),
        (LayerNorm(7, bias=False), 7),
        (LayerNorm(7, elementwise_affine=False), 0),
        (GroupNorm(8, 64), 128),
        (GroupNorm(8, 64, affine=False), 0),
        (InstanceNorm2d(64), 0),
        (InstanceNorm2d(64, affine=True), 128),
        (LocalResponseNorm(5), 0),
        (PReLU(), 1),
        (PReLU(64), 64),
        (ReLU6(), 0),
        (Sigmoid(), 0),
    ],
)
def test_what_is_learned(layer: Layer, count: int) -> None:
    assert parameters(layer) == count


@pytest.mark.parametrize(
    "layer",
    [
        GroupNorm(3, 3),
        InstanceNorm2d(3),
        ReLU(),
        PReLU(3),
        BatchNorm2d(3),
        LayerNorm((4, 5)),
        LocalResponseNorm(2),
        SiLU(),
        Softmax(),
    ],
)
def test_shapes_stay_and_nothing_counts_as_multiply_adds(layer: Layer) -> None:
    assert output_shape(layer, (3, 4, 5)) == (3, 4, 5)
    assert multiply_adds(layer, (3, 4, 5)) == 0
    assert activation_count(layer, (3, 4, 5)) == 60


@pytest.mark.parametrize(
    ("layer", "before", "after"),
    [
        (ReLU6(), [-1, 3, 7], [0, 3, 6]),
        (LeakyReLU(0.5), [-1, 3], [-0.5, 3]),
        (PReLU(), [-1, 3], [-0.25, 3]),
        (PReLU(init=0.5), [-1, 3], [-0.5, 3]),
        (ELU(2), [-1, 3], [2 * (math.exp(-1) - 1), 3]),
        (Sigmoid(), [0, 1000], [0.5, 1]),
        (Tanh(), [0, 1], [0, math.tanh(1)]),
        (SiLU(), [0, 1], [0, 1 / (1 + math.exp(-1))]),
        (GELU(), [0, 1], [0, 0.5 * (1 + math.erf(math.sqrt(0.5)))]),
    ],
)
def test_activations_by_hand(layer: Layer, before: list[float], after: list[float]) -> None:
    assert forward(layer, before).tolist() == pytest.approx(after)


def test_batch_normalisation_begins_with_mean_0_and_variance_1() -> None:
    image = np.array([[[1.0, -2.0]]])
    assert np.allclose(forward(BatchNorm2d(1, eps=3), image), image / 2)


def test_layer_normalisation_takes_one_example_alone() -> None:
    batch = np.array([[[[1.0, 3.0]]], [[[10.0, 30.0]]]])
    assert np.allclose(forward(LayerNorm((1, 1, 2), eps=1e-12), batch), [[[[-1, 1]]]] * 2)


def test_group_and_instance_normalisation_take_one_example_alone() -> None:
    image = np.array([[[1.0, 3.0]], [[10.0, 30.0]]])
    assert np.allclose(forward(InstanceNorm2d(2, eps=1e-12), image), [[[-1, 1]], [[-1, 1]]])
    assert np.allclose(forward(GroupNorm(2, 2, eps=1e-12), image), [[[-1, 1]], [[-1, 1]]])
    both = forward(GroupNorm(1, 2), image)
    assert np.allclose([both.mean(), both.std()], [0, 1])


def test_local_response_normalisation_is_that_of_alexnet() -> None:
    """Krizhevsky et al. 2012, 3.3: b = a / (2 + 10⁻⁴ · Σ a²)^0.75 over five channels."""
    channels = np.arange(1.0, 7.0).reshape(6, 1, 1)
    made = forward(LocalResponseNorm(5, alpha=5e-4, beta=0.75, k=2), channels).ravel()
    squares = [sum(c * c for c in range(1, 7) if abs(c - own) <= 2) for own in range(1, 7)]
    expected = [own / (2 + 1e-4 * total) ** 0.75 for own, total in enumerate(squares, start=1)]
    assert np.allclose(made, expected)


@pytest.mark.parametrize(
    ("layer", "written"),
    [
        (LeakyReLU(), "LeakyReLU()"),
        (LeakyReLU(0.2), "LeakyReLU(negative_slope=0.2)"),
        (LeakyReLU(np.float32(0.5)), "LeakyReLU(negative_slope=0.5)"),
        (BatchNorm2d(8, eps=0.001), "BatchNorm2d(8, eps=0.001)"),
        (LayerNorm([3, 4]), "LayerNorm((3, 4))"),
        (LocalResponseNorm(5, k=2), "LocalResponseNorm(5, k=2)"),
        (PReLU(8), "PReLU(num_parameters=8)"),
        (Dropout(0.3), "Dropout(p=0.3)"),
    ],
)
def test_a_layer_reads_as_one_writes_it(layer: Layer, written: str) -> None:
    assert repr(layer) == written
    assert eval(written) == layer


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: LeakyReLU("a"), "negative_slope must be a number, but is 'a'"),
        (lambda: ELU(math.nan), "alpha must be a finite number, but is nan"),
        (lambda: BatchNorm2d(0), "num_features must be a whole number of at least 1, not 0"),
        (lambda: BatchNorm2d(3, affine=3), "affine must be True or False, but is 3"),
        (lambda: GroupNorm(4, 6), "num_groups must divide the 6 channels"),
        (lambda: output_shape(GroupNorm(2, 6), (3, 4, 5)), "expects 6 channels"),
        (lambda: output_shape(InstanceNorm2d(6), (3, 4, 5)), r"expects shape \(6, H, W\)"),
        (lambda: LayerNorm(()), "normalized_shape must be a whole number"),
        (lambda: LayerNorm((3, 0)), "normalized_shape must be a whole number of at least 1"),
        (lambda: LocalResponseNorm(2.5), "size must be a whole number"),
        (lambda: Dropout(-0.1), "p is a probability"),
        (lambda: Dropout(np.ones(2)), "p must be a number"),
        (lambda: BatchNorm2d(3, affine=np.ones(2)), "affine must be True or False"),
        (lambda: output_shape(BatchNorm2d(3), (4, 5, 5)), r"expects shape \(3, H, W\)"),
        (lambda: output_shape(LayerNorm((5, 4)), (3, 4, 5)), r"expects shape \(\.\.\., 5, 4\)"),
        (lambda: output_shape(PReLU(2), (3, 4, 5)), "expects 2 channels"),
        (lambda: output_shape(LocalResponseNorm(2), (3,)), r"expects shape \(C, H, W\)"),
    ],
)
def test_nonsense_is_refused(make, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
