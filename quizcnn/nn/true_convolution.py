"""Convolution as mathematics and signal processing define it: the kernel is flipped."""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, numeric
from quizcnn.nn.correlating import correlate
from quizcnn.nn.sliding import Sliding, one_dtype
from quizcnn.nn.windows import NONE, Sides, sliding_size

__all__ = ["convolve2d", "correlate2d"]

Mode: TypeAlias = Literal["full", "same", "valid"]


def correlate2d(x: ArrayLike, kernel: ArrayLike, mode: Mode = "valid") -> Array:
    """Cross-correlation of two 2-D arrays: the kernel slides over the image as it is.

    Mode "valid" keeps the places where the kernel lies wholly inside, (H − kH + 1, W − kW + 1);
    "same" gives (H, W); "full" gives every overlap, (H + kH − 1, W + kW − 1). Zeros surround the
    image. For an even kernel "same" has its extra zeros at the end, as scipy.signal.correlate2d.
    Integers stay integers. Raises ValueError where the kernel does not fit ("valid").

    >>> correlate2d([[1, 2, 3]], [[1, 10]])
    array([[21, 32]])
    >>> correlate2d([[1, 2, 3]], [[1, 10]], mode="same")
    array([[21, 32,  3]])
    """
    image, weight = _two_dimensional("correlate2d", x, kernel)
    sides = mode_sides("correlate2d", mode, weight.shape)
    return _correlate("correlate2d", image, weight, sides)


def convolve2d(x: ArrayLike, kernel: ArrayLike, mode: Mode = "full") -> Array:
    """Convolution as mathematics defines it: the kernel is turned by 180° before it slides.

    out[i, j] = Σ x[u, v] · kernel[i − u, j − v]. Modes as for `correlate2d`, cut from the middle of
    the full result as scipy.signal.convolve2d does. In mode "full", x and kernel can change places.

    >>> convolve2d([[1, 2, 3]], [[1, 10]])
    array([[ 1, 12, 23, 30]])
    >>> convolve2d([[1, 2, 3]], [[1, 10]], mode="same")
    array([[ 1, 12, 23]])
    """
    image, weight = _two_dimensional("convolve2d", x, kernel)
    (top, bottom), (left, right) = mode_sides("convolve2d", mode, weight.shape)
    return _correlate("convolve2d", image, weight[::-1, ::-1], ((bottom, top), (right, left)))


def _correlate(operation: str, image: Array, kernel: Array, sides: Sides) -> Array:
    size = sliding_size(operation, image.shape, kernel.shape, (1, 1), sides)
    how = Sliding(size, kernel.shape, (1, 1), sides, (1, 1), 1)
    arrays = one_dtype(image[np.newaxis, np.newaxis], kernel[np.newaxis, np.newaxis])
    return correlate(how, *arrays).reshape(size)


def mode_sides(operation: str, mode: Mode, kernel: tuple[int, ...]) -> Sides:
    """How many zeros a correlation has around its image in this mode.

    >>> mode_sides("correlate2d", "same", (2, 3))
    ((0, 1), (1, 1))
    """
    height, width = kernel[0] - 1, kernel[1] - 1
    if mode == "valid":
        return NONE
    if mode == "same":
        return ((height // 2, height - height // 2), (width // 2, width - width // 2))
    if mode == "full":
        return ((height, height), (width, width))
    raise ValueError(f'{operation}: mode must be "full", "same" or "valid", but is {mode!r}')


def _two_dimensional(operation: str, x: ArrayLike, kernel: ArrayLike) -> tuple[Array, Array]:
    image, weight = numeric(operation, x), numeric(operation, kernel, "kernel")
    if image.ndim != 2 or weight.ndim != 2 or 0 in image.shape or 0 in weight.shape:
        raise ValueError(
            f"{operation}: the input must be (H, W) and the kernel (kH, kW), none of them empty, "
            f"but they have shapes {image.shape} and {weight.shape}"
        )
    return image, weight
