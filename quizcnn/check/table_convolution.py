"""The convolutions of `quizcnn.nn`, as checks may call them."""

from __future__ import annotations

from quizcnn.check.table_rows import nn_entry as _nn

PADDED = {"size": "convolution", "text": ("padding",)}
CONV = "stride=1, padding=0, dilation=1, groups=1"
MODE = {"size": "full convolution", "text": ("mode",)}

CONVOLUTION = (
    _nn("conv2d", f"x, weight, bias=None, {CONV}", "a convolution layer's output", **PADDED),
    _nn("convolve2d", 'x, kernel, mode="full"', "true convolution: the kernel is flipped", **MODE),
    _nn("correlate2d", 'x, kernel, mode="valid"', "the kernel is not flipped", **MODE),
    _nn("conv_matrix", f"weight, input_shape, {CONV}", "a convolution as a matrix",
        size="conv matrix", text=("padding",)),
)  # fmt: skip
