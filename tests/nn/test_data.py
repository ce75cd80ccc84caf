"""Toy data sets hold what they say, where they say, and depend on nothing but the seed."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.nn.data import Dataset, bars, dot_position, edges, random_labels, shape_anywhere

ALL = [bars, dot_position, edges, random_labels, shape_anywhere]
Task = Callable[..., Dataset]


@pytest.mark.parametrize("task", ALL)
def test_a_data_set_is_a_function_of_its_seed(task: Task) -> None:
    one, again, other = task(30, seed=4), task(30, seed=4), task(30, seed=5)
    assert np.array_equal(one.images, again.images)
    assert np.array_equal(one.labels, again.labels)
    assert not np.array_equal(one.images, other.images)
    assert not np.array_equal(one.labels, other.labels)


@pytest.mark.parametrize("task", ALL)
def test_both_labels_come_equally_often(task: Task) -> None:
    labels = task(4000).labels
    labels = labels if labels.ndim == 1 else labels.sum(axis=(1, 2)) > 0
    assert 0.45 < labels.mean() < 0.55


@settings(max_examples=25)
@given(st.integers(0, 1000), st.integers(1, 5), st.integers(0, 2))
def test_bars_lie_or_stand_as_labelled(seed: int, length: int, inset: int) -> None:
    data = bars(20, seed, noise=0.0, size=10, length=length, inset=inset)
    for image, label in zip(data.images, data.labels, strict=True):
        rows, columns = np.nonzero(image)
        assert image.sum() == image[rows, columns].size == length
        across, along = (rows, columns) if label == 0 else (columns, rows)
        assert np.ptp(across) == 0
        assert np.ptp(along) == length - 1
        assert inset <= min(rows.min(), columns.min())
        assert max(rows.max(), columns.max()) <= 9 - inset


def test_bars_reach_every_place_that_they_may() -> None:
    data = bars(4000, noise=0.0, size=5, length=4, inset=0)
    assert len(np.unique(data.images, axis=0)) == 2 * 2 * 5


@settings(max_examples=25)
@given(st.integers(0, 1000))
def test_dots_are_in_the_half_that_the_label_says(seed: int) -> None:
    data = dot_position(50, seed)
    index, rows, columns = np.nonzero(data.images)
    assert index.tolist() == list(range(50))
    assert np.array_equal(rows >= 6, data.labels == 1)
    assert {rows.min(), columns.min()} <= set(range(2, 10))
    assert max(rows.max(), columns.max()) <= 9


def test_a_plus_and_a_cross_have_nine_pixels_each_at_any_place() -> None:
    data = shape_anywhere(300, noise=0.0)
    assert set(data.images.sum(axis=(1, 2))) == {9.0}
    assert set(np.unique(data.images)) == {0.0, 1.0}
    assert np.array_equal(data.images.sum(axis=2).max(axis=1) == 5, data.labels == 0)
    assert data.images[:, 1:-1, 1:-1].sum() == data.images.sum()
    assert np.count_nonzero(data.images.sum(axis=0)) == 10 * 10


def test_noise_has_the_deviation_asked_for() -> None:
    assert np.std(bars(500, noise=0.5).images - bars(500, noise=0.0).images) == pytest.approx(
        0.5, abs=0.01
    )


def test_random_labels_know_nothing_of_their_images() -> None:
    data = random_labels(4000)
    difference = data.images[data.labels == 1].mean(axis=0) - data.images[data.labels == 0].mean(
        axis=0
    )
    assert np.abs(difference).max() < 5 * np.sqrt(4 / 4000)


def test_an_edge_is_marked_in_the_windows_that_straddle_it() -> None:
    data = edges(200, noise=0.0)
    differences = data.images[:, :, 2:] - data.images[:, :, :-2]
    assert np.array_equal(differences[:, 1:-1], data.labels)
    assert set(np.unique(data.labels)) == {-1.0, 0.0, 1.0}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: bars(0), "examples must be at least 1"),
        (lambda: bars(5, length=11), "11 pixels do not fit into a side of 12 with 1 pixels"),
        (lambda: shape_anywhere(5, size=6), "5 pixels do not fit"),
        (lambda: dot_position(5, size=4), "2 pixels do not fit"),
        (lambda: edges(5, size=2), "size must be at least 3"),
        (lambda: bars(5, noise=-1.0), "noise must be a number of at least 0"),
        (lambda: random_labels(5, seed=-1), "seed must be at least 0"),
    ],
)
def test_nonsense_is_refused(make: Callable[[], Dataset], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
