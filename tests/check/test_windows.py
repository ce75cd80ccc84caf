"""What a proof tells of each place of a sliding window is what nn computed there."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizcnn import nn
from quizcnn.check.codec import decode_proof, encode_proof
from quizcnn.check.job import Job
from quizcnn.check.language import run_job
from quizcnn.check.sliding import LARGEST, MOST, LeftOut, Sliding, flaw
from quizcnn.check.table import TABLE
from quizcnn.check.tracing import READ, UNPLAYED
from quizcnn.check.tracing_composed import COMPOSED
from quizcnn.check.windows import Place, Window, adds_up, window

IMAGE = "[[1, 2, 3], [4, 5, 6], [7, 8, 9]]"


def slid(code: str, **names: Any) -> Sliding:
    """What is recorded of a check that slides one window."""
    proof = run_job(Job(code, names, trace=True))
    assert proof.failure is None, proof.failure
    (found,) = proof.windows
    assert isinstance(found, Sliding), found
    return found


def places(found: Sliding) -> Iterator[Place]:
    return itertools.starmap(Place, itertools.product(*map(range, found.output.shape)))


def told(found: Sliding) -> list[Window]:
    return [window(found, place) for place in places(found)]


def factors(one: Window) -> list[tuple[Any, Any]]:
    """Value and weight of each term."""
    return [(term.value, term.weight) for term in one.terms]


def test_each_window_of_a_2_by_2_kernel_on_a_3_by_3_image() -> None:
    """1·1 + 2·0 + 4·0 + 5·10 = 51 at the first place, and so on."""
    found = told(slid(f"conv2d({IMAGE}, [[1, 0], [0, 10]])"))
    assert [factors(one) for one in found] == [
        [(1, 1), (2, 0), (4, 0), (5, 10)],
        [(2, 1), (3, 0), (5, 0), (6, 10)],
        [(4, 1), (5, 0), (7, 0), (8, 10)],
        [(5, 1), (6, 0), (8, 0), (9, 10)],
    ]
    assert [term.product for term in found[0].terms] == [1, 0, 0, 50]
    assert [one.total for one in found] == [one.result for one in found] == [51, 62, 84, 95]


def test_a_stride_of_2_skips_every_second_place() -> None:
    """On 1 … 16 a 2×2 kernel of ones meets 1 2 5 6, 3 4 7 8, 9 10 13 14 and 11 12 15 16."""
    found = told(slid("conv2d(ramp(4, 4) + 1, ones(2, 2), stride=2)"))
    seen = [[value for value, _ in factors(one)] for one in found]
    assert seen == [[1, 2, 5, 6], [3, 4, 7, 8], [9, 10, 13, 14], [11, 12, 15, 16]]
    assert [one.result for one in found] == [14, 22, 46, 54]


def test_padding_is_zeros_that_lie_outside() -> None:
    """With a frame of one the first window has the image's first cell at its lower right."""
    first = told(slid("conv2d([[1, 2], [3, 4]], [[5, 6], [7, 8]], padding=1)"))[0]
    assert factors(first) == [(0, 5), (0, 6), (0, 7), (1, 8)]
    assert [term.inside for term in first.terms] == [False, False, False, True]
    assert [(term.row, term.column) for term in first.terms] == [(-1, -1), (-1, 0), (0, -1), (0, 0)]
    assert first.result == 8


def test_a_dilation_of_2_leaves_every_second_cell_out() -> None:
    """A dilated 2×2 kernel sees the four corners of a 3×3 image."""
    (only,) = told(slid(f"conv2d({IMAGE}, [[1, 1], [1, 1]], dilation=2)"))
    assert [value for value, _ in factors(only)] == [1, 3, 7, 9]
    assert only.result == 20


def test_channels_are_summed_and_the_bias_is_added_once() -> None:
    """(1·1 + 2·10) + (3·100 + 4·1000) + 5 = 4326."""
    (only,) = told(slid("conv1d([[1, 2], [3, 4]], [[[1, 10], [100, 1000]]], [5])"))
    assert [(term.channel, term.product) for term in only.terms] == [
        (0, 1),
        (0, 20),
        (1, 300),
        (1, 4000),
    ]
    assert (only.bias, only.total, only.result) == (5, 4326, 4326)


def test_groups_keep_channels_apart() -> None:
    """Each output of two groups is made of its own channel: 1·2, and 3·4."""
    found = told(slid("conv2d([[[1]], [[3]]], [[[[2]]], [[[4]]]], groups=2)"))
    assert [factors(one) for one in found] == [[(1, 2)], [(3, 4)]]


