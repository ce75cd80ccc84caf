"""Windows as columns and back, against PyTorch; the dense matrix, against its convolution."""

import itertools

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from torch.nn import functional  # noqa: E402

from quizcnn import nn  # noqa: E402

WINDOWS = list(
    itertools.product(
        [1, 2, (3, 2), (1, 4)], [1, 2, (1, 3)], [0, 1, (2, 1)], [1, 2, (1, 3)], [1, 3]
    )
)
"""Kernel, dilation, padding, stride, channels."""


def test_unfold_and_fold(close, ran):
    """Columns as PyTorch lays them out; adding them up again gives the same image."""
    cases = 0
    for seed, (kernel, dilation, padding, stride, channels) in enumerate(WINDOWS):
        options = (kernel, dilation, padding, stride)
        for shape in ((channels, 6, 7), (2, channels, 7, 5)):
            x = np.random.default_rng(seed).normal(size=shape)
            try:
                expected = functional.unfold(torch.from_numpy(x), *options)
            except RuntimeError:
                with pytest.raises(ValueError, match="does not fit"):
                    nn.unfold(x, *options)
                continue
            columns = nn.unfold(x, *options)
            close(columns, expected.numpy(), (shape, options))
            image = functional.fold(expected, shape[-2:], *options)
            close(nn.fold(columns, shape[-2:], *options), image.numpy(), (shape, options))
            cases += 2
    ran(cases, "unfold and fold")


def test_conv_matrix(close, ran):
    """Times the flattened image it is PyTorch's convolution, flattened."""
    cases = 0
    for seed, (kernel, dilation, padding, stride, channels) in enumerate(WINDOWS):
        rng = np.random.default_rng(seed)
        side = kernel if isinstance(kernel, tuple) else (kernel, kernel)
        x, weight = rng.normal(size=(channels, 7, 8)), rng.normal(size=(3, 1, *side))
        options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": channels}
        try:
            expected = functional.conv2d(torch.from_numpy(x), torch.from_numpy(weight), **options)
        except RuntimeError:
            with pytest.raises(ValueError, match="does not fit"):
                nn.conv_matrix(weight, x.shape, **options)
            continue
        matrix = nn.conv_matrix(weight, x.shape, **options)
        close(matrix @ x.ravel(), expected.numpy().ravel(), (x.shape, weight.shape, options))
        cases += 1
    ran(cases, "conv_matrix")
