"""What the calls of convolutions say of the window that they slid, for `tracing` to record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from quizcnn.check.tracing_parts import Parts, two, whole
from quizcnn.nn.arguments import Array, each, numeric
from quizcnn.nn.sliding import filters_of, images_of, padding_sides
from quizcnn.nn.true_convolution import mode_sides

Given = Mapping[str, Any]
"""The arguments of a call, those that were left out with their defaults."""


def convolution(name: str, given: Given, made: Array, kind: str = "sum") -> Parts:
    """conv1d, conv2d: a kernel of one axis or two, weighing all channels of its group."""
    axes = 1 if "1d" in name else 2
    image, kernels = images_of(name, given["x"], axes), filters_of(name, given["weight"], axes)
    steps, spread = (each(name, what, given[what], axes, 1) for what in ("stride", "dilation"))
    size = image.shape[image.ndim - axes :]
    kernel = kernels.shape[kernels.ndim - axes :]
    sides = padding_sides(name, given["padding"], size, kernel, steps, spread)
    ways = (axes, steps, sides, spread, int(given["groups"]))
    return _weighed(kind, name, image, kernels, given["bias"], made, ways)


def depthwise(name: str, given: Given, made: Array) -> Parts:
    """depthwise_conv2d: conv2d in as many groups as there are channels."""
    image, kernels = images_of(name, given["x"], 2), numeric(name, given["weight"])
    channels = image.shape[-3] if image.ndim > 2 else 1
    kernels = kernels.reshape(-1, 1, *kernels.shape[-2:])
    return convolution(name, {**given, "x": image, "weight": kernels, "groups": channels}, made)


def correlation(name: str, given: Given, made: Array) -> Parts:
    """convolve2d, correlate2d: one kernel on one image, turned round or not."""
    image, kernel = numeric(name, given["x"]), numeric(name, given["kernel"])
    top, left = mode_sides(name, given["mode"], kernel.shape)
    flipped = name == "convolve2d"
    if flipped:  # what slides is the turned kernel, and an odd zero stands at the other end
        kernel, top, left = kernel[::-1, ::-1], top[::-1], left[::-1]
    ways = (2, (1, 1), (top, left), (1, 1), 1)
    return _weighed("sum", name, image, kernel, None, made, ways) | {"flipped": flipped}


def transposed(name: str, given: Given, made: Array) -> Parts:
    """conv_transpose1d, conv_transpose2d: the kernel is stamped on the output."""
    return convolution(name, given, made, "spread")


def _weighed(
    kind: str,
    name: str,
    image: Array,
    kernels: Array,
    bias: Any,
    made: Array,
    ways: tuple[int, Any, Any, Any, int],
) -> Parts:
    axes, steps, sides, spread, groups = ways
    return {
        "kind": kind,
        "input": whole(image, axes),
        "output": whole(made, axes),
        "kernel": whole(kernels, axes),
        "bias": None if bias is None else np.reshape(numeric(name, bias, "bias"), -1),
        "size": two(axes, kernels.shape[kernels.ndim - axes :], 1),
        "stride": two(axes, steps, 1),
        "sides": two(axes, sides, (0, 0)),
        "dilation": two(axes, spread, 1),
        "groups": groups,
        "axes": made.ndim,
        "signal": axes == 1,
    }
