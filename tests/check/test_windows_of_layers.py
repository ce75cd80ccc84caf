"""What slides several windows is told step by step: layers of a network, separable, octave."""

from __future__ import annotations

from itertools import product, starmap

import numpy as np
import pytest

from quizcnn import nn
from quizcnn.check.job import Job
from quizcnn.check.language import run_job
from quizcnn.check.proof import Proof
from quizcnn.check.sliding import MOST, LeftOut, Sliding, flaw
from quizcnn.check.windows import Place, adds_up, window


def slid(code: str) -> list[Sliding | LeftOut]:
    return list(traced(code).windows)


def traced(code: str) -> Proof:
    proof = run_job(Job(code, trace=True))
    assert proof.failure is None, proof.failure
    return proof


def played(code: str) -> list[Sliding]:
    """The windows of a check, all of which are played and add up."""
    found = []
    for one in slid(code):
        assert isinstance(one, Sliding), one
        assert flaw(one) == ""
        for place in starmap(Place, product(*map(range, one.output.shape))):
            assert adds_up(one, window(one, place)), one.source
        found.append(one)
    return found


def values(one: Sliding) -> np.ndarray:
    return np.array(one.output.data).reshape(one.shape)


def test_each_layer_that_slides_is_told_by_its_place() -> None:
    """A pool of 0 … 15 takes 5 7 13 15; the layers after it see what it made."""
    net = "[MaxPool2d(2), ReLU(), AvgPool2d((1, 2)), GlobalMaxPool2d()]"
    first, second, third = played(f"net = {net}\nforward(net, ramp(4, 4))")
    assert [one.source for one in (first, second, third)] == [
        "MaxPool2d(2), layer 1 in forward(net, ramp(4, 4))",
        "AvgPool2d((1, 2)), layer 3 in forward(net, ramp(4, 4))",
        "GlobalMaxPool2d(), layer 4 in forward(net, ramp(4, 4))",
    ]
    assert {one.line for one in (first, second, third)} == {2}
    assert first.output.data == second.input.data == (5, 7, 13, 15)
    assert second.output.data == third.input.data == (6, 14)
    assert third.output.data == (14,)


def test_layers_in_blocks_are_told_by_the_way_to_them() -> None:
    """Body, shortcut and branches, counted from 1."""
    code = (
        "forward([Residual(Conv2d(1, 2, 1), shortcut=Conv2d(1, 2, 1)), "
        "Parallel([], [ReLU(), MaxPool2d(1)])], ramp(1, 2, 2))"
    )
    assert [one.source.split(" in ")[0] for one in played(code)] == [
        "Conv2d(1, 2, 1), layer 1 of the body of layer 1",
        "Conv2d(1, 2, 1), layer 1 of the shortcut of layer 1",
        "MaxPool2d(1), layer 2 of branch 2 of layer 2",
    ]


@pytest.mark.parametrize(
    "layer",
    [
        "Conv2d(2, 4, 3, 2, 1, groups=2)",
        "Conv2d(2, 3, (3, 2), padding='same', dilation=2)",
        "ConvTranspose2d(2, 4, 3, 2, 1, output_padding=1, groups=2)",
        "MaxPool2d(3, 2, 1, ceil_mode=True)",
        "AvgPool2d(3, 2, 1, ceil_mode=True, count_include_pad=False)",
        "AdaptiveAvgPool2d((2, None))",
        "GlobalAvgPool2d()",
        "GlobalMaxPool2d()",
        "Subsample2d(2)",
    ],
)
@pytest.mark.parametrize("shape", ["2, 5, 6", "3, 2, 5, 6"])
def test_every_layer_that_slides_is_played(layer: str, shape: str) -> None:
    """With the weights that it was run with, alone and in a batch: its sums give its output."""
    code = f"forward({layer}, normal({shape}), seed=7)"
    (found,) = played(code)
    computed = np.asarray(eval(code, dict(vars(nn))))
    assert found.shape == computed.shape
    assert values(found).tolist() == computed.tolist()


def test_a_signal_is_played_too() -> None:
    (found,) = played("forward(Conv1d(1, 2, 3, stride=2), ramp(1, 7))")
    assert (found.signal, found.shape) == (True, (2, 3))


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("conv3d(ramp(3, 3, 3), ones(2, 2, 2))", "it slides over a volume"),
        ("conv_transpose3d(ramp(2, 2, 2), ones(2, 2, 2))", "it slides over a volume"),
        ("max_pool3d(ramp(2, 2, 2), 2)", "it slides over a volume"),
        ("avg_pool3d(ramp(2, 2, 2), 2)", "it slides over a volume"),
        ("forward(Conv3d(1, 1, 2), ramp(1, 2, 2, 2))", "it slides over a volume"),
        ("forward(LocallyConnected2d(1, 1, 2, 3), ramp(3, 3))", "another one at every place"),
        ("involution2d(ones(1, 1, 3), ones(1, 1), ones(9, 1))", "another one at every place"),
        ("forward(Conv2d(3, 120, 7), ones(3, 9, 9))", "its kernel has 17,640 values"),
        ("separable_conv2d(ones(1, 130, 130), ones(1, 1, 1), ones(1, 1))", "16,384 values"),
        ("octave_conv2d(ones(1, 130, 130), ones(1, 65, 65), *KERNELS).low", "16,384 values"),
    ],
)
def test_what_is_not_played_says_why(code: str, why: str) -> None:
    code = code.replace("*KERNELS", ", ".join(["ones(1, 1, 1, 1)"] * 4))
    (left_out,) = slid(code)
    assert isinstance(left_out, LeftOut)
    assert why in left_out.why


