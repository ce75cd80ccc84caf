"""A window told in words, and how it is played."""

from __future__ import annotations

from itertools import product, starmap
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.check.job import Job
from quizcnn.check.language import run_job
from quizcnn.check.playing import filled, frame, stamp, step_at, step_for, walk
from quizcnn.check.sliding import Sliding
from quizcnn.check.window_words import geometry_words, stamp_words, sum_words, window_lines
from quizcnn.check.windows import Place, at, window


def slid(code: str) -> Sliding:
    (found,) = run_job(Job(code, trace=True)).windows
    assert isinstance(found, Sliding)
    return found


def told(code: str, *place: int, room: int = 10_000) -> str:
    found = slid(code)
    return sum_words(found, window(found, Place(*place)), room)


def test_a_window_is_told_line_by_line() -> None:
    """The call, the place, what the window sees, the sum."""
    found = slid("conv2d([[1, 2], [3, 4]], [[5, -6], [7, 8]], padding=1)")
    assert list(window_lines(found, Place(0, 0, 0, 1))) == [
        "conv2d([[1, 2], [3, 4]], [[5, -6], [7, 8]], padding=1) (line 1)",
        "row 0, column 1 of the output",
        "the window sees rows −1 to 0, columns 0 to 1 of the input",
        "0×5 + 0×−6 + 1×7 + 2×8 = 23",
    ]


def test_a_signal_has_places_and_a_batch_has_images() -> None:
    """As many axes are named as the check's own array has."""
    found = slid("conv1d(ramp(2, 1, 4), ones(3, 1, 2), dilation=2)")
    assert list(window_lines(found, Place(1, 2, 0, 1)))[1:3] == [
        "image 1, channel 2, place 1 of the output",
        "the window sees places 1 to 3 by 2 of the input",
    ]


def test_each_kind_has_its_words() -> None:
    """A bias, a mean, the largest, the smallest, stamps, and what is rounded."""
    assert told("conv1d([1, 2], [3, 4], 5)", 0, 0, 0, 0) == "1×3 + 2×4 + bias 5 = 16"
    assert told("avg_pool1d([1.0, 2.0], 2)", 0, 0, 0, 0) == "(1 + 2) ÷ 2 = 1.5"
    assert told("max_pool1d([1, -2], 2)", 0, 0, 0, 0) == "the largest of 1, −2 is 1"
    assert told("min_pool2d([[1, 2]], (1, 2))", 0, 0, 0, 0) == "the smallest of 1, 2 is 1"
    assert told("conv_transpose1d([1, 2], [3, 4])", 0, 0, 0, 1) == "1×4 + 2×3 = 10"
    assert told("conv1d([1 / 3], [1])", 0, 0, 0, 0) == "0.3333×1 ≈ 0.3333"
    assert told("conv_transpose1d([1], [1], stride=2, output_padding=1)", 0, 0, 0, 1) == "0 = 0"


def test_long_sums_are_told_in_fewer_words() -> None:
    """Products, their values, the sums of channels or rows, and at last only how many."""
    code = "conv2d(10 * ones(2, 3, 3), ones(1, 2, 3, 3))"
    assert told(code, 0, 0, 0, 0) == "by channels: 90 + 90 = 180"
    one = "conv2d(ones(3, 3), 10 * ones(3, 3))"
    rooms = [told(one, 0, 0, 0, 0, room=room) for room in (70, 50, 30, 20)]
    assert rooms == [
        " + ".join(["1×10"] * 9) + " = 90",
        " + ".join(["10"] * 9) + " = 90",
        "by rows: 30 + 30 + 30 = 90",
        "9 products add up to 90",
    ]
    assert told("max_pool2d(ramp(5, 5), 5)", 0, 0, 0, 0) == (
        "the largest of 25 values is 24, at row 4, column 4"
    )


def test_a_sum_that_is_not_the_result_says_so() -> None:
    """Nothing is made to look right."""
    said = told("conv1d([2**62, 2**62], [1, 1])", 0, 0, 0, 0)
    assert "but the proof has another value" in said


