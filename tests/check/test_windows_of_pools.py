"""Windows that share an input out, one over all of it, and p-norms, as a proof tells them."""

from __future__ import annotations

import math
from itertools import product, starmap
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn import nn
from quizcnn.check.codec import decode_proof, encode_proof
from quizcnn.check.job import Job
from quizcnn.check.language import run_job
from quizcnn.check.sliding import Sliding, flaw
from quizcnn.check.window_words import geometry_words, sum_words, window_lines
from quizcnn.check.windows import Place, Window, adds_up, powered, window


def slid(code: str) -> Sliding:
    """What is recorded of a check that slides one window."""
    proof = run_job(Job(code, trace=True))
    assert proof.failure is None, proof.failure
    (found,) = proof.windows
    assert isinstance(found, Sliding), found
    assert flaw(found) == ""
    assert repr(decode_proof(encode_proof(1, proof))[1]) == repr(proof)
    return found


def told(found: Sliding) -> list[Window]:
    return [
        window(found, place) for place in starmap(Place, product(*map(range, found.output.shape)))
    ]


def sums(code: str) -> list[str]:
    """Each place's sum in words."""
    found = slid(code)
    return [sum_words(found, one) for one in told(found)]


def test_a_global_average_is_one_window_over_each_channel() -> None:
    """(1 + 2 + 3 + 6) ÷ 4 = 3, and of the other channel (0 + 0 + 0 + 4) ÷ 4 = 1."""
    found = slid("global_avg_pool2d([[[1, 2], [3, 6]], [[0, 0], [0, 4]]])")
    assert (found.steps, found.shape) == (2, (2,))
    assert [one.result for one in told(found)] == [3, 1]
    assert list(window_lines(found, Place(0, 1, 0, 0)))[1:] == [
        "channel 1 of the output",
        "the window sees rows 0 to 1, columns 0 to 1 of the input",
        "(0 + 0 + 0 + 4) ÷ 4 = 1",
    ]
    assert geometry_words(found) == "one window over all of a channel"


def test_of_one_image_a_global_pool_makes_a_single_number() -> None:
    """Which has no row and no column; a batch has a number for each image and channel."""
    found = slid("global_max_pool2d([[1, 7], [5, 3]])")
    assert (found.shape, found.axes) == ((), 0)
    assert list(window_lines(found, Place(0, 0, 0, 0)))[1:] == [
        "the output, a single number",
        "the window sees rows 0 to 1, columns 0 to 1 of the input",
        "the largest of 1, 7, 5, 3 is 7",
    ]
    assert slid("global_avg_pool2d(ramp(2, 3, 2, 2))").shape == (2, 3)


@pytest.mark.parametrize(
    ("code", "shape", "full", "said"),
    [
        ("global_avg_pool2d(ramp(512, 7, 7))", (83,), (512,), "the first 83 of 512 channels"),
        ("max_pool2d(ramp(9, 64, 64), 2)", (1, 32, 32), (9, 32, 32), "the first of 9 channels"),
        ("avg_pool1d(ramp(9, 2, 4096), 8)", (1, 1, 512), (9, 2, 512), "the first of 9 images and"),
        ("global_max_pool2d(ramp(50, 9, 9, 9))", (5, 9), (50, 9), "the first 5 of 50 images"),
        ("adaptive_avg_pool1d(ramp(3, 2), 4096)", (3, 4096), (3, 4096), ""),
        ("adaptive_avg_pool1d(ramp(5, 2), 4096)", (1, 4096), (5, 4096), "the first of 5 channels"),
    ],
)
def test_of_many_channels_the_first_are_played(
    code: str, shape: tuple[int, ...], full: tuple[int, ...], said: str
) -> None:
    """Channels of a pool know nothing of each other; what is left out is said."""
    found = slid(code)
    assert (found.shape, found.full_shape) == (shape, full)
    first = [window(found, place) for place in (Place(0, 0, 0, 0), _last(found))]
    assert all(adds_up(found, one) for one in first)
    lines = [*window_lines(found, Place(0, 0, 0, 0)), geometry_words(found)]
    assert [said in line for line in (lines[0], lines[-1])] == [True, True]
    assert (found.of is None) is (said == "")


