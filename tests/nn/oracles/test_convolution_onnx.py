"""Convolution and its transpose against onnxruntime: SAME with strides, each side padded apart."""

import itertools

import numpy as np
import pytest

onnxruntime = pytest.importorskip("onnxruntime")
helper = pytest.importorskip("onnx.helper")

from quizcnn import nn  # noqa: E402

NAMES = {"same_upper": "SAME_UPPER", "same_lower": "SAME_LOWER", "valid": "VALID"}
SIDES = {1: (11,), 2: (9, 8), 3: (5, 6, 7)}


@pytest.fixture(scope="module")
def node():
    """`node(kind, axes, **attributes)`: a function of arrays, one node of ONNX run by onnxruntime.

    Sides are left open, so a session serves for images of all sizes; sessions are kept.
    """
    sessions = {}
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3

    def run(kind, arrays, **attributes):
        key = (kind, len(arrays), arrays[0].ndim, repr(attributes))
        if key not in sessions:
            names = ["x", "weight", "bias"][: len(arrays)]
            inputs = [
                helper.make_tensor_value_info(name, 1, [None] * array.ndim)
                for name, array in zip(names, arrays, strict=True)
            ]
            out = helper.make_tensor_value_info("out", 1, [None] * arrays[0].ndim)
            made = helper.make_node(kind, names, ["out"], **attributes)
            graph = helper.make_graph([made], kind, inputs, [out])
            model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
            model.ir_version = 8
            sessions[key] = onnxruntime.InferenceSession(
                model.SerializeToString(), options, providers=["CPUExecutionProvider"]
            )
        session = sessions[key]
        names = [each.name for each in session.get_inputs()]
        return session.run(None, dict(zip(names, arrays, strict=True)))[0]

    return run


def arrays(axes, takes, makes, seed, transposed=False, groups=1, kernel=3):
    rng = np.random.default_rng(seed)
    first, second = (takes, makes) if transposed else (makes, takes)
    weight = (first, second // groups, *(kernel,) * axes)
    shapes = ((2, takes, *SIDES[axes]), weight, (makes,))
    return [rng.normal(size=shape).astype(np.float32) for shape in shapes]


@pytest.mark.parametrize("axes", [1, 2, 3])
def test_padding_in_words(axes, node, close, ran):
    """SAME_UPPER and SAME_LOWER at any stride, even and odd kernels, and VALID."""
    cases = 0
    function = getattr(nn, f"conv{axes}d")
    for word, kernel, stride, groups in itertools.product(NAMES, (1, 2, 3, 4), (1, 2, 3), (1, 2)):
        given = arrays(axes, 4, 6, cases, groups=groups, kernel=kernel)
        attributes = {"auto_pad": NAMES[word], "strides": [stride] * axes, "group": groups}
        expected = node("Conv", given, **attributes)
        out = function(*given, stride=stride, padding=word, groups=groups)
        close(out, expected, (word, kernel, stride, groups))
        cases += 1
    ran(cases, f"conv{axes}d padded in words", "onnxruntime")


@pytest.mark.parametrize("axes", [1, 2, 3])
def test_padding_in_numbers(axes, node, close, ran):
    """Before and after apart, with strides, dilations and groups."""
    cases = 0
    function = getattr(nn, f"conv{axes}d")
    for before, after, stride, dilation, groups in itertools.product(
        (0, 1, 2), (0, 1, 3), (1, 2), (1, 2), (1, 4)
    ):
        given = arrays(axes, 4, 8, cases, groups=groups)
        attributes = {
            "pads": [before] * axes + [after] * axes,
            "strides": [stride] * axes,
            "dilations": [dilation] * axes,
            "group": groups,
        }
        sides = ((before, after),) * axes
        expected = node("Conv", given, **attributes)
        out = function(*given, stride, sides, dilation, groups)
        close(out, expected, (sides, stride, dilation, groups))
        cases += 1
    ran(cases, f"conv{axes}d padded in numbers", "onnxruntime")


@pytest.mark.parametrize("axes", [1, 2, 3])
def test_transposed(axes, node, close, ran):
    """Cut off before and after apart, with output padding, strides, dilations and groups."""
    cases = 0
    function = getattr(nn, f"conv_transpose{axes}d")
    for before, after, stride, extra, dilation, groups in itertools.product(
        (0, 1, 2), (0, 1), (1, 2, 3), (0, 1), (1, 2), (1, 2)
    ):
        if extra >= stride:  # onnxruntime minds the stride alone
            continue
        given = arrays(axes, 4, 6, cases, transposed=True, groups=groups)
        attributes = {
            "pads": [before] * axes + [after] * axes,
            "strides": [stride] * axes,
            "dilations": [dilation] * axes,
            "output_padding": [extra] * axes,
            "group": groups,
        }
        sides = ((before, after),) * axes
        expected = node("ConvTranspose", given, **attributes)
        out = function(*given, stride, sides, extra, groups, dilation)
        close(out, expected, (sides, stride, extra, dilation, groups))
        cases += 1
    ran(cases, f"conv_transpose{axes}d", "onnxruntime")