def test_how_it_moves_is_told_without_what_is_usual() -> None:
    """The kernel always; stride, dilation, padding and groups where they are other than 1 and 0."""
    assert geometry_words(slid("conv2d(ramp(4, 4), ones(2, 3))")) == "kernel 2×3"
    code = "conv2d(ramp(2, 7, 7), ones(2, 1, 2, 2), stride=(2, 1), dilation=2, groups=2, padding=1)"
    words = "kernel 2×2, stride (2, 1), dilation 2, padding 1, groups 2"
    assert geometry_words(slid(code)) == words
    assert geometry_words(slid("conv1d(ramp(5), ones(3), padding=((2, 0),))")) == (
        "kernel 3, padding (2, 0)"
    )
    assert "turned by 180°" in geometry_words(slid("convolve2d(ramp(3, 3), ones(2, 2))"))


def test_the_stamps_of_a_transposed_convolution() -> None:
    """At stride 2 the second cell, 2, adds 2·1 and 2·10 two columns on; the padding is cut off."""
    found = slid("conv_transpose1d([1, 2], [1, 10], stride=2, padding=1)")
    stamps = [
        [(part.column, part.products) for part in stamp(found, walk(found, n))] for n in (0, 1)
    ]
    assert stamps == [[(-1, (1,)), (0, (10,))], [(1, (2,)), (2, (20,))]]
    assert stamp_words(found, walk(found, 1)) == "2 × the kernel adds 2, 20"
    assert frame(found, 1) == range(-1, 3)


def test_stamps_accumulate() -> None:
    """1 2 3 stamped with 1 10 100: the third cell gets 100, then 20 more, then 3."""
    found = slid("conv_transpose1d([1, 2, 3], [1, 10, 100], 1000 * ones(1))")
    third = [filled(found, 0, 2, walk(found, step)) for step in range(3)]
    assert third == [(1100, False), (1120, False), (1123, True)]
    fifth = [filled(found, 0, 4, walk(found, step)) for step in range(3)]
    assert fifth == [(None, False), (None, False), (1300, True)]


CODES = (
    "conv2d(ramp(2, 2, 3, 4), ones(3, 2, 2, 2), padding=1)",
    "max_pool2d(ramp(3, 4, 5), 2, ceil_mode=True)",
    "conv_transpose2d(ramp(2, 2, 3, 4), ones(2, 3, 2, 3), stride=2, padding=1)",
    "conv_transpose2d(ramp(1, 2, 2), ones(1, 2, 1, 1), stride=3)",
    "conv_transpose1d(ramp(4), ones(3), stride=2, dilation=2, output_padding=1)",
)


@given(st.sampled_from([slid(code) for code in CODES]), st.data())
@settings(max_examples=60)
def test_after_the_last_step_of_a_plane_all_of_it_is_filled(found: Sliding, data: Any) -> None:
    """Each cell is filled by its own step and not before; its value then is the proof's."""
    step = data.draw(st.integers(0, found.steps - 1))
    now = walk(found, step)
    assert step_at(found, now) == step
    height, width = found.output.shape[2:]
    for row, column in product(range(height), range(width)):
        place = Place(now.image, now.channel, row, column)
        last = step_for(found, place)
        value, whole = filled(found, row, column, now)
        assert whole is (last is None or last <= step)
        if whole:
            assert value == at(found.output, place)
        elif found.kind != "spread":
            assert value is None


def test_what_was_stamped_is_the_sum_of_the_stamps() -> None:
    """The output so far is what the stamps so far add up to, at every step."""
    for found in [slid(code) for code in CODES if "transpose" in code]:
        sums: dict[Place, float] = {}
        for step in range(found.steps):
            now = walk(found, step)
            for part in stamp(found, now):
                place = Place(now.image, now.channel, part.row, part.column)
                sums[place] = sums.get(place, 0) + sum(part.products)
            for place in starmap(Place, product(*map(range, found.output.shape))):
                if (place.image, place.channel) == (now.image, now.channel):
                    seen, _ = filled(found, place.row, place.column, now)
                    assert seen == sums.get(place, 0 if seen is not None else None)
