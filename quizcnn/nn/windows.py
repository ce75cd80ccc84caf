"""Where a window can stand on an image, and the image's values under each.

Everything here works along any number of axes, the last ones of an array: one for a signal, two
for an image, three for a volume. Sizes have one number for each of them.
"""

from __future__ import annotations

from operator import mul
from types import EllipsisType
from typing import TypeAlias, overload

import numpy as np
from numpy.lib.stride_tricks import as_strided

from quizcnn.nn.arguments import Array

Size: TypeAlias = tuple[int, ...]
"""One number for each axis along which a window moves."""

Sides: TypeAlias = tuple[tuple[int, int], ...]
"""Cells added before and after, for each axis: ((top, bottom), (left, right))."""

Index: TypeAlias = tuple[EllipsisType, *tuple[slice, ...]]
"""Which pixels along the last axes of an array."""

NONE: Sides = ((0, 0), (0, 0))


@overload
def sliding_size(
    operation: str,
    size: tuple[int, int],
    kernel: tuple[int, int],
    stride: tuple[int, int] = ...,
    sides: Sides = ...,
    dilation: tuple[int, int] = ...,
) -> tuple[int, int]: ...
@overload
def sliding_size(
    operation: str,
    size: Size,
    kernel: Size,
    stride: Size = ...,
    sides: Sides = ...,
    dilation: Size = ...,
) -> Size: ...
def sliding_size(
    operation: str,
    size: Size,
    kernel: Size,
    stride: Size = (1, 1),
    sides: Sides = NONE,
    dilation: Size = (1, 1),
) -> Size:
    """In how many places along each axis a window can stand on an image of size `size`.

    Along each: ⌊(n + padding − dilation·(k − 1) − 1) / stride⌋ + 1. Raises ValueError where the
    window is larger than the padded image.

    >>> sliding_size("conv2d", (8, 8), (3, 3))
    (6, 6)
    >>> sliding_size("conv2d", (7, 7), (3, 3), stride=(2, 2), sides=((1, 1), (1, 1)))
    (4, 4)
    >>> sliding_size("conv2d", (2, 8), (3, 3))
    Traceback (most recent call last):
    ValueError: conv2d: a kernel of 3×3 does not fit into an input of 2×8
    """
    places = tuple(
        (n + before + after - d * (k - 1) - 1) // s + 1
        for n, k, s, (before, after), d in zip(size, kernel, stride, sides, dilation, strict=True)
    )
    if min(places) < 1:
        raise ValueError(f"{operation}: {_misfit(size, kernel, sides, dilation)}")
    return places


def _misfit(size: Size, kernel: Size, sides: Sides, dilation: Size) -> str:
    window, image = f"a kernel of {times(kernel)}", f"an input of {times(size)}"
    if max(dilation) > 1:
        spans = (d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True))
        window += f" (dilated to {times(tuple(spans))})"
    if any(before + after for before, after in sides):
        frame = (n + before + after for n, (before, after) in zip(size, sides, strict=True))
        image += f" (padded to {times(tuple(frame))})"
    return f"{window} does not fit into {image}"


def times(size: Size) -> str:
    """A size in words: 3×3.

    >>> times((1, 3, 3))
    '1×3×3'
    """
    return "×".join(map(str, size))


def padded(x: Array, sides: Sides, value: float = 0) -> Array:
    """`x` with cells of `value` around its last axes, or `x` itself where none are to add."""
    if not any(map(any, sides)):
        return x
    axes = len(sides)
    inner = x.shape[-axes:]
    frame = (before + n + after for n, (before, after) in zip(inner, sides, strict=True))
    shape = (*x.shape[:-axes], *frame)
    framed = np.full(shape, value, x.dtype) if value else np.zeros(shape, x.dtype)
    framed[cut(inner, sides)] = x
    return framed


def cut(size: Size, sides: Sides) -> Index:
    """The index of the real values in a padded array: everything but its frame.

    >>> padded(ones(1, 2), ((1, 0), (0, 1)))[cut((1, 2), ((1, 0), (0, 1)))]
    array([[1., 1.]])
    """
    middle = (slice(before, before + n) for n, (before, _) in zip(size, sides, strict=True))
    return (..., *middle)


def standing(first: Size, size: Size, stride: Size) -> Index:
    """The index of so many pixels along each of the last axes, from `first` on, `stride` apart.

    >>> ramp(4, 4)[standing((0, 1), (2, 2), (3, 2))]
    array([[ 1.,  3.],
           [13., 15.]])
    """
    axes = zip(first, size, stride, strict=True)
    return (..., *(slice(at, at + (n - 1) * step + 1, step) for at, n, step in axes))


def windows(
    x: Array,
    size: Size,
    kernel: Size,
    stride: Size = (1, 1),
    dilation: Size = (1, 1),
) -> Array:
    """The windows on the last axes of `x`, as a view: (…, H, W) → (…, oH, oW, kH, kW).

    `size` is (oH, oW) as `sliding_size` gives it for `x`: it keeps the windows inside.

    >>> windows(np.arange(6).reshape(2, 3), (1, 2), (2, 2))
    array([[[[0, 1],
             [3, 4]],
    <BLANKLINE>
            [[1, 2],
             [4, 5]]]])
    """
    places, cells = _steps(x, stride, dilation)
    leading = x.ndim - len(size)
    return strided(x, x.shape[:leading] + size + kernel, x.strides[:leading] + places + cells)


def seen_by_cell(
    x: Array, size: Size, kernel: Size, stride: Size = (1, 1), dilation: Size = (1, 1)
) -> Array:
    """`windows` turned round: what each cell of the kernel sees, (…, H, W) → (…, kH, kW, oH, oW).

    >>> seen_by_cell(np.arange(6).reshape(2, 3), (1, 2), (2, 2))[0, 1]
    array([[1, 2]])
    """
    places, cells = _steps(x, stride, dilation)
    leading = x.ndim - len(size)
    return strided(x, x.shape[:leading] + kernel + size, x.strides[:leading] + cells + places)


def _steps(x: Array, stride: Size, dilation: Size) -> tuple[Size, Size]:
    """How far apart in memory neighbouring windows are, and neighbouring cells of one window."""
    steps = x.strides[-len(stride) :]
    return tuple(map(mul, steps, stride)), tuple(map(mul, steps, dilation))


def strided(x: Array, shape: Size, strides: Size, start: int = 0) -> Array:
    """A view of x, from its value number `start` on, with these steps in memory; read-only."""
    if not x.flags.c_contiguous and start == 0:
        return as_strided(x, shape, strides, writeable=False)
    # The same by the shortest way: as_strided takes seven times as long, more than small sums do.
    view: Array = np.ndarray(shape, x.dtype, x, start * x.itemsize, strides)
    view.flags.writeable = False
    return view
