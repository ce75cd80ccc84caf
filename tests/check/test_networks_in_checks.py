"""Layers, networks, counting and formulas are usable from a check, within its limits."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from quizcnn import nn
from quizcnn.check.calls import bind
from quizcnn.check.limits import ELEMENTS
from quizcnn.check.sizes import estimate
from quizcnn.check.table import TABLE

CALLS = """
parameters(Conv1d(16, 32, 3)) | output_shape(Conv3d(3, 8, 3, padding="same"), (3, 4, 5, 6))
output_shape(ConvTranspose2d(8, 4, 3, 2, 1, output_padding=1), (8, 7, 7))
output_shape(MaxPool2d(3, stride=2, ceil_mode=True), (64, 112, 112)) | MaxPool2d(3, 2, dilation=2)
output_shape(AvgPool2d(3, 2, 1, True), (8, 6, 6)) | output_shape(AdaptiveAvgPool2d((2, 3)), (8, 9, 9))
output_shape(Upsample(scale_factor=2), (8, 6, 6)) | parameters([GroupNorm(2, 8), InstanceNorm2d(8)])
parameters([BatchNorm2d(64), LayerNorm((3, 4)), PReLU(8), LocalResponseNorm(5, k=2)])
forward([ReLU6(), LeakyReLU(0.2), ELU(), GELU(), SiLU(), Sigmoid(), Tanh()], [[1.0, -2.0]])
output_shape(Residual([Conv2d(8, 8, 3, padding=1), ReLU()]), (8, 6, 6))
Residual(Conv2d(8, 16, 3, 2, 1), shortcut=Conv2d(8, 16, 1, 2)).shortcut[0].stride
output_shape(Parallel([], Conv2d(8, 4, 1)), (8, 6, 6)) | Parallel(ReLU(), [ReLU(), Flatten()]).branches
parameters(Sequential(Conv2d(3, 8, 3), ReLU())) | Sequential(ReLU(), Flatten()).layers[1]
flops(lenet5(), (1, 32, 32)) | activation_count(vgg16(), (3, 224, 224), only=ReLU)
activation_count_by_layer(lenet5(), (1, 32, 32)) | memory(lenet5(), (1, 32, 32), itemsize=8, batch=3).total
receptive_field_start([Conv2d(1, 1, 3, padding=1)] * 3) | jump(ConvTranspose2d(1, 1, 2, stride=2))
receptive_field(layers_before(resnet50(), GlobalAvgPool2d)) | len(layers_of(googlenet(), Conv2d))
summary(lenet5(), (1, 32, 32)).parameters | summary(lenet5(), (1, 32, 32)).rows[0].output_shape
summary(resnet18(), (3, 224, 224), inside=True).rows[5].layer | summary([ReLU()], (2, 3)).rows
[row.receptive_field for row in summary(lenet5(), (1, 32, 32), itemsize=2).rows]
parameters(vgg19()) | parameters(mobilenet(0.5)) | multiply_adds(resnet50(True), (3, 224, 224))
multiply_adds(resnet50(stride_in_3x3=False), (3, 224, 224)) | parameters(resnet18(), only=BatchNorm2d)
parameters(inception(192, 64, (96, 128), (16, 32), 32)) | len(without(resnet18(), Residual))
forward([Conv1d(2, 3, 3), ReLU()], ones(2, 8)).shape | forward(Conv3d(1, 2, 2), ones(1, 3, 4, 5)).shape
forward(Residual([BatchNorm2d(2), LayerNorm(4)], []), ramp(2, 3, 4)) | seen(Residual(Conv2d(1, 1, 3, padding=1)), ramp(9, 9))
forward(Parallel([], ConvTranspose2d(1, 2, 3, padding=1)), ramp(4, 4)).shape
agree(lambda n, k: (n - k + 1, n - k + 1), lambda n, k: conv2d(ones(n, n), ones(k, k)).shape, range(4, 8), [1, 2, 3])
agree(lambda n: n * n, lambda n: 2 * n, range(3, 9)) | counterexample(lambda n: n * n, lambda n: 2 * n, range(3))
counterexample(lambda n, k: n - k + 1, lambda n, k: n - k, range(9), range(9), where=lambda n, k: k < n, tolerance=0)
agree(lambda x, pool: pool(x, 2).shape, lambda x, pool: (2, 2), [ones(4, 4), ramp(5, 5)], [max_pool2d, avg_pool2d])
agree(relu, lambda n: max(n, 0), range(-5, 5)) | agree(lambda p: conv2d(ones(5, 5), ones(3, 3), padding=p).shape[0], lambda p: 5, ["same", 1])
agree(lambda n: parameters(Linear(n, n)), lambda n: n * (n + 1), np.arange(1, 20))
"""  # noqa: E501 - a line is a shelf of calls


@pytest.mark.parametrize(
    "code", [call.strip() for line in CALLS.strip().splitlines() for call in line.split(" | ")]
)
def test_calls_work_as_in_plain_python(
    code: str,
    value: Callable[..., Any],
    run_plainly: Callable[..., Any],
    agrees: Callable[[Any, Any], bool],
) -> None:
    assert agrees(value(code), run_plainly(code))


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("MaxPool2d(3, 2, 0, 1, True)", "MaxPool2d takes 4 arguments by position, here are 5"),
        ("Residual([ReLU])", "Residual takes no function as `body`"),
        ("Parallel()", "Parallel: at least one branch is needed"),
        ("forward(vgg19(), ones(3, 4, 4))", "forward runs networks of up to 4000000 parameters"),
        ("agree(relu, relu, [])", "proves nothing"),
        ("agree(relu, relu)", "a range for each argument is needed"),
        ("agree(relu, relu, range(10 ** 9))", "this would make 1,000,000,000 values"),
        ("agree(relu, relu, range(101), range(100))", "10,000 are tried at most"),
        ("agree(relu, relu, (n for n in [1, 2]))", "agree takes a list here"),
        ("agree(3, relu, [1])", "agree compares functions"),
        ("agree(lambda n: ones(n, n), relu, [10 ** 5])", "this would make 10,000,000,000 values"),
        ("x = [ReLU()]\nfor i in range(50):\n    x = [x]\nparameters(x)", "40 deep"),
        ("x = ReLU()\nfor i in range(50):\n    x = Residual(x)\nx", "40 deep"),
        ("x = ReLU()\nfor i in range(20):\n    x = Parallel(x, x)\nx", "more than 1,000,000 steps"),
        (
            "x = ReLU()\nfor i in range(20):\n    x = Sequential(x, x)\nx",
            "more than 1,000,000 steps",
        ),
        ("x = ReLU()\nfor i in range(20):\n    x = [x, x]\nparameters(x)", "1,000,000"),
        ("forward(Conv2d(1, 1, 1, 4000, 2000), ones(4, 4))", "this would make 16,032,016 values"),
        ("forward(Upsample(scale_factor=2000), ones(4, 4))", "this would make 64,000,000 values"),
        ("forward(MaxPool2d(5000, padding=2500), ones(1, 4, 4))", "this would make"),
        (
            "x = []\nfor i in range(9):\n    x = Parallel(x, x)\nforward(x, ones(1, 100, 100))",
            "this would make",
        ),
        ("summary(lenet5(), (1, 32, 32)).row", "has no field `row`: did you mean `rows`?"),
        ("summary(lenet5(), (1, 32, 32)).rows[0].layer.size", "Conv2d has no field `size`"),
    ],
)
def test_what_is_wrong_or_too_much_is_told(
    code: str, message: str, failure: Callable[..., Any]
) -> None:
    assert message in failure(code).message


NETWORKS = [
    ("Conv2d(3, 8, 3, padding=1)", (3, 200, 200)),
    ("Conv2d(1, 1, 1, stride=900, padding=450)", (1, 4, 4)),
    ("[Conv2d(1, 16, 5), ReLU(), Conv2d(16, 1, 5)]", (1, 120, 120)),
    ("Conv2d(64, 64, 3, padding=1, groups=64)", (64, 64, 64)),
    ("Conv1d(8, 8, 9, padding='same')", (8, 40_000)),
    ("Conv3d(2, 4, 3, padding=1)", (2, 30, 40, 50)),
    ("ConvTranspose2d(2, 3, 4, stride=4)", (2, 80, 80)),
    ("ConvTranspose2d(1, 1, 3, stride=2, padding=40, dilation=40)", (1, 200, 200)),
    ("LocallyConnected2d(2, 3, 5, 40)", (2, 40, 40)),
    ("[Flatten(), Linear(3000, 1000)]", (3, 10, 100)),
    ("MaxPool2d(3, 1, 1)", (3, 300, 300)),
    ("MaxPool2d(3, 7, 1, 2, ceil_mode=True)", (3, 300, 300)),
    ("AvgPool2d(301, padding=150)", (1, 300, 300)),
    ("AdaptiveAvgPool2d(400)", (3, 20, 20)),
    ("[BatchNorm2d(3), ReLU6(), Sigmoid()]", (3, 300, 300)),
    ("[LayerNorm((3, 300, 300)), GELU()]", (3, 300, 300)),
    ("LocalResponseNorm(5)", (32, 90, 90)),
    ("Residual([Conv2d(4, 4, 3, padding=1), ReLU()])", (4, 200, 200)),
    ("Parallel([], ReLU(), Residual(Parallel(Conv2d(4, 2, 1), Conv2d(4, 2, 1))))", (4, 150, 150)),
]


@pytest.mark.parametrize(("code", "shape"), NETWORKS)
def test_running_layers_takes_no_more_memory_than_was_foreseen(
    code: str, shape: tuple[int, ...]
) -> None:
    """Five times at most: the rule counts what is held, and not what passes through beside it."""
    layers = eval(code, vars(nn))
    x = np.ones(shape)
    entry = TABLE["forward"]
    foreseen = estimate(entry.size, entry.in_full(bind(entry, [layers, x], {})))
    nn.forward(layers, x)
    tracemalloc.start()
    try:
        nn.forward(layers, x)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak / 8 <= 5 * foreseen + 200_000, (peak / 8, foreseen)
    assert foreseen <= ELEMENTS
