"""How padding, strides and the like may be written, and what each means."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn.arguments import each
from quizcnn.nn.arrays import ones, zeros
from quizcnn.nn.convolution import conv1d, conv2d, conv3d
from quizcnn.nn.sliding import one_dtype, padding_sides


def test_a_number_counts_for_every_axis():
    assert each("conv3d", "stride", 2, 3, 1) == (2, 2, 2)
    assert each("conv3d", "stride", np.int64(2), 3, 1) == (2, 2, 2)
    assert each("conv3d", "stride", [1, 2, 3], 3, 1) == (1, 2, 3)
    assert each("conv2d", "stride", np.array([1, 2]), 2, 1) == (1, 2)


@pytest.mark.parametrize("wrong", [True, 1.0, "2", None, (1,), (1, 2, 3), (1, True), ((1, 1), 2)])
def test_what_is_no_number_for_each_axis_is_named(wrong):
    with pytest.raises(ValueError, match="conv2d: stride must be a whole number or a pair"):
        each("conv2d", "stride", wrong, 2, 1)


def sides(padding, size=8, kernel=3, stride=1, dilation=1):
    return padding_sides("conv1d", padding, (size,), (kernel,), (stride,), (dilation,))[0]


def test_padding_in_numbers():
    assert sides(2) == (2, 2)
    assert sides((2,)) == (2, 2)
    assert sides(((1, 2),)) == (1, 2)
    assert sides(np.array([[1, 2]])) == (1, 2)
    pairs = padding_sides("conv2d", [(0, 1), [2, 3]], (8, 8), (3, 3), (1, 1), (1, 1))
    assert pairs == ((0, 1), (2, 3))


def test_padding_in_words():
    """An even kernel of 4 needs three zeros, an odd one of 3 with dilation 2 four."""
    assert sides("valid") == (0, 0)
    assert sides("same", kernel=4) == sides("same_upper", kernel=4) == (1, 2)
    assert sides("same_lower", kernel=4) == (2, 1)
    assert sides("same", dilation=2) == (2, 2)


def test_same_with_a_stride_by_hand():
    """⌈8 / 2⌉ = 4 places of 3 pixels reach over 9: one zero. ⌈8 / 3⌉ = 3 reach over 9 too."""
    assert sides("same_upper", stride=2) == (0, 1)
    assert sides("same_lower", stride=2) == (1, 0)
    assert sides("same_upper", stride=3) == (0, 1)
    # Windows of one pixel, two apart, end before the image does: nothing is missing.
    assert sides("same_upper", kernel=1, stride=2) == (0, 0)


@given(*(st.integers(1, top) for top in (20, 5, 4, 3)), st.sampled_from(["upper", "lower"]))
def test_same_makes_a_place_for_each_step(size, kernel, stride, dilation, word):
    """⌈n / stride⌉ places; the sides differ by one zero at most."""
    padding = f"same_{word}"
    out = conv1d(ones(size), ones(kernel), None, stride, padding, dilation)
    assert len(out) == -(-size // stride)
    before, after = sides(padding, size, kernel, stride, dilation)
    assert (after - before if word == "upper" else before - after) in (0, 1)


@pytest.mark.parametrize(
    ("padding", "message"),
    [
        (-1, "conv2d: padding must be at least 0, but is -1"),
        (((0, 1), (0, -1)), "conv2d: padding must be at least 0, but is ((0, 1), (0, -1))"),
        (((0, 1),), "conv2d: padding must be a whole number or a pair of them"),
        (((0, 1), (0, 1), (0, 1)), "conv2d: padding must be a whole number or a pair of them"),
        (((0, 1), 1), "conv2d: padding must be a whole number or a pair of them"),
        (((0, 1), (0, 1.5)), "conv2d: padding must be a whole number or a pair of them"),
        (((0, 1), "12"), "conv2d: padding must be a whole number or a pair of them"),
        (None, "conv2d: padding must be a whole number or a pair of them"),
        ((), "conv2d: padding must be a whole number or a pair of them"),
        (
            "SAME",
            'conv2d: padding must be a number, a pair, ((top, bottom), (left, right)), "same"',
        ),
    ],
)
def test_padding_that_says_nothing_is_refused(padding, message):
    with pytest.raises(ValueError) as caught:
        conv2d(zeros(4, 4), zeros(3, 3), padding=padding)
    assert str(caught.value).startswith(message)


def test_padding_of_each_side_goes_where_it_says():
    x = [[5]]
    assert conv2d(x, [[1]], padding=((1, 0), (0, 2))).tolist() == [[0, 0, 0], [5, 0, 0]]
    volume = conv3d([[[5]]], [[[1]]], padding=((0, 1), (1, 0), (0, 0)))
    assert volume.tolist() == [[[0], [5]], [[0], [0]]]


def test_a_common_dtype():
    """Small integers become 64 bits, floats stay, a mixture is the wider."""
    assert [a.dtype.name for a in one_dtype(np.ones(1, "u1"), np.ones(1, "i2"))] == ["int64"] * 2
    assert one_dtype(np.ones(1, "f4"))[0].dtype == np.float32
    assert one_dtype(np.ones(1, "f4"), np.ones(1, "f8"))[0].dtype == np.float64
    x = np.ones(3)
    assert one_dtype(x)[0] is x
