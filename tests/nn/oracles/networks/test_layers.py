"""Layers and stacks of them against PyTorch: shapes, parameters, outputs with the same weights."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from quizcnn.nn.blocks import Parallel, Residual  # noqa: E402
from quizcnn.nn.counting import parameters  # noqa: E402
from quizcnn.nn.geometry import output_shape  # noqa: E402
from quizcnn.nn.inference import forward  # noqa: E402
from quizcnn.nn.layer import Layer, sides  # noqa: E402
from quizcnn.nn.layers import Conv1d, Conv2d, Conv3d, ConvTranspose2d, Linear  # noqa: E402
from quizcnn.nn.layers_pointwise import (  # noqa: E402
    ELU,
    GELU,
    BatchNorm2d,
    Dropout,
    Flatten,
    GroupNorm,
    InstanceNorm2d,
    LayerNorm,
    LeakyReLU,
    LocalResponseNorm,
    PReLU,
    ReLU,
    ReLU6,
    Sigmoid,
    SiLU,
    Softmax,
    Tanh,
)
from quizcnn.nn.layers_pooling import (  # noqa: E402
    AdaptiveAvgPool2d,
    AvgPool2d,
    GlobalAvgPool2d,
    GlobalMaxPool2d,
    MaxPool2d,
    Upsample,
)
from quizcnn.nn.networks import lenet5, mobilenet  # noqa: E402

Case = tuple[Layer, tuple[int, ...]]
SAME = "ignore:Using padding='same' with even kernel lengths"


def ours(layers: Any, shape: tuple[int, ...]) -> tuple[int, ...] | None:
    """The shape that comes out, None where the layers do not fit."""
    try:
        return output_shape(layers, shape)
    except ValueError:
        return None


def theirs(module: Any, shape: tuple[int, ...]) -> tuple[int, ...] | None:
    """The same by running PyTorch; it makes empty outputs where we refuse."""
    x = torch.zeros(1, *shape, dtype=torch.float64)
    try:
        made = module(x)
    except RuntimeError:
        return None
    return tuple(made.shape[1:]) if made.numel() else None


@pytest.fixture
def compare(kit: Any, close: Callable[..., None]) -> Callable[..., None]:
    """Parameters, shape and values (of several layers, so rounding adds up), or both refuse."""

    def compare(layers: list[Any], shape: tuple[int, ...], seed: int = 0) -> None:
        case = f"{layers} on {shape}"
        module = kit.with_weights(layers, seed)
        assert parameters(layers) == kit.count(module), case
        made = ours(layers, shape)
        assert made == theirs(module, shape), case
        if made is None:
            return
        batch = np.random.default_rng(seed).normal(size=(2, *shape))
        with torch.no_grad():
            expected = module(torch.from_numpy(batch)).numpy()
        close(forward(layers, batch, seed), expected, case, loosen=10)

    return compare


def convolutions() -> Iterator[Case]:
    options = itertools.product([1, 2, 3], [1, 2, 3], [0, 1, 2], [1, 2], [1, 2], [True, False])
    for kernel, stride, padding, dilation, groups, bias in options:
        how = (kernel, stride, padding, dilation, groups, bias)
        for side in (4, 7):
            yield Conv1d(4, 6, *how), (4, side)
            yield Conv2d(4, 6, *how), (4, side, 9 - side)
        yield Conv3d(4, 6, *how), (4, 4, 5, 3)
        yield Conv2d(4, 6, (kernel, 2), (1, stride), (padding, 0), (dilation, 1), groups), (4, 5, 6)
    for kernel, dilation, padding in itertools.product([1, 2, 3, 4], [1, 2], ["same", "valid"]):
        yield Conv2d(2, 3, kernel, 1, padding, dilation), (2, 6, 7)
        yield Conv1d(2, 3, kernel, 1, padding, dilation), (2, 6)
        yield Conv3d(2, 3, kernel, 1, padding, dilation), (2, 6, 5, 4)


def transposed() -> Iterator[Case]:
    options = itertools.product([1, 2, 3], [1, 2, 3], [0, 1, 2], [0, 1, 2], [1, 2], [1, 2])
    for kernel, stride, padding, more, groups, dilation in options:
        if more < max(stride, dilation):
            layer = ConvTranspose2d(
                4, 6, kernel, stride, padding, more, groups, groups == 1, dilation
            )
            yield layer, (4, 3, 5)


def pools() -> Iterator[Case]:
    sizes = [(2, 2), (3, 3), (5, 4), (7, 6)]
    for kernel, stride, padding, ceil in itertools.product(
        [1, 2, 3, (2, 3)], [None, 1, 2, 3], [0, 1], [False, True]
    ):
        if 2 * padding > min(sides(kernel, 2)):
            continue
        for size in sizes:
            for dilation in (1, 2):
                yield MaxPool2d(kernel, stride, padding, dilation, ceil_mode=ceil), (3, *size)
            for include, divisor in itertools.product([True, False], [None, 5]):
                yield AvgPool2d(kernel, stride, padding, ceil, include, divisor), (3, *size)
    for size, target in itertools.product(sizes, [1, 2, (3, 1), 8, (None, 2), (3, None)]):
        yield AdaptiveAvgPool2d(target), (3, *size)
        yield GlobalAvgPool2d(), (3, *size)
        yield GlobalMaxPool2d(), (3, *size)


def pointwise() -> Iterator[Case]:
    shape = (6, 3, 4)
    yield from (
        (layer, shape)
        for layer in (
            ReLU(), ReLU6(), LeakyReLU(), LeakyReLU(0.3), PReLU(), PReLU(6), ELU(), ELU(0.5),
            GELU(), SiLU(), Sigmoid(), Tanh(), Softmax(), Dropout(0.3), Flatten(),
            BatchNorm2d(6), BatchNorm2d(6, eps=0.1), BatchNorm2d(6, affine=False),
            GroupNorm(2, 6), GroupNorm(6, 6, 0.1, False), InstanceNorm2d(6), InstanceNorm2d(6, 0.1),
            InstanceNorm2d(6, affine=True), Upsample(scale_factor=2), Upsample(scale_factor=(1, 3)),
            LayerNorm(4), LayerNorm((6, 3, 4)), LayerNorm((3, 4), 0.1), LayerNorm(4, bias=False),
            LayerNorm(4, elementwise_affine=False), LocalResponseNorm(5),
            LocalResponseNorm(2, 0.1, 0.5, 2.0), LocalResponseNorm(3, alpha=1.0),
        )
    )  # fmt: skip


@pytest.mark.filterwarnings(SAME)
@pytest.mark.parametrize("cases", [convolutions, transposed, pools, pointwise])
def test_every_layer_is_pytorchs(
    cases: Callable[[], Iterator[Case]], compare: Callable[..., None], ran: Callable[..., None]
) -> None:
    """The same parameters, shapes and outputs, and what does not fit is refused by both."""
    number = 0
    for layer, shape in cases():
        compare([layer], shape)
        number += 1
    ran(number, f"layers, {cases.__name__}:")


def stacks() -> Iterator[list[Any]]:
    """Networks of two to four stages for an input of three channels."""
    starts = [
        [Conv2d(3, 4, 3, padding=1)],
        [Conv2d(3, 4, 3, stride=2, bias=False), BatchNorm2d(4), ReLU()],
        [Conv2d(3, 4, 5, padding="same"), LocalResponseNorm(3), LeakyReLU(0.2)],
        [ConvTranspose2d(3, 4, 2, stride=2), Tanh()],
    ]
    blocks = [
        [],
        [MaxPool2d(3, stride=2, ceil_mode=True)],
        [Residual([Conv2d(4, 4, 3, padding=1), ReLU(), Conv2d(4, 4, 3, padding=1)]), ReLU()],
        [Residual(Conv2d(4, 4, 3, 2, 1), Conv2d(4, 4, 1, 2)), Conv2d(4, 4, 3, groups=4)],
        [Parallel([], Conv2d(4, 3, 1), [AvgPool2d(3, 1, 1), Conv2d(4, 2, 1)]), Conv2d(9, 4, 1)],
        [Parallel(Residual(Parallel(Conv2d(4, 2, 1), Conv2d(4, 2, 1))), []), Conv2d(8, 4, 1)],
        [[Conv2d(4, 4, 3), [ReLU6(), Dropout()]], AvgPool2d(2)],
    ]
    ends = [
        [],
        [GlobalAvgPool2d(), Linear(4, 5), Softmax()],
        [AdaptiveAvgPool2d(2), Flatten(), Linear(16, 3, bias=False), Sigmoid()],
    ]
    for number, (start, one, other) in enumerate(itertools.product(starts, blocks, blocks)):
        yield [*start, *one, *other, *ends[number % len(ends)]]


@pytest.mark.filterwarnings(SAME)
def test_stacks_of_layers_are_pytorchs(
    compare: Callable[..., None], ran: Callable[..., None]
) -> None:
    """Also with branches inside branches, and lists inside lists."""
    number = 0
    for seed, (layers, side) in enumerate(itertools.product(stacks(), [5, 8, 13])):
        compare(layers, (3, side, side + 1), seed)
        number += 1
    ran(number, "stacks of layers")


def test_small_networks_give_pytorchs_scores(
    compare: Callable[..., None], ran: Callable[..., None]
) -> None:
    """Those that are small enough to run, with the same weights."""
    cases = [(lenet5(), (1, 32, 32)), (mobilenet(0.1), (3, 64, 64))]
    for network, shape in cases:
        compare(network, shape)
    ran(len(cases), "networks run")
