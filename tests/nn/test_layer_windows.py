"""How a layer's window moves over its input, or lays its input down."""

import pytest

from quizcnn.nn.layer import Layer
from quizcnn.nn.layer_windows import enlarged, enlarging, sliding, window_places
from quizcnn.nn.layers import (
    Conv1d,
    Conv2d,
    Conv3d,
    ConvTranspose2d,
    Linear,
    LocallyConnected2d,
    Subsample2d,
)
from quizcnn.nn.layers_pointwise import ReLU
from quizcnn.nn.layers_pooling import AvgPool2d, GlobalAvgPool2d, MaxPool2d, Upsample


@pytest.mark.parametrize(
    ("layer", "moves"),
    [
        (Conv2d(1, 1, 3), ((3, 3), (1, 1), (0, 0))),
        (Conv2d(1, 1, (3, 2), (1, 2), (1, 0), (2, 1)), ((5, 2), (1, 2), (1, 0))),
        (Conv2d(1, 1, 4, padding="same"), ((4, 4), (1, 1), (1, 1))),
        (Conv2d(1, 1, 4, padding="valid"), ((4, 4), (1, 1), (0, 0))),
        (Conv1d(1, 1, 3, 2, 1), ((3,), (2,), (1,))),
        (Conv3d(1, 1, (1, 2, 3)), ((1, 2, 3), (1, 1, 1), (0, 0, 0))),
        (LocallyConnected2d(1, 1, 3, 9, 2), ((3, 3), (2, 2), (0, 0))),
        (MaxPool2d(2), ((2, 2), (2, 2), (0, 0))),
        (MaxPool2d(3, 2, 1, 2), ((5, 5), (2, 2), (1, 1))),
        (AvgPool2d((2, 3), 1), ((2, 3), (1, 1), (0, 0))),
        (Subsample2d(4), ((2, 2), (2, 2), (0, 0))),
        (ReLU(), None),
        (Linear(2, 2), None),
        (GlobalAvgPool2d(), None),
        (Upsample(scale_factor=2), None),
        (ConvTranspose2d(1, 1, 3), None),
    ],
)
def test_extent_stride_and_padding_of_what_slides(layer: Layer, moves: object) -> None:
    assert sliding(layer) == moves


@pytest.mark.parametrize(
    ("layer", "moves"),
    [
        (ConvTranspose2d(1, 1, 3, 2, 1, 1), ((3, 3), (2, 2), (1, 1))),
        (ConvTranspose2d(1, 1, (3, 2), dilation=(2, 1)), ((5, 2), (1, 1), (0, 0))),
        (Upsample(scale_factor=(2, 3)), ((2, 3), (2, 3), (0, 0))),
        (Conv2d(1, 1, 3), None),
    ],
)
def test_extent_distance_and_cut_of_what_enlarges(layer: Layer, moves: object) -> None:
    assert enlarging(layer) == moves


def test_places_and_sizes_by_hand() -> None:
    """⌊(7 + 2·1 − 3) / 2⌋ + 1 = 4, and (4 − 1)·2 − 2·1 + 3 = 7 is the way back."""
    assert window_places(Conv2d(1, 1, 3, 2, 1), (1, 7, 7)) == (4, 4)
    assert enlarged(ConvTranspose2d(1, 1, 3, 2, 1), (1, 4, 4)) == (7, 7)
    assert window_places(Conv2d(1, 1, 3, 2, 1), (1, 8, 7)) == (4, 4)
    assert enlarged(ConvTranspose2d(1, 1, 3, 2, 1, (1, 0)), (1, 4, 4)) == (8, 7)