def test_a_deep_network_tells_its_first_windows_and_that_there_are_more() -> None:
    """The limit of a proof holds for layers as for calls, also over several networks."""
    run = "forward(net, ramp(2, 2), seed=seed)"
    windows = slid(f"net = [MaxPool2d(1) for i in range(40)]\n{run} + {run}")
    assert [isinstance(one, Sliding) for one in windows] == [True] * MOST + [False]
    assert windows[-1].source.startswith(f"MaxPool2d(1), layer {MOST + 1} in")
    assert "at most" in windows[-1].why  # type: ignore[union-attr]


def test_a_network_of_the_decks_is_told() -> None:
    """LeNet-5's four windows and, of a third convolution, that it has too many weights."""
    windows = slid("forward(lenet5(), zeros(1, 32, 32))")
    assert [one.source.split(" in ")[0] for one in windows] == [
        "Conv2d(1, 6, 5), layer 1",
        "AvgPool2d(2), layer 3",
        "Conv2d(6, 16, 5), layer 4",
        "AvgPool2d(2), layer 6",
    ]


def test_watching_does_not_alter_what_comes_out() -> None:
    """A check that is traced has the same steps and value as one that is not."""
    code = "net = [Conv2d(1, 2, 3), Parallel([], MaxPool2d(1))]\nforward(net, ramp(5, 5))"
    plain = run_job(Job(code))
    assert plain.windows == ()
    assert (plain.steps, plain.value) == (traced(code).steps, traced(code).value)


def test_what_a_lambda_or_a_given_runs_is_not_told() -> None:
    """As with all windows only the check's own statements count."""
    code = "f = lambda x: forward(MaxPool2d(2), x)\nf(x).sum()"
    assert run_job(Job(code, {"x": "forward(MaxPool2d(1), ramp(4, 4))"}, trace=True)).windows == ()


def test_a_separable_convolution_is_two_windows() -> None:
    """1 + 2 = 3 and 3·10 + 4 = 34 first; then 3·1 + 34·100 + 5 = 3408."""
    code = "separable_conv2d([[[1, 2]], [[3, 4]]], [[[1, 1]], [[10, 1]]], [[1, 100]], [5])"
    first, then = played(code)
    assert first.source.startswith("depthwise_conv2d(x, depthwise), first in separable_conv2d(")
    assert then.source.startswith("conv2d(depthwise, pointwise), then in separable_conv2d(")
    assert (first.output.data, first.groups) == ((3, 34), 2)
    assert (then.input.data, then.output.data) == ((3, 34), (3408,))
    one = window(then, Place(0, 0, 0, 0))
    assert [(term.value, term.weight) for term in one.terms] == [(3, 1), (34, 100)]
    assert one.bias == 5


def test_a_separable_convolution_moves_in_its_first_step_only() -> None:
    """Stride, padding and dilation are the depthwise one's; a batch stays one."""
    code = (
        "separable_conv2d(ramp(2, 2, 5, 5), ones(4, 1, 2, 2), ones(3, 4, 1, 1), "
        "stride=2, padding=1, dilation=2)"
    )
    first, then = played(code)
    assert (first.stride, first.dilation, first.sides) == ((2, 2), (2, 2), ((1, 1), (1, 1)))
    assert (then.stride, then.dilation, then.sides) == ((1, 1), (1, 1), ((0, 0), (0, 0)))
    assert first.shape[1] == 4
    assert values(then).tolist() == np.asarray(eval(code, dict(vars(nn)))).tolist()


def test_an_octave_convolution_is_five_windows() -> None:
    """high 0 1 2 3 and low 10 with kernels of 2 3 4 5: they add up to both resolutions."""
    kernels = ", ".join(f"{k} * ones(1, 1, 1, 1)" for k in (2, 3, 4, 5))
    code = f"out = octave_conv2d(ramp(1, 2, 2), 10 * ones(1, 1, 1), {kernels})\nout.high"
    found = played(code)
    assert [one.source.split(" in ")[0] for one in found] == [
        "conv2d(high, high_to_high)",
        "avg_pool2d(high, 2)",
        "conv2d(avg_pool2d(high, 2), high_to_low)",
        "conv2d(low, low_to_high), then enlarged,",
        "conv2d(low, low_to_low)",
    ]
    stay, halved, down, across, low = (one.output.data for one in found)
    assert (stay, halved, down, across, low) == ((0, 2, 4, 6), (1.5,), (4.5,), (40,), (50,))
    proof = traced(code)
    assert proof.value.data == (40, 42, 44, 46)  # type: ignore[union-attr]
