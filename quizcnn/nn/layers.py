"""Layers as small frozen descriptions: what they are made of, not their weights.

A network is a list of layers. Names, arguments and their order follow PyTorch's `torch.nn`
(2-D layers, channels first); sizes are an int for both sides or a pair (height, width).
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import MISSING, dataclass, fields
from typing import Literal, SupportsIndex, TypeAlias

__all__ = [
    "AvgPool2d",
    "Conv2d",
    "Dropout",
    "Flatten",
    "GlobalAvgPool2d",
    "GlobalMaxPool2d",
    "Layer",
    "Linear",
    "LocallyConnected2d",
    "MaxPool2d",
    "ReLU",
    "Softmax",
    "Subsample2d",
]

Pair: TypeAlias = tuple[int, int]
Size: TypeAlias = "int | Pair"
Padding: TypeAlias = "Size | Literal['same', 'valid']"


def pair(size: Size) -> Pair:
    """A size as (height, width): an int stands for both sides."""
    return (size, size) if isinstance(size, int) else size


@dataclass(frozen=True, repr=False)
class Layer:
    """What all layers share: they compare by value and read as one writes them.

    >>> Conv2d(1, 6, 5)
    Conv2d(1, 6, 5)
    >>> Conv2d(6, 16, kernel_size=3, padding=1) == Conv2d(6, 16, 3, padding=1)
    True
    """

    def __repr__(self) -> str:
        written = []
        for field in fields(self):
            value = getattr(self, field.name)
            if field.default is MISSING:
                written.append(repr(value))
            elif value != field.default:
                written.append(f"{field.name}={value!r}")
        return f"{type(self).__name__}({', '.join(written)})"

    def _count(self, *names: str) -> None:
        """Make each named field an int of at least 1, or refuse it."""
        for name in names:
            object.__setattr__(self, name, self._whole(name, getattr(self, name), at_least=1))

    def _size(self, *names: str, at_least: int = 1) -> None:
        """Make each named field an int or a pair of ints, or refuse it."""
        for name in names:
            value = getattr(self, name)
            if isinstance(value, Sequence) and not isinstance(value, str):
                if len(value) != 2:
                    raise ValueError(
                        f"{type(self).__name__}: {name} is an int or a pair (height, width), "
                        f"not {value!r}"
                    )
                sides = tuple(self._whole(name, side, at_least) for side in value)
                object.__setattr__(self, name, sides)
            else:
                object.__setattr__(self, name, self._whole(name, value, at_least))

    def _whole(self, name: str, value: SupportsIndex, at_least: int) -> int:
        try:
            whole = operator.index(value)
        except TypeError:
            whole = at_least - 1
        if whole < at_least or isinstance(value, bool):
            raise ValueError(
                f"{type(self).__name__}: {name} must be a whole number of at least {at_least}, "
                f"not {value!r}"
            )
        return whole


@dataclass(frozen=True, repr=False)
class Conv2d(Layer):
    """A convolution: `out_channels` kernels of `in_channels / groups` × `kernel_size`.

    Raises ValueError for sizes below 1, groups that do not divide both channel counts, and
    padding="same" with a stride.

    >>> Conv2d(3, 8, 3, padding="same")
    Conv2d(3, 8, 3, padding='same')
    >>> Conv2d(3, 8, 3, groups=2)
    Traceback (most recent call last):
    ValueError: Conv2d(3, 8, 3, groups=2): groups must divide both 3 input and 8 output channels
    """

    in_channels: int
    out_channels: int
    kernel_size: Size
    stride: Size = 1
    padding: Padding = 0
    dilation: Size = 1
    groups: int = 1
    bias: bool = True

    def __post_init__(self) -> None:
        self._count("in_channels", "out_channels", "groups")
        self._size("kernel_size", "stride", "dilation")
        if isinstance(self.padding, str):
            if self.padding not in ("same", "valid"):
                raise ValueError(
                    f'Conv2d: padding is a number of pixels, "same" or "valid", '
                    f"not {self.padding!r}"
                )
            if self.padding == "same" and pair(self.stride) != (1, 1):
                raise ValueError(f'{self}: padding="same" needs stride 1')
        else:
            self._size("padding", at_least=0)
        if self.in_channels % self.groups or self.out_channels % self.groups:
            raise ValueError(
                f"{self}: groups must divide both {self.in_channels} input and "
                f"{self.out_channels} output channels"
            )


@dataclass(frozen=True, repr=False)
class LocallyConnected2d(Layer):
    """A convolution that shares nothing: a kernel and a bias of its own for each output.

    As Keras' `LocallyConnected2D`; without padding. `input_size` is the input's (height, width),
    on which the number of kernels depends.

    >>> LocallyConnected2d(1, 6, 5, input_size=32)
    LocallyConnected2d(1, 6, 5, 32)
    """

    in_channels: int
    out_channels: int
    kernel_size: Size
    input_size: Size
    stride: Size = 1
    bias: bool = True

    def __post_init__(self) -> None:
        self._count("in_channels", "out_channels")
        self._size("kernel_size", "input_size", "stride")


@dataclass(frozen=True, repr=False)
class Linear(Layer):
    """A fully connected (dense) layer from `in_features` to `out_features` values.

    >>> Linear(400, 120)
    Linear(400, 120)
    """

    in_features: int
    out_features: int
    bias: bool = True

    def __post_init__(self) -> None:
        self._count("in_features", "out_features")


@dataclass(frozen=True, repr=False)
class _Pool2d(Layer):
    kernel_size: Size
    stride: Size | None = None
    padding: Size = 0

    def __post_init__(self) -> None:
        self._size("kernel_size")
        if self.stride is not None:
            self._size("stride")
        self._size("padding", at_least=0)
        for padded, side in zip(pair(self.padding), pair(self.kernel_size), strict=True):
            if 2 * padded > side:
                raise ValueError(f"{self}: padding may be at most half the window")

    @property
    def step(self) -> Size:
        """The stride, which is the window's size where none is given."""
        return self.kernel_size if self.stride is None else self.stride


