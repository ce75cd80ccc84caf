"""Whatever a broken worker says of windows: each that is read can be told, the rest is refused."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from itertools import product, starmap
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.check.codec import decode_proof, encode_proof
from quizcnn.check.codec_values import CodecError
from quizcnn.check.codec_windows import encode_window
from quizcnn.check.job import Job
from quizcnn.check.language import run_job
from quizcnn.check.sliding import MOST, LeftOut, Sliding
from quizcnn.check.window_words import geometry_words, window_lines
from quizcnn.check.windows import Place, adds_up, window

CODES = (
    "conv2d([[1, 2, 3], [4, 5, 6]], [[1, 2]], 3, padding=1)",
    "avg_pool2d([[1.0, 2.0, 3.0]], 2, stride=1, padding=1)",
    "max_pool1d([3, 1, 2], 2, stride=1)",
    "conv_transpose2d([[1, 2]], [[1, 2], [3, 4]], stride=2, padding=((0, 0), (1, 1)))",
    "conv2d([[[1, 2]], [[3, 4]]], [[[[1]]], [[[2]]]], groups=2)",
    "adaptive_avg_pool2d([[1, 2, 3, 4, 5]], (1, 3))",
    "global_max_pool2d([[1, 7], [5, 3]])",
    "lp_pool2d([[3, 4, 6]], 2, (1, 2), ceil_mode=True)",
    "lp_pool2d([[3, -4]], np.inf, (1, 2))",
)


def recorded(code: str) -> Sliding:
    (found,) = run_job(Job(code, trace=True)).windows
    assert isinstance(found, Sliding)
    return found


WINDOWS = [recorded(code) for code in CODES]
CONVOLVED, MEAN, POOLED, SPREAD, GROUPED, SHARED, WHOLE, NORM, EXTREME = WINDOWS
PROOF = json.loads(encode_proof(1, run_job(Job("1"))))


def read(windows: Any) -> tuple[Sliding | LeftOut, ...]:
    return decode_proof(json.dumps(PROOF | {"windows": windows}).encode())[1].windows


def read_back(found: Sliding) -> Sliding | LeftOut:
    (back,) = read([encode_window(found)])
    return back


@pytest.mark.parametrize("found", WINDOWS, ids=CODES)
def test_what_was_recorded_is_read(found: Sliding) -> None:
    """The messages that are refused below are wrong in one thing only."""
    assert read_back(found) == found


@pytest.mark.parametrize(
    "change",
    [
        {"line": 0},
        {"size": (1, 3)},
        {"size": (0, 2)},
        {"size": (10**6, 10**6)},
        {"stride": (0, 1)},
        {"stride": (2, 1)},
        {"stride": (1, 10**9)},
        {"sides": ((1, 1), (1, 2))},
        {"sides": ((-1, 3), (1, 1))},
        {"dilation": (1, 2)},
        {"dilation": (0, 0)},
        {"groups": 0},
        {"groups": 2},
        {"kernel": None},
        {"bias": None, "kernel": CONVOLVED.input},
        {"bias": CONVOLVED.kernel},
        {"divisor": CONVOLVED.bias},
        {"kind": "max"},
        {"kind": "mean"},
        {"input": replace(CONVOLVED.input, data=None)},
        {"input": replace(CONVOLVED.input, shape=(1, 1, 6))},
        {"input": replace(CONVOLVED.input, shape=(1, 1, 0, 3), data=())},
        {"output": GROUPED.output},
        {"axes": 1},
        {"axes": 5},
        {"signal": True},
        {"laid": "whole"},
        {"laid": "adaptive"},
        {"laid": "everywhere"},
        {"power": 2.0},
        {"kind": "power", "power": 2.0},
        {"of": (1, 2)},
    ],
    ids=", ".join,
)
def test_a_window_that_does_not_fit_together_is_refused(change: dict[str, Any]) -> None:
    """Sizes, channels, kinds and axes are held against each other before anything is drawn."""
    with pytest.raises(CodecError):
        read_back(replace(CONVOLVED, **change))


@pytest.mark.parametrize(
    "found",
    [
        replace(MEAN, divisor=None),
        replace(MEAN, flipped=True),
        replace(POOLED, bias=CONVOLVED.bias),
        replace(POOLED, groups=2),
        replace(POOLED, signal=False),
        replace(SPREAD, kernel=POOLED.input),
        replace(SPREAD, stride=(9, 9)),
        replace(SPREAD, input=replace(SPREAD.input, shape=(2, 1, 1, 1))),
        replace(SHARED, divisor=None),
        replace(SHARED, size=(1, 2)),
        replace(SHARED, stride=(1, 2)),
        replace(SHARED, sides=((0, 0), (1, 0))),
        replace(SHARED, kind="power", power=2.0),
        replace(SHARED, laid="whole"),
        replace(WHOLE, size=(1, 2)),
        replace(WHOLE, axes=3),
        replace(WHOLE, signal=True),
        replace(WHOLE, output=WHOLE.input),
        replace(NORM, power=None),
        replace(NORM, power=0.0),
        replace(NORM, power=math.nan),
        replace(NORM, power=math.inf),
        replace(NORM, divisor=None),
        replace(NORM, kind="mean"),
        replace(POOLED, of=(1, 1)),
        replace(POOLED, of=(0, 2)),
        replace(POOLED, of=(1, 10**10)),
        replace(EXTREME, power=2.0),
        replace(EXTREME, kind="max"),
    ],
)
def test_so_is_a_pool_or_a_spread(found: Sliding) -> None:
    """Each kind has what belongs to it, and nothing else."""
    with pytest.raises(CodecError):
        read_back(found)


@pytest.mark.parametrize(
    "windows",
    [
        None,
        {},
        [None],
        [[]],
        [[1, "source"]],
        [[1, 2, "why"]],
        [["1", "source", "why"]],
        [[1, "source", "why"]] * (MOST + 2),
        [encode_window(POOLED)[:-1]],
        [[*encode_window(POOLED), 1]],
    ],
    ids=str,
)
def test_so_are_messages_of_another_shape(windows: Any) -> None:
    """Lists of known lengths with known types, and not too many."""
    with pytest.raises(CodecError):
        read(windows)


@pytest.mark.parametrize("place", range(19))
@pytest.mark.parametrize("value", [None, True, 1.5, "x", [], {}, [1, 2, 3], [True, 1], [1.0, 1]])
def test_no_part_is_taken_for_another(place: int, value: Any) -> None:
    """Every field has its type; what may be absent is None."""
    message = encode_window(CONVOLVED)
    message[place] = value
    absent = value is None and place in (6, 7, 17, 18)  # what it may have none of
    if absent or (place == 1 and value == "x"):
        read([message])
        return
    with pytest.raises(CodecError):
        read([message])


sizes = st.integers(-1, 5)
pairs = st.tuples(sizes, sizes)


@given(
    found=st.sampled_from(WINDOWS),
    other=st.sampled_from(WINDOWS),
    names=st.sets(st.sampled_from(["input", "output", "kernel", "bias", "divisor", "kind"])),
    numbers=st.fixed_dictionaries(
        {},
        optional={
            "size": pairs,
            "stride": pairs,
            "dilation": pairs,
            "sides": st.tuples(pairs, pairs),
            "groups": sizes,
            "axes": sizes,
            "signal": st.booleans(),
            "of": st.one_of(st.none(), pairs),
            "laid": st.sampled_from(["even", "adaptive", "whole"]),
            "power": st.one_of(st.none(), st.floats()),
        },
    ),
)
@settings(max_examples=200)
def test_every_window_that_is_read_can_be_told(
    found: Sliding, other: Sliding, names: set[str], numbers: dict[str, Any]
) -> None:
    """However the parts are mixed: refused, or each of its places has its terms."""
    mixed = replace(found, **{name: getattr(other, name) for name in names}, **numbers)
    try:
        back = read_back(mixed)
    except CodecError:
        return
    assert isinstance(back, Sliding)
    for place in starmap(Place, product(*map(range, back.output.shape))):
        adds_up(back, window(back, place))
        assert len(list(window_lines(back, place))) == len(("call", "place", "cells", "sum"))
    assert geometry_words(back)


def test_a_divisor_of_nothing_does_not_add_up() -> None:
    """Nothing is divided by 0, whatever the worker says."""
    assert MEAN.divisor is not None
    nothing = replace(MEAN.divisor, data=(0.0,) * len(MEAN.divisor.data or ()))
    back = read_back(replace(MEAN, divisor=nothing))
    assert isinstance(back, Sliding)
    assert not adds_up(back, window(back, Place(0, 0, 0, 0)))