def _last(found: Sliding) -> Place:
    """The last place that is played."""
    return Place(*(side - 1 for side in found.output.shape))


def test_where_the_largest_of_many_stands_is_told() -> None:
    """A global pool looks at more values than have room in a sum."""
    (said,) = sums("global_max_pool2d(dot(5, 6, 3, 4))")
    assert said == "the largest of 30 values is 1, at row 3, column 4"


def test_adaptive_windows_overlap_where_they_do_not_come_out_even() -> None:
    """Of 0 10 20 30 40 three windows see 0 10, 10 20 30 and 30 40: means of 5, 20 and 35."""
    found = slid("adaptive_avg_pool1d([0, 10, 20, 30, 40], 3)")
    assert [[term.value for term in one.terms] for one in told(found)] == [
        [0, 10],
        [10, 20, 30],
        [30, 40],
    ]
    assert [one.divisor for one in told(found)] == [2, 3, 2]
    assert [one.result for one in told(found)] == [5, 20, 35]
    assert sums("adaptive_avg_pool1d([0, 10, 20, 30, 40], 3)")[1] == "(10 + 20 + 30) ÷ 3 = 20"
    assert geometry_words(found) == "windows of 2–3, spread evenly"
    assert geometry_words(slid("adaptive_avg_pool2d(ramp(4, 5), (2, 3))")) == (
        "windows of 2×2–3, spread evenly"
    )


def test_more_windows_than_cells_see_cells_again() -> None:
    """Two cells for four windows: each of them is seen twice."""
    found = slid("adaptive_max_pool2d([[3, 8]], (1, 4))")
    assert [[term.value for term in one.terms] for one in told(found)] == [[3], [3], [8], [8]]


def test_an_adaptive_maximum_has_its_winner() -> None:
    """Of 1 7 / 7 0 the 7 above wins, of 7 2 / 0 7 as well."""
    found = slid("adaptive_max_pool2d([[1, 7, 2], [7, 0, 7]], (1, 2), return_indices=True)[0]")
    assert [one.terms[one.winner or 0].cell for one in told(found)] == [(0, 1), (0, 0)]


