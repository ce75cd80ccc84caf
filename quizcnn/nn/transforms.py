"""Convolution by way of the Fourier transform: round a circle, in blocks, and back again.

Everything here is true convolution (the kernel is flipped), of signals (L,) or images (H, W).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, numeric, whole
from quizcnn.nn.correlating import correlate
from quizcnn.nn.sliding import Sliding, one_dtype
from quizcnn.nn.true_convolution import Mode
from quizcnn.nn.windows import Size, times

__all__ = [
    "Deconvolution",
    "circular_convolve",
    "deconvolve",
    "fft_convolve",
    "inverse_filter",
    "overlap_add",
]

NOTHING = 1e-12
"""A frequency with less than so much of the strongest one's amplitude counts as wiped out."""


def circular_convolve(x: ArrayLike, kernel: ArrayLike) -> Array:
    """Convolution on a circle: what leaves at one end comes back in at the other.

    out[n] = Σ kernel[m] · x[(n − m) mod L] for x (L,), likewise along both axes for x (H, W); the
    output has x's shape, the kernel is at most as large. It is what multiplying two discrete
    Fourier transforms computes; summed directly here, so that integers stay integers.

    >>> circular_convolve([1, 2, 3, 4], [1, 10])
    array([41, 12, 23, 34])
    >>> np.fft.ifft(np.fft.fft([1, 2, 3, 4]) * np.fft.fft([1, 10, 0, 0])).real.round(9)
    array([41., 12., 23., 34.])
    """
    image, weight = _two_alike("circular_convolve", x, kernel)
    _must_fit("circular_convolve", image, weight)
    # What stands left of the first pixel is what stands at the right end.
    wrapped = np.pad(image, [(k - 1, 0) for k in weight.shape], mode="wrap")
    arrays = one_dtype(wrapped[np.newaxis, np.newaxis], np.flip(weight)[np.newaxis, np.newaxis])
    one, none = (1,) * image.ndim, ((0, 0),) * image.ndim
    how = Sliding(image.shape, weight.shape, one, none, one, 1)
    return correlate(how, *arrays).reshape(image.shape)


