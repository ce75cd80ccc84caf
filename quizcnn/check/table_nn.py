"""The names of `quizcnn.nn`, as checks may call them."""

from __future__ import annotations

from quizcnn.check.table_convolution import CONVOLUTION
from quizcnn.check.table_losses import DETECTION, LOSSES
from quizcnn.check.table_networks import COUNTING, FORMULAS, LAYERS
from quizcnn.check.table_pooling import DENSE, NORMALIZATION, POOLING
from quizcnn.check.table_rows import nn_entry as _nn
from quizcnn.check.table_rows import seeded_entry as _seeded

OF_F = {"functions": ("f", "args"), "text": ("args",)}

ARRAYS = (
    _nn("ramp", "*shape", "0, 1, 2, … row by row", size="shape"),
    _nn("ones", "*shape", "an array of ones", size="shape"),
    _nn("zeros", "*shape", "an array of zeros", size="shape"),
    _nn("full", "shape, value", "an array of one value", size="shape"),
    _seeded("normal", "*shape, seed=0", "normally distributed values", size="shape"),
    _seeded("uniform", "*shape, low=0.0, high=1.0, seed=0", "evenly distributed", size="shape"),
    _seeded("integers", "*shape, low=0, high=10, seed=0", "random whole numbers", size="shape"),
    _nn("checkerboard", "height, width", "1 and 0 in turn", size="image"),
    _nn("dot", "height, width, row, column, value=1.0", "a single bright pixel", size="image"),
    _nn("square", "height, width, top, left, size, value=1.0", "a bright square", size="image"),
    _nn("step_edge", "height, width, column", "0 left of a column, 1 from it on", size="image"),
    _nn("box", "size", "a mean kernel of 1/size²", size="square"),
    _nn("eye", "size", "the identity matrix", size="square"),
    _nn("count_nonzero", "x", "how many values are not 0"),
    _nn("allclose", "a, b, tolerance=1e-9", "same shape, values within tolerance", vacuous=True),
    _nn("equal", "a, b", "same shape and exactly the same values", vacuous=True),
)

GRADIENTS = (
    _nn("grad", "f, x, *args", "the gradient of sum(f(x, *args))", size="slopes", **OF_F),
    _nn("jacobian", "f, x, *args", "outputs × inputs: every derivative", size="jacobian",
        gathers=True, **OF_F),
    _nn("influence", "f, x, *args", "outputs × inputs: who depends on whom", size="influence",
        gathers=True, **OF_F),
    _nn("seen", "f, x, *args", "height and width of what the central output sees", size="slopes",
        **OF_F),
    _nn("expected_under_dropout", "f, x, p=0.5", "the mean of f(x) over every mask",
        gathers=True, **OF_F),
)  # fmt: skip

LEARNING = (
    _seeded("bars", "examples, seed=0, noise=0.3, size=12, length=4, inset=1",
            "horizontal and vertical bars, anywhere", size="examples"),
    _seeded("shape_anywhere", "examples, seed=0, noise=0.1, size=12, inset=1",
            "pluses and crosses, anywhere", size="examples"),
    _seeded("dot_position", "examples, seed=0, noise=0.0, size=12, inset=2",
            "a dot in the top or bottom half", size="examples"),
    _seeded("random_labels", "examples, seed=0, size=12", "nothing to learn", size="examples"),
    _seeded("edges", "examples, seed=0, noise=0.3, size=12", "vertical edges and where they are",
            size="examples"),
    _seeded("experiment", 'task, pool="none", examples=40, seed=0, tests=2000, '
            'features="filters"', "accuracies in training and on new images", size="examples",
            functions=("task",), text=("pool", "features"), gathers=True),
    _nn("bar_kernels", "", "kernels for horizontal and vertical bars"),
    _nn("pooled_features", 'images, pool="none", kernels=None', "convolution, ReLU and pooling",
        text=("pool",), size="features"),
    _nn("pixel_features", 'images, pool="none"', "the pixels, pooled", text=("pool",)),
    _nn("least_squares", "features, targets, intercept=False", "the linear model that fits best"),
    _nn("predict", "fit, features", "what a linear model says"),
    _nn("accuracy", "predictions, labels", "the share of right predictions"),
    _nn("fit_kernel", "images, targets, size, stride=1", "the kernel that fits best",
        size="windows"),
    _seeded("learn_kernel", "images, targets, size=3, steps=200, rate=0.1, seed=0",
            "a kernel found by gradient descent", size="windows"),
    _nn("similarity", "a, b", "the cosine between two arrays"),
    _nn("correlation", "a, b", "Pearson's correlation of two arrays"),
    _nn("expected_dropout_loss", "x, weights, targets, p=0.5", "squared loss, every mask",
        size="masks"),
    _seeded("dropout_loss", "x, weights, targets, p=0.5, draws=2000, seed=0",
            "squared loss, random masks"),
    _nn("Dataset", "images, labels", "images with their labels"),
    _nn("Experiment", "train, test, features", "what experiment returns"),
    _nn("Fit", "weights, intercept, predictions, residual, rank", "what least_squares returns"),
    _nn("KernelFit", "kernel, residual, windows", "what fit_kernel returns"),
    _nn("LearnedKernel", "kernel, loss, losses", "what learn_kernel returns"),
)  # fmt: skip

NN = (
    *ARRAYS,
    *CONVOLUTION,
    *POOLING,
    *DENSE,
    *NORMALIZATION,
    *LOSSES,
    *DETECTION,
    *GRADIENTS,
    *LAYERS,
    *COUNTING,
    *FORMULAS,
    *LEARNING,
)
