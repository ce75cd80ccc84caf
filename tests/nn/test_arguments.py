import numpy as np
import pytest

from quizcnn.nn.arguments import each, numeric, real, whole


def test_an_array_of_numbers_comes_back_as_it_is():
    x = np.ones((2, 2), np.float32)
    assert numeric("relu", x) is x


def test_truth_values_count_as_0_and_1():
    assert numeric("relu", np.array([True, False])).tolist() == [1, 0]
    assert numeric("relu", True).dtype == np.int64


@pytest.mark.parametrize(
    ("x", "words"),
    [
        ("seven", "must be numbers, but is <U5"),
        ([1, "two"], "must be numbers"),
        (None, "must be numbers, but is object"),
        ([1j], "must be numbers, but is complex128"),
        ([2**80], "must be numbers, but is object"),
        ([[1, 2], [3]], "is not an array"),
    ],
)
def test_what_is_not_numbers_is_refused_in_words(x, words):
    with pytest.raises(ValueError, match=words) as caught:
        numeric("relu", x)
    assert str(caught.value).startswith("relu: the input ")


def test_whole_numbers_of_numpy_are_whole_numbers():
    assert whole("box", "size", np.int64(3), 1) == 3
    assert each("conv2d", "stride", np.array([1, 2]), 2, 1) == (1, 2)


@pytest.mark.parametrize("value", [1.5, 2.0, "2", True, None, (1, 2)])
def test_what_is_not_a_whole_number_is_refused(value):
    with pytest.raises(ValueError, match="size must be a whole number"):
        whole("box", "size", value, 1)


@pytest.mark.parametrize("value", [1.5, "same", False, None, (1,), (1, 2, 3), (1, 2.0), {1, 2}])
def test_what_is_not_a_pair_is_refused(value):
    with pytest.raises(ValueError, match="stride must be a whole number or a pair"):
        each("conv2d", "stride", value, 2, 1)


def test_both_of_a_pair_must_be_large_enough():
    assert each("conv2d", "padding", [0, 3], 2, 0) == (0, 3)
    for value in (-1, (0, -1), (-1, 0)):
        with pytest.raises(ValueError, match="padding must be at least 0, but is"):
            each("conv2d", "padding", value, 2, 0)


def test_one_real_number():
    assert real("elu", "alpha", 2) == 2.0
    assert real("elu", "alpha", np.float32(0.5)) == 0.5
    assert real("elu", "alpha", np.array(3)) == 3.0
    for value in ("steep", None, [1.0], np.ones(1), 1j):
        with pytest.raises(ValueError, match="elu: alpha must be a number, but is"):
            real("elu", "alpha", value)
