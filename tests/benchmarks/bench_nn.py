"""How long convolution and pooling take beside onnxruntime, PyTorch and SciPy; and how they grow.

Run it as `python tests/benchmarks/bench_nn.py` (needs the extra `oracles`). One thread each, single
precision. Whatever is compared is measured in turns within one run, as machines differ and others
may be at work on this one; the table shows medians: of our times, and of the multiples of ours that
the others took in the same turn.
"""
# ruff: noqa: T201, E402

from __future__ import annotations

import argparse
import os
import platform
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"  # as the worker has it

import numpy as np
import onnxruntime
import scipy
import torch
from onnx import helper
from scipy import ndimage, signal

from quizcnn import nn

torch.set_num_threads(1)

Run = Callable[[], object]
LIBRARIES = ("onnxruntime", "torch", "scipy")
TURN = 0.002
"""Seconds that one turn takes at least: fast calls are repeated within it."""


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--turns", type=int, default=31, help="how often each is measured")
    options.add_argument("--only", default="", help="cases whose name has this in it")
    given = options.parse_args()
    print(f"{machine()}\n")
    print("| | quizcnn | best | " + " | ".join(LIBRARIES) + " |")
    print("|---|--:|--:|" + "--:|" * len(LIBRARIES))
    for name, runs in cases().items():
        if given.only in name:
            print(row(name, measured(runs, given.turns)), flush=True)
    if not given.only:
        print(f"\n{growth(given.turns)}\n\n{memory()}")


def machine() -> str:
    """What this was measured on."""
    model, found = platform.processor(), Path("/proc/cpuinfo")
    if found.exists():
        lines = found.read_text().splitlines()
        model = next(line.split(": ")[1] for line in lines if line.startswith("model name"))
    versions = ", ".join(
        f"{each.__name__} {each.__version__}" for each in (np, onnxruntime, torch, scipy)
    )
    return (
        f"{model}, {os.cpu_count()} cores, one used; Python {platform.python_version()}, {versions}"
    )


def measured(runs: dict[str, Run], turns: int) -> dict[str, list[float]]:
    """Seconds for each library, turn by turn."""
    repeats = {}
    for name, run in runs.items():
        run()
        start = time.perf_counter()
        run()
        repeats[name] = max(1, int(TURN / (time.perf_counter() - start)))
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(turns):
        for name, run in runs.items():
            start = time.perf_counter()
            for _ in range(repeats[name]):
                run()
            seconds[name].append((time.perf_counter() - start) / repeats[name])
    return seconds


def row(name: str, seconds: dict[str, list[float]]) -> str:
    """Our time, and what multiple of it the others took, turn by turn."""
    cells = [told(median(seconds["quizcnn"])), told(min(seconds["quizcnn"]))]
    for library in LIBRARIES:
        turns = zip(seconds.get(library, ()), seconds["quizcnn"], strict=False)
        multiples = [theirs / ours for theirs, ours in turns]
        cells.append(f"{median(multiples):.2f}×" if multiples else "")
    return f"| {name} | " + " | ".join(cells) + " |"


def told(seconds: float) -> str:
    """Microseconds or milliseconds, three digits."""
    return f"{seconds * 1e6:.3g} µs" if seconds < 1e-3 else f"{seconds * 1e3:.3g} ms"