@given(
    st.integers(1, 7),
    st.integers(1, 7),
    st.integers(1, 8),
    st.integers(1, 8),
    st.integers(0, 99),
)
@settings(max_examples=50)
def test_adaptive_windows_are_those_of_nn(
    height: int, width: int, down: int, across: int, seed: int
) -> None:
    """Whatever the sizes: told cells, winners and divisors give what nn computed."""
    x = nn.normal(2, height, width, seed=seed)
    size = (down, across)
    values, indices = nn.adaptive_max_pool2d(x, size, return_indices=True)
    wide = f"normal(2, {height}, {width}, seed={seed}), {size}"
    largest, means = slid(f"adaptive_max_pool2d({wide})"), slid(f"adaptive_avg_pool2d({wide})")
    for place, n in zip(np.ndindex(values.shape), range(values.size), strict=True):
        cell = Place(0, *place)
        one, mean = window(largest, cell), window(means, cell)
        assert one.winner is not None
        won = one.terms[one.winner]
        assert (one.result, won.row * width + won.column) == (
            values.ravel()[n],
            indices.ravel()[n],
        )
        # The window once more as a slice: from ⌊i·n / m⌋ up to ⌈(i + 1)·n / m⌉.
        rows, columns = (
            slice(i * n // m, math.ceil((i + 1) * n / m))
            for i, n, m in zip(place[1:], (height, width), size, strict=True)
        )
        seen = x[place[0]][rows, columns]
        assert [term.value for term in mean.terms] == seen.ravel().tolist()
        assert mean.divisor == seen.size
        assert mean.result == pytest.approx(seen.mean())
        assert adds_up(means, mean)
        assert adds_up(largest, one)


def test_a_norm_of_2_is_the_root_of_the_sum_of_squares() -> None:
    """√(3² + 4²) = 5, √(6² + 8²) = 10."""
    assert sums("lp_pool2d([[3, 4, 6, 8]], 2, (1, 2))") == ["√(3² + 4²) = 5", "√(6² + 8²) = 10"]
    assert geometry_words(slid("lp_pool2d([[3, 4]], 2, (1, 2))")) == (
        "kernel 1×2, stride (1, 2), p = 2"
    )


@pytest.mark.parametrize(
    ("power", "said"),
    [
        ("1", "3 + −4 = −1"),
        ("3", "(3^3 + (−4)^3)^(1/3) = nan"),
        ("4", "(3^4 + (−4)^4)^(1/4) ≈ 4.285"),
        ("np.inf", "the largest of |3|, |−4| is 4"),
        ("-np.inf", "the smallest of |3|, |−4| is 3"),
    ],
)
def test_other_norms_have_their_own_words(power: str, said: str) -> None:
    """Of 3 and −4: signs stay, and a negative sum has no root."""
    assert sums(f"lp_pool2d([[3, -4]], {power}, (1, 2))") == [said]


def test_a_window_over_the_edge_is_scaled_up_to_a_whole_one() -> None:
    """The second of two cells is missing: 6² counts twice."""
    assert sums("lp_pool2d([[3, 4, 6]], 2, (1, 2), ceil_mode=True)")[1] == "√(6² × 2 ÷ 1) ≈ 8.485"


def test_norms_of_many_values_are_counted() -> None:
    """By rows, or only how many; a mean of many says that it is divided."""
    found = slid("lp_pool2d(2 * ones(5, 5), 2, 5)")
    (one,) = told(found)
    assert sum_words(found, one) == "by rows: √(20 + 20 + 20 + 20 + 20) = 10"
    assert sum_words(found, one, room=30) == "the 2-norm of 25 values is 10"
    mean = slid("avg_pool2d(2 * ones(5, 5), 5)")
    assert sum_words(mean, told(mean)[0], room=34) == "the sum of 25 values ÷ 25 is 2"


@given(
    st.sampled_from(["1", "2", "3", "0.5", "-1", "7.5", "-2", "np.inf", "-np.inf"]),
    st.lists(st.floats(-9, 9), min_size=12, max_size=12),
    st.integers(1, 3),
    st.integers(1, 3),
)
@settings(max_examples=80)
def test_the_powers_told_add_up_to_what_nn_computed(
    power: str, values: list[float], kernel: int, stride: int
) -> None:
    """For every p, negative and broken ones too."""
    image = np.array(values).reshape(3, 4).tolist()
    code = f"lp_pool2d({image}, {power}, {kernel}, {stride}, ceil_mode=True)"
    found = slid(code)
    names: dict[str, Any] = {**vars(nn), "np": np}
    computed = np.asarray(eval(code, names)).ravel()
    for one, result in zip(told(found), computed.tolist(), strict=True):
        assert repr(one.result) == repr(result)
        assert adds_up(found, one)


def test_a_norm_that_is_not_the_result_says_so() -> None:
    """Whatever the proof has for 5, it is no root of 9 + 16 if it is 6."""
    found = slid("lp_pool2d([[3, 4]], 2, (1, 2))")
    wrong = Window(Place(0, 0, 0, 0), told(found)[0].terms, 6.0, divisor=2.0)
    assert not adds_up(found, wrong)
    assert "but the proof has another value" in sum_words(found, wrong)


def test_powers_are_those_of_numpy() -> None:
    """Where Python raises, or goes over to complex numbers."""
    with np.errstate(all="ignore"):
        for value, power in product((-2.0, -0.0, 0.0, 3.0, 1e200, -1e200), (-1.0, 0.5, 2.0, 3.0)):
            expected = float(np.float64(value) ** power)
            found = powered(value, power)
            same = (math.isnan(found) and math.isnan(expected)) or abs(found) == abs(expected)
            assert same, (value, power, found, expected)
    assert powered(-1e200, 3.0) == -math.inf


def test_what_ran_over_in_a_sum_does_not_stop_the_telling() -> None:
    """1e308 − 1e308 is 0, though the sum of what is summed is too large for a float."""
    (said,) = sums("conv1d([1e308, 1e308], [1, -1])")
    assert said == "1e+308×1 + 1e+308×−1 = 0"