def test_a_true_convolution_slides_the_turned_kernel() -> None:
    """convolve2d of 1 2 3 with 1 10, kept in the middle: 1·10 … the kernel that slides is 10 1."""
    found = slid("convolve2d([[1, 2, 3]], [[1, 10]], mode='same')")
    assert found.flipped
    assert [factors(one) for one in told(found)] == [
        [(0, 10), (1, 1)],
        [(1, 10), (2, 1)],
        [(2, 10), (3, 1)],
    ]
    assert [one.result for one in told(found)] == [1, 12, 23]


def test_the_winner_of_a_max_pool_is_the_first_of_equals() -> None:
    """Of 1 7 / 7 3 the 7 above wins; of the last window its only real cell."""
    found = told(slid("max_pool2d([[1, 7, 2], [7, 3, 9]], 2, ceil_mode=True)"))
    assert [one.winner for one in found] == [1, 1]
    assert [one.terms[one.winner or 0].cell for one in found] == [(0, 1), (1, 0)]
    assert [one.result for one in found] == [7, 9]


def test_padding_never_wins() -> None:
    """It is not among the cells of a pool, though 0 is larger than −1."""
    first = told(slid("max_pool2d([[-1, -2], [-3, -4]], 2, stride=1, padding=1)"))[0]
    assert [term.value for term in first.terms] == [-1]
    assert (first.winner, first.result) == (0, -1)


def test_padding_counts_in_a_mean_where_it_is_divided_by() -> None:
    """(0 + 0 + 0 + 4) ÷ 4 with it, 4 ÷ 1 without."""
    counted = told(slid("avg_pool2d([[4.0]], 2, stride=1, padding=1)"))[0]
    assert ([term.value for term in counted.terms], counted.divisor) == ([0, 0, 0, 4], 4)
    real = told(slid("avg_pool2d([[4.0]], 2, stride=1, padding=1, count_include_pad=False)"))[0]
    assert ([term.value for term in real.terms], real.divisor, real.result) == ([4], 1, 4)


def test_a_transposed_convolution_stamps_the_kernel_once_for_each_cell() -> None:
    """1 2 times 1 10 100 side by side: 1, 10 + 2, 100 + 20, 200."""
    found = slid("conv_transpose1d([1, 2], [1, 10, 100])")
    assert [factors(one) for one in told(found)] == [
        [(1, 1)],
        [(1, 10), (2, 1)],
        [(1, 100), (2, 10)],
        [(2, 100)],
    ]
    assert [one.result for one in told(found)] == [1, 12, 120, 200]
    assert found.steps == 2


def test_calls_are_told_with_their_lines_in_their_order() -> None:
    """Also those inside another expression, and those whose operation is a given."""
    code = "x = ramp(4, 4)\ny = conv2d(x, ones(2, 2))\npool(conv1d([1, 2], [1]).sum() + y, 2).shape"
    proof = run_job(Job(code, {"pool": "max_pool2d"}, trace=True))
    assert [(one.line, one.source) for one in proof.windows] == [
        (2, "conv2d(x, ones(2, 2))"),
        (3, "conv1d([1, 2], [1])"),
        (3, "pool(conv1d([1, 2], [1]).sum() + y, 2)"),
    ]


def test_nothing_is_told_where_nobody_asked() -> None:
    """verify does not ask; a check that is traced comes to the same otherwise."""
    code = f"conv2d({IMAGE}, ones(2, 2))"
    plain, traced = run_job(Job(code)), run_job(Job(code, trace=True))
    assert plain.windows == ()
    assert (plain.steps, plain.value) == (traced.steps, traced.value)


def test_what_an_operation_or_a_lambda_calls_is_not_told() -> None:
    """Only the check's own statements: not the many windows of a gradient, nor of a given."""
    code = "g = grad(max_pool2d, x, 2)\nf = lambda x: conv2d(x, ones(2, 2)).sum()\nf(x) + g.sum()"
    assert run_job(Job(code, {"x": "conv2d(ramp(5, 5), ones(2, 2))"}, trace=True)).windows == ()


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("conv2d(ramp(65, 64), ones(3, 3))", "its input has 65×64; up to 64×64 is played"),
        ("conv1d(ramp(5000), ones(3))", "its input has 5000 values; up to 64×64 is played"),
        ("conv2d(ones(5, 64, 64), ones(1, 5, 1, 1))", "its input has 20,480 values; up to 16,384"),
        ("conv_transpose2d(ones(9, 9), ones(8, 8), stride=8)", "its output has 72×72"),
        ("max_pool2d(ones(0, 1, 4, 4), 2)", "it is empty"),
        ("conv1d(ramp(5), ones(1), stride=1001)", "too large to be played"),
    ],
)
def test_what_is_too_large_is_left_out_with_a_word(code: str, why: str) -> None:
    """The check itself goes on as ever."""
    proof = run_job(Job(code, trace=True))
    assert proof.failure is None
    (left_out,) = proof.windows
    assert isinstance(left_out, LeftOut)
    assert why in left_out.why