def fft_convolve(x: ArrayLike, kernel: ArrayLike, mode: Mode = "full") -> Array:
    """Convolution by the convolution theorem: transform both, multiply, transform back.

    Both are filled up with zeros to the length of the full result first, so nothing comes round.
    Modes as in `convolve2d`: "full" L + k − 1, "same" the middle of it in x's size, "valid"
    L − k + 1. For signals (L,) and images (H, W). Costs grow with n·log n instead of n·k. Values
    are floats and right to rounding only, about 1e-16 of the largest one in float64. As
    scipy.signal.fftconvolve; Cooley and Tukey (1965).

    >>> fft_convolve([1, 2, 3], [1, 10]).round(9)
    array([ 1., 12., 23., 30.])
    """
    image, weight = _two_alike("fft_convolve", x, kernel)
    full = tuple(n + k - 1 for n, k in zip(image.shape, weight.shape, strict=True))
    if mode == "full":
        return _by_fft(image, weight, full)
    if mode == "same":
        starts = [(k - 1) // 2 for k in weight.shape]
        size = image.shape
    elif mode == "valid":
        _must_fit("fft_convolve", image, weight)
        starts = [k - 1 for k in weight.shape]
        size = tuple(n - k + 1 for n, k in zip(image.shape, weight.shape, strict=True))
    else:
        raise ValueError(f'fft_convolve: mode must be "full", "same" or "valid", but is {mode!r}')
    middle = tuple(slice(start, start + n) for start, n in zip(starts, size, strict=True))
    return _by_fft(image, weight, full)[middle]


def overlap_add(x: ArrayLike, kernel: ArrayLike, block: int) -> Array:
    """A long signal convolved block by block: the results overlap by k − 1 and are added there.

    x (L,) and kernel (k,) give (L + k − 1,), the full convolution, for any `block` of at least 1.
    Each block is transformed by itself, so a signal need never be there as a whole. Floats, as in
    `fft_convolve`. As scipy.signal.oaconvolve; Oppenheim and Schafer, Discrete-Time Signal
    Processing, section 8.7.

    >>> overlap_add([1, 2, 3, 4, 5], [1, 10], block=2).round(9)
    array([ 1., 12., 23., 34., 45., 50.])
    """
    signal, weight = _two_alike("overlap_add", x, kernel)
    if signal.ndim != 1:
        raise ValueError(f"overlap_add: the input must be (L,), but has shape {signal.shape}")
    step = whole("overlap_add", "block", block, 1)
    out: Array | None = None
    for start in range(0, len(signal), step):
        piece = signal[start : start + step]
        part = _by_fft(piece, weight, (len(piece) + len(weight) - 1,))
        if out is None:
            out = np.zeros(len(signal) + len(weight) - 1, part.dtype)
        out[start : start + len(part)] += part
    assert out is not None  # an empty signal was refused
    return out


@dataclass(frozen=True)
class Deconvolution:
    """signal = convolution of kernel and quotient + remainder."""

    quotient: Array
    remainder: Array


def deconvolve(signal: ArrayLike, kernel: ArrayLike) -> Deconvolution:
    """A full convolution undone by long division, as of polynomials: what is left is the remainder.

    signal (L,) and kernel (k,) give a quotient (L − k + 1,), empty for a signal shorter than the
    kernel, and a remainder (L,); float64. The signal is a convolution with this kernel exactly when
    the remainder is 0. Errors grow from value to value where the kernel's first value is not its
    largest. Raises ValueError where that first value is 0. As scipy.signal.deconvolve.

    >>> deconvolve([1, 12, 23, 30], [1, 10]).quotient
    array([1., 2., 3.])
    >>> deconvolve([1, 12, 23, 31], [1, 10]).remainder
    array([0., 0., 0., 1.])
    """
    values, weight = _two_alike("deconvolve", signal, kernel)
    if values.ndim != 1:
        raise ValueError(f"deconvolve: the signal must be (L,), but has shape {values.shape}")
    if weight[0] == 0:
        raise ValueError("deconvolve: the kernel's first value is 0, so it cannot be divided by")
    rest = values.astype(np.float64)
    divisor = weight.astype(np.float64)
    quotient = np.zeros(max(len(rest) - len(divisor) + 1, 0))
    with np.errstate(invalid="ignore", over="ignore"):
        for place in range(len(quotient)):
            quotient[place] = rest[place] / divisor[0]
            rest[place : place + len(divisor)] -= quotient[place] * divisor
            rest[place] = 0.0  # by construction, so without the division's rounding
    return Deconvolution(quotient, rest)


def inverse_filter(x: ArrayLike, kernel: ArrayLike) -> Array:
    """`circular_convolve` undone: the transform of x divided by the kernel's, transformed back.

    Shapes as there; floats. Where the kernel wipes a frequency out, nothing can bring it back: then
    the kernel's transform has a zero, and this raises ValueError. Near a zero, noise is blown up.

    >>> inverse_filter(circular_convolve([1, 2, 3, 4], [1, 10]), [1, 10]).round(9)
    array([1., 2., 3., 4.])
    >>> inverse_filter([1, 2, 3, 4], [1, 1])
    Traceback (most recent call last):
    ValueError: inverse_filter: the kernel wipes out frequency 2 of 4, which cannot be undone
    """
    image, weight = _two_alike("inverse_filter", x, kernel)
    _must_fit("inverse_filter", image, weight)
    dtype = _floats(image, weight)
    filled = np.zeros(image.shape, dtype)
    filled[tuple(map(slice, weight.shape))] = weight
    spectrum = np.fft.fftn(filled)
    strength = np.abs(spectrum)
    lost = np.argwhere(~(strength > NOTHING * strength.max()))
    if len(lost):
        place = tuple(lost[0].tolist()) if image.ndim > 1 else int(lost[0, 0])
        raise ValueError(
            f"inverse_filter: the kernel wipes out frequency {place} of {times(image.shape)}, "
            "which cannot be undone"
        )
    restored: Array = np.fft.ifftn(np.fft.fftn(image) / spectrum).real.astype(dtype, copy=False)
    return restored


def _by_fft(x: Array, kernel: Array, size: Size) -> Array:
    axes = tuple(range(x.ndim))
    product = np.fft.rfftn(x, size, axes) * np.fft.rfftn(kernel, size, axes)
    out: Array = np.fft.irfftn(product, size, axes).astype(_floats(x, kernel), copy=False)
    return out


def _floats(*arrays: Array) -> np.dtype[np.generic]:
    """Single precision if all have it, double otherwise."""
    single = all(array.dtype.kind == "f" and array.dtype.itemsize <= 4 for array in arrays)
    return np.dtype(np.float32 if single else np.float64)


def _two_alike(operation: str, x: ArrayLike, kernel: ArrayLike) -> tuple[Array, Array]:
    image, weight = numeric(operation, x), numeric(operation, kernel, "kernel")
    if image.ndim != weight.ndim or image.ndim not in (1, 2) or 0 in image.shape + weight.shape:
        raise ValueError(
            f"{operation}: input and kernel must both be (L,) or both (H, W), none of them empty, "
            f"but they have shapes {image.shape} and {weight.shape}"
        )
    return image, weight


def _must_fit(operation: str, image: Array, kernel: Array) -> None:
    if any(k > n for n, k in zip(image.shape, kernel.shape, strict=True)):
        raise ValueError(
            f"{operation}: a kernel of {times(kernel.shape)} does not fit into an input of "
            f"{times(image.shape)}"
        )
