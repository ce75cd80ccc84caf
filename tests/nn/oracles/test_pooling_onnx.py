"""Pooling against onnxruntime: MaxPool, AveragePool, LpPool, the global ones, and SAME."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from quizcnn import nn

onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")

SIDES = [(3, 4), (5, 5), (8, 7)]
KERNELS = [(1, 1), (2, 2), (3, 3), (2, 3)]
STRIDES = [(1, 1), (2, 2), (3, 2)]


def run(operator, x, outputs=1, **attributes):
    """What onnxruntime computes: a model of a single node."""
    helper, float_type = onnx.helper, onnx.TensorProto.FLOAT
    names = ["y", "i"][:outputs]
    node = helper.make_node(operator, ["x"], names, **attributes)
    kinds = [float_type, onnx.TensorProto.INT64]
    graph = helper.make_graph(
        [node],
        "pooling",
        [helper.make_tensor_value_info("x", float_type, None)],
        [
            helper.make_tensor_value_info(name, kind, None)
            for name, kind in zip(names, kinds, strict=False)
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)], ir_version=10)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    return session.run(None, {"x": x})


def data(sides, seed=0):
    generator = np.random.default_rng([seed, *sides])
    return generator.integers(-3, 4, size=(2, 2, *sides)).astype(np.float32)


def paddings(kernel):
    return [(0, 0), (kernel[0] // 2, kernel[1] // 2)][: 1 + (max(kernel) > 1)]


def test_max_pool(ran, close):
    """Values and indices, with ceil mode and dilation."""
    cases = 0
    for sides, kernel, stride, dilation, ceil in product(
        SIDES, KERNELS, STRIDES, [(1, 1), (2, 1)], (0, 1)
    ):
        for padding in paddings(kernel):
            x, case = data(sides), (sides, kernel, stride, dilation, ceil, padding)
            try:
                found = nn.max_pool2d(
                    x, kernel, stride, padding, dilation, bool(ceil), return_indices=True
                )
            except ValueError as error:
                assert "does not fit" in str(error) or "padding alone" in str(error), case
                continue
            values, indices = run(
                "MaxPool", x, 2, kernel_shape=kernel, strides=stride, dilations=dilation,
                ceil_mode=ceil, pads=[*padding, *padding],
            )  # fmt: skip
            close(found[0], values, case)
            # ONNX counts through the whole tensor, PyTorch in each channel.
            channels = np.arange(4).reshape(2, 2, 1, 1) * (sides[0] * sides[1])
            close(found[1] + channels, indices, case)
            cases += 1
    ran(cases, "max_pool2d", against="onnxruntime")


def test_avg_pool(ran, close):
    """With and without padding in the mean, with ceil mode."""
    cases = 0
    for sides, kernel, stride, ceil, counted in product(SIDES, KERNELS, STRIDES, (0, 1), (0, 1)):
        for padding in paddings(kernel):
            x, case = data(sides), (sides, kernel, stride, ceil, counted, padding)
            try:
                found = nn.avg_pool2d(x, kernel, stride, padding, bool(ceil), bool(counted))
            except ValueError as error:
                assert "does not fit" in str(error), case
                continue
            [values] = run(
                "AveragePool", x, kernel_shape=kernel, strides=stride, ceil_mode=ceil,
                count_include_pad=counted, pads=[*padding, *padding],
            )  # fmt: skip
            close(found, values, case)
            cases += 1
    ran(cases, "avg_pool2d", against="onnxruntime")


def test_lp_pool_of_positive_values(ran, close):
    """ONNX takes absolute values first, PyTorch does not."""
    cases = 0
    for sides, kernel, stride, power in product(SIDES, KERNELS, STRIDES, (1, 2, 3)):
        x, case = np.abs(data(sides)), (sides, kernel, stride, power)
        [values] = run("LpPool", x, kernel_shape=kernel, strides=stride, p=power)
        close(nn.lp_pool2d(x, power, kernel, stride), values, case)
        cases += 1
    ran(cases, "lp_pool2d", against="onnxruntime")


def test_same_padding_is_padding_by_hand(ran, close):
    """SAME with an odd number of zeros: padded by −∞ on one side first, then pooled."""
    cases = 0
    for sides, kernel, stride, upper in product(SIDES, KERNELS, STRIDES, (True, False)):
        if any(k < s for k, s in zip(kernel, stride, strict=True)):
            continue  # nothing to pad, and onnxruntime stumbles over less than nothing
        x, widths = data(sides), []
        for n, k, s in zip(sides, kernel, stride, strict=True):
            total = max((-(-n // s) - 1) * s + k - n, 0)
            less, more = total // 2, total - total // 2
            widths.append((less, more) if upper else (more, less))
        framed = np.pad(x, [(0, 0), (0, 0), *widths], constant_values=-np.inf)
        [values] = run(
            "MaxPool", x, kernel_shape=kernel, strides=stride,
            auto_pad="SAME_UPPER" if upper else "SAME_LOWER",
        )  # fmt: skip
        close(nn.max_pool2d(framed, kernel, stride), values, (sides, kernel, stride, upper))
        cases += 1
    ran(cases, "max_pool2d with SAME", against="onnxruntime")


def test_global_pools(ran, close):
    """One value for each channel."""
    for sides in SIDES:
        x = data(sides)
        close(nn.global_max_pool2d(x), run("GlobalMaxPool", x)[0][..., 0, 0], sides)
        close(nn.global_avg_pool2d(x), run("GlobalAveragePool", x)[0][..., 0, 0], sides)
    ran(2 * len(SIDES), "global pooling", against="onnxruntime")
