"""Recording the calls that slide a window, while a check runs, for the proof to show.

Only what nn itself reads from the arguments and what it computed is recorded; the geometry comes
from the functions of nn that the operations use.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from quizcnn.check.arguments import bind
from quizcnn.check.entry import Entry
from quizcnn.check.kinds import Inside
from quizcnn.check.limits import Budget
from quizcnn.check.showing import Shown
from quizcnn.check.sliding import FARTHEST, LARGEST, MOST, LeftOut, Sliding
from quizcnn.check.value import SHOWN, Array
from quizcnn.nn.arguments import Array as NumPyArray
from quizcnn.nn.arguments import each, numeric
from quizcnn.nn.places import Axis, axes_of, feature_maps
from quizcnn.nn.pooled import divisor_of
from quizcnn.nn.sliding import filters_of, images_of, padding_sides
from quizcnn.nn.true_convolution import mode_sides

POOLED = ("kernel_size", "stride", "padding", "dilation", "ceil_mode")
"""The arguments of a pool that say where its windows stand."""
SOURCE = 200
"""Characters of a call that are told."""


class Tracer:
    """What slid a window so far, in the order in which it was called."""

    def __init__(self, budget: Budget) -> None:
        self.windows: list[Sliding | LeftOut] = []
        self._shown = Shown(budget)

    def record(
        self,
        entry: Entry,
        args: Sequence[Inside],
        keywords: Mapping[str, Inside],
        result: Inside,
        node: ast.Call,
    ) -> None:
        """Record a call of an operation that slides a window, and that has succeeded."""
        if len(self.windows) > MOST:
            return
        source = ast.unparse(node)[:SOURCE]
        if len(self.windows) == MOST:
            why = f"a proof has {MOST} of them at most"
            self.windows.append(LeftOut(node.lineno, source, why))
            return
        arguments = dict(entry.in_full(bind(entry, args, keywords)))
        made = result[0] if type(result) is tuple else result
        parts = READ[entry.slides](entry.name, arguments, made)
        why = _too_large(parts)
        if not why:
            shown = {name: self._told(value) for name, value in parts.items()}
            if all(each.data is not None for each in shown.values() if isinstance(each, Array)):
                found: Any = shown  # the fields by name, each of its type
                self.windows.append(Sliding(node.lineno, source, **found))
                return
            why = "the proof has too many values already"
        self.windows.append(LeftOut(node.lineno, source, why))

    def _told(self, value: Any) -> Any:
        return self._shown.step(value) if type(value) is np.ndarray else value


def _too_large(parts: Mapping[str, Any]) -> str:
    """Why something is not played, "" where it is of a size that can be."""
    for name in ("input", "output"):
        height, width = parts[name].shape[2:]
        if height * width > LARGEST:
            size = f"{height}×{width}" if height > 1 else f"{width} values"
            return f"its {name} has {size}; up to 64×64 is played"
    for name in ("input", "output", "kernel"):
        if parts.get(name) is not None and parts[name].size > SHOWN:
            return f"its {name} has {parts[name].size:,} values; up to {SHOWN:,} are played"
    far = (*parts["stride"], *parts["dilation"], *(n for pair in parts["sides"] for n in pair))
    if max(far) > FARTHEST or parts["size"][0] * parts["size"][1] > LARGEST:
        return "its stride, dilation, padding or kernel is too large to be played"
    if 0 in (parts["input"].size, parts["output"].size):
        return "it is empty"
    return ""


def _whole(array: NumPyArray, axes: int) -> NumPyArray:
    """Images with all their axes, (N, C, H, W); a signal gets one row."""
    leading = (1,) * (2 + axes - array.ndim) + array.shape[: array.ndim - axes]
    return array.reshape(*leading, *(1,) * (2 - axes), *array.shape[array.ndim - axes :])


def _two(axes: int, values: Sequence[Any], along: Any) -> tuple[Any, ...]:
    """One entry for each of two axes: a signal has `along` for its one row."""
    return (*(along,) * (2 - axes), *values)


def _convolution(
    name: str, given: dict[str, Any], made: NumPyArray, kind: str = "sum"
) -> dict[str, Any]:
    """conv1d, conv2d: a kernel of one axis or two, weighing all channels of its group."""
    axes = 1 if "1d" in name else 2
    image, kernels = images_of(name, given["x"], axes), filters_of(name, given["weight"], axes)
    steps, spread = (each(name, what, given[what], axes, 1) for what in ("stride", "dilation"))
    size = image.shape[image.ndim - axes :]
    kernel = kernels.shape[kernels.ndim - axes :]
    sides = padding_sides(name, given["padding"], size, kernel, steps, spread)
    ways = (axes, steps, sides, spread, int(given["groups"]))
    return _weighed(kind, name, image, kernels, given["bias"], made, ways)


def _depthwise(name: str, given: dict[str, Any], made: NumPyArray) -> dict[str, Any]:
    """depthwise_conv2d: conv2d in as many groups as there are channels."""
    image, kernels = images_of(name, given["x"], 2), numeric(name, given["weight"])
    channels = image.shape[-3] if image.ndim > 2 else 1
    kernels = kernels.reshape(-1, 1, *kernels.shape[-2:])
    return _convolution(name, given | {"x": image, "weight": kernels, "groups": channels}, made)


def _correlation(name: str, given: dict[str, Any], made: NumPyArray) -> dict[str, Any]:
    """convolve2d, correlate2d: one kernel on one image, turned round or not."""
    image, kernel = numeric(name, given["x"]), numeric(name, given["kernel"])
    top, left = mode_sides(name, given["mode"], kernel.shape)
    flipped = name == "convolve2d"
    if flipped:  # what slides is the turned kernel, and an odd zero stands at the other end
        kernel, top, left = kernel[::-1, ::-1], top[::-1], left[::-1]
    ways = (2, (1, 1), (top, left), (1, 1), 1)
    return _weighed("sum", name, image, kernel, None, made, ways) | {"flipped": flipped}


def _transposed(name: str, given: dict[str, Any], made: NumPyArray) -> dict[str, Any]:
    """conv_transpose1d, conv_transpose2d: the kernel is stamped on the output."""
    return _convolution(name, given, made, "spread")


def _weighed(
    kind: str,
    name: str,
    image: NumPyArray,
    kernels: NumPyArray,
    bias: Any,
    made: NumPyArray,
    ways: tuple[int, Any, Any, Any, int],
) -> dict[str, Any]:
    axes, steps, sides, spread, groups = ways
    return {
        "kind": kind,
        "input": _whole(image, axes),
        "output": _whole(made, axes),
        "kernel": _whole(kernels, axes),
        "bias": None if bias is None else np.reshape(numeric(name, bias, "bias"), -1),
        "size": _two(axes, kernels.shape[kernels.ndim - axes :], 1),
        "stride": _two(axes, steps, 1),
        "sides": _two(axes, sides, (0, 0)),
        "dilation": _two(axes, spread, 1),
        "groups": groups,
        "axes": made.ndim,
        "signal": axes == 1,
    }


def _pool(name: str, given: dict[str, Any], made: NumPyArray) -> dict[str, Any]:
    """max_pool, min_pool and avg_pool of signals and images: each channel by itself."""
    count = 1 if "1d" in name else 2
    maps = feature_maps(name, given["x"], count)
    ways = {what: given[what] for what in POOLED if what in given}
    axes = axes_of(name, maps, count, **ways)
    kind = name[:3]
    parts: dict[str, Any] = {
        "kind": "mean" if kind == "avg" else kind,
        "input": _whole(maps, count),
        "output": _whole(made, count),
        "size": _two(count, [axis.kernel for axis in axes], 1),
        "stride": _two(count, [axis.stride for axis in axes], 1),
        "sides": _two(count, [(axis.padding, axis.padding) for axis in axes], (0, 0)),
        "dilation": _two(count, [axis.dilation for axis in axes], 1),
        "axes": made.ndim,
        "signal": count == 1,
    }
    parts["groups"] = parts["input"].shape[1]
    if kind == "avg":
        parts["divisor"] = _divisors(name, given, axes, parts["output"].shape[2:])
    return parts


def _divisors(
    name: str, given: dict[str, Any], axes: Sequence[Axis], size: tuple[int, int]
) -> NumPyArray:
    """What each place of an average is divided by."""
    float64 = np.dtype(np.float64)
    override = given.get("divisor_override")
    divisor = divisor_of(name, axes, given["count_include_pad"], override, float64)
    return np.array(np.broadcast_to(divisor, size), float64)


READ = {
    "convolution": _convolution,
    "depthwise": _depthwise,
    "correlation": _correlation,
    "transposed": _transposed,
    "max": _pool,
    "min": _pool,
    "mean": _pool,
}
"""For each way of sliding what reads a call of it."""