def test_a_loop_tells_only_its_first_windows() -> None:
    """A proof stays small, and says that there were more."""
    code = "sum([conv2d(ramp(3, 3), ones(2, 2)).sum() for i in range(50)])"
    windows = run_job(Job(code, trace=True)).windows
    assert [isinstance(one, Sliding) for one in windows] == [True] * MOST + [False]
    assert "at most" in windows[-1].why  # type: ignore[union-attr]


def test_many_large_windows_do_not_make_a_proof_too_large() -> None:
    """After so many values the rest is left out."""
    code = "x = ones(4, 64, 64)\nsum([conv2d(x, ones(4, 4, 1, 1)).sum() for i in range(16)])"
    proof = run_job(Job(code, trace=True))
    assert any(isinstance(one, LeftOut) and "already" in one.why for one in proof.windows)
    assert decode_proof(encode_proof(1, proof))[1].windows == proof.windows


def test_every_way_of_sliding_in_the_table_is_read() -> None:
    """Each is played, or taken apart into such that are, or said not to be."""
    names: dict[str, set[str]] = {}
    for entry in TABLE.values():
        names.setdefault(entry.slides, set()).add(entry.name)
    played = set().union(*(names[slides] for slides in READ))
    assert played == {
        *("conv1d", "conv2d", "conv_transpose1d", "conv_transpose2d", "depthwise_conv2d"),
        *("convolve2d", "correlate2d", *POOLS, "lp_pool2d"),
        *("adaptive_avg_pool1d", "adaptive_avg_pool2d", "adaptive_max_pool2d"),
        *("global_avg_pool2d", "global_max_pool2d"),
    }
    assert names.keys() == {"", "layers", *READ, *COMPOSED, *UNPLAYED}


# --- whatever the settings ----------------------------------------------------------------------

POOLS = ("max_pool1d", "max_pool2d", "min_pool2d", "avg_pool1d", "avg_pool2d")
WHOLE = st.integers(-9, 9)
FEW = st.integers(1, 3)


def _written(draw: st.DrawFn, shape: Sequence[int], floats: bool) -> str:
    """An array as a check writes it."""
    size = math.prod(shape)
    values = draw(st.lists(WHOLE, min_size=size, max_size=size))
    array = np.array(values, np.float64).reshape(shape)
    return str((array / 7 if floats else array.astype(np.int64)).tolist())


