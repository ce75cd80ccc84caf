"""Receptive fields by arithmetic, and taking lists of layers apart."""

import pytest

from quizcnn.nn.layer import Layer
from quizcnn.nn.layers import Conv2d, Linear
from quizcnn.nn.layers_pointwise import Dropout, Flatten, ReLU
from quizcnn.nn.layers_pooling import AvgPool2d, GlobalAvgPool2d, MaxPool2d
from quizcnn.nn.networks import lenet5, vgg16
from quizcnn.nn.parts import (
    followed_by,
    layers_after,
    layers_before,
    layers_of,
    without,
)
from quizcnn.nn.receptive import jump, receptive_field, receptive_fields

conv = Conv2d(1, 1, 3)


@pytest.mark.parametrize(
    ("layers", "field", "step"),
    [
        ([], 1, 1),
        ([conv], 3, 1),
        ([conv, conv], 5, 1),
        ([conv, conv, conv], 7, 1),
        ([conv, MaxPool2d(2)], 4, 2),
        ([MaxPool2d(2)], 2, 2),
        ([conv, MaxPool2d(2), conv], 8, 2),
        ([conv, MaxPool2d(2, stride=1), conv], 6, 1),
        ([Conv2d(1, 1, 3, dilation=2), Conv2d(1, 1, 3, dilation=4)], 13, 1),
        ([Conv2d(1, 1, 3, stride=2), Conv2d(1, 1, 3, stride=2), conv], 15, 4),
        ([Conv2d(1, 1, (3, 1)), Conv2d(1, 1, (1, 3))], 3, 1),
        ([Conv2d(1, 1, (3, 1), stride=(2, 1))], (3, 1), (2, 1)),
        ([Conv2d(1, 4, 3, padding="same"), ReLU(), Dropout(), AvgPool2d(2)], 4, 2),
    ],
)
def test_field_and_jump_worked_out_by_hand(layers: list[Layer], field: int, step: int) -> None:
    assert receptive_field(layers) == field
    assert jump(layers) == step


def test_vgg16_sees_212_pixels_before_its_dense_layers() -> None:
    assert receptive_field(layers_before(vgg16(), Flatten)) == 212
    assert jump(layers_before(vgg16(), Flatten)) == 32


def test_fields_layer_by_layer() -> None:
    assert receptive_fields([conv, ReLU(), MaxPool2d(2), conv]) == [3, 3, 4, 8]


@pytest.mark.parametrize("layer", [Flatten(), Linear(4, 2), GlobalAvgPool2d()])
def test_a_layer_that_looks_at_everything_has_no_side_length(layer: Layer) -> None:
    with pytest.raises(ValueError, match="looks at its whole input"):
        receptive_field([conv, layer])


def test_vgg16_has_13_convolutions_of_which_5_are_followed_by_its_pools() -> None:
    assert len(layers_of(vgg16(), Conv2d)) == 13
    assert len(layers_of(vgg16(), MaxPool2d)) == 5
    assert followed_by(vgg16(), Conv2d, MaxPool2d) == 5


def test_in_lenet5_each_convolution_is_followed_by_a_pool() -> None:
    assert followed_by(lenet5(), Conv2d, AvgPool2d) == len(layers_of(lenet5(), Conv2d)) == 2


def test_parts_of_a_list() -> None:
    layers = [conv, ReLU(), MaxPool2d(2), conv, MaxPool2d(2), Flatten(), Linear(4, 2)]
    assert layers_before(layers, MaxPool2d) == [conv, ReLU()]
    assert layers_after(layers, MaxPool2d) == [Flatten(), Linear(4, 2)]
    assert without(layers, MaxPool2d) == [conv, ReLU(), conv, Flatten(), Linear(4, 2)]


def test_parts_around_a_kind_that_is_not_there_are_refused() -> None:
    with pytest.raises(ValueError, match="there is no Flatten layer"):
        layers_before([conv], Flatten)
    with pytest.raises(ValueError, match="there is no Flatten layer"):
        layers_after([conv], Flatten)
