"""What the calls of pools say of the windows that they looked through, for `tracing` to record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from quizcnn.check.sliding import LARGEST
from quizcnn.check.tracing_parts import Parts, two, whole
from quizcnn.check.value import SHOWN
from quizcnn.nn.adaptive import shares_of
from quizcnn.nn.arguments import Array
from quizcnn.nn.places import Axis, axes_of, feature_maps
from quizcnn.nn.pooled import divisor_of

Given = Mapping[str, Any]
"""The arguments of a call, those that were left out with their defaults."""

POOLED = ("kernel_size", "stride", "padding", "dilation", "ceil_mode")
"""The arguments of a pool that say where its windows stand."""


def pool(name: str, given: Given, made: Array) -> Parts:
    """max_pool, min_pool and avg_pool of signals and images: each channel by itself."""
    count = 1 if "1d" in name else 2
    parts, axes = _even(name, given, made, count)
    kind = name[:3]
    if kind == "avg":
        counts, override = given["count_include_pad"], given.get("divisor_override")
        parts["divisor"] = _divisors(name, axes, counts, override, parts["output"])
    return parts | {"kind": "mean" if kind == "avg" else kind}


def power(name: str, given: Given, made: Array) -> Parts:
    """lp_pool2d: of a finite p with how many cells each window sees, to be scaled up by."""
    parts, axes = _even(name, given, made, 2)
    p = float(given["norm_type"])
    if np.isfinite(p):
        parts["divisor"] = _divisors(name, axes, True, None, parts["output"])
    return parts | {"kind": "power", "power": p}


def adaptive(name: str, given: Given, made: Array) -> Parts:
    """Adaptive pools: windows that share the input out."""
    count = 1 if "1d" in name else 2
    maps = feature_maps(name, given["x"], count)
    shares = shares_of(name, maps, given["output_size"], count)
    lengths = [share.last - share.first + 1 for share in shares]
    parts = {
        "kind": "max" if "max" in name else "mean",
        "input": whole(maps, count),
        "output": whole(made, count),
        "size": two(count, [int(length.max()) for length in lengths], 1),
        "axes": made.ndim,
        "signal": count == 1,
        "laid": "adaptive",
    }
    if "avg" in name:
        down, across = two(count, lengths, np.ones(1, np.int64))
        parts["divisor"] = np.outer(down, across).astype(np.float64)
    return _still(parts)


def overall(name: str, given: Given, made: Any) -> Parts:
    """Global pools: one window over all of a channel."""
    maps = whole(feature_maps(name, given["x"], 2), 2)
    parts = {
        "kind": "max" if "max" in name else "mean",
        "input": maps,
        "output": np.reshape(made, (*maps.shape[:2], 1, 1)),
        "size": maps.shape[2:],
        "axes": np.ndim(made),
        "laid": "whole",
    }
    if "avg" in name:
        parts["divisor"] = np.full((1, 1), maps.shape[2] * maps.shape[3], np.float64)
    return _still(parts)


def first_channels(parts: Parts) -> Parts:
    """A pool of so many values that they have no room, with its first channels only.

    No channel knows of another one, so those that are left tell nothing wrong.
    """
    arrays = [parts["input"], parts["output"]]
    if max(array.size for array in arrays) <= SHOWN:
        return parts
    images, channels, *_ = parts["input"].shape
    plane = max(array.shape[2] * array.shape[3] for array in arrays)
    some = min(images, max(LARGEST // (channels * plane), 1))
    few = min(channels, max(LARGEST // (some * plane), 1))
    cut = {name: parts[name][:some, :few] for name in ("input", "output")}
    return parts | cut | {"groups": few, "of": (images, channels)}


def _still(parts: Parts) -> Parts:
    """The rest of a pool whose windows move by no stride."""
    channels = parts["input"].shape[1]
    sides = ((0, 0), (0, 0))
    return parts | {"stride": (1, 1), "sides": sides, "dilation": (1, 1), "groups": channels}


def _even(name: str, given: Given, made: Array, count: int) -> tuple[Parts, tuple[Axis, ...]]:
    """A pool whose windows stand a stride apart, and where they stand."""
    maps = feature_maps(name, given["x"], count)
    ways = {what: given[what] for what in POOLED if what in given}
    axes = axes_of(name, maps, count, **ways)
    parts: Parts = {
        "input": whole(maps, count),
        "output": whole(made, count),
        "size": two(count, [axis.kernel for axis in axes], 1),
        "stride": two(count, [axis.stride for axis in axes], 1),
        "sides": two(count, [(axis.padding, axis.padding) for axis in axes], (0, 0)),
        "dilation": two(count, [axis.dilation for axis in axes], 1),
        "axes": made.ndim,
        "signal": count == 1,
    }
    parts["groups"] = parts["input"].shape[1]
    return parts, axes


def _divisors(
    name: str, axes: Sequence[Axis], padding_counts: bool, override: int | None, output: Array
) -> Array:
    """What the sum at each place is divided by."""
    float64 = np.dtype(np.float64)
    divisor = divisor_of(name, axes, padding_counts, override, float64)
    return np.array(np.broadcast_to(divisor, output.shape[2:]), float64)
