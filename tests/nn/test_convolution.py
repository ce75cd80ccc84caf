"""conv2d by hand, then against the loops, then what has to hold whatever the numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.nn import correlating
from quizcnn.nn.arrays import allclose, equal, integers, normal, ones, ramp, zeros
from quizcnn.nn.convolution import conv2d
from quizcnn.nn.loops import conv2d_loops

IMAGE = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]


def test_sums_worked_out_by_hand():
    """Top left: 1·1 + 2·2 + 4·3 + 5·4 = 37, and so on; the kernel is not flipped."""
    assert conv2d(IMAGE, [[1, 2], [3, 4]]).tolist() == [[37, 47], [67, 77]]


def test_padding_by_hand():
    """In a corner the 3×3 sum sees four pixels: 1 + 2 + 4 + 5 = 12."""
    assert conv2d(IMAGE, ones(3, 3), padding=1).tolist() == [
        [12, 21, 16],
        [27, 45, 33],
        [24, 39, 28],
    ]


def test_stride_and_dilation_by_hand():
    assert conv2d(IMAGE, [[1]], stride=2).tolist() == [[1, 3], [7, 9]]
    assert conv2d(IMAGE, [[1]], stride=(1, 2)).tolist() == [[1, 3], [4, 6], [7, 9]]
    # With dilation 2 a 2×2 kernel sees the four corners: 1·1 + 3·10 + 7·100 + 9·1000.
    assert conv2d(IMAGE, [[1, 10], [100, 1000]], dilation=2).tolist() == [[9731]]


def test_channels_are_added_up_by_hand():
    """Two channels, one filter: 1·10 + 2·100 + bias 5 = 215."""
    x, weight = np.array([[[1]], [[2]]]), np.array([[[[10]], [[100]]]])
    assert conv2d(x, weight, bias=[5]).tolist() == [[[215]]]


def test_groups_by_hand():
    """Two groups: the first filter sees the first channel only, the second the second."""
    x, weight = np.array([[[1]], [[2]]]), np.array([[[[10]]], [[[100]]]])
    assert conv2d(x, weight, groups=2).tolist() == [[[10]], [[200]]]


def test_the_shapes_of_the_contract():
    assert conv2d(ramp(8, 8), ones(3, 3)).shape == (6, 6)
    assert conv2d(ramp(8, 8), ones(5, 1, 3, 3)).shape == (5, 6, 6)
    assert conv2d(ramp(3, 8, 8), ones(5, 3, 3, 3)).shape == (5, 6, 6)
    assert conv2d(ramp(2, 3, 8, 8), ones(5, 3, 3, 3)).shape == (2, 5, 6, 6)
    assert conv2d(ramp(1, 8, 8), ones(5, 1, 1, 1)).shape == (5, 8, 8)
    assert conv2d(zeros(0, 3, 8, 8), ones(5, 3, 3, 3)).shape == (0, 5, 6, 6)
    assert conv2d(ramp(4, 7), ones(3, 2), bias=1.0).shape == (2, 6)


@pytest.mark.parametrize("side", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("dilation", [1, 2, 3])
def test_padding_same_keeps_the_size(side, dilation):
    x = ramp(13, 14)
    assert conv2d(x, ones(side, side), padding="same", dilation=dilation).shape == (13, 14)


def test_padding_same_puts_the_extra_cell_at_the_end():
    """An even kernel that picks its first pixel gives the image itself, not one moved."""
    assert conv2d([[1, 2, 3]], [[1, 0]], padding="same").tolist() == [[1, 2, 3]]
    assert conv2d([[1, 2, 3]], [[0, 1]], padding="same").tolist() == [[2, 3, 0]]
    assert equal(conv2d(IMAGE, ones(3, 3), padding="same"), conv2d(IMAGE, ones(3, 3), padding=1))


def test_padding_valid_is_none():
    assert equal(conv2d(IMAGE, ones(2, 2), padding="valid"), conv2d(IMAGE, ones(2, 2)))


@pytest.mark.parametrize(
    ("x", "weight", "options", "message"),
    [
        (
            zeros(2, 8, 8),
            zeros(4, 3, 3, 3),
            {},
            "conv2d: an input of shape (2, 8, 8) has 2 channels, "
            "the weight of shape (4, 3, 3, 3) expects 3",
        ),
        (
            zeros(8, 8),
            zeros(4, 3, 3, 3),
            {},
            "conv2d: an input of shape (8, 8) has 1 channel, "
            "the weight of shape (4, 3, 3, 3) expects 3",
        ),
        (
            zeros(3, 8, 8),
            zeros(4, 3, 3, 3),
            {"groups": 2},
            "conv2d: an input of shape (3, 8, 8) has 3 channels, "
            "the weight of shape (4, 3, 3, 3) expects 3 × 2 groups = 6",
        ),
        (
            zeros(2, 8, 8),
            zeros(3, 1, 3, 3),
            {"groups": 2},
            "conv2d: the 3 filters of a weight of shape (3, 1, 3, 3) "
            "cannot be shared out among 2 groups",
        ),
        (
            zeros(1, 8, 8),
            zeros(3, 3),
            {},
            "conv2d: a weight of shape (3, 3) takes an input (H, W), not one of shape (1, 8, 8); "
            "for channels give a weight (K, C, kH, kW)",
        ),
        (
            zeros(8, 8),
            zeros(3),
            {},
            "conv2d: the weight has shape (3,), expected (kH, kW) or (K, C/groups, kH, kW)",
        ),
        (zeros(8, 8), zeros(0, 3), {}, "conv2d: the weight of shape (0, 3) is empty"),
        (
            zeros(8, 8),
            zeros(4, 1, 3, 3),
            {"bias": zeros(3)},
            "conv2d: the bias has shape (3,), the weight of shape (4, 1, 3, 3) expects (4,)",
        ),
        (
            zeros(8, 8),
            zeros(3, 3),
            {"bias": zeros(3)},
            "conv2d: the bias has shape (3,), the weight of shape (3, 3) expects a number",
        ),
        (
            zeros(4, 4),
            zeros(5, 5),
            {},
            "conv2d: a kernel of 5×5 does not fit into an input of 4×4",
        ),
        (zeros(4, 4), zeros(3, 3), {"stride": 0}, "conv2d: stride must be at least 1, but is 0"),
        (
            zeros(4, 4),
            zeros(3, 3),
            {"padding": -1},
            "conv2d: padding must be at least 0, but is -1",
        ),
        (
            zeros(4, 4),
            zeros(3, 3),
            {"padding": "full"},
            "conv2d: padding must be a number, a pair, ((top, bottom), (left, right)), "
            '"same", "same_upper", "same_lower" or "valid", but is \'full\'',
        ),
        (
            zeros(4, 4),
            zeros(3, 3),
            {"padding": "same", "stride": 2},
            'conv2d: padding "same" needs stride 1, but stride is (2, 2); '
            '"same_upper" and "same_lower" take any',
        ),
        (
            zeros(4, 4),
            zeros(3, 3),
            {"dilation": 0},
            "conv2d: dilation must be at least 1, but is 0",
        ),
        (zeros(4, 4), zeros(3, 3), {"groups": 0}, "conv2d: groups must be at least 1, but is 0"),
        ("image", zeros(3, 3), {}, "conv2d: the input must be numbers, but is <U5"),
        (zeros(4, 4), [["a"]], {}, "conv2d: the weight must be numbers, but is <U1"),
    ],
)
def test_what_does_not_fit_is_said_in_full(x, weight, options, message):
    with pytest.raises(ValueError) as caught:
        conv2d(x, weight, **options)
    assert str(caught.value) == message


def test_integers_stay_exact():
    """Beyond 2⁵³ a float would round: 2⁵³ + 1 must not become 2⁵³."""
    assert conv2d([[2**53, 1]], [[1, 1]]).tolist() == [[2**53 + 1]]
    small = conv2d(np.array([[200, 100]], np.uint8), np.array([[1, 1]], np.uint8))
    assert small.tolist() == [[300]]
    assert small.dtype == np.int64


def test_floats_keep_their_precision():
    x, weight = np.ones((3, 3), np.float32), np.ones((2, 2), np.float32)
    assert conv2d(x, weight).dtype == np.float32
    assert conv2d(x, weight.astype(np.float64)).dtype == np.float64
    assert conv2d(np.ones((3, 3), np.int64), np.ones((2, 2))).dtype == np.float64


def test_nan_and_infinity_spread_to_the_windows_that_see_them():
    x = zeros(4, 4)
    x[0, 0] = np.nan
    assert np.isnan(conv2d(x, ones(3, 3))).tolist() == [[True, False], [False, False]]
    x[0, 0] = np.inf
    assert np.isnan(conv2d(x, zeros(3, 3))).tolist() == [[True, False], [False, False]]
    # Padding is zeros, and 0 · NaN is NaN: a NaN in the kernel is in every sum.
    assert np.isnan(conv2d(ones(1, 1), [[np.nan, 1, 1]], padding=(0, 1))).all()


def test_the_arguments_are_left_alone():
    x, weight, bias = normal(2, 5, 5), normal(3, 2, 3, 3), normal(3)
    before = x.copy(), weight.copy(), bias.copy()
    conv2d(x, weight, bias)[...] = 0
    assert equal(x, before[0]) and equal(weight, before[1]) and equal(bias, before[2])


@st.composite
def convolutions(draw):
    """Arguments of a convolution that fit together, small whole numbers throughout."""
    number = st.integers(1, 3)
    groups = draw(st.integers(1, 2))
    channels, filters = groups * draw(st.integers(1, 2)), groups * draw(st.integers(1, 2))
    kernel, dilation = draw(st.tuples(number, number)), draw(st.tuples(number, number))
    padding = draw(st.tuples(st.integers(0, 2), st.integers(0, 2)))
    span = [d * (k - 1) + 1 for d, k in zip(dilation, kernel, strict=True)]
    height, width = (
        max(1, s - 2 * p) + draw(st.integers(0, 4)) for s, p in zip(span, padding, strict=True)
    )
    x_shape = (draw(st.integers(1, 2)), channels, height, width)
    weight_shape = (filters, channels // groups, *kernel)
    seed = draw(st.integers(0, 1000))
    return {
        "x": integers(x_shape, low=-9, seed=seed),
        "weight": integers(weight_shape, low=-9, seed=seed + 1),
        "bias": draw(st.sampled_from([None, integers(filters, low=-9, seed=seed + 2)])),
        "stride": draw(st.tuples(number, number)),
        "padding": padding,
        "dilation": dilation,
        "groups": groups,
    }


def as_loops(arguments):
    down, across = arguments["padding"]
    rest = {name: value for name, value in arguments.items() if name != "padding"}
    return conv2d_loops(**rest, sides=((down, down), (across, across)))


@settings(max_examples=60)
@given(convolutions())
def test_the_fast_version_is_the_loops(arguments):
    assert equal(conv2d(**arguments), as_loops(arguments))


@settings(max_examples=30)
@given(convolutions())
def test_floats_agree_with_the_loops_to_rounding(arguments):
    scaled = arguments | {"x": arguments["x"] / 7, "weight": arguments["weight"] / 3}
    assert allclose(conv2d(**scaled), as_loops(scaled), 1e-12)


@settings(max_examples=30)
@given(convolutions())
def test_working_through_in_small_blocks_changes_nothing(arguments):
    whole = conv2d(**arguments)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(correlating, "BLOCK", 1)
        assert equal(conv2d(**arguments), whole)


@settings(max_examples=30)
@given(convolutions(), st.integers(-5, 5))
def test_a_convolution_is_linear_in_the_image(arguments, factor):
    linear = arguments | {"bias": None}
    other = arguments["x"][..., ::-1, ::-1]
    both = linear | {"x": arguments["x"] + factor * other}
    separate = conv2d(**linear) + factor * conv2d(**(linear | {"x": other}))
    assert equal(conv2d(**both), separate)


def test_a_large_convolution_needs_no_giant_copy():
    """8 channels of 120×120 under 7×7 have 5.1 million values in their windows, a block one."""
    import tracemalloc

    x, weight = ones(8, 120, 120), ones(2, 8, 7, 7)
    tracemalloc.start()
    conv2d(x, weight)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * correlating.BLOCK * x.itemsize
