"""Every convolution is there by its plain name in a check, and its size is foreseen."""

from __future__ import annotations

import itertools
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.check.calls import bind
from quizcnn.check.job import Job
from quizcnn.check.language import run_job
from quizcnn.check.limits import ELEMENTS
from quizcnn.check.sizes import estimate
from quizcnn.check.table import TABLE
from quizcnn.check.targets import targets

HOLDS = [
    "equal(conv1d(ramp(4), ones(2)), np.array([1.0, 3.0, 5.0]))",
    "conv2d(ramp(7, 7), ones(3, 3), stride=2, padding='same_upper').shape == (4, 4)",
    "conv2d(ramp(7, 7), ones(3, 3), padding=((1, 0), (0, 2))).shape == (6, 7)",
    "conv3d(ones(4, 4, 4), ones(2, 2, 2)).max() == 8",
    "conv_transpose1d(ramp(3), ones(2), stride=2).size == 6",
    "conv_transpose2d(ones(2, 4, 4), ones(2, 3, 4, 4), stride=2, padding=1).shape == (3, 8, 8)",
    "conv_transpose3d(ones(2, 2, 2), ones(2, 2, 2)).max() == 8",
    "conv1d_backward(ones(2), ramp(3), ones(2)).weight.tolist() == [1, 3]",
    "conv2d_backward(ones(2, 2), ramp(3, 3), ones(2, 2)).bias == 4",
    "conv3d_backward(ones(1, 1, 1), ones(2, 2, 2), ones(2, 2, 2)).input.sum() == 8",
    "ConvolutionGradients(1, 2, 3).bias == 3",
    "depthwise_conv2d(ones(3, 4, 4), ones(3, 3, 3), padding='same').shape == (3, 4, 4)",
    "separable_conv2d(ones(3, 4, 4), ones(3, 3, 3), ones(5, 3)).shape == (5, 2, 2)",
    "octave_conv2d(ones(1, 4, 4), ones(1, 2, 2), ones(1, 1, 1, 1), ones(1, 1, 1, 1), "
    "ones(1, 1, 1, 1), ones(1, 1, 1, 1)).low.max() == 2",
    "Octaves(1, 2).high == 1",
    "involution2d(ones(2, 4, 4), ones(1, 2), ones(9, 1)).max() == 18",
    "unfold(ramp(4, 4), 2, stride=2).shape == (4, 4)",
    "equal(fold(unfold(ramp(4, 4), 2, stride=2), (4, 4), 2, stride=2)[0], ramp(4, 4))",
    "conv_matrix(ones(2, 2), (3, 3), padding=((1, 0), (0, 0))).shape == (6, 9)",
    "convolve2d(ones(2, 2), ones(2, 2)).max() == 4",
    "correlate2d(ones(2, 2), ones(2, 2)).item() == 4",
    "circular_convolve(np.array([1, 2, 3]), np.array([0, 1])).tolist() == [3, 1, 2]",
    "allclose(fft_convolve(ramp(4), ones(2), mode='same'), np.array([0.0, 1, 3, 5]))",
    "allclose(overlap_add(ramp(9), ones(2), 4), np.convolve(ramp(9), ones(2)))",
    "deconvolve(np.array([1, 3, 2]), np.array([1, 1])).quotient.tolist() == [1, 2]",
    "Deconvolution(1, 2).remainder == 2",
    "allclose(inverse_filter(circular_convolve(ramp(4), np.array([3, 1])), np.array([3, 1])), "
    "ramp(4))",
    # An operation passed on by name; the exact gradient is that of the nudges.
    "allclose(grad(conv2d, ramp(4, 4), ones(2, 2)), "
    "conv2d_backward(ones(3, 3), ramp(4, 4), ones(2, 2)).input)",
]


@pytest.mark.parametrize("code", HOLDS)
def test_a_check_may_compute_it(code: str) -> None:
    proof = run_job(Job(code))
    assert proof.failure is None, proof.failure
    assert proof.value is True


