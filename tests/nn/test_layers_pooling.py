"""Pooling layers: sizes with every option, against places counted one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn.geometry import output_shape
from quizcnn.nn.layer import Layer
from quizcnn.nn.layers_pooling import (
    AdaptiveAvgPool2d,
    AvgPool2d,
    GlobalAvgPool2d,
    MaxPool2d,
    Upsample,
)


@pytest.mark.parametrize(
    ("layer", "before", "after"),
    [
        (MaxPool2d(3, stride=2, ceil_mode=True), (64, 112, 112), (64, 56, 56)),
        (MaxPool2d(3, stride=2), (64, 112, 112), (64, 55, 55)),
        (MaxPool2d(2, ceil_mode=True), (1, 3, 4), (1, 2, 2)),
        (MaxPool2d(3, stride=2, ceil_mode=True), (1, 2, 2), (1, 1, 1)),
        (MaxPool2d(2, padding=1, ceil_mode=True), (1, 2, 2), (1, 2, 2)),
        (MaxPool2d(2, stride=1, dilation=3), (1, 6, 5), (1, 3, 2)),
        (MaxPool2d(3, 1, 2, 2), (1, 6, 6), (1, 6, 6)),
        (AvgPool2d(2, ceil_mode=True), (1, 3, 4), (1, 2, 2)),
        (AdaptiveAvgPool2d(1), (8, 5, 6), (8, 1, 1)),
        (AdaptiveAvgPool2d((2, 9)), (8, 5, 6), (8, 2, 9)),
        (AdaptiveAvgPool2d([None, 9]), (8, 5, 6), (8, 5, 9)),
        (Upsample(scale_factor=2), (8, 5, 6), (8, 10, 12)),
        (Upsample(scale_factor=(1, 3)), (5, 6), (5, 18)),
    ],
)
def test_shape_after_one_layer(
    layer: Layer, before: tuple[int, ...], after: tuple[int, ...]
) -> None:
    assert output_shape(layer, before) == after


@given(
    side=st.integers(1, 20),
    kernel=st.integers(1, 5),
    stride=st.integers(1, 5),
    padded=st.booleans(),
)
def test_rounded_up_every_pixel_has_a_window_unless_one_would_begin_behind_it(
    side: int, kernel: int, stride: int, padded: bool
) -> None:
    padding = kernel // 2 if padded else 0
    places = []
    start = -padding
    # One window more than fits, as long as the one before leaves pixels over.
    while start < side and (start == -padding or start - stride + kernel < side + padding):
        places.append(start)
        start += stride
    layer = MaxPool2d(kernel, stride, padding, ceil_mode=True)
    if side + 2 * padding - kernel > -stride:
        assert output_shape(layer, (1, side, side))[1] == len(places)
    else:
        with pytest.raises(ValueError, match="needs at least"):
            output_shape(layer, (1, side, side))


@pytest.mark.parametrize(
    ("layer", "written"),
    [
        (MaxPool2d(3, 2, dilation=2), "MaxPool2d(3, stride=2, dilation=2)"),
        (MaxPool2d(3, ceil_mode=True), "MaxPool2d(3, ceil_mode=True)"),
        (
            AvgPool2d(3, 2, 1, True, False, 4),
            "AvgPool2d(3, stride=2, padding=1, ceil_mode=True, count_include_pad=False, "
            "divisor_override=4)",
        ),
        (AdaptiveAvgPool2d((2, 3)), "AdaptiveAvgPool2d((2, 3))"),
        (AdaptiveAvgPool2d((None, 3)), "AdaptiveAvgPool2d((None, 3))"),
        (GlobalAvgPool2d(), "GlobalAvgPool2d()"),
        (Upsample(scale_factor=(2, 1)), "Upsample(scale_factor=(2, 1))"),
    ],
)
def test_a_layer_reads_as_one_writes_it(layer: Layer, written: str) -> None:
    assert repr(layer) == written
    assert eval(written) == layer


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: MaxPool2d(2, padding=2), "at most half the window"),
        (lambda: MaxPool2d((2, 3), padding=(1, 2)), "at most half the window"),
        (lambda: MaxPool2d(2, dilation=0), "dilation must be a whole number of at least 1"),
        (lambda: MaxPool2d(2, ceil_mode=2), "ceil_mode must be True or False, but is 2"),
        (lambda: MaxPool2d(2, 2, 0, 1, True), "positional arguments"),
        (lambda: AvgPool2d(2, divisor_override=0), "divisor_override must be a whole number"),
        (lambda: AvgPool2d(2, count_include_pad="no"), "count_include_pad must be True or False"),
        (lambda: AdaptiveAvgPool2d((None, None, 1)), "an int or a pair"),
        (lambda: AdaptiveAvgPool2d((None, 0)), "output_size must be a whole number of at least 1"),
        (lambda: Upsample(2), "positional argument"),
        (lambda: Upsample(scale_factor=0.5), "scale_factor must be a whole number of at least 1"),
        (lambda: AdaptiveAvgPool2d(0), "output_size must be a whole number of at least 1"),
    ],
)
def test_nonsense_is_refused(make, message: str) -> None:
    with pytest.raises((ValueError, TypeError), match=message):
        make()
