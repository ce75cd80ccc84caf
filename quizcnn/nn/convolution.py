"""Convolution as neural networks use it (cross-correlation), and as mathematics defines it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, Padding, Pair, maps, numeric, pair, whole
from quizcnn.nn.windows import NONE, Sides, padded, sliding_size, windows

__all__ = ["conv2d", "conv_matrix", "convolve2d", "correlate2d"]

Mode: TypeAlias = Literal["full", "same", "valid"]

BLOCK = 1_000_000
"""Windows are laid out for the matrix product in blocks of about so many values."""


def conv2d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> Array:
    """What a convolution layer computes: the kernel slides over the image and is *not* flipped.

    Shapes: x (H, W) and weight (kH, kW) give (oH, oW); x (C, H, W) and weight
    (K, C/groups, kH, kW) give (K, oH, oW); x (N, C, H, W) gives (N, K, oH, oW); x (H, W) counts
    as one channel for a weight (K, 1, kH, kW). `bias` is (K,), or a number for a weight (kH, kW).

    Along each side oH = ⌊(H + 2·padding − dilation·(kH − 1) − 1) / stride⌋ + 1. `padding` adds
    zeros on all four sides: a number, a pair (height, width), "valid" (none), or "same" (as many
    as keep the size; where that is odd, the extra cell is at the end; stride 1 only).

    Integers stay integers, computed in 64 bits; floats keep their precision. Raises ValueError
    where shapes do not fit together. Conventions as in PyTorch's torch.nn.functional.conv2d.

    >>> conv2d([[1, 2, 3], [4, 5, 6], [7, 8, 9]], [[1, 0], [0, 1]])
    array([[ 6,  8],
           [12, 14]])
    >>> conv2d(np.ones((3, 8, 8)), np.ones((5, 3, 3, 3)), padding="same").shape
    (5, 8, 8)
    """
    image, kernels = maps("conv2d", x), _weight("conv2d", weight)
    batch, filters = _as_batch("conv2d", image, kernels, groups)
    steps = pair("conv2d", "stride", stride, 1)
    spread = pair("conv2d", "dilation", dilation, 1)
    sides = conv_sides("conv2d", padding, filters.shape[2:], steps, spread)
    size = sliding_size("conv2d", batch.shape[2:], filters.shape[2:], steps, sides, spread)
    shift = None if bias is None else _bias("conv2d", bias, kernels)
    dtype = _dtype(batch, filters, shift)
    batch, filters = batch.astype(dtype, copy=False), filters.astype(dtype, copy=False)
    # 0·∞ is NaN and an overflow is ∞, as in PyTorch: values for the reader, not warnings.
    with np.errstate(invalid="ignore", over="ignore"):
        out = _slide(padded(batch, sides), filters, size, steps, spread, groups)
        if shift is not None:
            out += shift.astype(dtype, copy=False).reshape(-1, 1, 1)
    if kernels.ndim == 2:
        out = out[0, 0]
    elif image.ndim < 4:
        out = out[0]
    return out


def _slide(
    x: Array,
    weight: Array,
    size: tuple[int, int],
    stride: tuple[int, int],
    dilation: tuple[int, int],
    groups: int,
) -> Array:
    """The sums under all windows: (N, C, H, W) and (K, C/groups, kH, kW) → (N, K, oH, oW)."""
    filters, channels, *kernel = weight.shape
    makes, takes = filters // groups, channels
    flat = weight.reshape(groups, makes, -1)
    out: Array = np.empty((len(x), filters, *size), x.dtype)
    seen = windows(x, size, (kernel[0], kernel[1]), stride, dilation)
    # The matrix product needs each window laid out in full, k² times the image: hence row by row.
    rows = max(1, BLOCK // max(1, len(x) * size[1] * flat.shape[2]))
    for group in range(groups):
        for top in range(0, size[0], rows):
            block = seen[:, group * takes : (group + 1) * takes, top : top + rows]
            columns = block.transpose(1, 4, 5, 0, 2, 3)
            sums = flat[group] @ columns.reshape(flat.shape[2], -1)
            target = out[:, group * makes : (group + 1) * makes, top : top + rows]
            target[...] = sums.reshape(makes, *columns.shape[3:]).swapaxes(0, 1)
    return out


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
    sides = _mode_sides("correlate2d", mode, weight.shape)
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
    (top, bottom), (left, right) = _mode_sides("convolve2d", mode, weight.shape)
    return _correlate("convolve2d", image, weight[::-1, ::-1], ((bottom, top), (right, left)))


def conv_matrix(
    weight: ArrayLike,
    input_shape: Sequence[int],
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> Array:
    """The matrix of a convolution: times the flattened input it gives the flattened output.

    conv_matrix(w, x.shape) @ flatten(x) is flatten(conv2d(x, w)). One row for each output, one
    column for each input, both counted row by row, channel by channel; `input_shape` is (H, W) or
    (C, H, W). Most entries are 0, and each row holds the same weights. The rest as for `conv2d`.

    >>> conv_matrix([[1, 2]], (1, 4))
    array([[1, 2, 0, 0],
           [0, 1, 2, 0],
           [0, 0, 1, 2]])
    """
    kernels = _weight("conv_matrix", weight)
    shape = _input_shape(input_shape)
    inputs = math.prod(shape)
    places = np.arange(inputs).reshape(shape)
    batch, filters = _as_batch("conv_matrix", places, kernels, groups)
    steps = pair("conv_matrix", "stride", stride, 1)
    spread = pair("conv_matrix", "dilation", dilation, 1)
    sides = conv_sides("conv_matrix", padding, filters.shape[2:], steps, spread)
    size = sliding_size("conv_matrix", batch.shape[2:], filters.shape[2:], steps, sides, spread)
    # Padding has no column of its own: its weights land in one extra column that is cut off.
    framed = padded(batch[0], sides, inputs)
    seen = windows(framed, size, (filters.shape[2], filters.shape[3]), steps, spread)
    outputs, channels = size[0] * size[1], filters.shape[1]
    matrix: Array = np.zeros((len(filters), outputs, inputs + 1), _dtype(filters))
    for number, kernel in enumerate(filters):
        first = number // (len(filters) // groups) * channels
        inside = seen[first : first + channels].transpose(1, 2, 0, 3, 4).reshape(outputs, -1)
        np.put_along_axis(matrix[number], inside, np.broadcast_to(kernel.ravel(), inside.shape), 1)
    return np.ascontiguousarray(matrix[:, :, :inputs].reshape(-1, inputs))


def conv_sides(
    operation: str,
    padding: Padding,
    kernel: tuple[int, ...],
    stride: tuple[int, int],
    dilation: tuple[int, int],
) -> Sides:
    """How many zeros `padding` means on each side, for a kernel (kH, kW).

    >>> conv_sides("conv2d", "same", (3, 4), (1, 1), (1, 1))
    ((1, 1), (1, 2))
    """
    if padding == "valid":
        return NONE
    if padding == "same":
        if stride != (1, 1):
            raise ValueError(f'{operation}: padding "same" needs stride 1, but stride is {stride}')
        height, width = (d * (k - 1) for d, k in zip(dilation, kernel, strict=True))
        return ((height // 2, height - height // 2), (width // 2, width - width // 2))
    if isinstance(padding, str):
        raise ValueError(
            f'{operation}: padding must be a number, a pair, "same" or "valid", but is {padding!r}'
        )
    down, across = pair(operation, "padding", padding, 0)
    return ((down, down), (across, across))


def _correlate(operation: str, image: Array, kernel: Array, sides: Sides) -> Array:
    size = sliding_size(operation, image.shape, kernel.shape, sides=sides)
    dtype = _dtype(image, kernel)
    x, weight = image.astype(dtype, copy=False), kernel.astype(dtype, copy=False)
    with np.errstate(invalid="ignore", over="ignore"):
        framed = padded(x, sides)[np.newaxis, np.newaxis]
        out = _slide(framed, weight[np.newaxis, np.newaxis], size, (1, 1), (1, 1), 1)
    sums: Array = out[0, 0]
    return sums


def _mode_sides(operation: str, mode: Mode, kernel: tuple[int, ...]) -> Sides:
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


def _weight(operation: str, weight: ArrayLike) -> Array:
    kernels = numeric(operation, weight, "weight")
    if kernels.ndim not in (2, 4):
        raise ValueError(
            f"{operation}: the weight has shape {kernels.shape}, "
            "expected (kH, kW) or (K, C/groups, kH, kW)"
        )
    if 0 in kernels.shape:
        raise ValueError(f"{operation}: the weight of shape {kernels.shape} is empty")
    return kernels


def _as_batch(operation: str, x: Array, weight: Array, groups: int) -> tuple[Array, Array]:
    """Input and weight with all their axes, (N, C, H, W) and (K, C/groups, kH, kW)."""
    groups = whole(operation, "groups", groups, 1)
    if weight.ndim == 2:
        if x.ndim != 2:
            raise ValueError(
                f"{operation}: a weight of shape {weight.shape} takes an input (H, W), not one of "
                f"shape {x.shape}; for channels give a weight (K, C, kH, kW)"
            )
        weight = weight[np.newaxis, np.newaxis]
    batch = x.reshape((1,) * (4 - x.ndim) + x.shape)
    channels, expected = batch.shape[1], weight.shape[1] * groups
    if channels != expected:
        times = f" × {groups} groups = {expected}" if groups > 1 else ""
        has = f"{channels} channel" + ("s" if channels != 1 else "")
        raise ValueError(
            f"{operation}: an input of shape {x.shape} has {has}, "
            f"the weight of shape {weight.shape} expects {weight.shape[1]}{times}"
        )
    if weight.shape[0] % groups:
        raise ValueError(
            f"{operation}: the {weight.shape[0]} filters of a weight of shape {weight.shape} "
            f"cannot be shared out among {groups} groups"
        )
    return batch, weight


def _bias(operation: str, bias: ArrayLike, weight: Array) -> Array:
    shift = numeric(operation, bias, "bias")
    expected = (weight.shape[0],) if weight.ndim == 4 else (1,)
    if shift.shape != expected and not (weight.ndim == 2 and shift.ndim == 0):
        wanted = expected if weight.ndim == 4 else "a number"
        raise ValueError(
            f"{operation}: the bias has shape {shift.shape}, "
            f"the weight of shape {weight.shape} expects {wanted}"
        )
    return shift


def _input_shape(shape: Sequence[int]) -> tuple[int, ...]:
    sides = tuple(whole("conv_matrix", "each side of input_shape", side, 1) for side in shape)
    if len(sides) not in (2, 3):
        raise ValueError(f"conv_matrix: input_shape must be (H, W) or (C, H, W), but is {sides}")
    return sides


def _dtype(*arrays: Array | None) -> np.dtype[np.generic]:
    """The common dtype; integers get 64 bits, as in NumPy's own sums, so that 200 + 100 is 300."""
    dtype = np.result_type(*(array for array in arrays if array is not None))
    small = dtype.kind in "iu" and dtype.itemsize < 8
    return np.dtype(np.int64) if small else dtype
