"""Transposed convolution: each pixel paints the kernel, and images grow instead of shrinking."""

from __future__ import annotations

from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, Each, each, numeric, whole
from quizcnn.nn.correlating import spread
from quizcnn.nn.sliding import (
    Padding,
    Sliding,
    amount,
    filters_of,
    images_of,
    one_dtype,
    padding_sides,
)
from quizcnn.nn.windows import Size, times

__all__ = ["conv_transpose1d", "conv_transpose2d", "conv_transpose3d"]


def conv_transpose2d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Each = 1,
    padding: Padding = 0,
    output_padding: Each = 0,
    groups: int = 1,
    dilation: Each = 1,
) -> Array:
    """A transposed ("up") convolution: each pixel adds the kernel, times its value, to the output.

    It is what the gradient of `conv2d` does: multiplying with the transpose of its matrix. It
    undoes a convolution's shape, not its values, hence "deconvolution" is a misnomer.

    Shapes: x (H, W) and weight (kH, kW) give (oH, oW); x (C, H, W) and weight
    (C, K/groups, kH, kW) give (K, oH, oW), the weight's first two axes the other way round than
    `conv2d`'s; x (N, C, H, W) gives (N, K, oH, oW). `bias` is (K,), or a number.

    Along each side oH = (H − 1)·stride − padding before and after + dilation·(kH − 1)
    + output_padding + 1. `padding` cuts the output off where the convolution would have padded: a
    number, a pair (height, width), or ((top, bottom), (left, right)). Several sizes shrink to the
    same one under a stride; `output_padding`, less than stride or dilation, says which is meant: it
    adds rows at the bottom and columns at the right only. The order of the arguments is PyTorch's,
    groups before dilation. Integers stay integers. Raises ValueError where shapes do not fit
    together or nothing is left of the output. As torch.nn.functional.conv_transpose2d; ONNX's
    ConvTranspose has the same arithmetic.

    >>> conv_transpose2d([[1, 2], [3, 4]], [[1, 1], [1, 1]], stride=2)
    array([[1, 1, 2, 2],
           [1, 1, 2, 2],
           [3, 3, 4, 4],
           [3, 3, 4, 4]])
    >>> conv_transpose2d([[1, 2]], [[1, 10, 100]])
    array([[  1,  12, 120, 200]])
    """
    return _transposed(
        "conv_transpose2d", 2, x, weight, bias, stride, padding, output_padding, groups, dilation
    )


def conv_transpose1d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Each = 1,
    padding: Padding = 0,
    output_padding: Each = 0,
    groups: int = 1,
    dilation: Each = 1,
) -> Array:
    """A transposed convolution along one axis: everything else as in `conv_transpose2d`.

    Shapes: x (L,) and weight (k,) give (oL,); x (C, L) and weight (C, K/groups, k) give (K, oL);
    x (N, C, L) gives (N, K, oL). As torch.nn.functional.conv_transpose1d.

    >>> conv_transpose1d([1, 2, 3], [1, 1], stride=2)
    array([1, 1, 2, 2, 3, 3])
    >>> conv_transpose1d([1, 2, 3], [1, 10, 100], stride=2)
    array([  1,  10, 102,  20, 203,  30, 300])
    """
    return _transposed(
        "conv_transpose1d", 1, x, weight, bias, stride, padding, output_padding, groups, dilation
    )


def conv_transpose3d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Each = 1,
    padding: Padding = 0,
    output_padding: Each = 0,
    groups: int = 1,
    dilation: Each = 1,
) -> Array:
    """A transposed convolution along three axes: everything else as in `conv_transpose2d`.

    Shapes: x (D, H, W) and weight (kD, kH, kW) give (oD, oH, oW); x (C, D, H, W) and weight
    (C, K/groups, kD, kH, kW) give (K, oD, oH, oW); x (N, C, D, H, W) gives (N, K, oD, oH, oW). As
    torch.nn.functional.conv_transpose3d.

    >>> conv_transpose3d(ones(4, 2, 2, 2), ones(4, 3, 2, 2, 2), stride=2).shape
    (3, 4, 4, 4)
    """
    return _transposed(
        "conv_transpose3d", 3, x, weight, bias, stride, padding, output_padding, groups, dilation
    )


