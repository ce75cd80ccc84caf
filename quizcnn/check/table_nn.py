"""The names of `quizcnn.nn`, as checks may call them."""

from __future__ import annotations

from typing import Any

from quizcnn.check.entry import Entry


def _nn(name: str, arguments: str, says: str, **more: Any) -> Entry:
    return Entry(name, arguments, says, room="nn", **more)


def _seeded(name: str, arguments: str, says: str, **more: Any) -> Entry:
    return _nn(name, arguments, says, seeded=True, **more)


PADDED = {"size": "convolution", "text": ("padding",)}
CONV = "stride=1, padding=0, dilation=1, groups=1"
OF_F = {"functions": ("f", "args"), "text": ("args",)}
MODE = {"size": "full convolution", "text": ("mode",)}

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

SLIDING = (
    _nn("conv2d", f"x, weight, bias=None, {CONV}", "a convolution layer's output", **PADDED),
    _nn("convolve2d", 'x, kernel, mode="full"', "true convolution: the kernel is flipped", **MODE),
    _nn("correlate2d", 'x, kernel, mode="valid"', "the kernel is not flipped", **MODE),
    _nn("conv_matrix", f"weight, input_shape, {CONV}", "a convolution as a matrix",
        size="conv matrix", text=("padding",)),
    _nn("max_pool2d", "x, kernel_size, stride=None, padding=0", "max pooling", size="pool"),
    _nn("min_pool2d", "x, kernel_size, stride=None, padding=0", "min pooling", size="pool"),
    _nn("avg_pool2d", "x, kernel_size, stride=None, padding=0, count_include_pad=True",
        "average pooling", size="pool"),
    _nn("global_max_pool2d", "x", "the largest value of each channel"),
    _nn("global_avg_pool2d", "x", "the mean of each channel"),
    _nn("upsample", "x, factor", "nearest neighbour enlargement", size="upsample"),
)  # fmt: skip

DENSE = (
    _nn("relu", "x", "negative values become 0"),
    _nn("sigmoid", "x", "1 / (1 + exp(−x))"),
    _nn("softmax", "x, axis=-1", "exp(x) divided by its sum"),
    _nn("linear", "x, weight, bias=None", "x @ weight.T + bias", size="linear"),
    _nn("flatten", "x, start_dim=0", "one vector, row by row"),
    _seeded("dropout", "x, p=0.5, training=True, seed=0", "inverted dropout"),
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

LAYERS = (
    _nn("Layer", "", "what all layers are, for layers_of"),
    _nn("Conv2d", f"in_channels, out_channels, kernel_size, {CONV}, bias=True",
        "a convolution layer", text=("padding",)),
    _nn("Linear", "in_features, out_features, bias=True", "a fully connected layer"),
    _nn("MaxPool2d", "kernel_size, stride=None, padding=0", "max pooling"),
    _nn("AvgPool2d", "kernel_size, stride=None, padding=0", "average pooling"),
    _nn("GlobalAvgPool2d", "", "the mean of each channel"),
    _nn("GlobalMaxPool2d", "", "the maximum of each channel"),
    _nn("Flatten", "", "one vector"),
    _nn("ReLU", "", "negative values become 0"),
    _nn("Softmax", "", "probabilities"),
    _nn("Dropout", "p=0.5", "drops a share p in training"),
    _nn("Subsample2d", "channels, kernel_size=2", "LeNet-5's pooling with weights"),
    _nn("LocallyConnected2d", "in_channels, out_channels, kernel_size, input_size, stride=1, "
        "bias=True", "a convolution that shares no weights"),
)  # fmt: skip

COUNTING = (
    _nn("parameters", "layers, only=None", "how many numbers are learned"),
    _nn("parameters_by_layer", "layers", "the parameters of each layer"),
    _nn("output_shape", "layers, shape", "the shape that comes out (channels first)"),
    _nn("shapes", "layers, shape", "the shape after each layer"),
    _nn("multiply_adds", "layers, shape, only=None", "multiplications with their additions"),
    _nn("multiply_adds_by_layer", "layers, shape", "the multiply-adds of each layer"),
    _nn("comparisons", "layers, shape", "comparisons of max pooling"),
    _nn("receptive_field", "layers", "side of what one output sees"),
    _nn("receptive_fields", "layers", "the receptive field after each layer"),
    _nn("jump", "layers", "step between neighbouring outputs, in input pixels"),
    _nn("layers_of", "layers, kind", "the layers of one kind"),
    _nn("without", "layers, kind", "the layers of all other kinds"),
    _nn("layers_before", "layers, kind", "the layers before the first of a kind"),
    _nn("layers_after", "layers, kind", "the layers after the last of a kind"),
    _nn("followed_by", "layers, kind, then", "how many of one kind another kind follows"),
    _nn("lenet5", "", "LeNet-5, 61 706 parameters"),
    _nn("alexnet", "", "AlexNet of 2012, 60 965 224 parameters"),
    _nn("vgg16", "", "VGG-16, 138 357 544 parameters"),
    _seeded("forward", "layers, x, seed=0", "runs layers with random weights", size="forward"),
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

NN = (*ARRAYS, *SLIDING, *DENSE, *GRADIENTS, *LAYERS, *COUNTING, *LEARNING)
