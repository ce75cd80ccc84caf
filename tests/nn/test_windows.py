import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn.windows import NONE, padded, sliding_size, windows

sides = st.tuples(st.integers(1, 9), st.integers(1, 9))
small = st.tuples(st.integers(1, 3), st.integers(1, 3))


def test_the_known_sizes():
    assert sliding_size("conv2d", (8, 8), (3, 3)) == (6, 6)
    # ⌊(224 + 2·3 − 7) / 2⌋ + 1 = ⌊111.5⌋ + 1: the first layer of ResNet-50.
    assert sliding_size("conv2d", (224, 224), (7, 7), (2, 2), ((3, 3), (3, 3))) == (112, 112)
    # A 3×3 kernel with dilation 2 spans 5: 7 − 5 + 1 = 3.
    assert sliding_size("conv2d", (7, 7), (3, 3), dilation=(2, 2)) == (3, 3)


@given(sides, small, small, small)
def test_the_size_is_the_number_of_places_that_one_can_count(size, kernel, stride, dilation):
    span = [d * (k - 1) + 1 for d, k in zip(dilation, kernel, strict=True)]
    counted = tuple(
        sum(start % s == 0 for start in range(n - w + 1))
        for n, w, s in zip(size, span, stride, strict=True)
    )
    if 0 in counted:
        with pytest.raises(ValueError, match="does not fit into an input of"):
            sliding_size("conv2d", size, kernel, stride, NONE, dilation)
    else:
        assert sliding_size("conv2d", size, kernel, stride, NONE, dilation) == counted


def test_a_window_that_is_too_large_is_named_with_its_padding_and_dilation():
    with pytest.raises(ValueError) as caught:
        sliding_size("conv2d", (2, 6), (3, 3), (1, 1), ((1, 1), (0, 0)), (2, 2))
    assert str(caught.value) == (
        "conv2d: a kernel of 3×3 (dilated to 5×5) does not fit into an input of 2×6 (padded to 4×6)"
    )


def test_padding_goes_where_it_is_asked_for():
    framed = padded(np.array([[1, 2]]), ((1, 0), (0, 2)), 7)
    assert framed.tolist() == [[7, 7, 7, 7], [1, 2, 7, 7]]


def test_no_padding_is_no_copy():
    x = np.ones((2, 2))
    assert padded(x, NONE) is x


@given(sides, small, small, small)
def test_the_windows_hold_what_slicing_gives(size, kernel, stride, dilation):
    x = np.arange(2 * size[0] * size[1]).reshape(2, *size)
    span = [d * (k - 1) + 1 for d, k in zip(dilation, kernel, strict=True)]
    if span[0] > size[0] or span[1] > size[1]:
        return
    places = sliding_size("conv2d", size, kernel, stride, NONE, dilation)
    seen = windows(x, places, kernel, stride, dilation)
    assert seen.shape == (2, *places, *kernel)
    for i, j in np.ndindex(places):
        top, left = i * stride[0], j * stride[1]
        piece = x[:, top : top + span[0] : dilation[0], left : left + span[1] : dilation[1]]
        assert (seen[:, i, j] == piece).all()


def test_the_windows_cannot_be_written_to():
    seen = windows(np.ones((3, 3)), (2, 2), (2, 2))
    with pytest.raises(ValueError, match="read-only"):
        seen[0, 0, 0, 0] = 5