@dataclass(frozen=True, repr=False)
class MaxPool2d(_Pool2d):
    """Max pooling; without a stride the windows lie side by side.

    >>> MaxPool2d(3, stride=2)
    MaxPool2d(3, stride=2)
    """


@dataclass(frozen=True, repr=False)
class AvgPool2d(_Pool2d):
    """Average pooling; without a stride the windows lie side by side.

    >>> AvgPool2d(2)
    AvgPool2d(2)
    """


@dataclass(frozen=True, repr=False)
class Subsample2d(Layer):
    """Subsampling as in the original LeNet-5: pooling that learns.

    The sum of each window times a trainable coefficient, plus a trainable bias, one of each for a
    channel (LeCun et al. 1998, section II.B, layers S2 and S4). The squashing function that
    follows there is left out.

    >>> Subsample2d(6)
    Subsample2d(6)
    """

    channels: int
    kernel_size: Size = 2

    def __post_init__(self) -> None:
        self._count("channels")
        self._size("kernel_size")


@dataclass(frozen=True, repr=False)
class GlobalAvgPool2d(Layer):
    """The average of each channel: (C, H, W) becomes (C,)."""


@dataclass(frozen=True, repr=False)
class GlobalMaxPool2d(Layer):
    """The maximum of each channel: (C, H, W) becomes (C,)."""


@dataclass(frozen=True, repr=False)
class Flatten(Layer):
    """All values of one example in one vector: (C, H, W) becomes (C·H·W,)."""


@dataclass(frozen=True, repr=False)
class ReLU(Layer):
    """Negative values become 0."""


@dataclass(frozen=True, repr=False)
class Softmax(Layer):
    """Class scores become probabilities that sum to 1."""


@dataclass(frozen=True, repr=False)
class Dropout(Layer):
    """Each value is dropped with probability `p` in training; at inference nothing changes.

    >>> Dropout()
    Dropout()
    """

    p: float = 0.5

    def __post_init__(self) -> None:
        if not 0 <= self.p < 1:
            raise ValueError(
                f"Dropout: p is a probability of at least 0 and below 1, not {self.p!r}"
            )
