"""Pooling, normalisation, losses and detection in checks: as plain Python, and within bounds."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from quizcnn import nn
from quizcnn.check.calls import bind
from quizcnn.check.job import Job
from quizcnn.check.language import run_job
from quizcnn.check.sizes import estimate
from quizcnn.check.table import TABLE
from quizcnn.check.table_losses import DETECTION, LOSSES
from quizcnn.check.table_pooling import DENSE, NORMALIZATION, POOLING

MINE = [*POOLING, *DENSE, *NORMALIZATION, *LOSSES, *DETECTION]

CALLS = """
max_pool2d(ramp(5, 5), 2, ceil_mode=True) | max_pool2d(ramp(5, 5), 2, 1, 1, 2) | min_pool2d(ramp(4, 4), 2)
max_pool2d(ramp(4, 4), 2, return_indices=True) | max_pool1d([1, 5, 2, 4], 2) | max_pool3d(ramp(2, 4, 4), 2)
avg_pool1d(ramp(6), 2) | avg_pool2d(ramp(4, 4), 2, padding=1, divisor_override=3) | avg_pool3d(ramp(2, 2, 2), 2)
lp_pool2d([[3.0, 4.0]], 2, (1, 2)) | adaptive_avg_pool1d(ramp(5), 2) | adaptive_avg_pool2d(ramp(3, 5), (None, 2))
adaptive_max_pool2d(ramp(5, 5), 2, return_indices=True) | global_max_pool2d(ramp(2, 2)) | global_avg_pool2d(ramp(2, 2, 2))
max_unpool2d([[5]], [[3]], 2) | max_unpool2d([[5]], [[3]], 2, output_size=(3, 3)) | upsample(ramp(2, 2), (1, 2))
max_pool2d_backward([[1.0]], ramp(2, 2), 2) | avg_pool2d_backward([[1.0]], ramp(2, 2), 2, count_include_pad=False)
relu([-1, 2]) | relu6([7, -1]) | leaky_relu([-1.0], negative_slope=0.5) | prelu([[-1.0, 1.0]], [0.5, 1.0]) | elu([-1.0])
selu([1.0]) | gelu([1.0], approximate="tanh") | silu([1.0]) | hardsigmoid([1.0]) | hardswish([1.0]) | softplus([1.0], beta=2.0)
tanh([1.0]) | sigmoid([1.0]) | softmax([1.0, 2.0]) | log_softmax([1.0, 2.0]) | linear(ramp(2), ramp(3, 2))
flatten(ramp(2, 2)) | dropout(ones(4)) | relu_backward([1.0], [2.0]) | sigmoid_backward([1.0], [0.0]) | tanh_backward([1.0], [0.0])
softmax_backward([1.0, 0.0], [0.0, 0.0], axis=0) | linear_backward([1.0], [2.0], [[3.0]]).weight
linear_backward([1.0], [2.0], [[3.0]]) | LinearGradients(ones(1), ones(1, 1), ones(1)).bias
batch_norm(ramp(3, 2), None, None, training=True) | batch_norm(ramp(3, 2), [0, 0], [1, 1], eps=0.0)
running_statistics(ramp(3, 2), zeros(2), ones(2)).var | RunningStatistics(ones(1), ones(1)).mean
layer_norm(ramp(2, 3), 3) | layer_norm(ramp(2, 3), (2, 3)) | group_norm(ramp(2, 4), 2) | instance_norm(ramp(1, 2, 3))
local_response_norm(ramp(1, 4, 2), 3, k=2.0) | batch_norm_backward(ramp(3, 2), ramp(3, 2)).input
layer_norm_backward(ramp(2, 3), ramp(2, 3), 3).weight | NormGradients(ones(1), ones(1), ones(1)).weight
cross_entropy([[1.0, 2.0]], [1]) | cross_entropy([1.0, 2.0], 1, label_smoothing=0.1, reduction="sum")
cross_entropy_backward([[1.0, 2.0]], [1], reduction="sum") | nll_loss([[-1.0, -2.0]], [1], reduction="none")
mse_loss([1, 2], [3, 4]) | smooth_l1_loss([1, 2], [3, 4], beta=0.5) | one_hot([0, 2]) | one_hot([0, 2], 4)
binary_cross_entropy([0.5], [1]) | binary_cross_entropy_with_logits([0.5], [1], reduction="sum")
iou([0, 0, 2, 2], [1, 1, 3, 3]) | box_iou([[0, 0, 2, 2]], [[1, 1, 3, 3]]) | generalized_box_iou([[0, 0, 2, 2]], [[1, 1, 3, 3]])
box_area([[0, 0, 2, 2]]) | box_convert([[0, 0, 2, 2]], "xyxy", "cxcywh") | clip_boxes_to_image([[0, 0, 9, 9]], (4, 5))
nms([[0, 0, 2, 2], [0, 0, 2, 3]], [0.5, 0.6], 0.5) | anchors(2, 2, 16, (32, 64)) | anchors(1, 1, 16, 32, ratios=(1, 2))
encode_boxes([[0, 0, 2, 2]], [[1, 1, 3, 3]]) | decode_boxes([[0.1, 0.1, 0.0, 0.0]], [[1, 1, 3, 3]])
"""  # noqa: E501 - a line is a shelf of calls

WRITTEN = [call.strip() for line in CALLS.strip().splitlines() for call in line.split(" | ")]


def test_every_operation_is_called_below() -> None:
    """A new row needs a call of its own here."""
    assert [entry.name for entry in MINE if f"{entry.name}(" not in CALLS] == []


@pytest.mark.parametrize("code", WRITTEN)
def test_a_check_computes_what_plain_python_computes(
    code: str,
    value: Callable[..., Any],
    run_plainly: Callable[..., Any],
    agrees: Callable[[Any, Any], bool],
) -> None:
    """Types and all."""
    assert agrees(value(code), run_plainly(code))


def test_a_check_of_several_steps() -> None:
    """Indices are taken apart, and a claim about a gradient is proved."""
    code = """
