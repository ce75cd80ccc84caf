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
from quizcnn.nn.counting import (
    comparisons,
    multiply_adds,
    multiply_adds_by_layer,
    parameters,
    parameters_by_layer,
)
from quizcnn.nn.dense import dropout, flatten, linear
from quizcnn.nn.forward import forward
from quizcnn.nn.gradients import grad, influence, jacobian, seen
from quizcnn.nn.layers import (
    AvgPool2d,
    Conv2d,
    Dropout,
    Flatten,
    GlobalAvgPool2d,
    GlobalMaxPool2d,
    Layer,
    Linear,
    LocallyConnected2d,
    MaxPool2d,
    ReLU,
    Softmax,
    Subsample2d,
)
from quizcnn.nn.networks import alexnet, lenet5, vgg16
from quizcnn.nn.pooling import (
    avg_pool2d,
    global_avg_pool2d,
    global_max_pool2d,
    max_pool2d,
    min_pool2d,
    upsample,
)
from quizcnn.nn.receptive import (
    followed_by,
    jump,
    layers_after,
    layers_before,
    layers_of,
    receptive_field,
    receptive_fields,
    without,
)
from quizcnn.nn.shapes import output_shape, shapes

__all__ = [
    "AvgPool2d",
    "Conv2d",
    "Dropout",
    "Flatten",
    "GlobalAvgPool2d",
    "GlobalMaxPool2d",
    "Layer",
    "Linear",
    "LocallyConnected2d",
    "MaxPool2d",
    "ReLU",
    "Softmax",
    "Subsample2d",
    "alexnet",
    "allclose",
    "avg_pool2d",
    "box",
    "checkerboard",
    "comparisons",
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
    "followed_by",
    "forward",
    "full",
    "global_avg_pool2d",
    "global_max_pool2d",
    "grad",
    "influence",
    "integers",
    "jacobian",
    "jump",
    "layers_after",
    "layers_before",
    "layers_of",
    "lenet5",
    "linear",
    "max_pool2d",
    "min_pool2d",
    "multiply_adds",
    "multiply_adds_by_layer",
    "normal",
    "np",
    "ones",
    "output_shape",
    "parameters",
    "parameters_by_layer",
    "ramp",
    "receptive_field",
    "receptive_fields",
    "relu",
    "seen",
    "shapes",
    "sigmoid",
    "softmax",
    "square",
    "step_edge",
    "uniform",
    "upsample",
    "vgg16",
    "without",
    "zeros",
]

SEEDED: frozenset[str] = frozenset(
    name
    for name in __all__
    if inspect.isfunction(globals()[name])
    and "seed" in inspect.signature(globals()[name]).parameters
)
"""The functions that draw random numbers, each a pure function of its argument `seed`."""