def cases() -> dict[str, dict[str, Run]]:
    """What is compared: name, then what each library runs."""
    found = {}
    for size in (8, 16):
        found[f"conv2d {size}×{size}, 3×3"] = convolution((1, size, size), 1, 3)
    found["conv2d 1 × 512×512, 3×3"] = convolution((1, 512, 512), 1, 3)
    found["conv2d 1 × 512×512, 11×11"] = convolution((1, 512, 512), 1, 11)
    found["conv2d 64 × 56×56 → 64, 3×3"] = convolution((64, 56, 56), 64, 3, padding=1)
    found["conv2d 3 × 224×224 → 64, 7×7 / 2"] = convolution((3, 224, 224), 64, 7, 2, 3)
    found["conv2d 256 × 28×28 → 256, 1×1"] = convolution((256, 28, 28), 256, 1)
    found["depthwise 256 × 28×28, 3×3"] = convolution((256, 28, 28), 256, 3, padding=1, groups=256)
    found["depthwise 32 × 112×112, 3×3"] = convolution((32, 112, 112), 32, 3, padding=1, groups=32)
    found["backward 8×8, 3×3"] = backward((1, 8, 8), 1, 3)
    found["backward 64 × 56×56 → 64, 3×3"] = backward((64, 56, 56), 64, 3, padding=1)
    found["backward 3 × 224×224 → 64, 7×7 / 2"] = backward((3, 224, 224), 64, 7, 2, 3)
    found["backward depthwise 256 × 28×28, 3×3"] = backward((256, 28, 28), 256, 3, 1, 1, 256)
    found["transposed 8×8, 3×3 / 2"] = transposed((1, 8, 8), 1, 3, 2)
    found["transposed 64 × 56×56 → 64, 3×3"] = transposed((64, 56, 56), 64, 3, padding=1)
    found["transposed 64 × 28×28 → 64, 4×4 / 2"] = transposed((64, 28, 28), 64, 4, 2, 1)
    for name in ("max_pool2d", "avg_pool2d"):
        found[f"{name} 8×8, 2×2"] = pooling(name, (1, 8, 8), 2, 2)
        found[f"{name} 64 × 112×112, 2×2"] = pooling(name, (64, 112, 112), 2, 2)
        found[f"{name} 64 × 112×112, 3×3 / 2"] = pooling(name, (64, 112, 112), 3, 2)
    return found


def values(*shape: int) -> np.ndarray[Any, Any]:
    """Random numbers, the same ones each time."""
    return np.random.default_rng(0).normal(size=shape).astype(np.float32)