pooled, places = max_pool2d(ramp(4, 4), 2, return_indices=True)
back = max_unpool2d(pooled, places, 2)
found = max_pool2d_backward(ones(2, 2), ramp(4, 4), 2)
back.sum(), found.sum(), allclose(found, grad(max_pool2d, ramp(4, 4), 2), 1e-6)
"""
    proof = run_job(Job(code))
    assert proof.failure is None, proof.failure
    assert proof.value == (40.0, 4.0, True)
    assert [step.name for step in proof.steps if step.name] == ["pooled", "places", "back", "found"]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("max_pool2d(ramp(2, 2), 3)", "a kernel of 3×3 does not fit into an input of 2×2"),
        ("max_pool2d(ramp(4, 4), 2, ceil_mode='yes')", "takes no text as `ceil_mode`"),
        ("cross_entropy([1.0], 0, reduction='max')", "has `reduction` mean, sum, none, not 'max'"),
        ("nms([[3, 0, 1, 2]], [1], 0.5)", "the box [3, 0, 1, 2] is not (x1, y1, x2, y2)"),
        ("batch_norm(ramp(2, 3), None, None)", "it needs running_mean"),
        ("mse_loss([1, 2], [1])", "the input has shape (2,), the target (1,)"),
    ],
)
def test_mistakes_are_told(code: str, message: str, failure: Callable[..., Any]) -> None:
    """In the operation's own words."""
    assert message in failure(code).message


TOO_LARGE = [
    "max_pool1d(ones(4), 10 ** 7, padding=5 * 10 ** 6)",
    "max_pool3d(ones(2, 2, 2), 1000, padding=500)",
    "max_pool2d(ones(1500, 1500), 2, 1, return_indices=True)",
    "avg_pool2d(ones(2000, 2000), 1000, stride=1)",
    "adaptive_avg_pool2d(ones(2, 2), 10 ** 4)",
    "adaptive_max_pool2d(ones(2, 2), (None, 10 ** 8))",
    "adaptive_avg_pool1d(ones(2), 10 ** 8)",
    "max_unpool2d(ones(2, 2), [[0, 1], [2, 3]], 10 ** 5)",
    "max_unpool2d(ones(2, 2), [[0, 1], [2, 3]], 2, stride=10 ** 5)",
    "one_hot([10 ** 9])",
    "one_hot([0], 10 ** 9)",
    "box_iou(zeros(3000, 4), zeros(3000, 4))",
    "nms(zeros(10 ** 5, 4), zeros(10 ** 5), 0.5)",
    "anchors(1000, 1000, 1, (1, 2, 3))",
    "local_response_norm(ones(1, 10 ** 4, 100), 10 ** 4)",
]


