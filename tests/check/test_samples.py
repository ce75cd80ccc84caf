"""An array too large to be told whole is shown by every so many-th of its values."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.check.codec import decode_proof, encode_proof
from quizcnn.check.codec_values import CodecError, encode_value
from quizcnn.check.job import Job
from quizcnn.check.language import run_job
from quizcnn.check.limits import Budget
from quizcnn.check.proof import Proof
from quizcnn.check.showing import Shown
from quizcnn.check.value import SAMPLED, SHOWN, Array, Sample


def test_of_a_large_image_every_fourth_row_and_column_is_shown() -> None:
    """224·224 values are too many; 56·56 of them, one of four each way, are few enough."""
    proof = run_job(Job("image = ramp(224, 224)\nimage.size"))
    image = proof.steps[0].value
    assert isinstance(image, Array)
    assert image.data is None
    assert image.sample is not None
    assert (image.sample.shape, image.sample.steps) == ((56, 56), (4, 4))
    assert image.sample.data[:2] == (0.0, 4.0)
    assert image.sample.data[56] == 4 * 224
    assert (image.low, image.high) == (0.0, 224 * 224 - 1)
    assert decode_proof(encode_proof(1, proof)) == (1, proof)


def test_an_array_that_is_told_whole_and_a_computed_value_have_no_sample() -> None:
    proof = run_job(Job("small = ramp(128, 128)\nlarge = ramp(300, 300)\nlarge"))
    small, _, value = (step.value for step in proof.steps)
    assert isinstance(small, Array)
    assert small.data is not None
    assert small.sample is None
    assert isinstance(value, Array)
    assert value.sample is None


@settings(max_examples=40)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=4), st.integers(2, 4))
def test_a_sample_is_what_slicing_by_its_steps_gives(shape: list[int], times: int) -> None:
    shape[0] *= -(-SHOWN // math.prod(shape)) * times
    array = np.arange(math.prod(shape), dtype=float).reshape(shape)
    shown = Shown(Budget()).step(array)
    assert isinstance(shown, Array)
    some = shown.sample
    assert some is not None
    expected = array[tuple(slice(None, None, step) for step in some.steps)]
    assert expected.shape == some.shape
    assert tuple(expected.ravel()) == some.data
    assert SAMPLED / 8 < len(some.data) <= SAMPLED


LARGE = Array((6, 4), "float64", None, 0.0, 1.0, Sample((2, 2), (3, 2), (0.0, 1.0, 0.5, 0.25)))
TOLD = encode_value(LARGE)
SIDES, STEPS, DATA = TOLD["sample"]


@pytest.mark.parametrize(
    "change",
    [
        {"sample": None},
        {"sample": []},
        {"sample": [[2, 3], STEPS, DATA]},
        {"sample": [[2], [3], DATA]},
        {"sample": [SIDES, [3, 0], DATA]},
        {"sample": [SIDES, [3, -2], DATA]},
        {"sample": [SIDES, [3.0, 2.0], DATA]},
        {"sample": [SIDES, [3, True], DATA]},
        {"sample": [[6, 4], [1, 1], DATA]},
        {"sample": [SIDES, STEPS, DATA[:-4]]},
        {"sample": [SIDES, STEPS, 7]},
        {"array": [6, 5]},
        {"array": []},
        {"array": [0, 4], "sample": [[0, 2], STEPS, ""]},
        {"array": [2, 2], "data": DATA},
        {"more": 1},
    ],
)
def test_a_forged_sample_is_refused(change: dict[str, Any]) -> None:
    line = encode_proof(1, Proof(value=LARGE))
    assert decode_proof(line)[1].value == LARGE
    message = json.loads(line)
    forged = json.dumps(message | {"value": message["value"] | change}).encode()
    with pytest.raises(CodecError):
        decode_proof(forged)
