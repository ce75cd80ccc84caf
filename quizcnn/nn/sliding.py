"""What the convolutions of one, two and three dimensions ask of their arguments, once for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, Each, each, numbers_for, numeric, whole
from quizcnn.nn.windows import Sides, Size, sliding_size

Padding: TypeAlias = Each | Sequence[Sequence[int]] | str
"""A number, one for each axis, a pair (before, after) for each axis, or a word."""

AXES = {1: "L", 2: "H, W", 3: "D, H, W"}
KERNEL = {1: "k", 2: "kH, kW", 3: "kD, kH, kW"}
PADDINGS = {
    1: "a number, ((left, right),)",
    2: "a number, a pair, ((top, bottom), (left, right))",
    3: "a number, three, ((front, back), (top, bottom), (left, right))",
}


class Sliding(NamedTuple):
    """How a kernel moves over an image: one entry for each axis along which it does."""

    size: Size
    """In how many places it stands: the output's size."""
    kernel: Size
    stride: Size
    sides: Sides
    dilation: Size
    groups: int


def sliding(
    operation: str,
    x: Array,
    weight: Array,
    stride: object,
    padding: object,
    dilation: object,
    groups: int,
) -> Sliding:
    """The arguments of a convolution read, for x (N, C, …) and weight (K, C/groups, …)."""
    kernel, image = weight.shape[2:], x.shape[2:]
    axes = len(kernel)
    steps = each(operation, "stride", stride, axes, 1)
    spread = each(operation, "dilation", dilation, axes, 1)
    sides = padding_sides(operation, padding, image, kernel, steps, spread)
    size = sliding_size(operation, image, kernel, steps, sides, spread)
    return Sliding(size, kernel, steps, sides, spread, groups)


def padding_sides(
    operation: str, padding: object, size: Size, kernel: Size, stride: Size, dilation: Size
) -> Sides:
    """How many zeros `padding` means on each side of an image of size `size`.

    A number, or one for each axis, counts on both sides; a pair for each axis gives (before,
    after); "valid" is none. "same" keeps the size and needs stride 1, as in PyTorch; where the
    number of zeros is odd, the extra one stands at the end. "same_upper" (TensorFlow's SAME) and
    "same_lower" give ⌈n / stride⌉ places for any stride, the extra zero at the end or at the
    beginning, as ONNX's auto_pad.

    >>> padding_sides("conv2d", "same", (8, 8), (3, 4), (1, 1), (1, 1))
    ((1, 1), (1, 2))
    >>> padding_sides("conv2d", "same_lower", (8, 8), (3, 3), (2, 2), (1, 1))
    ((1, 0), (1, 0))
    """
    axes = len(kernel)
    if type(padding) is int and padding >= 0:
        return ((padding, padding),) * axes
    if isinstance(padding, str):
        return _named_sides(operation, padding, size, kernel, stride, dilation)
    pairs = _pairs(padding, axes)
    if pairs is None:
        return tuple((n, n) for n in each(operation, "padding", padding, axes, 0))
    if any(before < 0 or after < 0 for before, after in pairs):
        raise ValueError(f"{operation}: padding must be at least 0, but is {padding!r}")
    return pairs


def _pairs(padding: object, axes: int) -> Sides | None:
    """`padding` as (before, after) for each axis, if that is what it is."""
    if not isinstance(padding, tuple | list | np.ndarray) or np.size(padding[:1]) < 2:
        return None
    sides = [
        numbers_for(side, 2) for side in padding if isinstance(side, tuple | list | np.ndarray)
    ]
    if len(sides) != axes or len(padding) != axes or None in sides:
        return None
    return tuple((side[0], side[1]) for side in sides if side is not None)