@pytest.mark.parametrize("code", TOO_LARGE)
def test_too_much_is_refused_before_it_is_made(code: str, failure: Callable[..., Any]) -> None:
    """Whatever the arguments ask for."""
    tracemalloc.start()
    try:
        found = failure(code)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found.kind == "limit", found
    assert peak < 100_000_000


X = np.random.default_rng(0).normal(size=(4, 100, 100))
SIGNAL, VOLUME, MAPS = X.reshape(40, -1), X.reshape(1, 40, 25, 40), X.reshape(5, 8, 25, 40)
SMALL = (X * 9).astype(np.int8)
INDEX = nn.max_pool2d(X, 2, return_indices=True)
BOXES = np.sort(np.abs(X).reshape(-1, 4)[:300] * 50)
UP, HALF = np.ones((4, 100, 100)), np.ones((4, 50, 50))

PEAKS = [
    ("max_pool2d", (X, 2)),
    ("max_pool2d", (X, 3, 1, 1)),
    ("max_pool2d", (X, 2, None, 0, 1, False, True)),
    ("max_pool2d", (X, 3, 1, 1, 2, True, True)),
    ("max_pool2d", (SMALL, 3, 1, 1)),
    ("min_pool2d", (X, (1, 5), 1)),
    ("avg_pool2d", (X, 3, 1, 1)),
    ("avg_pool2d", (SMALL, 2)),
    ("lp_pool2d", (X, 2, 3, 1)),
    ("lp_pool2d", (SMALL, 2, 2)),
    ("max_pool1d", (SIGNAL, 3, 1, 1)),
    ("avg_pool1d", (SIGNAL, 2)),
    ("max_pool3d", (VOLUME, 2, 1)),
    ("avg_pool3d", (VOLUME, 3, 1, 1)),
    ("adaptive_avg_pool2d", (X, 7)),
    ("adaptive_avg_pool2d", (X, (200, 3))),
    ("adaptive_max_pool2d", (X, 130)),
    ("adaptive_max_pool2d", (X, (3, 200), True)),
    ("adaptive_avg_pool1d", (SIGNAL, 1500)),
    ("max_unpool2d", (*INDEX, 2)),
    ("max_unpool2d", (*INDEX, 2, 7)),
    ("max_pool2d_backward", (HALF, X, 2)),
    ("max_pool2d_backward", (UP, X, 3, 1, 1)),
    ("avg_pool2d_backward", (UP, X, 3, 1, 1)),
    ("linear_backward", (np.ones((100, 50)), np.ones((100, 80)), np.ones((50, 80)))),
    ("one_hot", (np.arange(300),)),
    ("box_iou", (BOXES, BOXES)),
    ("generalized_box_iou", (BOXES, BOXES)),
    ("nms", (BOXES, np.arange(300.0), 0.5)),
    ("anchors", (60, 80, 16, (1, 2, 3))),
    ("local_response_norm", (MAPS, 5)),
    ("batch_norm", (MAPS, None, None, None, None, True)),
    ("layer_norm", (MAPS, 40)),
    ("layer_norm_backward", (MAPS, MAPS, 40)),
    ("cross_entropy", (SIGNAL, np.arange(40))),
    ("cross_entropy_backward", (SIGNAL, np.arange(40))),
    ("gelu", (X,)),
    ("softplus", (X,)),
    ("softmax_backward", (X, X)),
]

BUFFERS = 3 * 8192
"""Values that NumPy itself sets aside to go through an array piece by piece."""


@pytest.mark.parametrize(("name", "arguments"), PEAKS)
def test_memory_stays_near_what_was_reckoned(name: str, arguments: tuple[Any, ...]) -> None:
    """What grows is reckoned in full; beside it two or three arrays as large as the input."""
    entry, function = TABLE[name], vars(nn)[name]
    function(*arguments)
    tracemalloc.start()
    function(*arguments)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    foreseen = estimate(entry.size, entry.in_full(bind(entry, arguments, {})))
    within = 1.3 if entry.size else 3.2
    assert peak / 8 <= within * foreseen + BUFFERS + 2000, (name, peak / 8, foreseen)