@st.composite
def convolutions(draw: st.DrawFn) -> str:
    axes, floats = draw(st.sampled_from([1, 2])), draw(st.booleans())
    transposed, groups = draw(st.booleans()), draw(st.integers(1, 2))
    inner, outer = groups * draw(st.integers(1, 2)), groups * draw(st.integers(1, 2))
    image, kernel = ([draw(n) for _ in range(axes)] for n in (st.integers(1, 6), FEW))
    leading = draw(st.sampled_from([[inner], [2, inner]]))
    first, second = (inner, outer) if transposed else (outer, inner)
    x = _written(draw, [*leading, *image], floats)
    weight = _written(draw, [first, second // groups, *kernel], floats)
    bias = draw(st.sampled_from(["None", _written(draw, [outer], floats)]))
    name = f"conv_transpose{axes}d" if transposed else f"conv{axes}d"
    pads = [draw(st.tuples(st.integers(0, 2), st.integers(0, 2))) for _ in range(axes)]
    padding = draw(st.sampled_from([str(draw(st.integers(0, 2))), str(tuple(pads))]))
    if not transposed:
        padding = draw(st.sampled_from([padding, "'same_upper'", "'same_lower'", "'valid'"]))
    more = f"stride={draw(FEW)}, padding={padding}, dilation={draw(FEW)}, groups={groups}"
    return f"{name}({x}, {weight}, {bias}, {more})"


@st.composite
def filters(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(["convolve2d", "correlate2d"]))
    image = _written(draw, [draw(st.integers(1, 5)), draw(st.integers(1, 5))], draw(st.booleans()))
    kernel = _written(draw, [draw(FEW), draw(FEW)], False)
    return f"{name}({image}, {kernel}, mode='{draw(st.sampled_from(['full', 'same', 'valid']))}')"


@st.composite
def depthwise(draw: st.DrawFn) -> str:
    channels, several = draw(FEW), draw(st.integers(1, 2))
    image = _written(draw, [channels, 4, 5], draw(st.booleans()))
    weight = _written(draw, [channels * several, 1, draw(FEW), draw(FEW)], False)
    return f"depthwise_conv2d({image}, {weight}, stride={draw(FEW)}, padding='same_upper')"


@st.composite
def pools(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(POOLS))
    axes = 1 if "1d" in name else 2
    leading = draw(st.sampled_from([[], [2], [2, 3]]))
    x = _written(draw, [*leading, *(draw(st.integers(1, 6)) for _ in range(axes))], True)
    more = f"stride={draw(FEW)}, padding={draw(st.integers(0, 1))}"
    more += f", ceil_mode={draw(st.booleans())}"
    if "avg" in name:
        more += f", count_include_pad={draw(st.booleans())}"
        if axes == 2:
            more += f", divisor_override={draw(st.sampled_from(['None', '3', '-2']))}"
    else:
        more += f", dilation={draw(st.integers(1, 2))}"
    return f"{name}({x}, {draw(FEW)}, {more})"


@given(st.one_of(convolutions(), convolutions(), filters(), depthwise(), pools()))
@settings(max_examples=100)
def test_the_products_told_add_up_to_what_nn_computed(code: str) -> None:
    """In every operation and setting: the result is the proof's output, its terms explain it."""
    proof = run_job(Job(code, trace=True))
    assume(proof.failure is None)
    (found,) = proof.windows
    assert isinstance(found, Sliding)
    assert flaw(found) == ""
    computed = np.asarray(eval(code, dict(vars(nn))))
    assert [window(found, place).result for place in places(found)] == computed.ravel().tolist()
    for one in told(found):
        assert adds_up(found, one), (code, one)
    assert repr(decode_proof(encode_proof(1, proof))[1]) == repr(proof)


@given(pools().filter(lambda code: "max_pool" in code))
@settings(max_examples=25)
def test_the_winner_told_is_the_one_whose_index_nn_gives(code: str) -> None:
    """Ties included."""
    code = code[:-1] + ", return_indices=True)"
    proof = run_job(Job(code, trace=True))
    assume(proof.failure is None)
    found = proof.windows[0]
    assert isinstance(found, Sliding)
    _, indices = eval(code, dict(vars(nn)))
    for one, index in zip(told(found), indices.ravel().tolist(), strict=True):
        assert one.winner is not None
        won = one.terms[one.winner]
        assert won.row * found.input.shape[3] + won.column == index


def test_a_nan_wins_a_max_pool() -> None:
    """The last of them, as in PyTorch."""
    (only,) = told(slid("max_pool1d([1.0, np.nan, np.nan, 2.0], 4)"))
    assert only.winner == 2


def test_a_sum_that_ran_over_does_not_add_up() -> None:
    """2⁶² + 2⁶² is negative in 64 bits: the result is nn's, and not the sum."""
    found = slid("conv1d([2**62, 2**62], [1, 1])")
    (only,) = told(found)
    assert (only.total, only.result) == (2**63, -(2**63))
    assert not adds_up(found, only)


@pytest.mark.parametrize(
    "code",
    [
        "max_pool2d(ones(2000, 2, 2), 2)",
        "depthwise_conv2d(ones(1500, 1, 1), ones(1500, 1, 1))",
        "conv1d(ones(1001, 3), ones(1001, 1, 1), groups=1001)",
        "conv1d(ramp(4000), ones(2000))",
        "global_max_pool2d(ramp(1, 3000))",
        "adaptive_avg_pool1d(ramp(4096), 3)",
        "lp_pool2d(ramp(60, 60), 2, 50)",
    ],
)
def test_many_channels_and_large_kernels_are_read_back(code: str) -> None:
    """What the worker records the parent takes: a check is not refused for its window's size."""
    proof = run_job(Job(code, trace=True))
    (found,) = proof.windows
    assert isinstance(found, Sliding)
    assert decode_proof(encode_proof(1, proof))[1].windows == proof.windows


def test_sixty_four_by_sixty_four_is_played() -> None:
    """The largest there is."""
    assert math.prod(slid("conv2d(ramp(64, 64), ones(3, 3), padding=1)").output.shape) == LARGEST
