"""Three well-known networks as lists of layers, ending in the class scores (no softmax)."""

from __future__ import annotations

from quizcnn.nn.layers import (
    AvgPool2d,
    Conv2d,
    Dropout,
    Flatten,
    Layer,
    Linear,
    MaxPool2d,
    ReLU,
)

__all__ = ["alexnet", "lenet5", "vgg16"]


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
    neural networks": two groups in the second, fourth and fifth convolution (its two GPUs),
    overlapping pooling. The local response normalisation, which has nothing to learn, is left
    out. The paper says 224, but its shapes need 227.

    >>> alexnet()[0]
    Conv2d(3, 96, 11, stride=4)
    """
    return [
        Conv2d(3, 96, 11, stride=4),
        ReLU(),
        MaxPool2d(3, stride=2),
        Conv2d(96, 256, 5, padding=2, groups=2),
        ReLU(),
        MaxPool2d(3, stride=2),
        Conv2d(256, 384, 3, padding=1),
        ReLU(),
        Conv2d(384, 384, 3, padding=1, groups=2),
        ReLU(),
        Conv2d(384, 256, 3, padding=1, groups=2),
        ReLU(),
        MaxPool2d(3, stride=2),
        Flatten(),
        Linear(9216, 4096),
        ReLU(),
        Dropout(),
        Linear(4096, 4096),
        ReLU(),
        Dropout(),
        Linear(4096, 1000),
    ]


def vgg16() -> list[Layer]:
    """VGG-16 for images of shape (3, 224, 224): 138 357 544 parameters.

    Configuration D of Simonyan and Zisserman 2014, "Very deep convolutional networks for
    large-scale image recognition": 13 convolutions of 3×3 that keep the size, 5 poolings that
    halve it, 3 dense layers.

    >>> vgg16()[:5]
    [Conv2d(3, 64, 3, padding=1), ReLU(), Conv2d(64, 64, 3, padding=1), ReLU(), MaxPool2d(2)]
    """
    layers: list[Layer] = []
    channels = 3
    for convolutions, width in [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)]:
        for _ in range(convolutions):
            layers += [Conv2d(channels, width, 3, padding=1), ReLU()]
            channels = width
        layers.append(MaxPool2d(2))
    return [
        *layers,
        Flatten(),
        Linear(25088, 4096),
        ReLU(),
        Dropout(),
        Linear(4096, 4096),
        ReLU(),
        Dropout(),
        Linear(4096, 1000),
    ]
