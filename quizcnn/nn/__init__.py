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
from quizcnn.nn.data import Dataset, bars, dot_position, edges, random_labels, shape_anywhere
from quizcnn.nn.dense import dropout, flatten, linear
from quizcnn.nn.expectations import dropout_loss, expected_dropout_loss, expected_under_dropout
from quizcnn.nn.experiments import (
    Experiment,
    bar_kernels,
    experiment,
    pixel_features,
    pooled_features,
)
from quizcnn.nn.fits import (
    Fit,
    KernelFit,
    LearnedKernel,
    accuracy,
    correlation,
    fit_kernel,
    learn_kernel,
    least_squares,
    predict,
    similarity,
)
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
    "Dataset",
    "Dropout",
    "Experiment",
    "Fit",
    "Flatten",
    "GlobalAvgPool2d",
    "GlobalMaxPool2d",
    "KernelFit",
    "Layer",
    "LearnedKernel",
    "Linear",
    "LocallyConnected2d",
    "MaxPool2d",
    "ReLU",
    "Softmax",
    "Subsample2d",
    "accuracy",
    "alexnet",
    "allclose",
    "avg_pool2d",
    "bar_kernels",
    "bars",
    "box",
    "checkerboard",
    "comparisons",
    "conv2d",
    "conv_matrix",
    "convolve2d",
    "correlate2d",
    "correlation",
    "count_nonzero",
    "dot",
    "dot_position",
    "dropout",
    "dropout_loss",
    "edges",
    "equal",
    "expected_dropout_loss",
    "expected_under_dropout",
    "experiment",
    "eye",
    "fit_kernel",
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
    "learn_kernel",
    "least_squares",
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
    "pixel_features",
    "pooled_features",
    "predict",
    "ramp",
    "random_labels",
    "receptive_field",
    "receptive_fields",
    "relu",
    "seen",
    "shape_anywhere",
    "shapes",
    "sigmoid",
    "similarity",
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
