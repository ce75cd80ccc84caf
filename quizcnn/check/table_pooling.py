"""Pooling, activations, dense layers and normalisation in `quizcnn.nn`, as checks may call them."""

from __future__ import annotations

from quizcnn.check.table_rows import nn_entry as _nn
from quizcnn.check.table_rows import seeded_entry as _seeded

STEPS = "kernel_size, stride=None, padding=0"
MAX = f"{STEPS}, dilation=1, ceil_mode=False"
PAD = "ceil_mode=False, count_include_pad=True"
AVG = f"{STEPS}, {PAD}"
NORM = "weight=None, bias=None"
RUNNING = "momentum=0.1, eps=1e-05"

POOLING = (
    _nn("max_pool1d", f"x, {MAX}, return_indices=False", "max pooling of a signal", size="pool 1d",
        slides="max"),
    _nn("max_pool2d", f"x, {MAX}, return_indices=False", "max pooling", size="pool", slides="max"),
    _nn("max_pool3d", f"x, {MAX}, return_indices=False", "max pooling of a volume", size="pool 3d",
        slides="volume"),
    _nn("min_pool2d", f"x, {MAX}, return_indices=False", "min pooling", size="pool", slides="min"),
    _nn("avg_pool1d", f"x, {AVG}", "average pooling of a signal",
        size="mean pool 1d", slides="mean"),
    _nn("avg_pool2d", f"x, {AVG}, divisor_override=None", "average pooling",
        size="mean pool", slides="mean"),
    _nn("avg_pool3d", f"x, {AVG}, divisor_override=None", "average pooling of a volume",
        size="mean pool 3d", slides="volume"),
    _nn("lp_pool2d", "x, norm_type, kernel_size, stride=None, ceil_mode=False",
        "the p-norm of each window; p = 2 is L2 pooling", size="power pool", slides="power"),
    _nn("adaptive_avg_pool1d", "x, output_size", "the means of so many windows",
        size="adaptive 1d", slides="adaptive"),
    _nn("adaptive_avg_pool2d", "x, output_size", "the means of so many windows", size="adaptive",
        slides="adaptive"),
    _nn("adaptive_max_pool2d", "x, output_size, return_indices=False",
        "the largest values of so many windows", size="adaptive", slides="adaptive"),
    _nn("global_max_pool2d", "x", "the largest value of each channel", slides="overall"),
    _nn("global_avg_pool2d", "x", "the mean of each channel", slides="overall"),
    _nn("max_unpool2d", "x, indices, kernel_size, stride=None, padding=0, output_size=None",
        "values back where max pooling found them", size="unpool"),
    _nn("upsample", "x, factor", "nearest neighbour enlargement", size="upsample"),
    _nn("max_pool2d_backward", f"grad_output, x, {MAX}", "the gradient goes to the winners",
        size="pool backward"),
    _nn("avg_pool2d_backward", f"grad_output, x, {AVG}, divisor_override=None",
        "the gradient goes to all cells of a window", size="pool backward"),
)  # fmt: skip

DENSE = (
    _nn("relu", "x", "negative values become 0"),
    _nn("relu6", "x", "relu with a ceiling of 6"),
    _nn("leaky_relu", "x, negative_slope=0.01", "negative values become small"),
    _nn("prelu", "x, weight", "leaky relu with learned slopes"),
    _nn("elu", "x, alpha=1.0", "exp(x) − 1 below 0"),
    _nn("selu", "x", "elu that keeps mean 0 and variance 1"),
    _nn("gelu", 'x, approximate="none"', "x times the normal distribution", size="temporaries",
        text=("approximate",), words=("none", "tanh")),
    _nn("silu", "x", "x · sigmoid(x), also called swish"),
    _nn("hardsigmoid", "x", "relu6(x + 3) / 6"),
    _nn("hardswish", "x", "x · relu6(x + 3) / 6"),
    _nn("softplus", "x, beta=1.0, threshold=20.0", "log(1 + exp(x))"),
    _nn("tanh", "x", "between −1 and 1"),
    _nn("sigmoid", "x", "1 / (1 + exp(−x))"),
    _nn("softmax", "x, axis=-1", "exp(x) divided by its sum"),
    _nn("log_softmax", "x, axis=-1", "log(softmax(x))"),
    _nn("linear", "x, weight, bias=None", "x @ weight.T + bias", size="linear"),
    _nn("flatten", "x, start_dim=0", "one vector, row by row"),
    _seeded("dropout", "x, p=0.5, training=True, seed=0", "inverted dropout"),
    _nn("relu_backward", "grad_output, x", "the gradient where x is positive"),
    _nn("sigmoid_backward", "grad_output, x", "the gradient times s · (1 − s)"),
    _nn("tanh_backward", "grad_output, x", "the gradient times 1 − t²"),
    _nn("softmax_backward", "grad_output, x, axis=-1", "the gradient of softmax's input"),
    _nn("linear_backward", "grad_output, x, weight", "gradients: `.input`, `.weight`, `.bias`",
        size="linear backward"),
    _nn("LinearGradients", "input, weight, bias", "what linear_backward returns"),
)  # fmt: skip

NORMALIZATION = (
    _nn("batch_norm", f"x, running_mean, running_var, {NORM}, training=False, {RUNNING}",
        "each channel to mean 0 and variance 1"),
    _nn("running_statistics", "x, running_mean, running_var, momentum=0.1",
        "a batch norm's memory after a batch: `.mean`, `.var`"),
    _nn("RunningStatistics", "mean, var", "what running_statistics returns"),
    _nn("layer_norm", f"x, normalized_shape, {NORM}, eps=1e-05",
        "each example to mean 0 and variance 1"),
    _nn("group_norm", f"x, num_groups, {NORM}, eps=1e-05",
        "groups of channels to mean 0 and variance 1"),
    _nn("instance_norm", f"x, running_mean=None, running_var=None, {NORM}, use_input_stats=True, "
        f"{RUNNING}", "each channel of each example to mean 0 and variance 1"),
    _nn("local_response_norm", "x, size, alpha=0.0001, beta=0.75, k=1.0",
        "AlexNet's, across channels", size="neighbours"),
    _nn("batch_norm_backward", "grad_output, x, weight=None, eps=1e-05",
        "gradients: `.input`, `.weight`, `.bias`"),
    _nn("layer_norm_backward", "grad_output, x, normalized_shape, weight=None, eps=1e-05",
        "gradients: `.input`, `.weight`, `.bias`"),
    _nn("NormGradients", "input, weight, bias", "what the norms' backward passes return"),
)  # fmt: skip
