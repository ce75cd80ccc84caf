"""Shapes after each layer, worked out by hand and against really sliding a window."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn.geometry import output_shape, shapes
from quizcnn.nn.layer import Layer
from quizcnn.nn.layers import Conv2d, Linear, LocallyConnected2d, Subsample2d
from quizcnn.nn.layers_pointwise import Dropout, Flatten, ReLU, Softmax
from quizcnn.nn.layers_pooling import AvgPool2d, GlobalAvgPool2d, GlobalMaxPool2d, MaxPool2d
from quizcnn.nn.networks import alexnet, lenet5, vgg16


@pytest.mark.parametrize(
    ("layer", "before", "after"),
    [
        (Conv2d(1, 1, 3), (1, 8, 8), (1, 6, 6)),
        (Conv2d(3, 8, 3, padding=1), (3, 32, 32), (8, 32, 32)),
        (Conv2d(3, 8, 3, padding="valid"), (3, 32, 32), (8, 30, 30)),
        (Conv2d(3, 8, 4, padding="same"), (3, 32, 32), (8, 32, 32)),
        (Conv2d(3, 5, 1), (3, 8, 8), (5, 8, 8)),
        (Conv2d(1, 1, 3, stride=2, padding=1), (1, 7, 8), (1, 4, 4)),
        (Conv2d(1, 1, 3, dilation=2), (1, 8, 8), (1, 4, 4)),
        (Conv2d(1, 1, (3, 1), stride=(1, 2)), (1, 8, 8), (1, 6, 4)),
        (LocallyConnected2d(1, 6, 5, 32), (1, 32, 32), (6, 28, 28)),
        (MaxPool2d(2), (26, 26), (13, 13)),
        (MaxPool2d(2), (3, 8, 8), (3, 4, 4)),
        (MaxPool2d(2), (3, 9, 9), (3, 4, 4)),
        (MaxPool2d(3, stride=2), (96, 55, 55), (96, 27, 27)),
        (MaxPool2d(3, stride=2, padding=1), (1, 8, 8), (1, 4, 4)),
        (AvgPool2d(2, stride=1), (1, 8, 8), (1, 7, 7)),
        (Subsample2d(6), (6, 28, 28), (6, 14, 14)),
        (GlobalAvgPool2d(), (512, 7, 7), (512,)),
        (GlobalMaxPool2d(), (512, 7, 7), (512,)),
        (Flatten(), (512, 7, 7), (25088,)),
        (Linear(84, 10), (84,), (10,)),
        (ReLU(), (3, 8, 8), (3, 8, 8)),
        (Dropout(), (120,), (120,)),
        (Softmax(), (10,), (10,)),
    ],
)
def test_shape_after_one_layer(
    layer: Layer, before: tuple[int, ...], after: tuple[int, ...]
) -> None:
    assert output_shape(layer, before) == after


def test_lenet5_layer_by_layer() -> None:
    assert shapes(lenet5(), (1, 32, 32)) == [
        *[(6, 28, 28)] * 2,
        (6, 14, 14),
        *[(16, 10, 10)] * 2,
        (16, 5, 5),
        (400,),
        *[(120,)] * 2,
        *[(84,)] * 2,
        (10,),
    ]


def test_alexnet_and_vgg16_end_in_a_thousand_classes() -> None:
    assert output_shape(alexnet(), (3, 227, 227)) == (1000,)
    assert output_shape(vgg16(), (3, 224, 224)) == (1000,)
    assert (512, 7, 7) in shapes(vgg16(), (3, 224, 224))
    assert (256, 6, 6) in shapes(alexnet(), (3, 227, 227))


@given(
    side=st.integers(1, 40),
    kernel=st.integers(1, 7),
    stride=st.integers(1, 4),
    padding=st.integers(0, 3),
    dilation=st.integers(1, 3),
)
def test_a_side_is_the_number_of_places_where_the_window_fits(
    side: int, kernel: int, stride: int, padding: int, dilation: int
) -> None:
    layer = Conv2d(1, 1, kernel, stride=stride, padding=padding, dilation=dilation)
    reach = (kernel - 1) * dilation
    places = [
        start for start in range(-padding, side + padding, stride) if start + reach < side + padding
    ]
    if places:
        assert output_shape(layer, (1, side, side)) == (1, len(places), len(places))
    else:
        with pytest.raises(ValueError, match="pixels along each side"):
            output_shape(layer, (1, side, side))


@pytest.mark.parametrize(
    ("layers", "shape", "message"),
    [
        (
            Linear(400, 120),
            (16, 6, 6),
            r"^Linear\(400, 120\) expects 400 values, the input has shape \(16, 6, 6\)$",
        ),
        (Linear(400, 120), (16, 5, 5), r"shape \(16, 5, 5\): put Flatten\(\) before it$"),
        (
            Conv2d(3, 8, 3),
            (1, 8, 8),
            r"^Conv2d\(3, 8, 3\) expects shape \(3, H, W\), the input has shape \(1, 8, 8\)$",
        ),
        (Conv2d(1, 8, 3), (8, 8), r"expects shape \(1, H, W\), the input has shape \(8, 8\)$"),
        (
            Conv2d(1, 8, 5),
            (1, 4, 9),
            r"needs at least 5 pixels along each side, the input has shape \(1, 4, 9\)$",
        ),
        (MaxPool2d(2), (100,), r"expects shape \(C, H, W\), the input has shape \(100,\)$"),
        (LocallyConnected2d(1, 6, 5, 32), (1, 28, 28), r"expects shape \(1, 32, 32\)"),
        (ReLU(), (0, 3), "sides of at least 1"),
        ([ReLU(), 3], (3,), "^3 is not a layer"),
        ([ReLU], (3,), r"ReLU alone only names the kind: write ReLU\(\.\.\.\)"),
        (max, (3,), "^max is not a layer"),
        (lenet5(), (1, 28, 28), r"Linear\(400, 120\) expects 400 values.*shape \(256,\)$"),
    ],
)
def test_what_does_not_fit_is_refused_with_both_shapes(
    layers: list[Layer], shape: tuple[int, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        output_shape(layers, shape)
