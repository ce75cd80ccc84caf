"""Layers are descriptions that compare by value, read as written, and refuse nonsense."""

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest

from quizcnn.nn.layer import Layer
from quizcnn.nn.layers import Conv2d, Linear, LocallyConnected2d, Subsample2d
from quizcnn.nn.layers_pointwise import Dropout, Flatten
from quizcnn.nn.layers_pooling import AvgPool2d, GlobalAvgPool2d, MaxPool2d


@pytest.mark.parametrize(
    ("layer", "written"),
    [
        (Conv2d(1, 6, 5), "Conv2d(1, 6, 5)"),
        (Conv2d(1, 6, kernel_size=5), "Conv2d(1, 6, 5)"),
        (Conv2d(3, 96, 11, 4), "Conv2d(3, 96, 11, stride=4)"),
        (Conv2d(3, 8, (3, 1), bias=False), "Conv2d(3, 8, (3, 1), bias=False)"),
        (Conv2d(3, 8, 3, padding="same"), "Conv2d(3, 8, 3, padding='same')"),
        (Linear(4, 2), "Linear(4, 2)"),
        (MaxPool2d(2), "MaxPool2d(2)"),
        (AvgPool2d(3, stride=2, padding=1), "AvgPool2d(3, stride=2, padding=1)"),
        (Flatten(), "Flatten()"),
        (GlobalAvgPool2d(), "GlobalAvgPool2d()"),
        (Dropout(0.3), "Dropout(p=0.3)"),
        (LocallyConnected2d(1, 6, 5, 32), "LocallyConnected2d(1, 6, 5, 32)"),
        (Subsample2d(6), "Subsample2d(6)"),
    ],
)
def test_a_layer_reads_as_one_writes_it(layer: Layer, written: str) -> None:
    assert repr(layer) == written
    assert eval(written) == layer


def test_numpy_integers_and_lists_become_plain_ints_and_pairs() -> None:
    layer = Conv2d(int(np.int64(3)), 8, [3, 1])  # type: ignore[arg-type]
    assert layer == Conv2d(3, 8, (3, 1))
    assert type(Linear(np.int64(9), 2).in_features) is int  # type: ignore[arg-type]


def test_layers_of_different_kinds_differ_even_with_the_same_arguments() -> None:
    assert MaxPool2d(2) != AvgPool2d(2)


def test_a_layer_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Conv2d(1, 6, 5).stride = 2


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Conv2d(0, 6, 5), "in_channels must be a whole number of at least 1, not 0"),
        (lambda: Conv2d(1, 6, 2.5), "kernel_size must be a whole number"),
        (lambda: Conv2d(1, 6, (3, 3, 3)), "a pair \\(height, width\\)"),
        (lambda: Conv2d(1, 6, 3, padding=-1), "padding must be a whole number of at least 0"),
        (lambda: Conv2d(1, 6, 3, padding="full"), '"same" or "valid"'),
        (lambda: Conv2d(1, 6, 3, stride=2, padding="same"), "needs stride 1"),
        (lambda: Conv2d(3, 8, 3, groups=2), "groups must divide both 3 input and 8 output"),
        (lambda: Conv2d(1, 6, True), "kernel_size must be a whole number"),
        (lambda: Linear(4, 0), "out_features must be a whole number of at least 1"),
        (lambda: MaxPool2d(2, stride=0), "stride must be a whole number of at least 1"),
        (lambda: MaxPool2d(2, padding=2), "at most half the window"),
        (lambda: Dropout(1.0), "p is a probability of at least 0 and below 1"),
    ],
)
def test_nonsense_is_refused(make: Callable[[], Layer], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
