"""Transposed convolution by hand, against the loops, and as the transpose of a matrix."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.nn import correlating
from quizcnn.nn.arrays import equal, integers, ones, ramp, zeros
from quizcnn.nn.convolution import conv2d
from quizcnn.nn.loops import conv_transpose2d_loops
from quizcnn.nn.transposed import conv_transpose1d, conv_transpose2d, conv_transpose3d
from quizcnn.nn.unfolding import conv_matrix


def test_painting_by_hand():
    """1 paints 1 10 100, then 2 paints 2 20 200 one further."""
    assert conv_transpose1d([1, 2], [1, 10, 100]).tolist() == [1, 12, 120, 200]
    assert conv_transpose1d([1, 2], [1, 10, 100], stride=2).tolist() == [1, 10, 102, 20, 200]
    assert conv_transpose1d([1, 2], [1, 10], dilation=3).tolist() == [1, 2, 0, 10, 20]
    assert conv_transpose1d([1, 2], [1, 10, 100], padding=1).tolist() == [12, 120]
    assert conv_transpose1d([1, 2], [1, 10, 100], bias=5).tolist() == [6, 17, 125, 205]


def test_output_padding_adds_at_the_end():
    """Nothing is painted there; where padding was cut off, it brings back what was painted."""
    options = {"stride": 2, "output_padding": 1}
    assert conv_transpose1d([1, 2], [1, 10, 100], **options).tolist() == [1, 10, 102, 20, 200, 0]
    cut = conv_transpose1d([1, 2], [1, 10, 100], padding=1, **options)
    assert cut.tolist() == [10, 102, 20, 200]


def test_each_side_is_cut_off_by_itself():
    out = conv_transpose2d([[1, 2]], [[1, 10, 100]], padding=((0, 0), (2, 1)))
    assert out.tolist() == [[120]]


def test_channels_are_added_and_groups_kept_apart():
    x = np.array([[1, 2], [3, 4]])
    weight = np.array([[[1]], [[10]]])
    assert conv_transpose1d(x, weight).tolist() == [[31, 42]]
    assert conv_transpose1d(x, weight, groups=2).tolist() == [[1, 2], [30, 40]]


def test_shapes():
    assert conv_transpose2d(ramp(4, 5), ones(3, 3)).shape == (6, 7)
    assert conv_transpose2d(ramp(2, 4, 5), ones(2, 3, 4, 4), stride=2, padding=1).shape == (
        3,
        8,
        10,
    )
    assert conv_transpose2d(ramp(6, 2, 4, 5), ones(2, 3, 1, 1)).shape == (6, 3, 4, 5)
    assert conv_transpose3d(ramp(2, 3, 3, 3), ones(2, 4, 2, 2, 2), stride=2).shape == (4, 6, 6, 6)
    assert conv_transpose3d(zeros(0, 2, 3, 3, 3), ones(2, 4, 2, 2, 2)).shape == (0, 4, 4, 4, 4)


@st.composite
def paintings(draw):
    """Arguments of a transposed convolution that fit together, small whole numbers throughout."""
    number, pairs = st.integers(1, 3), st.tuples(st.integers(1, 3), st.integers(1, 3))
    groups = draw(st.integers(1, 2))
    channels, filters = groups * draw(number), draw(number)
    seed = draw(st.integers(0, 1000))
    return {
        "x": integers(draw(st.integers(1, 2)), channels, *draw(pairs), low=-9, seed=seed),
        "weight": integers(channels, filters, *draw(pairs), low=-9, seed=seed + 1),
        "stride": draw(pairs),
        "dilation": draw(pairs),
        "groups": groups,
    }


@settings(max_examples=60)
@given(paintings())
def test_the_fast_version_is_the_loops(arguments):
    assert equal(conv_transpose2d(**arguments), conv_transpose2d_loops(**arguments))


@settings(max_examples=30)
@given(paintings())
def test_working_through_in_small_tiles_changes_nothing(arguments):
    whole = conv_transpose2d(**arguments)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(correlating, "BLOCK", 40)
        assert equal(conv_transpose2d(**arguments), whole)


@settings(max_examples=30)
@given(st.integers(1, 3), st.integers(1, 2), st.integers(0, 1), st.integers(0, 99))
def test_it_is_the_transpose_of_the_convolution(kernel, stride, padding, seed):
    """Its matrix is that of conv2d with the same weight, rows and columns changed round."""
    weight = integers(3, 2, kernel, kernel, low=-5, seed=seed)
    size = (5 + 2 * padding - kernel) // stride * stride + kernel - 2 * padding
    matrix = conv_matrix(weight, (2, size, size), stride=stride, padding=padding)
    image = conv2d(zeros(2, size, size), weight, stride=stride, padding=padding)
    y = integers(*image.shape, low=-5, seed=seed + 1)
    back = conv_transpose2d(y, weight, stride=stride, padding=padding)
    assert equal(back.ravel(), matrix.T @ y.ravel())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"output_padding": 1},
            "conv_transpose2d: output_padding must be less than stride or dilation, but is 1 at "
            "stride 1",
        ),
        ({"padding": "same"}, "conv_transpose2d: padding must be in numbers, but is 'same'"),
        (
            {"padding": 3},
            "conv_transpose2d: nothing is left of the output: with its padding cut off it has size "
            "0×0",
        ),
        (
            {"groups": 2},
            "conv_transpose2d: the 1 channel of an input of shape (1, 4, 4) cannot be shared out "
            "among 2 groups",
        ),
        (
            {"bias": zeros(3)},
            "conv_transpose2d: the bias has shape (3,), the weight of shape (1, 2, 3, 3) expects "
            "(2,)",
        ),
        (
            {"x": zeros(3, 4, 4)},
            "conv_transpose2d: an input of shape (3, 4, 4) has 3 channels, the weight of shape "
            "(1, 2, 3, 3) expects 1",
        ),
        (
            {"weight": zeros(3, 3)},
            "conv_transpose2d: a weight of shape (3, 3) takes an input without channels, not one "
            "of shape (1, 4, 4); for channels give the weight all its axes",
        ),
    ],
)
def test_what_does_not_fit_is_said(options, message):
    with pytest.raises(ValueError) as caught:
        conv_transpose2d(**{"x": zeros(1, 4, 4), "weight": zeros(1, 2, 3, 3)} | options)
    assert str(caught.value) == message
