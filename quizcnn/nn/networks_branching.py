"""Well-known networks that branch: GoogLeNet's parallel paths, ResNet's shortcuts."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.nn.arguments import flag
from quizcnn.nn.blocks import Parallel, Residual
from quizcnn.nn.layer import Layer
from quizcnn.nn.layers import Conv2d, Linear
from quizcnn.nn.layers_pointwise import BatchNorm2d, Dropout, LocalResponseNorm, ReLU
from quizcnn.nn.layers_pooling import GlobalAvgPool2d, MaxPool2d

__all__ = ["googlenet", "inception", "resnet18", "resnet50"]


def googlenet() -> list[Layer]:
    """GoogLeNet (Inception, version 1) for images of shape (3, 224, 224): 6 998 552 parameters.

    As in Szegedy et al. 2015, "Going deeper with convolutions", figure 3 and table 1: with biases,
    without batch normalisation and without the two auxiliary classifiers, which are for training
    only. Pooling rounds sizes up (`ceil_mode`), as its 56, 28, 14 and 7 pixels need. 1 582 671 872
    multiply-adds; table 1 adds up to 1.5 thousand million, as it has 2 700 weights and 34 million
    operations for the first convolution, which really has 9 408 and 118 million. torchvision's
    variant has batch normalisation, and 3×3 kernels in place of the 5×5: 6 624 904 parameters.

    >>> parameters(googlenet()), multiply_adds(googlenet(), (3, 224, 224))
    (6998552, 1582671872)
    """
    halve = MaxPool2d(3, stride=2, ceil_mode=True)
    return [
        Conv2d(3, 64, 7, stride=2, padding=3),
        ReLU(),
        halve,
        LocalResponseNorm(5),
        Conv2d(64, 64, 1),
        ReLU(),
        Conv2d(64, 192, 3, padding=1),
        ReLU(),
        LocalResponseNorm(5),
        halve,
        inception(192, 64, (96, 128), (16, 32), 32),
        inception(256, 128, (128, 192), (32, 96), 64),
        halve,
        inception(480, 192, (96, 208), (16, 48), 64),
        inception(512, 160, (112, 224), (24, 64), 64),
        inception(512, 128, (128, 256), (24, 64), 64),
        inception(512, 112, (144, 288), (32, 64), 64),
        inception(528, 256, (160, 320), (32, 128), 128),
        halve,
        inception(832, 256, (160, 320), (32, 128), 128),
        inception(832, 384, (192, 384), (48, 128), 128),
        GlobalAvgPool2d(),
        Dropout(0.4),
        Linear(1024, 1000),
    ]


def inception(
    channels: int, one: int, three: Sequence[int], five: Sequence[int], pooled: int
) -> Parallel:
    """GoogLeNet's block for an input of so many channels (Szegedy et al. 2015, figure 2b).

    Side by side: `one` kernels of 1×1; `three` = (a, b): a of 1×1 that reduce the channels, then b
    of 3×3; `five` the same with 5×5; max pooling and then `pooled` kernels of 1×1.

    >>> output_shape(inception(192, 64, (96, 128), (16, 32), 32), (192, 28, 28))
    (256, 28, 28)
    >>> parameters(inception(192, 64, (96, 128), (16, 32), 32))
    163696
    """
    return Parallel(
        [Conv2d(channels, one, 1), ReLU()],
        [*_reduced(channels, three, 3), ReLU()],
        [*_reduced(channels, five, 5), ReLU()],
        [MaxPool2d(3, stride=1, padding=1), Conv2d(channels, pooled, 1), ReLU()],
    )


def resnet18() -> list[Layer]:
    """ResNet-18 for images of shape (3, 224, 224): 11 689 512 parameters.

    He et al. 2015, "Deep residual learning for image recognition", table 1: 1.8 thousand million
    multiply-adds (the paper says FLOPs). Shortcuts that change the shape are 1×1 convolutions
    (its option B); batch normalisation after each convolution. As torchvision's.

    >>> parameters(resnet18()), multiply_adds(resnet18(), (3, 224, 224))
    (11689512, 1814073344)
    """
    layers = _stem()
    channels = 64
    for width, stride in [(64, 1), (128, 2), (256, 2), (512, 2)]:
        for step in (stride, 1):
            body = [
                *_normalised(channels, width, 3, step),
                ReLU(),
                *_normalised(width, width, 3),
            ]
            layers += [Residual(body, _shortcut(channels, width, step)), ReLU()]
            channels = width
    return [*layers, GlobalAvgPool2d(), Linear(512, 1000)]


def resnet50(stride_in_3x3: bool = False) -> list[Layer]:
    """ResNet-50 for images of shape (3, 224, 224): 25 557 032 parameters.

    He et al. 2015, table 1: 3.8 thousand million multiply-adds (the paper says FLOPs). Each block
    narrows the channels with 1×1, convolves with 3×3 and widens four times with 1×1. Where a stage
    begins, the paper halves the size in the first 1×1; with `stride_in_3x3` it is the 3×3, as in
    torchvision ("version 1.5"), which costs 4.1 thousand million and no parameter more.

    >>> parameters(resnet50()), multiply_adds(resnet50(), (3, 224, 224))
    (25557032, 3857973248)
    >>> multiply_adds(resnet50(stride_in_3x3=True), (3, 224, 224))
    4089184256
    """
    later = flag("resnet50", "stride_in_3x3", stride_in_3x3)
    layers = _stem()
    channels = 64
    for width, blocks, stride in [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)]:
        for block in range(blocks):
            step = stride if block == 0 else 1
            first, second = (1, step) if later else (step, 1)
            body = [
                *_normalised(channels, width, 1, first),
                ReLU(),
                *_normalised(width, width, 3, second),
                ReLU(),
                *_normalised(width, 4 * width, 1),
            ]
            layers += [Residual(body, _shortcut(channels, 4 * width, step)), ReLU()]
            channels = 4 * width
    return [*layers, GlobalAvgPool2d(), Linear(2048, 1000)]


def _stem() -> list[Layer]:
    """How a ResNet begins: to a quarter of the size."""
    return [*_normalised(3, 64, 7, 2), ReLU(), MaxPool2d(3, stride=2, padding=1)]


def _shortcut(channels: int, width: int, stride: int) -> list[Layer] | None:
    """A 1×1 convolution where the shape changes, else the input itself."""
    if channels == width and stride == 1:
        return None
    return _normalised(channels, width, 1, stride)


def _normalised(channels: int, width: int, side: int, stride: int = 1) -> list[Layer]:
    """A convolution that keeps the size but for its stride, and batch normalisation."""
    convolution = Conv2d(channels, width, side, stride=stride, padding=side // 2, bias=False)
    return [convolution, BatchNorm2d(width)]


def _reduced(channels: int, widths: Sequence[int], side: int) -> list[Layer]:
    """Fewer channels by 1×1, then a larger kernel."""
    if not isinstance(widths, list | tuple) or len(widths) != 2:
        raise ValueError(
            f"inception: a branch of {side}×{side} takes two numbers of kernels, those of 1×1 and "
            f"its own, such as (96, 128), not {widths!r}"
        )
    reduced, width = widths
    return [
        Conv2d(channels, reduced, 1),
        ReLU(),
        Conv2d(reduced, width, side, padding=side // 2),
    ]