def _transposed(
    operation: str,
    axes: int,
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None,
    stride: Each,
    padding: Padding,
    output_padding: Each,
    groups: int,
    dilation: Each,
) -> Array:
    image, kernels = images_of(operation, x, axes), filters_of(operation, weight, axes)
    groups = whole(operation, "groups", groups, 1)
    batch, filters = _as_batch(operation, image, kernels, axes, groups)
    kernel, steps = filters.shape[2:], each(operation, "stride", stride, axes, 1)
    spreading = each(operation, "dilation", dilation, axes, 1)
    if isinstance(padding, str):
        raise ValueError(f"{operation}: padding must be in numbers, but is {padding!r}")
    sides = padding_sides(operation, padding, batch.shape[2:], kernel, steps, spreading)
    extra = each(operation, "output_padding", output_padding, axes, 0)
    if any(e >= max(s, d) for e, s, d in zip(extra, steps, spreading, strict=True)):
        raise ValueError(
            f"{operation}: output_padding must be less than stride or dilation, "
            f"but is {output_padding!r} at stride {stride!r}"
        )
    how = Sliding(batch.shape[2:], kernel, steps, sides, spreading, groups)
    size = _output_size(operation, how, extra)
    if bias is None:
        batch, filters = one_dtype(batch, filters)
        out = spread(how, batch, filters, size)
    else:
        shift = numeric(operation, bias, "bias")
        makes = (filters.shape[1] * groups,)
        if shift.shape != makes and not (kernels.ndim == axes and shift.ndim == 0):
            wanted = "a number" if kernels.ndim == axes else makes
            raise ValueError(
                f"{operation}: the bias has shape {shift.shape}, "
                f"the weight of shape {kernels.shape} expects {wanted}"
            )
        batch, filters, shift = one_dtype(batch, filters, shift)
        out = spread(how, batch, filters, size, shift)
    if kernels.ndim == axes:
        return out.reshape(size)
    return out if image.ndim == axes + 2 else out.reshape(out.shape[1:])


def _as_batch(
    operation: str, x: Array, weight: Array, axes: int, groups: int
) -> tuple[Array, Array]:
    """Input and weight with all their axes, (N, C, …) and (C, K/groups, …)."""
    if weight.ndim == axes:
        if x.ndim != axes:
            raise ValueError(
                f"{operation}: a weight of shape {weight.shape} takes an input without channels, "
                f"not one of shape {x.shape}; for channels give the weight all its axes"
            )
        weight = weight[None, None]
    batch = x[(None,) * (axes + 2 - x.ndim)]
    channels = batch.shape[1]
    if channels != weight.shape[0]:
        raise ValueError(
            f"{operation}: an input of shape {x.shape} has {amount(channels, 'channel')}, "
            f"the weight of shape {weight.shape} expects {weight.shape[0]}"
        )
    if channels % groups:
        raise ValueError(
            f"{operation}: the {amount(channels, 'channel')} of an input of shape {x.shape} "
            f"cannot be shared out among {groups} groups"
        )
    return batch, weight


def _output_size(operation: str, how: Sliding, extra: Size) -> Size:
    size = tuple(
        (n - 1) * s - before - after + d * (k - 1) + e + 1
        for n, s, (before, after), d, k, e in zip(
            how.size, how.stride, how.sides, how.dilation, how.kernel, extra, strict=True
        )
    )
    if min(size) < 1:
        raise ValueError(
            f"{operation}: nothing is left of the output: with its padding cut off "
            f"it has size {times(size)}"
        )
    return size
