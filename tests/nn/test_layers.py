"""Layers are descriptions that compare by value, read as written, and refuse nonsense."""

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn.counting import multiply_adds, parameters
from quizcnn.nn.geometry import output_shape
from quizcnn.nn.layer import Layer
from quizcnn.nn.layers import (
    Conv1d,
    Conv2d,
    Conv3d,
    ConvTranspose2d,
    Linear,
    LocallyConnected2d,
    Subsample2d,
)
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
        (Conv1d(1, 6, 5, 2), "Conv1d(1, 6, 5, stride=2)"),
        (Conv1d(1, 6, (5,)), "Conv1d(1, 6, (5,))"),
        (Conv3d(1, 6, (1, 3, 3), bias=0), "Conv3d(1, 6, (1, 3, 3), bias=False)"),
        (
            ConvTranspose2d(4, 8, 3, 2, 1, 1, 4, False, 2),
            "ConvTranspose2d(4, 8, 3, stride=2, padding=1, output_padding=1, groups=4, "
            "bias=False, dilation=2)",
        ),
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
        (lambda: Conv1d(1, 6, (3, 3)), "kernel_size is an int or \\(length,\\)"),
        (lambda: Conv3d(1, 6, (3, 3)), "an int or \\(depth, height, width\\)"),
        (lambda: Conv3d(1, 6, 3, padding="all"), 'Conv3d: padding is a number of pixels, "same"'),
        (lambda: Conv1d(1, 6, 3, stride=2, padding="same"), "needs stride 1"),
        (lambda: Conv2d(1, 6, 3, bias=2), "bias must be True or False, but is 2"),
        (lambda: Conv2d(1, 6, 3, bias="no"), "bias must be True or False, but is 'no'"),
        (lambda: ConvTranspose2d(1, 6, 3, padding="same"), "padding must be a whole number"),
        (lambda: ConvTranspose2d(1, 6, 3, 2, 0, 2), "output_padding must be smaller than"),
        (lambda: ConvTranspose2d(1, 6, 3, (2, 1), 0, 1), "output_padding must be smaller than"),
        (lambda: ConvTranspose2d(3, 6, 3, groups=2), "groups must divide both 3 input and 6"),
        (lambda: Dropout(1.0), "p is a probability of at least 0 and below 1"),
    ],
)
def test_nonsense_is_refused(make: Callable[[], Layer], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


def test_a_depthwise_convolution_has_a_kernel_for_each_channel() -> None:
    """And with a pointwise one after it: Howard et al. 2017, 8 to 9 times less work for 3×3."""
    separable = [Conv2d(32, 32, 3, padding=1, groups=32, bias=False), Conv2d(32, 64, 1, bias=False)]
    dense = Conv2d(32, 64, 3, padding=1, bias=False)
    assert [parameters(layer) for layer in separable] == [288, 2048]
    shape = (32, 10, 10)
    share = multiply_adds(separable, shape) / multiply_adds(dense, shape)
    assert share == pytest.approx(1 / 64 + 1 / 9)


def test_parameters_and_work_in_one_and_three_dimensions() -> None:
    assert parameters(Conv1d(16, 32, 3)) == 32 * (16 * 3 + 1)
    assert multiply_adds(Conv1d(16, 32, 3), (16, 10)) == 8 * 32 * 48
    assert parameters(Conv3d(3, 8, (1, 2, 3), bias=False)) == 8 * 3 * 6
    assert output_shape(Conv3d(3, 8, (1, 2, 3)), (3, 4, 5, 6)) == (8, 4, 4, 4)
    assert multiply_adds(Conv3d(3, 8, (1, 2, 3)), (3, 4, 5, 6)) == 8 * 64 * 18


def test_a_transposed_convolution_multiplies_each_input_with_its_whole_kernel() -> None:
    layer = ConvTranspose2d(4, 6, 3, stride=2, padding=1, groups=2)
    assert parameters(layer) == 4 * 3 * 9 + 6
    assert multiply_adds(layer, (4, 5, 5)) == 100 * 3 * 9
    assert output_shape(layer, (4, 5, 5)) == (6, 9, 9)


@given(
    side=st.integers(1, 12),
    kernel=st.integers(1, 5),
    stride=st.integers(1, 4),
    dilation=st.integers(1, 3),
    padding=st.integers(0, 3),
    more=st.integers(0, 2),
)
def test_a_transposed_convolution_undoes_the_size_of_a_convolution(
    side: int, kernel: int, stride: int, dilation: int, padding: int, more: int
) -> None:
    """Of an output with a rest of `more` pixels the convolution makes the input's size again."""
    if more >= max(stride, dilation):
        return
    up = ConvTranspose2d(1, 1, kernel, stride, padding, more, dilation=dilation)
    down = Conv2d(1, 1, kernel, stride, padding, dilation)
    expected = (side - 1) * stride - 2 * padding + dilation * (kernel - 1) + more + 1
    if expected < 1:
        with pytest.raises(ValueError, match="cuts off more than it makes"):
            output_shape(up, (1, side, side))
        return
    enlarged = output_shape(up, (1, side, side))
    assert enlarged == (1, expected, expected)
    if more < stride:
        assert output_shape(down, enlarged) == (1, side, side)
