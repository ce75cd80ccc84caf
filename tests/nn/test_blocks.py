"""Networks that branch: written as they read, counted as their parts, run as sums and stacks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn import nn
from quizcnn.nn.blocks import Parallel, Residual, Sequential, every, listed
from quizcnn.nn.counting import (
    activation_count,
    activation_count_by_layer,
    comparisons,
    multiply_adds,
    multiply_adds_by_layer,
    parameters,
    parameters_by_layer,
)
from quizcnn.nn.geometry import output_shape, shapes
from quizcnn.nn.inference import forward
from quizcnn.nn.layer import Layer
from quizcnn.nn.layers import Conv2d, Linear
from quizcnn.nn.layers_pointwise import BatchNorm2d, Flatten, ReLU
from quizcnn.nn.layers_pooling import GlobalAvgPool2d, MaxPool2d

same = Conv2d(2, 2, 3, padding=1)
SHAPE = (2, 5, 6)

leaves = st.sampled_from([same, ReLU(), BatchNorm2d(2), MaxPool2d(3, 1, 1), Conv2d(2, 2, 1)])
networks = st.recursive(
    st.lists(leaves, max_size=3),
    lambda inner: st.one_of(
        st.builds(lambda body: [Residual(body)], inner),
        st.builds(lambda body, past: [Residual(body, past), ReLU()], inner, inner),
        st.builds(lambda a, b: [Parallel(a, b), Conv2d(4, 2, 1)], inner, inner),
        st.builds(lambda a, b: [Sequential(*a), b], inner, inner),
    ),
    max_leaves=6,
)


def test_the_input_is_added_to_what_the_body_makes() -> None:
    image = np.arange(-4.0, 4.0).reshape(2, 2, 2)
    assert np.array_equal(forward(Residual(ReLU()), image), image + np.maximum(image, 0))
    assert np.array_equal(forward(Residual([]), image), 2 * image)
    added = forward(Residual(ReLU(), MaxPool2d(1)), image)
    assert np.array_equal(added, image + np.maximum(image, 0))


def test_branches_are_put_one_channel_after_another() -> None:
    image = np.arange(-4.0, 4.0).reshape(2, 2, 2)
    both = forward(Parallel([], ReLU()), image)
    assert np.array_equal(both, np.concatenate([image, np.maximum(image, 0)]))
    vectors = forward([Parallel(GlobalAvgPool2d(), [ReLU(), GlobalAvgPool2d()])], image)
    assert vectors.tolist() == [-2.5, 1.5, 0, 1.5]


def test_a_block_of_resnet_counted_by_hand() -> None:
    body = [Conv2d(8, 16, 3, 2, 1, bias=False), BatchNorm2d(16), ReLU()]
    block = Residual([*body, Conv2d(16, 16, 3, padding=1)], Conv2d(8, 16, 1, 2, bias=False))
    layers = [block, ReLU()]
    shape = (8, 10, 10)
    assert shapes(layers, shape) == [(16, 5, 5)] * 2
    first, second, past = 9 * 8 * 16, 9 * 16 * 16, 8 * 16
    assert parameters_by_layer(layers) == [first + 2 * 16 + second + 16 + past, 0]
    assert parameters(layers, only=BatchNorm2d) == 32
    assert parameters([*layers, Linear(1, 1)], only=Residual) == parameters(block)
    assert multiply_adds_by_layer(layers, shape) == [25 * (first + second + past), 0]
    assert multiply_adds(layers, shape, only=Conv2d) == 25 * (first + second + past)
    assert activation_count_by_layer(layers, shape) == [6 * 400, 400]
    assert activation_count(layers, shape, only=ReLU) == 800


def test_a_block_of_googlenet_counted_by_hand() -> None:
    block = Parallel(Conv2d(4, 2, 1), [MaxPool2d(3, 1, 1), Conv2d(4, 3, 1)], [])
    assert output_shape(block, (4, 5, 5)) == (9, 5, 5)
    assert parameters(block) == 4 * 2 + 2 + 4 * 3 + 3
    assert multiply_adds(block, (4, 5, 5)) == 25 * (8 + 12)
    assert comparisons([block], (4, 5, 5)) == 25 * 4 * 8
    # The concatenation makes nothing new.
    assert activation_count(block, (4, 5, 5)) == 25 * (2 + 4 + 3)


def test_lists_inside_lists_read_as_one_list() -> None:
    inner = [Sequential(same, ReLU()), [[Flatten()], Linear(60, 2)]]
    flat = [same, ReLU(), Flatten(), Linear(60, 2)]
    assert listed(inner) == listed(Sequential(*inner)) == flat
    assert shapes(inner, SHAPE) == shapes(flat, SHAPE)
    assert np.array_equal(forward(inner, np.ones(SHAPE)), forward(flat, np.ones(SHAPE)))
    assert Residual(Sequential(same, ReLU())) == Residual([same, [ReLU()]])


@pytest.mark.parametrize(
    ("layer", "written"),
    [
        (Residual(ReLU()), "Residual(ReLU())"),
        (Residual([same, ReLU()], []), f"Residual([{same!r}, ReLU()], shortcut=[])"),
        (Residual([], shortcut=[same]), f"Residual([], shortcut={same!r})"),
        (Parallel([], [ReLU(), Flatten()]), "Parallel([], [ReLU(), Flatten()])"),
        (Sequential(ReLU(), Flatten()), "Sequential(ReLU(), Flatten())"),
        (Sequential(), "Sequential()"),
    ],
)
def test_a_block_reads_as_one_writes_it(layer: Layer, written: str) -> None:
    assert repr(layer) == written


@given(networks)
def test_what_is_read_is_what_was_written(layers: list[Layer]) -> None:
    assert eval(repr(listed(layers)), vars(nn)) == listed(layers)
    assert hash(tuple(listed(layers))) == hash(tuple(listed(eval(repr(layers), vars(nn)))))


@given(networks)
def test_networks_are_the_sum_of_their_layers(layers: list[Layer]) -> None:
    """However they branch: shapes, parameters and multiply-adds are told as they are run."""
    singles = [path[-1] for path in every(layers) if not isinstance(path[-1], Residual | Parallel)]
    assert parameters(layers) == sum(map(parameters, singles)) == sum(parameters_by_layer(layers))
    assert sum(multiply_adds_by_layer(layers, SHAPE)) == multiply_adds(layers, SHAPE)
    assert sum(activation_count_by_layer(layers, SHAPE)) == activation_count(layers, SHAPE)
    assert forward(layers, np.ones(SHAPE)).shape == output_shape(layers, SHAPE)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: output_shape(Residual(Conv2d(2, 2, 3)), SHAPE), r"body makes \(2, 3, 4\), the sh"),
        (
            lambda: output_shape(Parallel(same, Conv2d(2, 2, 3)), SHAPE),
            r"same height and width, but they make \(2, 5, 6\), \(2, 3, 4\)",
        ),
        (lambda: output_shape(Parallel(GlobalAvgPool2d(), []), (5, 6)), "same height and width"),
        (Parallel, "at least one branch"),
        (lambda: Residual(3), "3 is not a layer"),
        (lambda: Residual(ReLU), r"write ReLU\(\.\.\.\)"),
        (lambda: Sequential(np.ones(3)), "is not a layer"),
        (lambda: Parallel([ReLU(), "relu"]), "'relu' is not a layer"),
    ],
)
def test_what_does_not_fit_together_is_refused(make, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


def test_blocks_and_lists_stand_inside_each_other_only_so_deep() -> None:
    block: Layer = ReLU()
    layers: list = [ReLU()]
    for _ in range(40):
        block = Residual(block)
        layers = [layers]
    assert parameters(block) == 0
    with pytest.raises(ValueError, match="Residual: blocks may stand 40 deep"):
        Residual(block)
    with pytest.raises(ValueError, match="Parallel: blocks may stand 40 deep"):
        Parallel([], [ReLU(), block])
    with pytest.raises(ValueError, match="lists of layers may stand 40 deep"):
        parameters([layers])
    layers += [layers]
    with pytest.raises(ValueError, match="lists of layers may stand 40 deep"):
        parameters(layers)
