"""What a layer does to a batch is what the operation of its name does, with the same options."""

import inspect

import numpy as np
import pytest

from quizcnn import nn
from quizcnn.nn.applying import apply, weight_shape
from quizcnn.nn.blocks import Block, Residual, Sequential
from quizcnn.nn.counting import parameters
from quizcnn.nn.layer import Layer
from quizcnn.nn.layers import (
    Conv1d,
    Conv2d,
    Conv3d,
    ConvTranspose2d,
    Linear,
    LocallyConnected2d,
)
from quizcnn.nn.layers_pointwise import PReLU, ReLU
from quizcnn.nn.layers_pooling import AvgPool2d, MaxPool2d

BATCH = np.random.default_rng(0).normal(size=(2, 4, 6, 7))


@pytest.mark.parametrize(
    "layer",
    [
        Conv1d(4, 6, 3, groups=2),
        Conv2d(4, 6, (3, 1), bias=False),
        Conv3d(4, 6, 2),
        ConvTranspose2d(4, 6, 3, groups=2),
        Linear(4, 6),
        LocallyConnected2d(4, 6, 3, (5, 4)),
    ],
)
def test_weights_and_biases_are_the_parameters(layer: Layer) -> None:
    shape = weight_shape(layer)
    biases = 6 * (3 * 2 if isinstance(layer, LocallyConnected2d) else 1)
    assert int(np.prod(shape)) + layer.bias * biases == parameters(layer)


def test_options_reach_the_operation() -> None:
    weight = np.random.default_rng(1).normal(size=(6, 2, 3, 2))
    made = apply(Conv2d(4, 6, (3, 2), (2, 1), (1, 0), (1, 2), 2), BATCH, weight)
    assert np.array_equal(made, nn.conv2d(BATCH, weight, None, (2, 1), (1, 0), (1, 2), 2))
    weight = np.random.default_rng(1).normal(size=(4, 3, 3, 3))
    up = apply(ConvTranspose2d(4, 6, 3, 2, 1, 1, 2, dilation=2), BATCH, weight)
    assert np.array_equal(up, nn.conv_transpose2d(BATCH, weight, None, 2, 1, 1, 2, 2))
    pool = MaxPool2d(2, 3, 1, 2, ceil_mode=True)
    assert np.array_equal(apply(pool, BATCH, None), nn.max_pool2d(BATCH, 2, 3, 1, 2, True))
    mean = AvgPool2d(3, 2, 1, True, False)
    assert np.array_equal(apply(mean, BATCH, None), nn.avg_pool2d(BATCH, 3, 2, 1, True, False))
    divided = AvgPool2d(3, divisor_override=2)
    assert np.allclose(apply(divided, BATCH, None) * 2 / 9, nn.avg_pool2d(BATCH, 3))


def kinds() -> list[type[Layer]]:
    classes = [thing for thing in vars(nn).values() if inspect.isclass(thing)]
    concrete = [kind for kind in classes if issubclass(kind, Layer) and kind is not Layer]
    return [kind for kind in concrete if not issubclass(kind, Block | Sequential)]


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_of_layer_can_be_run(kind: type[Layer]) -> None:
    """With the smallest arguments that each takes."""
    required = [
        name
        for name, argument in inspect.signature(kind).parameters.items()
        if argument.default is argument.empty
    ]
    layer = kind(
        **{name: 2 if name in ("normalized_shape", "input_size") else 1 for name in required}
    )
    axes = {"Conv1d": 2, "Conv3d": 4, "Linear": 1}.get(kind.__name__, 3)
    shape = (1, *[2] * (axes - 1))
    assert nn.forward(layer, np.ones(shape)).shape == nn.output_shape(layer, shape)


def test_a_learned_slope_is_run_as_it_begins() -> None:
    assert np.array_equal(apply(PReLU(4), BATCH, None), nn.leaky_relu(BATCH, 0.25))


def test_a_block_is_run_by_its_branches_not_here() -> None:
    with pytest.raises(ValueError, match=r"Residual\(1 layer\) cannot be run"):
        apply(Residual(ReLU()), BATCH, None)
