import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn import (
    allclose,
    box,
    checkerboard,
    count_nonzero,
    dot,
    equal,
    eye,
    full,
    integers,
    normal,
    ones,
    ramp,
    square,
    step_edge,
    uniform,
    zeros,
)


def test_ramp_counts_row_by_row():
    assert ramp(2, 2, 2).tolist() == [[[0, 1], [2, 3]], [[4, 5], [6, 7]]]


@pytest.mark.parametrize("make", [ramp, ones, zeros, normal, uniform])
def test_a_shape_is_given_side_by_side_or_as_one_tuple(make):
    x = make(2, 3)
    assert x.shape == (2, 3)
    assert x.dtype == np.float64
    assert equal(make((2, 3)), x)
    assert make(4).shape == (4,)


@pytest.mark.parametrize("make", [ramp, ones, zeros, normal, uniform, integers])
def test_bad_sides_are_refused_by_name(make):
    name = make.__name__
    for shape in ((-1, 2), (2.0, 2), ("3",), ((2, 3), 4)):
        with pytest.raises(ValueError, match=f"^{name}: each side of the shape must be"):
            make(*shape)
    with pytest.raises(ValueError, match=f"^{name}: give the shape, for example {name}"):
        make()


def test_full_repeats_one_number():
    assert full((2, 1), 3).tolist() == [[3.0], [3.0]]
    assert full(2, -1.5).tolist() == [-1.5, -1.5]
    with pytest.raises(ValueError, match=r"value must be one number, but has shape \(2,\)"):
        full((2, 2), [1, 2])


def test_eye_is_the_identity():
    x = normal(4, 4)
    assert equal(x @ eye(4), x)


def test_checkerboard_takes_turns_in_both_directions():
    assert checkerboard(3, 2).tolist() == [[0, 1], [1, 0], [0, 1]]


def test_dot_is_one_bright_pixel():
    image = dot(3, 4, 2, 1, value=9)
    assert image.sum() == image[2, 1] == 9


@pytest.mark.parametrize(("row", "column"), [(3, 0), (0, 4), (-1, 0), (0, -1)])
def test_a_dot_lies_inside_the_image(row, column):
    with pytest.raises(ValueError, match=r"^dot: "):
        dot(3, 4, row, column)


def test_square_is_filled():
    image = square(5, 6, 1, 3, 2, value=4)
    assert image.sum() == 16
    assert (image[1:3, 3:5] == 4).all()


def test_a_square_lies_inside_the_image():
    assert square(3, 3, 0, 0, 3).sum() == 9
    with pytest.raises(ValueError, match="3×3 at row 0, column 1 reaches outside an image of 3×3"):
        square(3, 3, 0, 1, 3)


def test_step_edge_rises_at_its_column():
    assert step_edge(2, 4, 2).tolist() == [[0, 0, 1, 1], [0, 0, 1, 1]]
    assert step_edge(1, 2, 0).tolist() == [[1, 1]]
    assert step_edge(1, 2, 2).tolist() == [[0, 0]]
    with pytest.raises(ValueError, match="column 3 lies outside"):
        step_edge(1, 2, 3)


def test_box_weighs_all_pixels_alike():
    assert box(3).shape == (3, 3)
    assert allclose(box(3).sum(), 1)
    assert box(2)[0, 0] == 0.25
    with pytest.raises(ValueError, match="box: size must be at least 1, but is 0"):
        box(0)


@pytest.mark.parametrize("make", [normal, uniform, integers])
def test_random_arrays_follow_their_seed_alone(make):
    assert equal(make(50, seed=7), make(50, seed=7))
    assert not equal(make(50, seed=7), make(50, seed=8))
    assert equal(make(50), make(50, seed=0))


def test_random_arrays_have_their_distribution():
    x = normal(20_000)
    assert abs(x.mean()) < 0.03
    assert abs(x.std() - 1) < 0.03
    y = uniform(20_000, low=2, high=6)
    assert abs(y.mean() - 4) < 0.05
    assert 2 <= y.min() < 2.01
    assert 5.99 < y.max() < 6


def test_random_integers_reach_low_but_not_high():
    x = integers(1000, low=-2, high=2)
    assert set(x.tolist()) == {-2, -1, 0, 1}
    assert x.dtype == np.int64


def test_empty_and_endless_ranges_are_refused():
    with pytest.raises(ValueError, match=r"high \(3\) must be above low \(3\)"):
        integers(2, low=3, high=3)
    with pytest.raises(ValueError, match=r"low \(2.0\) must not be above high \(1.0\)"):
        uniform(2, low=2, high=1)
    with pytest.raises(ValueError, match="both finite"):
        uniform(2, high=np.inf)


def test_count_nonzero_is_a_plain_number():
    count = count_nonzero([[0, -1.5], [np.nan, 0]])
    assert count == 2
    assert type(count) is int


def test_comparisons_are_plain_truth_values():
    assert equal(ones(2), ones(2)) is True
    assert equal(ones(2), ones(1, 2)) is False
    assert equal([np.nan], [np.nan]) is False
    assert allclose(ones(2), [1, 1 + 1e-12]) is True
    assert allclose([np.nan], [np.nan]) is False
    assert allclose([np.inf], [np.inf]) is True


def test_allclose_does_not_take_wrong_shapes_for_a_difference():
    assert allclose(full((2, 2), 0.25), 0.25)
    with pytest.raises(ValueError, match=r"shapes \(2,\) and \(2, 2\) differ"):
        allclose(ones(2), ones(2, 2))


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.sampled_from([0.0, 1e-9, 1e-3, 0.5]))
def test_allclose_means_what_it_says(a, b, tolerance):
    assert allclose(a, b, tolerance) == (abs(a - b) <= tolerance + tolerance * abs(b))


def test_the_tolerance_grows_with_the_numbers():
    """At 1000 a tolerance of 0.001 allows 0.001 · 1001 = 1.001."""
    assert allclose(1001.0, 1000, 1e-3)
    assert not allclose(1001.1, 1000, 1e-3)


def test_a_tolerance_is_not_negative():
    for tolerance in (-1e-9, np.nan):
        with pytest.raises(ValueError, match="tolerance must not be negative"):
            allclose(1, 1, tolerance)
