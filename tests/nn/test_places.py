"""Where windows stand along one axis, against setting them down one after another."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn.arguments import flag
from quizcnn.nn.joining import joined, spread
from quizcnn.nn.places import Axis, axes_of, feature_maps
from quizcnn.nn.pooling import max_pool2d
from quizcnn.nn.winners import Seen, winners


def cells_by_hand(axis, window):
    """The real cells that a window sees, found one by one."""
    cells = (
        window * axis.stride - axis.padding + step * axis.dilation for step in range(axis.kernel)
    )
    return [cell for cell in cells if 0 <= cell < axis.size]


@st.composite
def axes(draw):
    """An axis with some windows on it, as a pooling makes them."""
    kernel, stride, dilation = draw(
        st.tuples(st.integers(1, 5), st.integers(1, 4), st.integers(1, 3))
    )
    padding = draw(st.integers(0, kernel // 2))
    reach = dilation * (kernel - 1) + 1
    size = max(1, reach - 2 * padding) + draw(st.integers(0, 8))
    [axis] = axes_of(
        "pool", np.zeros(size), 1, kernel, stride, padding, dilation, draw(st.booleans())
    )
    return axis


@given(axes())
def test_spans_are_the_cells_one_by_one(axis):
    seen = [[] for _ in range(axis.places)]
    for step in axis.steps():
        first, last, cells = axis.span(step)
        if first < last:
            for window, cell in zip(range(first, last), np.arange(axis.size)[cells], strict=True):
                seen[window].append(int(cell))
    assert seen == [cells_by_hand(axis, window) for window in range(axis.places)]


@given(axes())
def test_ends_are_the_first_and_the_last_cell(axis):
    for window, (first, last) in enumerate(zip(*axis.ends(), strict=True)):
        cells = cells_by_hand(axis, window)
        if cells:
            assert (cells[0], cells[-1]) == (first, last)
        else:
            assert last < first


@given(axes())
def test_inside_is_where_no_window_sees_padding(axis):
    whole = all(len(cells_by_hand(axis, w)) == axis.kernel for w in range(axis.places))
    assert not axis.is_inside() or whole


@given(axes(), st.integers(0, 99))
def test_sums_are_spread_to_where_they_came_from(axis, seed):
    """⟨joined(x), g⟩ = ⟨x, spread(g)⟩: one is the other turned round."""
    generator = np.random.default_rng(seed)
    x, grad = generator.integers(-9, 9, axis.size), generator.integers(-9, 9, axis.places)
    assert (joined(np.add, x, [axis]) * grad).sum() == (x * spread(grad, [axis])).sum()


def test_how_many_windows_by_hand():
    """Of 5 cells: kernel 2 by 2 steps leaves one over; a ceiling takes it in."""
    assert axes_of("pool", np.zeros(5), 1, 2)[0].places == 2
    assert axes_of("pool", np.zeros(5), 1, 2, ceil_mode=True)[0].places == 3
    assert axes_of("pool", np.zeros(5), 1, 3, 1, dilation=2)[0].places == 1
    assert axes_of("pool", np.zeros((4, 6)), 2, (1, 2), padding=(0, 1))[1].places == 4


def test_the_winner_of_a_window_with_nan_is_its_last():
    seen = [Seen(np.array([0]), np.array([3]), 1)]
    values, indices = winners(np.greater, np.array([1.0, np.nan, np.nan, 2.0]), seen)
    assert np.isnan(values).all()
    assert indices.tolist() == [2]


def test_large_kernels_have_the_same_winners_as_small_ones():
    """Beyond 255 cells another way is gone."""
    x = np.random.default_rng(0).permutation(400).reshape(20, 20)
    values, indices = max_pool2d(x, 20, return_indices=True)
    assert values.tolist() == [[399]]
    assert indices.tolist() == [[int(np.argmax(x))]]
    ties = max_pool2d(x // 100, 16, 4, return_indices=True)[1]
    first = [[np.argmax(x[i : i + 16, j : j + 16] // 100) for j in (0, 4)] for i in (0, 4)]
    rows, columns = np.divmod(np.array(first), 16)
    starts = np.array([[0, 4], [80, 84]])
    assert np.array_equal(ties, rows * 20 + columns + starts)


def test_flags():
    assert flag("pool", "ceil_mode", 1) is True
    assert flag("pool", "ceil_mode", np.False_) is False
    for value in (2, "yes", None, 1.0, np.ones(2)):
        with pytest.raises(ValueError, match="pool: ceil_mode must be True or False"):
            flag("pool", "ceil_mode", value)


def test_feature_maps_have_pixels_and_channels():
    assert feature_maps("pool", np.zeros((0, 2, 3)), 1).shape == (0, 2, 3)
    for shape, said in (((0, 3), "no channels"), ((2, 0), "no pixels"), ((), "expected")):
        with pytest.raises(ValueError, match=said):
            feature_maps("pool", np.zeros(shape), 1)


def test_an_axis_says_where_its_windows_start():
    assert Axis(4, 3, 2, 1, 1, 2).starts().tolist() == [-1, 1]