def convolution(
    shape: tuple[int, int, int], filters: int, kernel: int, stride: int = 1, padding: int = 0,
    groups: int = 1,
) -> dict[str, Run]:  # fmt: skip
    """A convolution's forward pass. SciPy has no channels: they are added up after it."""
    x, weight = values(*shape), values(filters, shape[0] // groups, kernel, kernel)
    image, kernels = torch.from_numpy(x)[None], torch.from_numpy(weight)
    plain = (x[0], weight[0, 0]) if shape[0] == filters == 1 else (x, weight)
    return {
        "quizcnn": lambda: nn.conv2d(*plain, None, stride, padding, 1, groups),
        "onnxruntime": node("Conv", x, weight, stride, padding, groups),
        "torch": lambda: torch.nn.functional.conv2d(
            image, kernels, None, stride, padding, 1, groups
        ),
        "scipy": by_scipy(x, weight, stride, padding, groups),
    }


def by_scipy(
    x: np.ndarray[Any, Any], weight: np.ndarray[Any, Any], stride: int, padding: int, groups: int
) -> Run:
    """The faster of SciPy's two ways, all channels and filters at once by FFT or one by one."""
    x = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    if len(weight) == 1:
        return lambda: signal.correlate2d(x[0], weight[0, 0], "valid")
    if groups > 1:

        def each() -> object:
            return [
                signal.correlate2d(channel, kernel[0], "valid")
                for channel, kernel in zip(x, weight, strict=True)
            ]

        return each
    flipped = weight[:, :, ::-1, ::-1]
    return lambda: signal.oaconvolve(x[None], flipped, "valid", axes=(2, 3)).sum(1)[
        :, ::stride, ::stride
    ]


def backward(
    shape: tuple[int, int, int], filters: int, kernel: int, stride: int = 1, padding: int = 0,
    groups: int = 1,
) -> dict[str, Run]:  # fmt: skip
    """The gradients of input, weight and bias; onnxruntime and SciPy have none."""
    x, weight = values(*shape), values(filters, shape[0] // groups, kernel, kernel)
    sent = values(*nn.conv2d(x, weight, None, stride, padding, 1, groups).shape)
    tensors = [torch.from_numpy(each) for each in (sent[None], x[None], weight)]
    options = ([stride] * 2, [padding] * 2, [1, 1], False, [0, 0], groups, [True] * 3)
    passed = torch.ops.aten.convolution_backward
    return {
        "quizcnn": lambda: nn.conv2d_backward(sent, x, weight, stride, padding, 1, groups),
        "torch": lambda: passed(*tensors, [filters], *options),
    }


def transposed(
    shape: tuple[int, int, int], filters: int, kernel: int, stride: int = 1, padding: int = 0
) -> dict[str, Run]:
    """A transposed convolution."""
    x, weight = values(*shape), values(shape[0], filters, kernel, kernel)
    image, kernels = torch.from_numpy(x)[None], torch.from_numpy(weight)
    return {
        "quizcnn": lambda: nn.conv_transpose2d(x, weight, None, stride, padding),
        "onnxruntime": node("ConvTranspose", x, weight, stride, padding, 1),
        "torch": lambda: torch.nn.functional.conv_transpose2d(
            image, kernels, None, stride, padding
        ),
    }


def pooling(name: str, shape: tuple[int, int, int], kernel: int, stride: int) -> dict[str, Run]:
    """A pooling; SciPy filters at every place, of which each second is taken."""
    x = values(*shape)
    image, ours, theirs = torch.from_numpy(x)[None], getattr(nn, name), torch.nn.functional
    kinds = {"max_pool2d": "MaxPool", "avg_pool2d": "AveragePool"}
    filters = {"max_pool2d": ndimage.maximum_filter, "avg_pool2d": ndimage.uniform_filter}
    last = (slice(None), slice(kernel // 2, None, stride), slice(kernel // 2, None, stride))
    return {
        "quizcnn": lambda: ours(x, kernel, stride),
        "onnxruntime": node(kinds[name], x, None, stride, 0, 1, kernel),
        "torch": lambda: getattr(theirs, name)(image, kernel, stride),
        "scipy": lambda: filters[name](x, (1, kernel, kernel))[last],
    }


def node(
    kind: str, x: np.ndarray[Any, Any], weight: np.ndarray[Any, Any] | None, stride: int,
    padding: int, groups: int, kernel: int = 0,
) -> Run:  # fmt: skip
    """One node of ONNX; its weight is a constant, as in a network, so it may be laid out before."""
    attributes: dict[str, Any] = {"strides": [stride] * 2, "pads": [padding] * 4}
    constants = []
    if weight is None:
        attributes["kernel_shape"] = [kernel] * 2
    else:
        attributes["group"] = groups
        constants.append(helper.make_tensor("w", 1, weight.shape, weight.tobytes(), raw=True))
    names = ["x"] if weight is None else ["x", "w"]
    graph = helper.make_graph(
        [helper.make_node(kind, names, ["y"], **attributes)],
        kind,
        [helper.make_tensor_value_info("x", 1, (1, *x.shape))],
        [helper.make_tensor_value_info("y", 1, [None] * 4)],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 8
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    given = {"x": x[None]}
    return lambda: session.run(None, given)


def growth(turns: int) -> str:
    """How the time grows where the work doubles."""
    sides = {
        f"{channels} × {side}×{side} → {channels}": (channels, side)
        for channels, side in ((32, 28), (32, 56), (32, 112), (32, 224), (64, 112), (128, 112))
    }
    runs = {
        name: convolution((channels, side, side), channels, 3, padding=1)["quizcnn"]
        for name, (channels, side) in sides.items()
    }
    lines = ["| conv2d, 3×3 | multiply-adds | time | ns for 1000 |", "|---|--:|--:|--:|"]
    for name, seconds in measured(runs, turns).items():
        channels, side = sides[name]
        work, each = channels**2 * 9 * side**2, median(seconds)
        lines.append(f"| {name} | {work / 1e6:.0f} M | {told(each)} | {each / work * 1e12:.1f} |")
    return "\n".join(lines)


def memory() -> str:
    """The most memory at once, beside that of the arguments and the result."""
    lines = ["| | result | beside it at most |", "|---|--:|--:|"]
    for name, runs in cases().items():
        if "8×8," in name or "16×16," in name:
            continue
        tracemalloc.start()
        made: Any = runs["quizcnn"]()
        kept, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        lines.append(f"| {name} | {kept / 1e6:.1f} MB | {(peak - kept) / 1e6:.1f} MB |")
        del made
    return "\n".join(lines)


if __name__ == "__main__":
    main()
