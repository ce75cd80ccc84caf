"""The experiments come out as the decks claim, for twenty seeds each."""

import numpy as np
import pytest

from quizcnn.nn.arrays import normal, zeros
from quizcnn.nn.convolution import conv2d
from quizcnn.nn.data import bars, dot_position, edges, random_labels, shape_anywhere
from quizcnn.nn.experiments import (
    Experiment,
    bar_kernels,
    experiment,
    pixel_features,
    pooled_features,
)
from quizcnn.nn.fits import accuracy, least_squares, predict

twenty = pytest.mark.parametrize("seed", range(20))


@twenty
def test_global_pooling_reduces_overfitting_on_bars(seed: int) -> None:
    plain = experiment(bars, pool="none", examples=40, seed=seed)
    pooled = experiment(bars, pool="global", examples=40, seed=seed)
    assert plain.train == 1.0
    assert plain.test < 0.72
    assert pooled.train >= 0.9
    assert pooled.test > 0.96


@twenty
def test_global_pooling_finds_a_shape_anywhere(seed: int) -> None:
    plain = experiment(shape_anywhere, pool="none", examples=40, seed=seed)
    pooled = experiment(shape_anywhere, pool="global", examples=40, seed=seed)
    assert plain.test < 0.8
    assert pooled.test > 0.95


@twenty
def test_global_pooling_loses_the_position_and_underfits(seed: int) -> None:
    plain = experiment(dot_position, pool="none", examples=400, seed=seed)
    pooled = experiment(dot_position, pool="global", examples=400, seed=seed)
    assert plain.train == 1.0
    assert plain.test > 0.99
    assert pooled.train < 0.6
    assert 0.46 < pooled.test < 0.54


@twenty
def test_raw_pixels_know_the_position_but_not_the_shape(seed: int) -> None:
    assert experiment(dot_position, examples=400, seed=seed, features="pixels").test > 0.97
    assert experiment(bars, examples=40, seed=seed, features="pixels").test < 0.6


@twenty
def test_random_labels_are_learned_by_heart_only_with_more_features_than_examples(
    seed: int,
) -> None:
    few = experiment(random_labels, examples=40, seed=seed, features="pixels")
    assert few.train == 1.0
    assert 0.44 < few.test < 0.56
    many = experiment(random_labels, examples=1000, seed=seed, features="pixels")
    assert many.features * 4 < 1000
    assert many.train < 0.75
    assert 0.44 < many.test < 0.56


def test_an_experiment_is_made_of_parts_that_can_be_put_together_by_hand() -> None:
    known, new = bars(40, seed=7), bars(500, seed=1_000_007)
    fit = least_squares(pooled_features(known.images, "2x2"), known.labels, intercept=True)
    result = experiment(bars, pool="2x2", examples=40, seed=7, tests=500)
    assert result == Experiment(
        train=accuracy(fit.predictions, known.labels),
        test=accuracy(predict(fit, pooled_features(new.images, "2x2")), new.labels),
        features=50,
    )


def test_a_task_may_be_given_other_settings_by_a_lambda() -> None:
    clean = experiment(lambda examples, seed: bars(examples, seed, noise=0.0), pool="global")
    assert (clean.train, clean.test) == (1.0, 1.0)


def test_features_are_rectified_answers_of_each_kernel() -> None:
    images, kernels = normal(3, 6, 6), normal(4, 3, 3, seed=1)
    features = pooled_features(images, kernels=kernels).reshape(3, 4, 4, 4)
    assert np.allclose(features[2, 1], np.maximum(conv2d(images[2], kernels[1]), 0), atol=1e-12)


@pytest.mark.parametrize(
    ("pool", "filters", "pixels"),
    [
        ("none", 200, 144),
        ("2x2", 50, 36),
        ("2x2 average", 50, 36),
        ("global", 2, 1),
        ("global average", 2, 1),
    ],
)
def test_pooling_leaves_so_many_features(pool: str, filters: int, pixels: int) -> None:
    images = zeros(5, 12, 12)
    assert pooled_features(images, pool).shape == (5, filters)  # type: ignore[arg-type]
    assert pixel_features(images, pool).shape == (5, pixels)  # type: ignore[arg-type]


def test_pooled_features_of_a_dot_worked_out_by_hand() -> None:
    image = zeros(1, 12, 12)
    image[0, 5, 5] = 1.0
    assert pooled_features(image, "global").tolist() == [[2, 2]]
    # three windows have the dot in their middle row or column, the other six answer below 0
    assert np.allclose(pooled_features(image, "global average"), 3 * 2 / 100, atol=1e-15)
    assert pixel_features(image, "global").tolist() == [[1]]


def test_bar_kernels_ignore_flat_ground() -> None:
    assert bar_kernels().sum(axis=(1, 2)).tolist() == [0, 0]


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match='pool must be one of "none", "global", "2x2"'):
        experiment(bars, pool="max")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match='features are "filters" or "pixels"'):
        experiment(bars, features="raw")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="with a label for each image, such as bars, not edges"):
        experiment(edges)
    with pytest.raises(ValueError, match="not 3"):
        experiment(3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="tests must be at least 1"):
        experiment(bars, tests=0)
    with pytest.raises(ValueError, match=r"expected \(N, H, W\)"):
        pooled_features(zeros(12, 12))
    with pytest.raises(ValueError, match=r"expected \(K, kH, kW\)"):
        pooled_features(zeros(1, 12, 12), kernels=zeros(3, 3))
