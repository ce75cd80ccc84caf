"""Where the windows of a pooling stand along each axis, and which cells each of them sees.

Windows along one axis are independent of those along the others, so everything here is about one
axis at a time: the same code pools signals, images and volumes.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quizcnn.nn.arguments import Array, Each, each, flag
from quizcnn.nn.sliding import images_of
from quizcnn.nn.windows import sliding_size, times

Ints: TypeAlias = NDArray[np.int64]


class Axis(NamedTuple):
    """The windows along one axis: window i sees the cells i·stride − padding + u·dilation.

    u counts from 0 to kernel − 1; cells below 0 and from `size` on are padding.

    >>> Axis(size=4, kernel=3, stride=2, padding=1, dilation=1, places=2).starts()
    array([-1,  1])
    """

    size: int
    kernel: int
    stride: int
    padding: int
    dilation: int
    places: int

    def starts(self) -> Ints:
        """The first cell of each window."""
        return np.arange(self.places) * self.stride - self.padding

    def is_inside(self) -> bool:
        """Whether no window reaches over an edge."""
        reach = (self.places - 1) * self.stride + (self.kernel - 1) * self.dilation
        return self.padding == 0 and reach < self.size

    def steps(self) -> range:
        """The u that any window sees a real cell with."""
        first = self.padding - (self.places - 1) * self.stride
        return range(
            max(0, -(-first // self.dilation)),
            min(self.kernel, (self.size - 1 + self.padding) // self.dilation + 1),
        )

    def span(self, step: int) -> tuple[int, int, slice]:
        """The windows, from one up to another, whose cell u = `step` is real, and those cells.

        >>> Axis(size=4, kernel=3, stride=2, padding=1, dilation=1, places=2).span(0)
        (1, 2, slice(1, 2, 2))
        """
        ahead = step * self.dilation - self.padding
        first = max(0, -(ahead // self.stride))
        last = min(self.places, (self.size - 1 - ahead) // self.stride + 1)
        begin = first * self.stride + ahead
        return first, last, slice(begin, begin + (last - first - 1) * self.stride + 1, self.stride)

    def ends(self) -> tuple[Ints, Ints]:
        """The first and the last real cell of each window; the last lies before, if it sees none.

        >>> Axis(size=4, kernel=3, stride=2, padding=1, dilation=1, places=2).ends()
        (array([0, 1]), array([1, 3]))
        """
        starts = self.starts()
        before = -(np.minimum(starts, 0) // self.dilation) * self.dilation
        along = np.minimum((self.kernel - 1) * self.dilation, self.size - 1 - starts)
        return starts + before, starts + along // self.dilation * self.dilation


def axes_of(
    operation: str,
    x: Array,
    count: int,
    kernel_size: Each,
    stride: Each | None = None,
    padding: Each = 0,
    dilation: Each = 1,
    ceil_mode: bool = False,
) -> tuple[Axis, ...]:
    """The windows of a pooling along the last `count` axes of `x`.

    Without `ceil_mode` as many as fit in; with it also those that reach over the end, as long as
    they start inside the input or its padding before it. Raises ValueError for all that PyTorch
    refuses, in words.
    """
    kernel = each(operation, "kernel_size", kernel_size, count, 1)
    steps = kernel if stride is None else each(operation, "stride", stride, count, 1)
    sides = each(operation, "padding", padding, count, 0)
    spread = each(operation, "dilation", dilation, count, 1)
    ceil = flag(operation, "ceil_mode", ceil_mode)
    size = x.shape[x.ndim - count :]
    axes = []
    for n, k, s, p, d in zip(size, kernel, steps, sides, spread, strict=True):
        if 2 * p > k:
            raise ValueError(
                f"{operation}: padding may be half the kernel at most, "
                f"but is {padding!r} for a kernel of {times(kernel)}"
            )
        room = n + 2 * p - d * (k - 1) - 1
        places = (room + s - 1 if ceil else room) // s + 1
        if ceil and (places - 1) * s >= n + p:
            places -= 1
        if places < 1:
            both = tuple((side, side) for side in sides)
            sliding_size(operation, size, kernel, steps, both, spread)
        axes.append(Axis(n, k, s, p, d, places))
    return tuple(axes)


def feature_maps(operation: str, x: ArrayLike, count: int, what: str = "input") -> Array:
    """`x` as numbers (…), (C, …) or (N, C, …) with `count` axes behind; with pixels and channels.

    >>> feature_maps("max_pool2d", np.zeros((0, 4, 4)), 2)
    Traceback (most recent call last):
    ValueError: max_pool2d: the input of shape (0, 4, 4) has no channels
    """
    maps = images_of(operation, x, count, what)
    if maps.ndim > count and maps.shape[-count - 1] == 0:
        raise ValueError(f"{operation}: the {what} of shape {maps.shape} has no channels")
    return maps