def _named_sides(
    operation: str, padding: str, size: Size, kernel: Size, stride: Size, dilation: Size
) -> Sides:
    axes = len(kernel)
    if padding == "valid":
        return ((0, 0),) * axes
    if padding not in ("same", "same_upper", "same_lower"):
        raise ValueError(
            f'{operation}: padding must be {PADDINGS[axes]}, "same", "same_upper", "same_lower" '
            f'or "valid", but is {padding!r}'
        )
    if padding == "same" and max(stride) > 1:
        raise ValueError(
            f'{operation}: padding "same" needs stride 1, but stride is {stride}; '
            '"same_upper" and "same_lower" take any'
        )
    sides = []
    for n, k, s, d in zip(size, kernel, stride, dilation, strict=True):
        wanted = -(-n // s)
        total = max((wanted - 1) * s + d * (k - 1) + 1 - n, 0)
        less, more = total // 2, total - total // 2
        sides.append((more, less) if padding == "same_lower" else (less, more))
    return tuple(sides)


def filters_of(operation: str, weight: ArrayLike, axes: int) -> Array:
    """`weight` as numbers of shape (kH, kW) or (K, C/groups, kH, kW), or the like; not empty."""
    kernels = numeric(operation, weight, "weight")
    if kernels.ndim not in (axes, axes + 2):
        raise ValueError(
            f"{operation}: the weight has shape {kernels.shape}, "
            f"expected {_shape(KERNEL[axes])} or (K, C/groups, {KERNEL[axes]})"
        )
    if 0 in kernels.shape:
        raise ValueError(f"{operation}: the weight of shape {kernels.shape} is empty")
    return kernels


def images_of(operation: str, x: ArrayLike, axes: int, what: str = "input") -> Array:
    """`x` as numbers of shape (H, W), (C, H, W) or (N, C, H, W), or the like; with pixels."""
    array = numeric(operation, x, what)
    if not axes <= array.ndim <= axes + 2:
        sides = AXES[axes]
        raise ValueError(
            f"{operation}: the {what} has shape {array.shape}, "
            f"expected {_shape(sides)}, (C, {sides}) or (N, C, {sides})"
        )
    if 0 in array.shape[-axes:]:
        raise ValueError(f"{operation}: the {what} of shape {array.shape} has no pixels")
    return array


def _shape(sides: str) -> str:
    return f"({sides})" if "," in sides else f"({sides},)"


def as_batch(
    operation: str, x: Array, weight: Array, axes: int, groups: int
) -> tuple[Array, Array, int]:
    """Input and weight with all their axes, (N, C, …) and (K, C/groups, …), and the groups."""
    if type(groups) is not int or groups < 1:
        groups = whole(operation, "groups", groups, 1)
    if weight.ndim == axes:
        if x.ndim != axes:
            raise ValueError(
                f"{operation}: a weight of shape {weight.shape} takes an input "
                f"{_shape(AXES[axes])}, not one of shape {x.shape}; "
                f"for channels give a weight (K, C, {KERNEL[axes]})"
            )
        weight = weight[np.newaxis, np.newaxis]
    batch = x[(np.newaxis,) * (axes + 2 - x.ndim)]
    channels, expected = batch.shape[1], weight.shape[1] * groups
    if channels != expected:
        product = f" × {groups} groups = {expected}" if groups > 1 else ""
        raise ValueError(
            f"{operation}: an input of shape {x.shape} has {amount(channels, 'channel')}, "
            f"the weight of shape {weight.shape} expects {weight.shape[1]}{product}"
        )
    if weight.shape[0] % groups:
        raise ValueError(
            f"{operation}: the {weight.shape[0]} filters of a weight of shape {weight.shape} "
            f"cannot be shared out among {groups} groups"
        )
    return batch, weight, groups


def bias_of(operation: str, bias: ArrayLike, weight: Array, axes: int) -> Array:
    """`bias` as numbers, one for each filter; a weight without filters takes one number."""
    shift = numeric(operation, bias, "bias")
    plain = weight.ndim == axes
    expected = (1,) if plain else (weight.shape[0],)
    if shift.shape != expected and not (plain and shift.ndim == 0):
        raise ValueError(
            f"{operation}: the bias has shape {shift.shape}, the weight of shape {weight.shape} "
            f"expects {'a number' if plain else expected}"
        )
    return shift


def one_dtype(*arrays: Array) -> list[Array]:
    """The arrays in their common dtype; integers get 64 bits, so that 200 + 100 is 300.

    >>> one_dtype(np.ones(2, np.uint8), np.ones(2, np.float32))[0].dtype
    dtype('float32')
    """
    dtype = np.result_type(*arrays)
    if dtype.kind in "iu" and dtype.itemsize < 8:
        dtype = np.dtype(np.int64)
    return [array.astype(dtype, copy=False) for array in arrays]


def amount(number: int, what: str) -> str:
    """A number of things: 1 channel, 2 channels.

    >>> amount(2, "channel")
    '2 channels'
    """
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
