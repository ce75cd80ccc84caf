"""Parameters, multiply-adds and comparisons, worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn.counting import (
    Memory,
    activation_count,
    activation_count_by_layer,
    comparisons,
    flops,
    memory,
    multiply_adds,
    multiply_adds_by_layer,
    parameters,
    parameters_by_layer,
    weights_of_each_output,
)
from quizcnn.nn.layer import Layer
from quizcnn.nn.layers import Conv2d, ConvTranspose2d, Linear, LocallyConnected2d, Subsample2d
from quizcnn.nn.layers_pointwise import Dropout, Flatten, ReLU, Softmax
from quizcnn.nn.layers_pooling import AvgPool2d, GlobalAvgPool2d, GlobalMaxPool2d, MaxPool2d
from quizcnn.nn.networks import alexnet, lenet5, vgg16


@pytest.mark.parametrize(
    ("layer", "count"),
    [
        (Conv2d(1, 1, 3), 10),
        (Conv2d(3, 8, 3), 224),
        (Conv2d(3, 8, 3, bias=False), 216),
        (Conv2d(64, 64, 3, stride=2, padding=1, dilation=2), 36_928),
        (Conv2d(8, 8, 3, groups=8), 80),
        (Conv2d(96, 256, 5, groups=2), 307_456),
        (Conv2d(4, 2, (3, 1)), 26),
        (Linear(4, 2), 10),
        (Linear(32 * 32 * 3, 32 * 32 * 8), 25_174_016),
        (LocallyConnected2d(1, 6, 5, 32), 28 * 28 * 6 * (25 + 1)),
        (Subsample2d(6), 12),
        (MaxPool2d(2), 0),
        (AvgPool2d(2), 0),
        (GlobalAvgPool2d(), 0),
        (GlobalMaxPool2d(), 0),
        (Flatten(), 0),
        (ReLU(), 0),
        (Softmax(), 0),
        (Dropout(), 0),
    ],
)
def test_parameters_of_one_layer(layer: Layer, count: int) -> None:
    assert parameters(layer) == count
    assert parameters([layer]) == count


def test_lenet5_has_61_706_parameters() -> None:
    assert parameters(lenet5()) == 61_706
    weighted = [count for count in parameters_by_layer(lenet5()) if count]
    assert weighted == [156, 2_416, 48_120, 10_164, 850]


def test_alexnet_has_60_965_224_parameters_and_convolutions_hold_few_of_them() -> None:
    assert parameters(alexnet()) == 60_965_224
    assert parameters(alexnet(), only=Conv2d) / parameters(alexnet()) == pytest.approx(
        0.038, abs=5e-4
    )


def test_alexnets_convolutions_do_92_percent_of_the_multiply_adds() -> None:
    shape = (3, 227, 227)
    share = multiply_adds(alexnet(), shape, only=Conv2d) / multiply_adds(alexnet(), shape)
    assert share == pytest.approx(0.92, abs=5e-3)


def test_vgg16_has_138_357_544_parameters_nine_tenths_of_them_dense() -> None:
    assert parameters(vgg16()) == 138_357_544
    assert parameters(vgg16(), only=Conv2d) == 14_714_688
    assert parameters(vgg16(), only=Linear) / parameters(vgg16()) == pytest.approx(0.894, abs=5e-4)


def test_vgg16_does_15_470_264_320_multiply_adds_nearly_all_in_convolutions() -> None:
    shape = (3, 224, 224)
    assert multiply_adds(vgg16(), shape) == 15_470_264_320
    assert multiply_adds(vgg16(), shape, only=Conv2d) == 15_346_630_656
    assert multiply_adds(vgg16(), shape, only=Linear) == 123_633_664


def test_lenet5_multiply_adds_layer_by_layer() -> None:
    weighted = [count for count in multiply_adds_by_layer(lenet5(), (1, 32, 32)) if count]
    assert weighted == [25 * 6 * 28 * 28, 25 * 6 * 16 * 100, 48_000, 10_080, 840]


def test_pooling_leaves_the_next_convolution_a_quarter_of_the_work() -> None:
    then = Conv2d(8, 16, 3, padding=1)
    pooled = multiply_adds([MaxPool2d(2), then], (8, 32, 32))
    assert multiply_adds(then, (8, 32, 32)) == 4 * pooled


def test_max_pooling_224_by_224_compares_three_times_in_each_of_12_544_windows() -> None:
    assert comparisons(MaxPool2d(2), (1, 224, 224)) == 3 * 12_544


def test_comparisons_through_a_list() -> None:
    layers = [MaxPool2d(2), Conv2d(3, 5, 1), GlobalMaxPool2d()]
    assert comparisons(layers, (3, 8, 8)) == 3 * 3 * 16 + 5 * 15


def test_only_max_pooling_compares() -> None:
    assert comparisons([Conv2d(3, 5, 1), AvgPool2d(2), ReLU()], (3, 8, 8)) == 0


@given(
    channels=st.integers(1, 4),
    kernels=st.integers(1, 4),
    size=st.integers(1, 4),
    side=st.integers(4, 9),
    bias=st.booleans(),
)
def test_locally_connected_is_a_convolution_with_a_kernel_for_each_place(
    channels: int, kernels: int, size: int, side: int, bias: bool
) -> None:
    shared = Conv2d(channels, kernels, size, bias=bias)
    local = LocallyConnected2d(channels, kernels, size, side, bias=bias)
    places = (side - size + 1) ** 2
    assert parameters(local) == places * parameters(shared)
    shape = (channels, side, side)
    assert multiply_adds(local, shape) == multiply_adds(shared, shape)


@given(width=st.integers(1, 4096), outputs=st.integers(1, 4096))
def test_a_convolution_as_large_as_its_image_is_a_dense_layer(width: int, outputs: int) -> None:
    assert parameters(Conv2d(width, outputs, 7)) == parameters(Linear(49 * width, outputs))
    assert multiply_adds(Conv2d(width, outputs, 7), (width, 7, 7)) == 49 * width * outputs


def test_counts_are_exact_beyond_64_bits() -> None:
    assert parameters(Linear(10**15, 10**15)) == 10**30 + 10**15


def test_a_kind_or_an_operation_in_place_of_a_layer_is_refused() -> None:
    with pytest.raises(ValueError, match=r"write MaxPool2d\(\.\.\.\)"):
        parameters(MaxPool2d)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="len is not a layer"):
        parameters(len)  # type: ignore[arg-type]


def test_each_multiply_add_is_two_floating_point_operations() -> None:
    layers = [Conv2d(1, 6, 5), Flatten(), Linear(4704, 10)]
    assert flops(layers, (1, 32, 32)) == 2 * (117_600 + 47_040)
    assert flops(layers, (1, 32, 32), only=Linear) == 2 * 47_040


def test_values_that_layers_make_by_hand() -> None:
    """What flattening, dropout and concatenation hand on is not made anew."""
    layers = [Conv2d(1, 6, 5), ReLU(), MaxPool2d(2), Flatten(), Dropout(), Linear(1176, 10)]
    assert activation_count_by_layer(layers, (1, 32, 32)) == [4704, 4704, 1176, 0, 0, 10]
    assert activation_count(layers, (1, 32, 32)) == 10_594
    assert activation_count(layers, (1, 32, 32), only=ReLU) == 4704
    assert activation_count([], (1, 32, 32)) == 0


def test_bytes_by_hand() -> None:
    layer = Conv2d(1, 6, 5)
    assert memory(layer, (1, 32, 32)) == Memory(4 * 156, 4 * 4704, 4 * 4860)
    assert memory(layer, (1, 32, 32), itemsize=2, batch=10) == Memory(312, 94_080, 94_392)
    with pytest.raises(ValueError, match="memory: batch must be at least 1, but is 0"):
        memory(layer, (1, 32, 32), batch=0)
    with pytest.raises(ValueError, match=r"itemsize must be a whole number, but is 0\.5"):
        memory(layer, (1, 32, 32), itemsize=0.5)  # type: ignore[arg-type]


@given(
    kernel=st.integers(1, 6),
    stride=st.integers(1, 5),
    dilation=st.integers(1, 4),
)
def test_so_many_inputs_meet_in_one_output_of_a_transposed_convolution(
    kernel: int, stride: int, dilation: int
) -> None:
    """The most, counted by laying down kernels of ones."""
    layer = ConvTranspose2d(2, 3, (kernel, 1), (stride, 1), dilation=(dilation, 1))
    met = [0] * (200 + stride * 40)
    for value in range(40):
        for cell in range(kernel):
            met[value * stride + cell * dilation] += 1
    assert weights_of_each_output(layer) == 2 * max(met)
