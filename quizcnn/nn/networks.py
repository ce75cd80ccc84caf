"""Well-known networks that are one list of layers, ending in the class scores (no softmax).

Those that branch, GoogLeNet and ResNet, are in `quizcnn.nn.networks_branching`.
"""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.nn.arguments import real
from quizcnn.nn.layer import Layer
from quizcnn.nn.layers import Conv2d, Linear
from quizcnn.nn.layers_pointwise import BatchNorm2d, Dropout, Flatten, LocalResponseNorm, ReLU
from quizcnn.nn.layers_pooling import AvgPool2d, GlobalAvgPool2d, MaxPool2d

__all__ = ["alexnet", "lenet5", "mobilenet", "vgg16", "vgg19"]


def lenet5() -> list[Layer]:
    """LeNet-5 in its modern form, for images of shape (1, 32, 32): 61 706 parameters.

    After LeCun et al. 1998, "Gradient-based learning applied to document recognition", with the
    changes usual today: plain average pooling instead of trainable subsampling, all 16 kernels
    of the second convolution see all 6 maps, ReLU, and a dense output layer.

    >>> lenet5()[:3]
    [Conv2d(1, 6, 5), ReLU(), AvgPool2d(2)]
    """
    return [
        Conv2d(1, 6, 5),
        ReLU(),
        AvgPool2d(2),
        Conv2d(6, 16, 5),
        ReLU(),
        AvgPool2d(2),
        Flatten(),
        Linear(400, 120),
        ReLU(),
        Linear(120, 84),
        ReLU(),
        Linear(84, 10),
    ]


def alexnet() -> list[Layer]:
    """AlexNet for images of shape (3, 227, 227): 60 965 224 parameters.

    Krizhevsky, Sutskever and Hinton 2012, "ImageNet classification with deep convolutional
    neural networks" ("60 million parameters"): two groups in the second, fourth and fifth
    convolution (its two GPUs), overlapping pooling, local response normalisation with k = 2,
    n = 5, α = 10⁻⁴ (here times n, as PyTorch takes the mean of the squares). 724 million
    multiply-adds. The paper says 224, but its shapes need 227.

    >>> alexnet()[0]
    Conv2d(3, 96, 11, stride=4)
    """
    normalise = LocalResponseNorm(5, alpha=5e-4, beta=0.75, k=2)
    return [
        Conv2d(3, 96, 11, stride=4),
        ReLU(),
        normalise,
        MaxPool2d(3, stride=2),
        Conv2d(96, 256, 5, padding=2, groups=2),
        ReLU(),
        normalise,
        MaxPool2d(3, stride=2),
        Conv2d(256, 384, 3, padding=1),
        ReLU(),
        Conv2d(384, 384, 3, padding=1, groups=2),
        ReLU(),
        Conv2d(384, 256, 3, padding=1, groups=2),
        ReLU(),
        MaxPool2d(3, stride=2),
        Flatten(),
        *_dense_layers(9216),
    ]


def vgg16() -> list[Layer]:
    """VGG-16 for images of shape (3, 224, 224): 138 357 544 parameters.

    Configuration D of Simonyan and Zisserman 2014, "Very deep convolutional networks for
    large-scale image recognition" (tables 1 and 2: 138 million): 13 convolutions of 3×3 that keep
    the size, 5 poolings that halve it, 3 dense layers. 15.5 thousand million multiply-adds.

    >>> vgg16()[:5]
    [Conv2d(3, 64, 3, padding=1), ReLU(), Conv2d(64, 64, 3, padding=1), ReLU(), MaxPool2d(2)]
    """
    return _vgg([2, 2, 3, 3, 3])


def vgg19() -> list[Layer]:
    """VGG-19 for images of shape (3, 224, 224): 143 667 240 parameters.

    Configuration E of Simonyan and Zisserman 2014 (tables 1 and 2: 144 million): as VGG-16, with
    a fourth convolution before each of the last three poolings. 19.6 thousand million
    multiply-adds (He et al. 2015, section 3.3).

    >>> len(layers_of(vgg19(), Conv2d))
    16
    """
    return _vgg([2, 2, 4, 4, 4])


def mobilenet(width: float = 1.0) -> list[Layer]:
    """MobileNet, version 1, for images of shape (3, 224, 224): 4 231 976 parameters.

    Howard et al. 2017, "MobileNets: efficient convolutional neural networks for mobile vision
    applications", table 1: a convolution, then 13 times a depthwise and a pointwise one, each with
    batch normalisation and ReLU. 569 million multiply-adds and 4.2 million parameters (table 4).
    `width` is the paper's α, which makes all layers thinner; table 6 has 0.75, 0.5 and 0.25.

    >>> parameters(mobilenet()), multiply_adds(mobilenet(), (3, 224, 224))
    (4231976, 568740352)
    >>> multiply_adds(mobilenet(0.5), (3, 224, 224))
    149497088
    """
    if not 0 < real("mobilenet", "width", width) <= 4:
        raise ValueError(f"mobilenet: width must be above 0 and at most 4, but is {width!r}")
    maps = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)]
    maps += [(512, 1)] * 5 + [(1024, 2), (1024, 1)]
    thin = [(max(1, int(channels * width)), stride) for channels, stride in [(32, 2), *maps]]
    (channels, stride), *rest = thin
    layers = [*_normalised(Conv2d(3, channels, 3, stride=stride, padding=1, bias=False))]
    for wider, stride in rest:
        depthwise = Conv2d(
            channels, channels, 3, stride=stride, padding=1, groups=channels, bias=False
        )
        pointwise = Conv2d(channels, wider, 1, bias=False)
        layers += [*_normalised(depthwise), *_normalised(pointwise)]
        channels = wider
    return [*layers, GlobalAvgPool2d(), Linear(channels, 1000)]


def _vgg(convolutions: Sequence[int]) -> list[Layer]:
    """A VGG network with so many convolutions before each pooling."""
    layers: list[Layer] = []
    channels = 3
    for number, width in zip(convolutions, [64, 128, 256, 512, 512], strict=True):
        for _ in range(number):
            layers += [Conv2d(channels, width, 3, padding=1), ReLU()]
            channels = width
        layers.append(MaxPool2d(2))
    return [*layers, Flatten(), *_dense_layers(25088)]


def _dense_layers(features: int) -> list[Layer]:
    """The three dense layers in which AlexNet and VGG end."""
    return [
        Linear(features, 4096),
        ReLU(),
        Dropout(),
        Linear(4096, 4096),
        ReLU(),
        Dropout(),
        Linear(4096, 1000),
    ]


def _normalised(convolution: Conv2d) -> list[Layer]:
    return [convolution, BatchNorm2d(convolution.out_channels), ReLU()]
