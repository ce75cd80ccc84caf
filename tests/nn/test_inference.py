"""Lists of layers run, and give the shapes that were worked out for them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.nn.blocks import Parallel, Residual
from quizcnn.nn.geometry import output_shape
from quizcnn.nn.inference import forward, largest_map, paths, rising, run, unit_weights, watching
from quizcnn.nn.layer import Layer
from quizcnn.nn.layers import (
    Conv1d,
    Conv2d,
    Conv3d,
    ConvTranspose2d,
    Linear,
    LocallyConnected2d,
    Subsample2d,
)
from quizcnn.nn.layers_pointwise import Dropout, Flatten, ReLU, ReLU6, Sigmoid, Softmax, Tanh
from quizcnn.nn.layers_pooling import AvgPool2d, GlobalAvgPool2d, GlobalMaxPool2d, MaxPool2d
from quizcnn.nn.networks import lenet5, vgg16

FOUR = np.arange(16.0).reshape(4, 4)


def test_who_watches_is_told_of_each_layer_and_what_it_made() -> None:
    """Inside of blocks too; of one example without the axis of a batch."""
    seen = []
    net = [Residual([ReLU(), AvgPool2d(1)], shortcut=ReLU()), Parallel(MaxPool2d(2), MaxPool2d(2))]
    with watching(seen.append):
        made = forward(net, FOUR)
        assert len(seen) == 5
    assert [(told.where, str(told.layer)) for told in seen] == [
        ("layer 1 of the body of layer 1", "ReLU()"),
        ("layer 2 of the body of layer 1", "AvgPool2d(1)"),
        ("layer 1 of the shortcut of layer 1", "ReLU()"),
        ("layer 1 of branch 1 of layer 2", "MaxPool2d(2)"),
        ("layer 1 of branch 2 of layer 2", "MaxPool2d(2)"),
    ]
    assert seen[3].input.tolist() == [(2 * FOUR).tolist()]
    assert seen[3].output.tolist() == [[[10, 14], [26, 30]]]
    assert made[1].tolist() == seen[4].output[0].tolist()


def test_a_batch_is_watched_as_one_and_weights_are_told() -> None:
    seen = []
    with watching(seen.append):
        made = forward([Conv2d(1, 2, 3)], np.ones((3, 1, 4, 4)), seed=5)
    (told,) = seen
    assert told.input.shape == (3, 1, 4, 4)
    assert told.weight.shape == (2, 1, 3, 3)
    assert told.output.tolist() == made.tolist()


def test_nobody_is_told_afterwards_or_of_other_runs() -> None:
    """Only `forward` tells, and only as long as somebody watches."""
    seen = []
    with watching(seen.append), pytest.raises(ValueError, match="Conv2d"):
        forward(Conv2d(3, 1, 2), FOUR)
    forward(MaxPool2d(2), FOUR)
    with watching(seen.append):
        run([MaxPool2d(2)], FOUR[np.newaxis, np.newaxis], [None])
    assert seen == []


def test_pooling_layers_on_a_ramp() -> None:
    assert forward(MaxPool2d(2), FOUR).tolist() == [[5, 7], [13, 15]]
    assert forward([AvgPool2d(2)], FOUR).tolist() == [[2.5, 4.5], [10.5, 12.5]]
    assert forward(GlobalMaxPool2d(), FOUR[np.newaxis]).tolist() == [15]
    assert forward(GlobalAvgPool2d(), FOUR[np.newaxis]).tolist() == [7.5]
    assert forward(MaxPool2d(3, stride=2, padding=1), FOUR).tolist() == [[5, 7], [13, 15]]


def test_elementwise_layers() -> None:
    assert forward([ReLU(), Dropout(0.9)], [-1.0, 2.0]).tolist() == [0, 2]
    assert forward(Softmax(), [0.0, 0.0]).tolist() == [0.5, 0.5]
    assert forward(Flatten(), FOUR).tolist() == list(range(16))


def test_trained_subsampling_scales_the_sum_of_each_window() -> None:
    layer = Subsample2d(2)
    both = np.stack([FOUR, 2 * FOUR])
    sums = np.array([[10.0, 18.0], [42.0, 50.0]])
    made = forward(layer, both)
    scales = made[:, 0, 0] / [10, 20]
    assert np.allclose(made, np.stack([sums, 2 * sums]) * scales[:, np.newaxis, np.newaxis])


def test_a_locally_connected_layer_has_a_kernel_of_its_own_for_each_place() -> None:
    image = np.zeros((1, 4, 4))
    image[0, 0, 0] = image[0, 2, 2] = 1.0
    shared = forward(Conv2d(1, 1, 2, stride=2), image)[0]
    assert shared[0, 0] == shared[1, 1] != 0
    own = forward(LocallyConnected2d(1, 1, 2, 4, stride=2), image)[0]
    assert own[0, 0] != own[1, 1]
    assert own[0, 1] == own[1, 0] == 0


def test_he_weights_keep_the_size_of_signals_through_relu() -> None:
    x = forward([Linear(1000, 1000), ReLU(), Linear(1000, 1000)], np.ones(1000), seed=3)
    assert 1.7 < np.var(x) < 2.3


def test_weights_are_a_function_of_the_seed() -> None:
    x = np.ones((1, 32, 32))
    assert np.array_equal(forward(lenet5(), x, seed=1), forward(lenet5(), x, seed=1))
    assert not np.array_equal(forward(lenet5(), x, seed=1), forward(lenet5(), x, seed=2))


def test_a_batch_is_run_as_its_examples_are() -> None:
    batch = np.random.default_rng(0).normal(size=(3, 1, 32, 32))
    singly = np.stack([forward(lenet5(), example) for example in batch])
    assert np.allclose(forward(lenet5(), batch), singly, rtol=0, atol=1e-12)


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                Conv2d(2, 2, 3, padding=1),
                Conv2d(2, 2, (1, 3), stride=(2, 1), groups=2),
                Conv2d(2, 2, 2, dilation=2, padding="same"),
                MaxPool2d(2),
                AvgPool2d(3, stride=2, padding=1),
                Subsample2d(2),
                ReLU(),
                Dropout(),
            ]
        ),
        max_size=4,
    ),
    st.integers(1, 17),
    st.integers(1, 17),
)
def test_the_shape_computed_is_the_shape_worked_out(
    layers: list[Layer], height: int, width: int
) -> None:
    try:
        expected = output_shape(layers, (2, height, width))
    except ValueError as error:
        with pytest.raises(ValueError, match="pixels along each side"):
            forward(layers, np.ones((2, height, width)))
        assert "pixels along each side" in str(error)
    else:
        assert forward(layers, np.ones((2, height, width))).shape == expected


def test_signals_in_one_and_volumes_in_three_dimensions() -> None:
    """Alone or in a batch: the first convolution says how many axes an example has."""
    for layer, shape, after in [
        (Conv1d(2, 3, 3), (2, 8), (3, 6)),
        (Conv3d(1, 3, 2), (1, 4, 5, 6), (3, 3, 4, 5)),
        (ConvTranspose2d(2, 3, 2, 2), (2, 4, 5), (3, 8, 10)),
    ]:
        batch = np.random.default_rng(0).normal(size=(2, *shape))
        both = forward([ReLU(), layer], batch)
        assert both.shape == (2, *after)
        assert np.allclose(both[1], forward([ReLU(), layer], batch[1]))
    with pytest.raises(
        ValueError, match=r"expects shape \(2, L\), the input has shape \(1, 1, 2, 8\)"
    ):
        forward(Conv1d(2, 3, 3), np.ones((1, 1, 2, 8)))


def test_a_transposed_convolution_undoes_the_matrix_of_a_convolution() -> None:
    """With weights of 1 each input value is laid down under the whole kernel."""
    made = run([ConvTranspose2d(1, 1, 2)], FOUR[None, None], [np.ones((1, 1, 2, 2))])[0, 0]
    assert made[0].tolist() == [0, 1, 3, 5, 3]
    assert made.sum() == 4 * FOUR.sum()


def test_weights_inside_blocks_are_drawn_one_after_another() -> None:
    """So that a list and the same layers in branches get the same weights."""
    layers = [Conv2d(1, 1, 1), Conv2d(1, 1, 1)]
    first = forward(Conv2d(1, 1, 1), FOUR, seed=3)
    both = forward(Parallel(*layers), FOUR[np.newaxis], seed=3)
    in_turn = forward(layers, FOUR, seed=3)
    assert np.allclose(both[0], first)
    assert np.allclose(both[0] * both[1], in_turn * FOUR)


def test_the_room_that_branches_need() -> None:
    """A residual keeps its input, parallel branches all that they have made so far."""
    assert largest_map([Conv2d(1, 4, 3, padding=1), ReLU()], (1, 8, 8)) == 256
    assert largest_map(Conv2d(1, 1, 1, stride=30, padding=30), (1, 4, 4)) == 64 * 64
    assert largest_map(MaxPool2d(9, stride=9, padding=4), (2, 9, 9)) == 2 * 17 * 17
    wide = Conv2d(1, 4, 1)
    assert largest_map(Residual(wide, wide), (1, 8, 8)) == 64 + 256 + 256 + 256
    assert largest_map(Parallel(*[wide] * 5), (1, 8, 8)) == 64 + 5 * 256 + 5 * 256
    with pytest.raises(ValueError, match="here 25740288 would come out"):
        forward(Parallel(*[wide] * 64), np.zeros((224, 224)))


def test_paths_through_branches_are_added_or_the_most_counted() -> None:
    three, one = Conv2d(1, 1, 3), Conv2d(1, 1, 1)
    assert paths([three, three]) == 81
    assert paths(Residual(three)) == 10
    assert paths(Residual([three, three], three)) == 90
    assert paths([Parallel(three, [three, one]), Conv2d(2, 1, 1)]) == 18
    assert paths([ConvTranspose2d(2, 1, 3, stride=2), MaxPool2d(2), Linear(5, 1)]) == 2 * 4 * 5


def test_layers_that_squash_are_left_out_where_influence_is_measured() -> None:
    layers = [Conv2d(1, 1, 3), ReLU6(), Residual([Sigmoid(), Conv2d(1, 1, 1), Tanh()])]
    assert rising(layers) == [Conv2d(1, 1, 3), Residual(Conv2d(1, 1, 1))]


def test_unit_weights_count_the_paths_to_an_output() -> None:
    weights = unit_weights([Conv2d(3, 8, 3), ReLU()])
    assert weights[0] is not None
    assert weights[0].shape == (8, 3, 3, 3)
    assert weights[1] is None


def test_what_does_not_fit_and_what_is_too_large_is_refused() -> None:
    with pytest.raises(ValueError, match=r"Linear\(400, 120\) expects 400 values"):
        forward(lenet5(), np.zeros((1, 28, 28)))
    with pytest.raises(ValueError, match="up to 4000000 parameters, this one has 138357544"):
        forward(vgg16(), np.zeros((3, 224, 224)))
    with pytest.raises(ValueError, match="here 40000000 would come out"):
        forward(Conv2d(1, 4000, 1), np.zeros((100, 100)))
