"""Whole networks against PyTorch: parameters, multiply-adds and the shape after each layer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

torch = pytest.importorskip("torch")

from quizcnn.nn.counting import multiply_adds, parameters  # noqa: E402
from quizcnn.nn.geometry import shapes  # noqa: E402
from quizcnn.nn.networks import alexnet, lenet5, mobilenet, vgg16, vgg19  # noqa: E402
from quizcnn.nn.networks_branching import googlenet, resnet18, resnet50  # noqa: E402


def unit(channels: int, width: int, side: int, stride: int = 1, groups: int = 1) -> Any:
    nn = torch.nn
    convolution = nn.Conv2d(channels, width, side, stride, side // 2, groups=groups, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(width), nn.ReLU())


def their_resnet(kit: Any, blocks: list[int], wide: int, bottleneck: bool) -> Any:
    """A ResNet as torchvision builds it: the stride in the 3×3 kernel."""
    nn = torch.nn
    parts: list[Any] = [unit(3, 64, 7, 2), nn.MaxPool2d(3, 2, 1)]
    channels = 64
    for stage, number in enumerate(blocks):
        width = 64 * 2**stage
        for block in range(number):
            stride = 2 if stage and not block else 1
            if bottleneck:
                body = [unit(channels, width, 1), unit(width, width, 3, stride)]
                body += [unit(width, wide * width, 1)[:2]]
            else:
                body = [unit(channels, width, 3, stride), unit(width, width, 3)[:2]]
            same = stride == 1 and channels == wide * width
            past = nn.Sequential() if same else unit(channels, wide * width, 1, stride)[:2]
            parts += [kit.added(nn.Sequential(*body), past), nn.ReLU()]
            channels = wide * width
    return nn.Sequential(*parts, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 1000))


def their_vgg(plan: list[int]) -> Any:
    nn = torch.nn
    parts: list[Any] = []
    channels = 3
    for number, width in zip(plan, [64, 128, 256, 512, 512], strict=True):
        for _ in range(number):
            parts += [nn.Conv2d(channels, width, 3, 1, 1), nn.ReLU()]
            channels = width
        parts.append(nn.MaxPool2d(2))
    dense = [nn.Linear(25088, 4096), nn.Linear(4096, 4096), nn.Linear(4096, 1000)]
    return nn.Sequential(*parts, nn.Flatten(), *dense)


def their_mobilenet() -> Any:
    nn = torch.nn
    parts = [unit(3, 32, 3, 2)]
    channels = 32
    for width, stride in (
        [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)]
        + [(512, 1)] * 5
        + [(1024, 2), (1024, 1)]
    ):
        parts += [unit(channels, channels, 3, stride, channels), unit(channels, width, 1)]
        channels = width
    return nn.Sequential(*parts, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(1024, 1000))


def operations(module: Any, shape: tuple[int, ...]) -> int:
    """The multiply-adds that PyTorch's own counter finds."""
    counter = pytest.importorskip("torch.utils.flop_counter")
    with torch.device("meta"):
        x = torch.zeros(1, *shape)
    with counter.FlopCounterMode(display=False) as mode:
        module.to("meta").eval()(x)
    return mode.get_total_flops() // 2


@pytest.mark.parametrize(
    ("network", "rival", "total"),
    [
        (vgg16, lambda kit: their_vgg([2, 2, 3, 3, 3]), 138_357_544),
        (vgg19, lambda kit: their_vgg([2, 2, 4, 4, 4]), 143_667_240),
        (resnet18, lambda kit: their_resnet(kit, [2, 2, 2, 2], 1, False), 11_689_512),
        (lambda: resnet50(True), lambda kit: their_resnet(kit, [3, 4, 6, 3], 4, True), 25_557_032),
        (mobilenet, lambda kit: their_mobilenet(), 4_231_976),
    ],
)
def test_networks_built_independently_have_the_same_totals(
    network: Callable[[], Any],
    rival: Callable[[Any], Any],
    total: int,
    kit: Any,
    ran: Callable[..., None],
) -> None:
    """Parameters, and multiply-adds by PyTorch's counter, of networks written out in PyTorch."""
    with torch.device("meta"):
        module = rival(kit)
    assert parameters(network()) == kit.count(module) == total
    image = (3, 224, 224)
    assert multiply_adds(network(), image) == operations(module, image)
    ran(1, "networks written out in PyTorch:")


@pytest.mark.parametrize(
    ("network", "shape"),
    [
        (lenet5(), (1, 32, 32)),
        (alexnet(), (3, 227, 227)),
        (vgg16(), (3, 224, 224)),
        (vgg19(), (3, 224, 224)),
        (googlenet(), (3, 224, 224)),
        (resnet18(), (3, 224, 224)),
        (resnet50(), (3, 224, 224)),
        (mobilenet(0.5), (3, 224, 224)),
    ],
    ids=["lenet5", "alexnet", "vgg16", "vgg19", "googlenet", "resnet18", "resnet50", "mobilenet"],
)
def test_whole_networks_layer_by_layer(
    network: Any, shape: tuple[int, ...], kit: Any, ran: Callable[..., None]
) -> None:
    """Each layer's shape, all parameters and multiply-adds, of our own lists run by PyTorch."""
    with torch.device("meta"):
        module = kit.chain(network)
        x = torch.zeros(1, *shape)
    assert parameters(network) == kit.count(module)
    module.eval()
    expected = shapes(network, shape)
    for part, after in zip(module, expected, strict=True):
        x = part(x)
        assert tuple(x.shape[1:]) == after
    assert multiply_adds(network, shape) == operations(module, shape)
    ran(len(expected), "layers of whole networks:")
