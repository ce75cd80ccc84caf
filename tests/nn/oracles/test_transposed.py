"""Transposed convolution in one, two and three dimensions, against PyTorch."""

import itertools

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from torch.nn import functional  # noqa: E402

from quizcnn import nn  # noqa: E402

SIDES = {1: (5,), 2: (4, 5), 3: (3, 4, 3)}
KERNELS = {1: [(1,), (3,), (4,)], 2: [(1, 1), (3, 3), (2, 4)], 3: [(1, 2, 3), (2, 2, 2)]}
STRIDES = {1: [1, 2, 3], 2: [1, 2, (3, 1)], 3: [1, (2, 1, 3)]}
DILATIONS = {1: [1, 2], 2: [1, (2, 3)], 3: [1, (1, 2, 1)]}
CHANNELS = [(1, 1, 1), (4, 6, 1), (4, 6, 2), (4, 8, 4)]
"""Channels, filters, groups."""


@pytest.mark.parametrize("axes", [1, 2, 3])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_transposed(axes, dtype, close, ran):
    """Every option, output_padding too; where PyTorch refuses, so do we."""
    cases = refused = 0
    function, reference = (getattr(room, f"conv_transpose{axes}d") for room in (nn, functional))
    for seed, (kernel, channels, stride, padding, extra, dilation, images) in enumerate(
        itertools.product(
            KERNELS[axes], CHANNELS, STRIDES[axes], (0, 1, 3), (0, 1, 2), DILATIONS[axes], (None, 2)
        )
    ):
        rng = np.random.default_rng(seed)
        takes, makes, groups = channels
        batch = () if images is None else (images,)
        x = rng.normal(size=(*batch, takes, *SIDES[axes])).astype(dtype)
        weight = rng.normal(size=(takes, makes // groups, *kernel)).astype(dtype)
        bias = rng.normal(size=makes).astype(dtype) if seed % 2 else None
        options = (stride, padding, extra, groups, dilation)
        case = (x.shape, weight.shape, "stride, padding, output_padding, groups, dilation", options)
        tensors = [None if a is None else torch.from_numpy(a) for a in (x, weight, bias)]
        try:
            expected = reference(*tensors, *options)
        except RuntimeError:
            expected = None
        # In single precision PyTorch passes an output without pixels on.
        if expected is None or expected.numel() == 0:
            with pytest.raises(ValueError, match=r"output_padding must be|nothing is left"):
                function(x, weight, bias, *options)
            refused += 1
        else:
            close(function(x, weight, bias, *options), expected.numpy(), case)
        cases += 1
    assert refused > 0
    ran(cases, f"conv_transpose{axes}d {dtype}")
