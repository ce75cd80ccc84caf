"""Where a window can stand on an image, and the image's values under each."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.lib.stride_tricks import as_strided

from quizcnn.nn.arguments import Array

Sides: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
"""Cells added before and after: ((top, bottom), (left, right))."""

NONE: Sides = ((0, 0), (0, 0))


def sliding_size(
    operation: str,
    size: tuple[int, int],
    kernel: tuple[int, int],
    stride: tuple[int, int] = (1, 1),
    sides: Sides = NONE,
    dilation: tuple[int, int] = (1, 1),
) -> tuple[int, int]:
    """In how many places, down and across, a window can stand on an image of height × width `size`.

    Along each side: ⌊(n + padding − dilation·(k − 1) − 1) / stride⌋ + 1. Raises ValueError where
    the window is larger than the padded image.

    >>> sliding_size("conv2d", (8, 8), (3, 3))
    (6, 6)
    >>> sliding_size("conv2d", (7, 7), (3, 3), stride=(2, 2), sides=((1, 1), (1, 1)))
    (4, 4)
    >>> sliding_size("conv2d", (2, 8), (3, 3))
    Traceback (most recent call last):
    ValueError: conv2d: a kernel of 3×3 does not fit into an input of 2×8
    """
    height = size[0] + sides[0][0] + sides[0][1]
    width = size[1] + sides[1][0] + sides[1][1]
    rows = height - dilation[0] * (kernel[0] - 1) - 1
    columns = width - dilation[1] * (kernel[1] - 1) - 1
    if rows < 0 or columns < 0:
        window = f"a kernel of {kernel[0]}×{kernel[1]}"
        if dilation != (1, 1):
            span = (height - rows, width - columns)
            window += f" (dilated to {span[0]}×{span[1]})"
        image = f"an input of {size[0]}×{size[1]}"
        if (height, width) != size:
            image += f" (padded to {height}×{width})"
        raise ValueError(f"{operation}: {window} does not fit into {image}")
    return (rows // stride[0] + 1, columns // stride[1] + 1)


def padded(x: Array, sides: Sides, value: float = 0) -> Array:
    """`x` with cells of `value` around its last two axes, or `x` itself where none are to add."""
    if sides == NONE:
        return x
    (top, bottom), (left, right) = sides
    height, width = x.shape[-2:]
    frame = (*x.shape[:-2], height + top + bottom, width + left + right)
    framed: Array = np.full(frame, value, x.dtype)
    framed[..., top : top + height, left : left + width] = x
    return framed


def windows(
    x: Array,
    size: tuple[int, int],
    kernel: tuple[int, int],
    stride: tuple[int, int] = (1, 1),
    dilation: tuple[int, int] = (1, 1),
) -> Array:
    """The windows on the last two axes of `x`, as a view: (…, H, W) → (…, oH, oW, kH, kW).

    `size` is (oH, oW) as `sliding_size` gives it for `x`: it keeps the windows inside.

    >>> windows(np.arange(6).reshape(2, 3), (1, 2), (2, 2))
    array([[[[0, 1],
             [3, 4]],
    <BLANKLINE>
            [[1, 2],
             [4, 5]]]])
    """
    *leading, down, across = x.strides
    # sliding_window_view would do the same and take three times as long, more than the sums take.
    return as_strided(
        x,
        (*x.shape[:-2], *size, *kernel),
        (*leading, down * stride[0], across * stride[1], down * dilation[0], across * dilation[1]),
        writeable=False,
    )
