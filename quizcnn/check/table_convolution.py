"""The convolutions of `quizcnn.nn`, as checks may call them."""

from __future__ import annotations

from quizcnn.check.entry import Entry
from quizcnn.check.table_rows import nn_entry as _nn

CONV = "stride=1, padding=0, dilation=1, groups=1"
TRANSPOSED = "stride=1, padding=0, output_padding=0, groups=1, dilation=1"
WINDOW = "kernel_size, dilation=1, padding=0, stride=1"
PADDING = ("padding",)
FULL = {"size": "full convolution", "text": ("mode",)}


def _along(axes: int, what: str) -> tuple[Entry, ...]:
    """The rows of a convolution along so many axes."""
    name = f"conv{axes}d"
    slides, stamps = ("convolution", "transposed") if axes < 3 else ("volume", "volume")
    return (
        _nn(name, f"x, weight, bias=None, {CONV}", f"a convolution layer's output, {what}",
            size=f"convolution {axes}d", text=PADDING, slides=slides),
        _nn(f"{name}_backward", f"grad_output, x, weight, {CONV}",
            f"gradients of {name}: .input, .weight, .bias",
            size=f"backward convolution {axes}d", text=PADDING),
        _nn(f"conv_transpose{axes}d", f"x, weight, bias=None, {TRANSPOSED}",
            f"a transposed convolution, {what}", size=f"transposed {axes}d", slides=stamps),
    )  # fmt: skip


CONVOLUTION = (
    *_along(1, "of a signal"),
    *_along(2, "of an image"),
    *_along(3, "of a volume"),
    _nn("ConvolutionGradients", "input, weight, bias", "the result of conv2d_backward"),
    _nn("depthwise_conv2d", "x, weight, bias=None, stride=1, padding=0, dilation=1",
        "each channel convolved by itself", size="convolution 2d", text=PADDING,
        slides="depthwise"),
    _nn("separable_conv2d",
        "x, depthwise, pointwise, bias=None, stride=1, padding=0, dilation=1",
        "depthwise, then 1×1", size="separable", text=PADDING, slides="separable"),
    _nn("octave_conv2d", "high, low, high_to_high, high_to_low, low_to_high, low_to_low",
        "channels at two resolutions: .high, .low", size="octave", slides="octave"),
    _nn("Octaves", "high, low", "the result of octave_conv2d"),
    _nn("involution2d", "x, reduce, span, kernel_size=3, groups=1",
        "each place makes its own kernel", size="involution", slides="varying"),
    _nn("unfold", f"x, {WINDOW}", "the windows as columns (im2col)", size="unfold", text=PADDING),
    _nn("fold", f"columns, output_size, {WINDOW}", "columns added up into an image (col2im)",
        size="fold", text=PADDING),
    _nn("conv_matrix", f"weight, input_shape, {CONV}", "a convolution as a matrix",
        size="conv matrix", text=PADDING),
    _nn("convolve2d", 'x, kernel, mode="full"', "true convolution: the kernel is flipped",
        slides="correlation", **FULL),
    _nn("correlate2d", 'x, kernel, mode="valid"', "the kernel is not flipped",
        slides="correlation", **FULL),
    _nn("circular_convolve", "x, kernel", "true convolution, round a circle",
        size="full convolution"),
    _nn("fft_convolve", 'x, kernel, mode="full"', "true convolution by Fourier transform",
        size="by transform", text=("mode",)),
    _nn("overlap_add", "x, kernel, block", "true convolution, block by block",
        size="by transform"),
    _nn("deconvolve", "signal, kernel", "long division: .quotient, .remainder",
        size="deconvolution"),
    _nn("Deconvolution", "quotient, remainder", "the result of deconvolve"),
    _nn("inverse_filter", "x, kernel", "circular_convolve undone", size="by transform"),
)  # fmt: skip
