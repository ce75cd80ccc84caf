"""Layers, networks and counting in `quizcnn.nn`, as checks may call them."""

from __future__ import annotations

from quizcnn.check.table_rows import nn_entry as _nn
from quizcnn.check.table_rows import seeded_entry as _seeded

CONV = "stride=1, padding=0, dilation=1, groups=1"

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
