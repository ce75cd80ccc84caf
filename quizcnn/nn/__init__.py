"""What a convolutional neural network computes, in NumPy: every name that a check may use.

Arrays are float64 unless said otherwise, images are channels first, conventions are PyTorch's.

>>> from quizcnn.nn import conv2d, ones, ramp
>>> conv2d(ramp(8, 8), ones(3, 3)).shape
(6, 6)
"""

import inspect

import numpy as np

from quizcnn.nn.activations import relu, sigmoid, softmax
from quizcnn.nn.arrays import (
    allclose,
    box,
    checkerboard,
    count_nonzero,
    dot,
    equal,
    eye,
    full,
    integers,
    normal,
    ones,
    ramp,
    square,
    step_edge,
    uniform,
    zeros,
)
from quizcnn.nn.convolution import conv2d, conv_matrix, convolve2d, correlate2d
from quizcnn.nn.dense import dropout, flatten, linear
from quizcnn.nn.pooling import (
    avg_pool2d,
    global_avg_pool2d,
    global_max_pool2d,
    max_pool2d,
    min_pool2d,
    upsample,
)

__all__ = [
    "allclose",
    "avg_pool2d",
    "box",
    "checkerboard",
    "conv2d",
    "conv_matrix",
    "convolve2d",
    "correlate2d",
    "count_nonzero",
    "dot",
    "dropout",
    "equal",
    "eye",
    "flatten",
    "full",
    "global_avg_pool2d",
    "global_max_pool2d",
    "integers",
    "linear",
    "max_pool2d",
    "min_pool2d",
    "normal",
    "np",
    "ones",
    "ramp",
    "relu",
    "sigmoid",
    "softmax",
    "square",
    "step_edge",
    "uniform",
    "upsample",
    "zeros",
]

SEEDED: frozenset[str] = frozenset(
    name
    for name in __all__
    if inspect.isfunction(globals()[name])
    and "seed" in inspect.signature(globals()[name]).parameters
)
"""The functions that draw random numbers, each a pure function of its argument `seed`."""