@pytest.mark.parametrize(
    "code",
    [
        "conv2d(ones(2, 2), ones(1, 1), padding=((0, 10 ** 6), (0, 10 ** 6)))",
        "conv1d(ones(2), ones(1), padding=((0, 10 ** 9),))",
        "conv3d(ones(2, 2, 2), ones(1, 1, 1), padding=500)",
        "conv2d(ones(8, 8), ones(2, 2), padding='same_lower', dilation=10 ** 6)",
        "conv_transpose1d(ones(2), ones(2), stride=10 ** 9)",
        "conv_transpose2d(ones(100, 100), ones(100, 100), stride=100)",
        "conv_transpose2d(ones(2, 2), ones(2, 2), dilation=10 ** 6)",
        "conv_transpose3d(ones(2, 2, 2), ones(2, 2, 2), stride=1000, output_padding=999)",
        "conv_transpose2d(ones(64, 2, 2), ones(64, 64, 1, 1), stride=400, groups=64)",
        "conv2d_backward(ones(1, 1), ones(1, 1), ones(1, 1), padding=10 ** 6)",
        "unfold(ones(300, 300), 30)",
        "unfold(ones(3, 3), 3, padding=10 ** 5)",
        "fold(ones(4, 1), 10 ** 6, 2, stride=10 ** 6)",
        "fold(ones(4, 1), 2, 2, padding=10 ** 6)",
        "conv_matrix(ones(2, 2), (9, 9), padding=((0, 3000), (0, 3000)))",
        "depthwise_conv2d(ones(64, 9, 9), ones(64, 3, 3), padding=300)",
        "separable_conv2d(ones(1, 300, 300), ones(1, 1, 1), ones(300, 1))",
        "octave_conv2d(ones(1, 300, 300), ones(1, 150, 150), ones(99, 1, 1, 1), "
        "ones(99, 1, 1, 1), ones(99, 1, 1, 1), ones(99, 1, 1, 1))",
        "involution2d(ones(8, 200, 200), ones(1, 8), ones(225, 1), 15)",
        "fft_convolve(ones(2000, 1), ones(1, 2000))",
        "circular_convolve(ones(2000, 2000), ones(300, 300))",
        "deconvolve(ones(10 ** 6), ones(10 ** 3))",
    ],
)
def test_too_much_is_refused_before_it_is_made(code: str) -> None:
    tracemalloc.start()
    proof = run_job(Job(code))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert proof.failure is not None and proof.failure.kind == "limit", proof.failure
    assert peak < 8 * ELEMENTS * 2


side, few = st.integers(1, 6), st.integers(0, 3)
kernel = st.integers(1, 3)
stride = st.one_of(kernel, st.tuples(kernel, kernel))
padding = st.one_of(
    few,
    st.tuples(few, few),
    st.tuples(st.tuples(few, few), st.tuples(few, few)),
    st.sampled_from(["same", "same_upper", "same_lower", "valid"]),
)
numbers = st.one_of(few, st.tuples(few, few), st.tuples(st.tuples(few, few), st.tuples(few, few)))
OPTIONS = {"stride": stride, "padding": padding, "dilation": stride}
image = st.tuples(st.integers(1, 2), st.integers(2, 3).map(lambda n: 2 * n), side, side).map(
    np.ones
)
plain, weight = st.tuples(side, side).map(np.ones), st.tuples(kernel, kernel).map(np.ones)
line, taps = side.map(np.ones), kernel.map(np.ones)

