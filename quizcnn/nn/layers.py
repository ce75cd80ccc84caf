"""Layers with weights, described: what they are made of, not their weights.

A network is a list of layers. Names, arguments and their order follow PyTorch's `torch.nn`
(channels first); sizes are an int for all sides or one for each, such as (height, width).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizcnn.nn.layer import Layer, Padding, Size, sides

__all__ = [
    "Conv1d",
    "Conv2d",
    "Conv3d",
    "ConvTranspose2d",
    "Linear",
    "LocallyConnected2d",
    "Subsample2d",
]


@dataclass(frozen=True, repr=False)
class Conv(Layer):
    """A convolution over one, two or three sides."""

    axes: ClassVar[int]

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
        self._size("kernel_size", "stride", "dilation", axes=self.axes)
        self._switch("bias")
        if isinstance(self.padding, str):
            if self.padding not in ("same", "valid"):
                raise ValueError(
                    f'{type(self).__name__}: padding is a number of pixels, "same" or "valid", '
                    f"not {self.padding!r}"
                )
            if self.padding == "same" and sides(self.stride, self.axes) != (1,) * self.axes:
                raise ValueError(f'{self}: padding="same" needs stride 1')
        else:
            self._size("padding", at_least=0, axes=self.axes)
        check_groups(self, self.in_channels, self.out_channels, self.groups)


@dataclass(frozen=True, repr=False)
class Conv1d(Conv):
    """A convolution along one side: (C, L), for signals and texts. The rest as for `Conv2d`.

    >>> Conv1d(16, 32, 3, stride=2)
    Conv1d(16, 32, 3, stride=2)
    """

    axes: ClassVar[int] = 1


@dataclass(frozen=True, repr=False)
class Conv2d(Conv):
    """A convolution: `out_channels` kernels of `in_channels / groups` × `kernel_size`.

    With as many groups as channels it is depthwise: each channel has a kernel of its own. Raises
    ValueError for sizes below 1, groups that do not divide both channel counts, and
    padding="same" with a stride.

    >>> Conv2d(3, 8, 3, padding="same")
    Conv2d(3, 8, 3, padding='same')
    >>> parameters(Conv2d(32, 32, 3, groups=32, bias=False))
    288
    >>> Conv2d(3, 8, 3, groups=2)
    Traceback (most recent call last):
    ValueError: Conv2d(3, 8, 3, groups=2): groups must divide both 3 input and 8 output channels
    """

    axes: ClassVar[int] = 2


@dataclass(frozen=True, repr=False)
class Conv3d(Conv):
    """A convolution over three sides: (C, D, H, W), for films and volumes. As `Conv2d`.

    >>> Conv3d(3, 8, (3, 1, 1), padding=(1, 0, 0))
    Conv3d(3, 8, (3, 1, 1), padding=(1, 0, 0))
    """

    axes: ClassVar[int] = 3


@dataclass(frozen=True, repr=False)
class ConvTranspose2d(Layer):
    """A transposed convolution, which enlarges: each input value places a scaled kernel.

    Along each side comes out (n − 1)·stride − 2·padding + dilation·(kernel − 1) + output_padding
    + 1. A convolution with a stride makes one size of several; `output_padding` says which of
    them is to come back, by rows and columns added at the end. It must be smaller than the stride
    or the dilation. Arguments in PyTorch's order, in which dilation comes last.

    >>> output_shape(ConvTranspose2d(8, 4, 3, stride=2, padding=1), (8, 7, 7))
    (4, 13, 13)
    >>> output_shape(ConvTranspose2d(8, 4, 3, 2, 1, output_padding=1), (8, 7, 7))
    (4, 14, 14)
    """

    in_channels: int
    out_channels: int
    kernel_size: Size
    stride: Size = 1
    padding: Size = 0
    output_padding: Size = 0
    groups: int = 1
    bias: bool = True
    dilation: Size = 1

    def __post_init__(self) -> None:
        self._count("in_channels", "out_channels", "groups")
        self._size("kernel_size", "stride", "dilation")
        self._size("padding", "output_padding", at_least=0)
        self._switch("bias")
        check_groups(self, self.in_channels, self.out_channels, self.groups)
        limits = zip(sides(self.stride, 2), sides(self.dilation, 2), strict=True)
        for added, limit in zip(sides(self.output_padding, 2), map(max, limits), strict=True):
            if added >= limit:
                raise ValueError(
                    f"{self}: output_padding must be smaller than the stride or the dilation"
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
        self._switch("bias")


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
        self._switch("bias")


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


def check_groups(layer: Layer, in_channels: int, out_channels: int, groups: int) -> None:
    """Refuse groups among which the channels cannot be shared out."""
    if in_channels % groups or out_channels % groups:
        raise ValueError(
            f"{layer}: groups must divide both {in_channels} input and {out_channels} output "
            "channels"
        )
