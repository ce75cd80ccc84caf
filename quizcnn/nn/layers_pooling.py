"""Pooling layers and upsampling, described; they have nothing to learn."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass

from quizcnn.nn.layer import Layer, Size, sides

__all__ = [
    "AdaptiveAvgPool2d",
    "AvgPool2d",
    "GlobalAvgPool2d",
    "GlobalMaxPool2d",
    "MaxPool2d",
    "Upsample",
]


@dataclass(frozen=True, repr=False)
class Pool2d(Layer):
    """What both poolings with a sliding window have."""

    kernel_size: Size
    stride: Size | None = None
    padding: Size = 0

    def _check(self) -> None:
        self._size("kernel_size")
        if self.stride is not None:
            self._size("stride")
        self._size("padding", at_least=0)
        for padded, side in zip(sides(self.padding, 2), self.extent, strict=True):
            if 2 * padded > side:
                raise ValueError(f"{self}: padding may be at most half the window")

    @property
    def extent(self) -> tuple[int, ...]:
        """How far the window reaches, (height, width)."""
        return sides(self.kernel_size, 2)

    @property
    def step(self) -> Size:
        """The stride, which is the window's size where none is given."""
        return self.kernel_size if self.stride is None else self.stride


@dataclass(frozen=True, repr=False)
class MaxPool2d(Pool2d):
    """Max pooling; without a stride the windows lie side by side.

    With `ceil_mode` the last rows and columns get a window too where they do not fill one: sizes
    are rounded up. (PyTorch has `return_indices` before it, so that it is given by name here.)

    >>> MaxPool2d(3, stride=2)
    MaxPool2d(3, stride=2)
    >>> output_shape(MaxPool2d(3, stride=2, ceil_mode=True), (64, 112, 112))
    (64, 56, 56)
    """

    dilation: Size = 1
    _: KW_ONLY
    ceil_mode: bool = False

    def __post_init__(self) -> None:
        self._size("dilation")
        self._switch("ceil_mode")
        self._check()

    @property
    def extent(self) -> tuple[int, ...]:
        """How far the window reaches, (height, width), with its gaps."""
        both = zip(sides(self.kernel_size, 2), sides(self.dilation, 2), strict=True)
        return tuple(spread * (side - 1) + 1 for side, spread in both)


@dataclass(frozen=True, repr=False)
class AvgPool2d(Pool2d):
    """Average pooling; without a stride the windows lie side by side.

    Padding is zeros, which count in the mean unless `count_include_pad` is False; the sum is
    divided by `divisor_override` where it is given. `ceil_mode` as for `MaxPool2d`.

    >>> AvgPool2d(2)
    AvgPool2d(2)
    """

    ceil_mode: bool = False
    count_include_pad: bool = True
    divisor_override: int | None = None

    def __post_init__(self) -> None:
        self._switch("ceil_mode", "count_include_pad")
        if self.divisor_override is not None:
            self._count("divisor_override")
        self._check()


@dataclass(frozen=True, repr=False)
class AdaptiveAvgPool2d(Layer):
    """Average pooling to a given size, (height, width), whatever the input's size.

    A side of None stays as it is.

    >>> output_shape(AdaptiveAvgPool2d(7), (512, 20, 30))
    (512, 7, 7)
    >>> output_shape(AdaptiveAvgPool2d((None, 1)), (512, 20, 30))
    (512, 20, 1)
    """

    output_size: int | tuple[int | None, ...]

    def __post_init__(self) -> None:
        if isinstance(self.output_size, list | tuple) and None in self.output_size:
            if len(self.output_size) != 2:
                raise ValueError(
                    "AdaptiveAvgPool2d: output_size is an int or a pair (height, width), "
                    f"not {self.output_size!r}"
                )
            given = [
                None if side is None else self._whole("output_size", side, 1)
                for side in self.output_size
            ]
            object.__setattr__(self, "output_size", tuple(given))
        else:
            self._size("output_size")


@dataclass(frozen=True, repr=False)
class GlobalAvgPool2d(Layer):
    """The average of each channel: (C, H, W) becomes (C,)."""


@dataclass(frozen=True, repr=False)
class GlobalMaxPool2d(Layer):
    """The maximum of each channel: (C, H, W) becomes (C,)."""


@dataclass(frozen=True, repr=False)
class Upsample(Layer):
    """Each value repeated `scale_factor` times down and across (nearest neighbour).

    As PyTorch's, whose first argument is the size to reach: so the factor is given by name.

    >>> Upsample(scale_factor=2)
    Upsample(scale_factor=2)
    >>> output_shape(Upsample(scale_factor=(1, 3)), (8, 5, 5))
    (8, 5, 15)
    """

    _: KW_ONLY
    scale_factor: Size

    def __post_init__(self) -> None:
        self._size("scale_factor")