CALLS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "conv1d": {"x": line, "weight": taps, "stride": kernel, "dilation": kernel,
               "padding": st.one_of(few, st.tuples(st.tuples(few, few)))},
    "conv2d": {"x": plain, "weight": weight, **OPTIONS},
    "conv3d": {"x": st.tuples(side, side, side).map(np.ones), "padding": few, "stride": kernel,
               "weight": st.tuples(kernel, kernel, kernel).map(np.ones)},
    "conv_transpose1d": {"x": line, "weight": taps, "stride": kernel, "dilation": kernel,
                         "padding": few, "output_padding": few},
    "conv_transpose2d": {"x": plain, "weight": weight, "stride": stride, "dilation": stride,
                         "padding": numbers, "output_padding": few},
    "unfold": {"x": image, "kernel_size": stride, **OPTIONS},
    "conv_matrix": {"weight": weight, "input_shape": st.tuples(side, side), **OPTIONS},
    "depthwise_conv2d": {"x": plain, "weight": kernel.map(lambda k: np.ones((1, k, k))), **OPTIONS},
    "separable_conv2d": {"x": plain, "depthwise": kernel.map(lambda k: np.ones((1, k, k))),
                         "pointwise": side.map(lambda k: np.ones((k, 1))), **OPTIONS},
    "fft_convolve": {"x": plain, "kernel": weight, "mode": st.sampled_from(["full", "same"])},
    "circular_convolve": {"x": plain, "kernel": weight},
    "overlap_add": {"x": line, "kernel": taps, "block": side},
    "inverse_filter": {"x": line, "kernel": st.just(np.array([2.0, 1.0]))},
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_no_rule_reckons_less_than_comes_out(name: str) -> None:
    """Whatever the arguments, as long as they make sense."""
    entry, function = TABLE[name], targets()[name]
    computed = 0

    @settings(max_examples=80, database=None)
    @given(st.fixed_dictionaries(CALLS[name]))
    def holds(arguments: dict[str, Any]) -> None:
        nonlocal computed
        try:
            result = function(**arguments)
        except ValueError:
            return
        computed += 1
        foreseen = estimate(entry.size, entry.in_full(bind(entry, [], arguments)))
        assert np.size(result) <= foreseen, (foreseen, arguments)

    holds()
    assert computed > 3, "hardly a call succeeded: the arguments are no good"


def test_folding_is_foreseen() -> None:
    """For columns of every shape that fits an image."""
    for size, width, kernel, padding, stride in itertools.product(range(3, 6), repeat=5):
        arguments = {
            "output_size": (size, width),
            "kernel_size": kernel - 2,
            "padding": ((padding, 0), (0, 1)),
            "stride": stride - 1,
        }
        window = (arguments["kernel_size"], 1, arguments["padding"], arguments["stride"])
        columns = targets()["unfold"](np.ones((3, size, width)), *window)
        arguments["columns"] = columns
        entry = TABLE["fold"]
        foreseen = estimate(entry.size, entry.in_full(bind(entry, [], arguments)))
        assert np.size(targets()["fold"](**arguments)) <= foreseen, arguments


LARGE: dict[str, Callable[[], dict[str, Any]]] = {
    "conv2d": lambda: {"x": np.ones((8, 150, 150)), "weight": np.ones((8, 8, 5, 5)), "padding": 2},
    "conv3d": lambda: {"x": np.ones((60, 60, 60)), "weight": np.ones((4, 1, 3, 3, 3))},
    "conv2d_backward": lambda: {
        "grad_output": np.ones((8, 150, 150)), "x": np.ones((8, 150, 150)),
        "weight": np.ones((8, 8, 5, 5)), "padding": 2,
    },
    "conv_transpose2d": lambda: {
        "x": np.ones((8, 90, 90)), "weight": np.ones((8, 8, 4, 4)), "stride": 2
    },
    "depthwise_conv2d": lambda: {"x": np.ones((16, 120, 120)), "weight": np.ones((16, 5, 5))},
    "unfold": lambda: {"x": np.ones((4, 200, 200)), "kernel_size": 3, "padding": 1},
    "involution2d": lambda: {
        "x": np.ones((8, 100, 100)), "reduce": np.ones((2, 8)), "span": np.ones((9, 2))
    },
    "fft_convolve": lambda: {"x": np.ones((600, 600)), "kernel": np.ones((50, 50))},
    "circular_convolve": lambda: {"x": np.ones((700, 700)), "kernel": np.ones((5, 5))},
    "deconvolve": lambda: {"signal": np.ones(2000), "kernel": np.ones(50)},
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_memory_stays_within_a_few_arrays_of_the_foreseen_size(name: str) -> None:
    """The most that is there at once, columns and padding included, is no more than three such."""
    entry, arguments = TABLE[name], LARGE[name]()
    foreseen = estimate(entry.size, entry.in_full(bind(entry, [], arguments)))
    assert foreseen <= ELEMENTS
    tracemalloc.start()
    targets()[name](**arguments)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 3 * max(foreseen, 300_000)
