"""Lists of layers taken apart, blocks included."""

import pytest

from quizcnn.nn.blocks import Parallel, Residual, Sequential
from quizcnn.nn.counting import parameters
from quizcnn.nn.layer import Layer
from quizcnn.nn.layers import Conv2d, Linear
from quizcnn.nn.layers_pointwise import BatchNorm2d, Flatten, LocalResponseNorm, ReLU
from quizcnn.nn.layers_pooling import AvgPool2d, MaxPool2d
from quizcnn.nn.networks import alexnet, lenet5, vgg16
from quizcnn.nn.networks_branching import googlenet, resnet18, resnet50
from quizcnn.nn.parts import followed_by, layers_after, layers_before, layers_of, without

conv = Conv2d(1, 1, 3)


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
    with pytest.raises(ValueError, match="there is no Flatten layer here: Conv2d"):
        layers_before([conv], Flatten)
    with pytest.raises(ValueError, match="there is no Flatten layer here: Conv2d"):
        layers_after([conv], Flatten)


def test_layers_are_found_inside_blocks_too() -> None:
    assert len(layers_of(resnet18(), Conv2d)) == 20
    assert len(layers_of(resnet50(), Conv2d)) == 53
    assert len(layers_of(googlenet(), Conv2d)) == 57
    assert len(layers_of(googlenet(), Parallel)) == 9
    assert len(layers_of(resnet50(), Residual)) == 16
    assert layers_of([Residual(Residual(conv)), conv], Layer) == [
        Residual(Residual(conv)),
        Residual(conv),
        conv,
        conv,
    ]


def test_layers_are_left_out_inside_blocks_too() -> None:
    assert layers_of(without(resnet18(), ReLU), ReLU) == []
    assert parameters(without(resnet18(), BatchNorm2d)) == 11_689_512 - 9_600
    block = Parallel([conv, ReLU()], Residual([ReLU(), conv], [ReLU()]))
    assert without([block], ReLU) == [Parallel(conv, Residual(conv, []))]


def test_what_stands_between_layers_does_not_count_as_one_that_follows() -> None:
    layers = [conv, BatchNorm2d(1), ReLU(), LocalResponseNorm(5), MaxPool2d(2)]
    assert followed_by(layers, Conv2d, MaxPool2d) == 1
    assert followed_by(alexnet(), Conv2d, MaxPool2d) == 3


def test_within_branches_layers_follow_each_other() -> None:
    """In each inception module two branches narrow before they convolve, one pools before."""
    assert followed_by(googlenet(), MaxPool2d, Conv2d) == 1 + 9
    assert followed_by(Residual([conv, ReLU(), conv]), Conv2d, Conv2d) == 1


def test_inner_lists_are_gone_through_as_if_they_stood_there() -> None:
    layers = [Sequential(conv, ReLU()), [[Flatten()], Linear(4, 2)]]
    assert layers_before(layers, Flatten) == [conv, ReLU()]
    assert layers_after(layers, Flatten) == [Linear(4, 2)]


def test_a_kind_that_is_not_there_is_told_by_the_kinds_that_are() -> None:
    kinds = "Conv2d, BatchNorm2d, ReLU, MaxPool2d, Residual, GlobalAvgPool2d, Linear"
    with pytest.raises(ValueError, match=f"^there is no Flatten layer here: {kinds}$"):
        layers_before(resnet50(), Flatten)
    with pytest.raises(ValueError, match="no layer at all"):
        layers_after([], Flatten)
