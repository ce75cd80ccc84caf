"""Convolution and its backward pass in one, two and three dimensions, against PyTorch."""

import itertools

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from torch.nn import functional  # noqa: E402

from quizcnn import nn  # noqa: E402

# PyTorch says that an even kernel costs it a copy.
pytestmark = pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel:UserWarning")

SIDES = {1: (9,), 2: (8, 7), 3: (6, 5, 7)}
KERNELS = {
    1: [(1,), (2,), (3,), (5,)],
    2: [(1, 1), (3, 3), (2, 3), (4, 1)],
    3: [(1, 1, 1), (2, 3, 1), (3, 3, 3)],
}
PER_AXIS = {1: [1, (2,), 3], 2: [1, 2, (3, 1)], 3: [1, (2, 1, 3)]}
PADDINGS = {
    1: [0, 1, (2,), "same", "valid"],
    2: [0, (1, 2), 2, "same", "valid"],
    3: [0, (1, 0, 2), "same"],
}
CHANNELS = [(1, 1, 1), (4, 6, 1), (4, 6, 2), (4, 8, 4)]
"""Channels, filters, groups."""


def grid(axes):
    """Every combination that PyTorch computes, as keywords."""
    for kernel, channels, stride, padding, dilation, images in itertools.product(
        KERNELS[axes], CHANNELS, PER_AXIS[axes], PADDINGS[axes], PER_AXIS[axes][:2], (None, 2)
    ):
        if padding == "same" and np.max(stride) > 1:
            continue
        yield {
            "kernel": kernel,
            "channels": channels,
            "images": images,
            "options": {
                "stride": stride,
                "padding": padding,
                "dilation": dilation,
                "groups": channels[2],
            },
        }


def arrays(case, axes, seed, dtype="float64"):
    """Image, weight and bias; integers between −9 and 9 for an integer dtype."""
    channels, filters, groups = case["channels"]
    batch = () if case["images"] is None else (case["images"],)
    rng = np.random.default_rng(seed)
    shapes = (
        (*batch, channels, *SIDES[axes]),
        (filters, channels // groups, *case["kernel"]),
        (filters,),
    )
    if dtype == "int64":
        return [rng.integers(-9, 10, shape) for shape in shapes]
    return [rng.normal(size=shape).astype(dtype) for shape in shapes]


def ours(axes):
    return getattr(nn, f"conv{axes}d")


def theirs(axes):
    return getattr(functional, f"conv{axes}d")


@pytest.mark.parametrize("axes", [1, 2, 3])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_convolution(axes, dtype, close, ran):
    """Every option, with and without bias, and the same error or none."""
    cases = 0
    for seed, case in enumerate(grid(axes)):
        x, weight, bias = arrays(case, axes, seed, dtype)
        bias = bias if seed % 3 else None
        tensors = [None if a is None else torch.from_numpy(a) for a in (x, weight, bias)]
        try:
            expected = theirs(axes)(*tensors, **case["options"])
        except RuntimeError:
            with pytest.raises(ValueError, match="does not fit into an input"):
                ours(axes)(x, weight, bias, **case["options"])
        else:
            close(ours(axes)(x, weight, bias, **case["options"]), expected.numpy(), case)
        cases += 1
    ran(cases, f"conv{axes}d {dtype}")


@pytest.mark.parametrize("axes", [1, 2, 3])
def test_integers_are_exact(axes, close, ran):
    """Whole numbers come out as PyTorch's doubles have them, as integers."""
    cases = 0
    for seed, case in enumerate(grid(axes)):
        if seed % 4:
            continue
        x, weight, bias = arrays(case, axes, seed, "int64")
        doubles = [torch.from_numpy(a).double() for a in (x, weight, bias)]
        try:
            expected = theirs(axes)(*doubles, **case["options"]).numpy()
        except RuntimeError:
            continue
        out = ours(axes)(x, weight, bias, **case["options"])
        close(out, expected.astype(np.int64), case)
        cases += 1
    ran(cases, f"conv{axes}d int64")


@pytest.mark.parametrize("axes", [1, 2, 3])
def test_backward(axes, close, ran):
    """The gradients that autograd finds for input, weight and bias."""
    cases = 0
    for seed, case in enumerate(grid(axes)):
        x, weight, bias = arrays(case, axes, seed)
        tensors = [torch.from_numpy(a).requires_grad_() for a in (x, weight, bias)]
        try:
            out = theirs(axes)(*tensors, **case["options"])
        except RuntimeError:
            continue
        sent = np.random.default_rng(seed).normal(size=tuple(out.shape))
        expected = torch.autograd.grad(out, tensors, torch.from_numpy(sent))
        back = getattr(nn, f"conv{axes}d_backward")(sent, x, weight, **case["options"])
        for name, wanted in zip(("input", "weight", "bias"), expected, strict=True):
            close(getattr(back, name), wanted.numpy(), (name, case))
        cases += 1
    ran(cases, f"conv{axes}d_backward")


def test_padding_of_each_side(close, ran):
    """((top, bottom), (left, right)) is what torch.nn.functional.pad adds before."""
    cases = 0
    rng = np.random.default_rng(0)
    x, weight = rng.normal(size=(2, 3, 6, 5)), rng.normal(size=(4, 3, 3, 2))
    for top, bottom, left, right, stride in itertools.product(range(3), repeat=5):
        step = stride + 1
        framed = functional.pad(torch.from_numpy(x), (left, right, top, bottom))
        expected = functional.conv2d(framed, torch.from_numpy(weight), stride=step)
        sides = ((top, bottom), (left, right))
        close(nn.conv2d(x, weight, None, step, sides), expected.numpy(), (sides, step))
        cases += 1
    ran(cases, "conv2d, sides padded apart")


def test_values_that_are_not_finite(close, ran):
    """NaN and infinity spread as they do in PyTorch."""
    cases = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        x, weight = rng.integers(-2, 3, (2, 6, 6)).astype(float), rng.normal(size=(3, 2, 3, 3))
        for value in (np.nan, np.inf, -np.inf):
            x[tuple(rng.integers(0, side) for side in x.shape)] = value
        expected = functional.conv2d(torch.from_numpy(x), torch.from_numpy(weight), padding=1)
        close(nn.conv2d(x, weight, padding=1), expected.numpy(), seed)
        cases += 1
    ran(cases, "conv2d with NaN and ∞")


@pytest.mark.parametrize("kernel", [1, 2, 3, 5])
def test_depthwise_and_separable(kernel, close, ran):
    """Each channel by itself, then across channels."""
    cases = 0
    for seed, (channels, multiplier, stride, padding) in enumerate(
        itertools.product((1, 2, 5), (1, 2, 3), (1, 2), (0, 1, 2))
    ):
        rng = np.random.default_rng(seed)
        x = rng.normal(size=(2, channels, 9, 8))
        weight = rng.normal(size=(channels * multiplier, 1, kernel, kernel))
        mixing = rng.normal(size=(4, channels * multiplier, 1, 1))
        case = (kernel, channels, multiplier, stride, padding)
        first = functional.conv2d(
            torch.from_numpy(x), torch.from_numpy(weight), None, stride, padding, 1, channels
        )
        close(nn.depthwise_conv2d(x, weight, None, stride, padding), first.numpy(), case)
        second = functional.conv2d(first, torch.from_numpy(mixing))
        out = nn.separable_conv2d(x, weight, mixing, None, stride, padding)
        close(out, second.numpy(), case)
        cases += 2
    ran(cases, f"depthwise and separable {kernel}×{kernel}")
