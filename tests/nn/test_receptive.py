"""Receptive fields by arithmetic, and taking lists of layers apart."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.nn.blocks import Parallel, Residual
from quizcnn.nn.geometry import output_shape
from quizcnn.nn.gradients import seen
from quizcnn.nn.layer import Layer
from quizcnn.nn.layers import Conv1d, Conv2d, Conv3d, ConvTranspose2d, Linear
from quizcnn.nn.layers_pointwise import (
    BatchNorm2d,
    Dropout,
    Flatten,
    GroupNorm,
    InstanceNorm2d,
    LayerNorm,
    LocalResponseNorm,
    ReLU,
    ReLU6,
    Sigmoid,
)
from quizcnn.nn.layers_pooling import (
    AdaptiveAvgPool2d,
    AvgPool2d,
    GlobalAvgPool2d,
    MaxPool2d,
    Upsample,
)
from quizcnn.nn.networks import mobilenet, vgg16
from quizcnn.nn.networks_branching import resnet50
from quizcnn.nn.parts import layers_before
from quizcnn.nn.receptive import jump, receptive_field, receptive_field_start, receptive_fields

conv = Conv2d(1, 1, 3)

MOVES = [
    conv,
    Conv2d(1, 1, 3, padding=1),
    Conv2d(1, 1, 2, stride=2),
    Conv2d(1, 1, 2, padding="same", dilation=2),
    MaxPool2d(2),
    MaxPool2d(3, stride=1, padding=1),
    ReLU6(),
]
BLOCKS = [
    Residual([Conv2d(1, 1, 3, padding=1), ReLU(), Conv2d(1, 1, 3, padding=1)]),
    [Parallel([], Conv2d(1, 2, 5, padding=2), MaxPool2d(3, 1, 1)), Conv2d(4, 1, 1)],
    [BatchNorm2d(1), Sigmoid(), LocalResponseNorm(3)],
]


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


@pytest.mark.parametrize(
    "layer",
    [Flatten(), Linear(4, 2), GlobalAvgPool2d(), LayerNorm(4), GroupNorm(1, 1), InstanceNorm2d(1)],
)
def test_a_layer_that_looks_at_everything_has_no_side_length(layer: Layer) -> None:
    with pytest.raises(ValueError, match="looks at its whole input"):
        receptive_field([conv, layer])


def test_a_kernel_and_its_start_and_jump_by_hand() -> None:
    """Two convolutions of 3×3 with stride 2 and padding 1: 7 pixels, 4 apart, from −3 on."""
    layers = [Conv2d(1, 1, 3, 2, 1), Conv2d(1, 1, 3, 2, 1)]
    assert (receptive_field(layers), jump(layers), receptive_field_start(layers)) == (7, 4, -3)


@pytest.mark.parametrize(
    ("layers", "start"),
    [
        ([], 0),
        ([conv], 0),
        ([Conv2d(1, 1, 3, padding=1)] * 3, -3),
        ([Conv2d(1, 1, 4, padding="same")], -1),
        ([Conv2d(1, 1, 4, padding="valid")], 0),
        ([MaxPool2d(2), Conv2d(1, 1, 3, padding=1)], -2),
        ([Conv2d(1, 1, (3, 5), padding=(1, 2))], (-1, -2)),
        ([MaxPool2d(3, 2, padding=1, dilation=2)], -1),
        ([ConvTranspose2d(1, 1, 3)], -2),
        ([ConvTranspose2d(1, 1, 2, stride=2)], 0),
    ],
)
def test_where_the_first_field_begins(layers: list[Layer], start: int) -> None:
    assert receptive_field_start(layers) == start


def test_branches_see_what_the_widest_of_them_sees() -> None:
    body = [Conv2d(1, 1, 3, padding=1), Conv2d(1, 1, 3, padding=1)]
    assert receptive_field(Residual(body)) == 5
    wide = Parallel(
        Conv2d(1, 1, 1), Conv2d(1, 1, 5, padding=2), Conv2d(1, 1, (1, 7), padding="same")
    )
    assert receptive_field(wide) == (5, 7)
    assert receptive_field([Conv2d(1, 1, 3), wide]) == (7, 9)


def test_branches_that_look_in_different_directions_see_all_between() -> None:
    """Without padding one branch sees pixels 0 to 2, with padding another −2 to 0."""
    layers = Parallel(Conv2d(1, 1, 3), [Conv2d(1, 1, 3, padding=2), Conv2d(1, 1, 5)])
    assert receptive_field_start(layers) == -2
    assert receptive_field(layers) == 7
    layers = Parallel([Conv2d(1, 1, 3)], [ConvTranspose2d(1, 1, 3)])
    assert (receptive_field_start(layers), receptive_field(layers)) == (-2, 5)


def test_branches_with_different_jumps_have_no_common_field() -> None:
    with pytest.raises(ValueError, match="branches meet with different jumps, 2 and 1"):
        receptive_field(Residual(Conv2d(1, 1, 3, stride=2)))


def test_enlarging_divides_the_jump_and_shares_its_inputs() -> None:
    """Of a 3×3 kernel placed two pixels apart every other output meets two, the rest one."""
    up = ConvTranspose2d(1, 1, 3, stride=2)
    assert (receptive_field(up), jump(up)) == (2, 0.5)
    assert jump([up, MaxPool2d(2)]) == 1
    assert receptive_field([MaxPool2d(2), up]) == 4
    assert jump([MaxPool2d(2), up]) == 1


def test_a_u_net_sees_through_its_lowest_level() -> None:
    """Ronneberger, Fischer and Brox 2015 in small: down, across, up, with the image beside it."""
    low = [MaxPool2d(2), Conv2d(1, 1, 3, padding=1), ConvTranspose2d(1, 1, 2, stride=2)]
    net = [Conv2d(1, 1, 3, padding=1), Parallel([], low), Conv2d(2, 1, 3, padding=1)]
    assert output_shape(net, (1, 16, 16)) == (1, 16, 16)
    assert jump(net) == 1
    # At the bottom 3 + 1 + 2·2 = 8; three neighbours at the top stand on two of its cells, 2 apart.
    assert receptive_field(net) == 10
    assert seen(net, np.ones((16, 16))) == (10, 10)
    repeated = [MaxPool2d(2), Conv2d(1, 1, 3, padding=1), Upsample(scale_factor=2)]
    assert receptive_field([Parallel([], repeated)]) == 6


def test_fields_in_one_and_three_dimensions() -> None:
    assert receptive_field([Conv1d(1, 1, 3), Conv1d(1, 1, 3, dilation=4)]) == 11
    assert receptive_field([Conv3d(1, 1, 3, stride=(1, 2, 2)), Conv3d(1, 1, 3)]) == (5, 7, 7)
    with pytest.raises(ValueError, match="slides along 2 axes, a layer before it along 1"):
        receptive_field([Conv1d(1, 1, 3), Conv2d(1, 1, 3)])


def test_a_network_that_slides_nowhere_sees_single_pixels() -> None:
    layers = [ReLU(), Residual([Sigmoid()]), Parallel([], BatchNorm2d(1))]
    assert receptive_fields(layers) == [1, 1, 1]
    assert (jump(layers), receptive_field_start(layers)) == (1, 0)


def test_enlargements_beyond_all_bounds_are_refused() -> None:
    with pytest.raises(ValueError, match="worked out for enlargements to 10000"):
        receptive_field([ConvTranspose2d(1, 1, 101, stride=101)] * 2)
    branches = [[AvgPool2d(s), ConvTranspose2d(1, 1, s, stride=s)] for s in (101, 103)]
    with pytest.raises(ValueError, match="repeats only after more than 10000"):
        receptive_field(Parallel(*branches))


def test_the_fields_in_the_literature() -> None:
    """Araujo, Norris and Sim 2019, table 1: of the last maps before the classifier."""
    for network, field, step in [
        (vgg16(), 212, 32),
        (mobilenet(), 315, 32),
        (resnet50(), 483, 32),
    ]:
        kind = Flatten if network == vgg16() else GlobalAvgPool2d
        maps = layers_before(network, kind)
        assert (receptive_field(maps), jump(maps)) == (field, step)


def test_exact_beyond_64_bits() -> None:
    layers = [Conv2d(1, 1, 10**15, stride=10**15)] * 4
    assert receptive_field(layers) == jump(layers) == 10**60


def test_a_window_that_depends_on_the_input_has_no_field() -> None:
    with pytest.raises(ValueError, match="put AvgPool2d with the size and stride"):
        receptive_field([conv, AdaptiveAvgPool2d(7)])


@given(st.lists(st.sampled_from(MOVES), max_size=5), st.lists(st.sampled_from(MOVES), max_size=5))
def test_fields_compose(first: list[Layer], second: list[Layer]) -> None:
    """The second part's field, in steps of the first one's jump, beside the first one's field."""
    both = [*first, *second]
    assert receptive_field(both) == receptive_field(first) + (receptive_field(second) - 1) * jump(
        first
    )
    assert jump(both) == jump(first) * jump(second)
    start = receptive_field_start(first) + receptive_field_start(second) * jump(first)
    assert receptive_field_start(both) == start


@settings(max_examples=15)
@given(st.lists(st.sampled_from([*MOVES, *BLOCKS]), min_size=1, max_size=2))
def test_measured_by_perturbing_the_image_it_is_the_same(layers: list[Layer]) -> None:
    assert seen(layers, np.ones((22, 22))) == (receptive_field(layers),) * 2
