"""Operations that slide several windows, step by step: layers of a network, separable, octave.

A layer is told by nn as it is applied. The steps between of the others are computed here as nn
does it, once more: only what has room in a proof.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from quizcnn.check.entry import Slides
from quizcnn.nn.convolution import conv2d
from quizcnn.nn.convolution_variants import depthwise_conv2d
from quizcnn.nn.inference import Applied
from quizcnn.nn.layer import Layer, sides
from quizcnn.nn.layers import Conv, ConvTranspose2d, LocallyConnected2d, Subsample2d
from quizcnn.nn.layers_pooling import (
    AdaptiveAvgPool2d,
    AvgPool2d,
    GlobalAvgPool2d,
    GlobalMaxPool2d,
    MaxPool2d,
)
from quizcnn.nn.pooling import avg_pool2d


class Slide(NamedTuple):
    """One operation that slid a window: what is told of it, its arguments and what it made."""

    source: str
    slides: Slides
    name: str
    given: Mapping[str, Any]
    made: Any


PLAIN = {"bias": None, "stride": 1, "padding": 0, "dilation": 1, "groups": 1}
"""A convolution's arguments as they are where nothing is said."""


def separable(slide: Slide) -> Iterator[Slide]:
    """separable_conv2d: a depthwise convolution, then a pointwise one."""
    given = slide.given
    moves = {name: given[name] for name in ("stride", "padding", "dilation")}
    between = depthwise_conv2d(given["x"], given["depthwise"], None, **moves)
    first = {"x": given["x"], "weight": given["depthwise"], "bias": None, **moves}
    source = f"depthwise_conv2d(x, depthwise), first in {slide.source}"
    yield Slide(source, "depthwise", "depthwise_conv2d", first, between)
    mixing = np.asarray(given["pointwise"])
    mixing = mixing.reshape(*mixing.shape[:2], 1, 1)
    then = {**PLAIN, "x": between, "weight": mixing, "bias": given["bias"]}
    source = f"conv2d(depthwise, pointwise), then in {slide.source}"
    yield Slide(source, "convolution", "conv2d", then, slide.made)


def octave(slide: Slide) -> Iterator[Slide]:
    """octave_conv2d: within each resolution, and over to the other one."""
    given = slide.given
    high, low = np.asarray(given["high"]), np.asarray(given["low"])
    halved = avg_pool2d(high, 2)
    for image, written, weight in (
        (high, "high", "high_to_high"),
        (halved, "avg_pool2d(high, 2)", "high_to_low"),
        (low, "low", "low_to_high"),
        (low, "low", "low_to_low"),
    ):
        if image is halved:
            source = f"avg_pool2d(high, 2) in {slide.source}"
            yield Slide(source, "mean", "avg_pool2d", {**HALVED, "x": high}, halved)
        ways = {**PLAIN, "x": image, "weight": given[weight], "padding": "same"}
        made = conv2d(image, given[weight], padding="same")
        after = ", then enlarged," if weight == "low_to_high" else ""
        source = f"conv2d({written}, {weight}){after} in {slide.source}"
        yield Slide(source, "convolution", "conv2d", ways, made)


HALVED = {
    "kernel_size": 2,
    "stride": None,
    "padding": 0,
    "ceil_mode": False,
    "count_include_pad": True,
    "divisor_override": None,
}
"""The average pool by which an octave convolution halves an image."""

COMPOSED: Mapping[Slides, Callable[[Slide], Iterator[Slide]]] = {
    "separable": separable,
    "octave": octave,
}
"""For each operation that slides several windows its steps."""


def slide_of_layer(applied: Applied, source: str) -> Slide | None:
    """The window that a layer of `forward` slid, None where it slides none."""
    layer = applied.layer
    found = _weighted(layer, applied.weight) if applied.weight is not None else _pooled(layer)
    if found is None:
        return None
    slides, name, given = found
    told = f"{layer}, {applied.where} in {source}"
    return Slide(told, slides, name, {**given, "x": applied.input}, applied.output)


Found = tuple[Slides, str, Mapping[str, Any]]


def _weighted(layer: Layer, weight: Any) -> Found | None:
    match layer:
        case Conv():
            slides: Slides = "volume" if layer.axes > 2 else "convolution"
            return slides, f"conv{layer.axes}d", {**vars(layer), "weight": weight, "bias": None}
        case ConvTranspose2d():
            ways = {**vars(layer), "weight": weight, "bias": None}
            return "transposed", "conv_transpose2d", ways
        case LocallyConnected2d():
            return "varying", "", {}
        case Subsample2d():
            # A sum times a weight is the sum of the products with that weight.
            window = sides(layer.kernel_size, 2)
            kernels = np.broadcast_to(weight[:, np.newaxis], (layer.channels, 1, *window))
            ways = {**PLAIN, "weight": kernels, "stride": window, "groups": layer.channels}
            return "convolution", "conv2d", ways
    return None


def _pooled(layer: Layer) -> Found | None:
    match layer:
        case MaxPool2d():
            return "max", "max_pool2d", vars(layer)
        case AvgPool2d():
            return "mean", "avg_pool2d", vars(layer)
        case AdaptiveAvgPool2d():
            return "adaptive", "adaptive_avg_pool2d", vars(layer)
        case GlobalAvgPool2d():
            return "overall", "global_avg_pool2d", {}
        case GlobalMaxPool2d():
            return "overall", "global_max_pool2d", {}
    return None
