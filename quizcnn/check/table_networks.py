"""Layers, networks and counting in `quizcnn.nn`, as checks may call them."""

from __future__ import annotations

from quizcnn.check.table_rows import nn_entry as _nn
from quizcnn.check.table_rows import seeded_entry as _seeded

CONV = (
    "in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True"
)
POOL = "kernel_size, stride=None, padding=0"

LAYERS = (
    _nn("Layer", "", "what all layers are, for layers_of"),
    _nn("Conv2d", CONV, "a convolution layer", text=("padding",)),
    _nn("Conv1d", CONV, "a convolution along one side", text=("padding",)),
    _nn("Conv3d", CONV, "a convolution over three sides", text=("padding",)),
    _nn("ConvTranspose2d", "in_channels, out_channels, kernel_size, stride=1, padding=0, "
        "output_padding=0, groups=1, bias=True, dilation=1", "a convolution that enlarges"),
    _nn("LocallyConnected2d", "in_channels, out_channels, kernel_size, input_size, stride=1, "
        "bias=True", "a convolution that shares no weights"),
    _nn("Linear", "in_features, out_features, bias=True", "a fully connected layer"),
    _nn("MaxPool2d", f"{POOL}, dilation=1, *, ceil_mode=False", "max pooling"),
    _nn("AvgPool2d", f"{POOL}, ceil_mode=False, count_include_pad=True, divisor_override=None",
        "average pooling"),
    _nn("AdaptiveAvgPool2d", "output_size", "average pooling to a given size"),
    _nn("Upsample", "*, scale_factor", "each value repeated down and across"),
    _nn("GlobalAvgPool2d", "", "the mean of each channel"),
    _nn("GlobalMaxPool2d", "", "the maximum of each channel"),
    _nn("Subsample2d", "channels, kernel_size=2", "LeNet-5's pooling with weights"),
    _nn("Flatten", "", "one vector"),
    _nn("ReLU", "", "negative values become 0"),
    _nn("ReLU6", "", "values below 0 become 0, above 6 they become 6"),
    _nn("LeakyReLU", "negative_slope=0.01", "negative values become small"),
    _nn("PReLU", "num_parameters=1, init=0.25", "as LeakyReLU, the slope is learned"),
    _nn("ELU", "alpha=1.0", "negative values become alpha · (exp(x) − 1)"),
    _nn("GELU", "", "x times the normal distribution's share below x"),
    _nn("SiLU", "", "x · sigmoid(x)"),
    _nn("Sigmoid", "", "1 / (1 + exp(−x))"),
    _nn("Tanh", "", "between −1 and 1"),
    _nn("Softmax", "", "probabilities"),
    _nn("Dropout", "p=0.5", "drops a share p in training"),
    _nn("BatchNorm2d", "num_features, eps=1e-05, momentum=0.1, affine=True",
        "normalises each channel over a batch"),
    _nn("InstanceNorm2d", "num_features, eps=1e-05, momentum=0.1, affine=False",
        "normalises each channel of each example"),
    _nn("GroupNorm", "num_groups, num_channels, eps=1e-05, affine=True",
        "normalises each example over groups of channels"),
    _nn("LayerNorm", "normalized_shape, eps=1e-05, elementwise_affine=True, bias=True",
        "normalises each example over its last axes"),
    _nn("LocalResponseNorm", "size, alpha=0.0001, beta=0.75, k=1.0",
        "divides by what neighbouring channels have"),
    _nn("Sequential", "*layers", "layers one after another"),
    _nn("Residual", "body, shortcut=None", "a body with a shortcut past it, added"),
    _nn("Parallel", "*branches", "branches side by side, their channels concatenated"),
)  # fmt: skip

COUNTING = (
    _nn("parameters", "layers, only=None", "how many numbers are learned"),
    _nn("parameters_by_layer", "layers", "the parameters of each layer"),
    _nn("output_shape", "layers, shape", "the shape that comes out (channels first)"),
    _nn("shapes", "layers, shape", "the shape after each layer"),
    _nn("multiply_adds", "layers, shape, only=None", "multiplications with their additions"),
    _nn("multiply_adds_by_layer", "layers, shape", "the multiply-adds of each layer"),
    _nn("flops", "layers, shape, only=None", "two for each multiply-add"),
    _nn("activation_count", "layers, shape, only=None", "how many values the layers make"),
    _nn("activation_count_by_layer", "layers, shape", "how many values each layer makes"),
    _nn("memory", "layers, shape, itemsize=4, batch=1", "bytes of weights and activations"),
    _nn("Memory", "weights, activations, total", "what memory returns"),
    _nn("comparisons", "layers, shape", "comparisons of max pooling"),
    _nn("receptive_field", "layers", "side of what one output sees"),
    _nn("receptive_fields", "layers", "the receptive field after each layer"),
    _nn("receptive_field_start", "layers", "the first pixel that the first output sees"),
    _nn("jump", "layers", "step between neighbouring outputs, in input pixels"),
    _nn("summary", "layers, shape, itemsize=4, inside=False", "all counts of each layer"),
    _nn("Summary", "input_shape, output_shape, rows, parameters, multiply_adds, activations, "
        "bytes, itemsize", "what summary returns"),
    _nn("SummaryRow", "layer, depth, output_shape, parameters, multiply_adds, activations, "
        "bytes, receptive_field, jump", "a row of a summary"),
    _nn("layers_of", "layers, kind", "the layers of one kind"),
    _nn("without", "layers, kind", "the layers of all other kinds"),
    _nn("layers_before", "layers, kind", "the layers before the first of a kind"),
    _nn("layers_after", "layers, kind", "the layers after the last of a kind"),
    _nn("followed_by", "layers, kind, then", "how many of one kind another kind follows"),
    _nn("lenet5", "", "LeNet-5, 61 706 parameters"),
    _nn("alexnet", "", "AlexNet of 2012, 60 965 224 parameters"),
    _nn("vgg16", "", "VGG-16, 138 357 544 parameters"),
    _nn("vgg19", "", "VGG-19, 143 667 240 parameters"),
    _nn("googlenet", "", "GoogLeNet, 6 998 552 parameters"),
    _nn("inception", "channels, one, three, five, pooled", "a block of GoogLeNet"),
    _nn("resnet18", "", "ResNet-18, 11 689 512 parameters"),
    _nn("resnet50", "stride_in_3x3=False", "ResNet-50, 25 557 032 parameters"),
    _nn("mobilenet", "width=1.0", "MobileNet, 4 231 976 parameters"),
    _seeded("forward", "layers, x, seed=0", "runs layers with random weights", size="forward",
        slides="layers"),
)  # fmt: skip

FORMULAS = (
    _nn("agree", "f, g, *ranges, where=None, tolerance=1e-9",
        "whether two functions agree for every combination of values",
        functions=("f", "g", "where", "ranges"), text=("ranges",)),
    _nn("counterexample", "f, g, *ranges, where=None, tolerance=1e-9",
        "the first values for which two functions differ",
        functions=("f", "g", "where", "ranges"), text=("ranges",)),
)  # fmt: skip
