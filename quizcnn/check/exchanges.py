"""Operations that people take for one another: what a mutant puts in place of what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


WORDS: Mapping[str, str] = {
    **{f"max_pool{axes}d": "max pooling" for axes in (1, 2, 3)},
    **{f"avg_pool{axes}d": "average pooling" for axes in (1, 2, 3)},
    "min_pool2d": "min pooling",
    "adaptive_avg_pool2d": "adaptive average pooling",
    "adaptive_max_pool2d": "adaptive max pooling",
    "global_max_pool2d": "global max pooling",
    "global_avg_pool2d": "global average pooling",
    "max_pool2d_backward": "the gradient of max pooling",
    "avg_pool2d_backward": "the gradient of average pooling",
    **{f"conv{axes}d": "plain convolution" for axes in (1, 2, 3)},
    **{f"conv_transpose{axes}d": "transposed convolution" for axes in (1, 2, 3)},
    "depthwise_conv2d": "depthwise convolution",
    "Conv2d": "a plain convolution",
    "ConvTranspose2d": "a transposed convolution",
    "convolve2d": "a flipped kernel",
    "correlate2d": "a kernel as it is",
    "circular_convolve": "convolution round a circle",
    "np.convolve": "a flipped kernel",
    "np.correlate": "a kernel as it is",
    "relu": "ReLU",
    "leaky_relu": "leaky ReLU",
    "sigmoid": "sigmoid",
    "tanh": "tanh",
    "np.tanh": "tanh",
    "softmax": "softmax",
    "log_softmax": "log softmax",
    "elu": "ELU",
    "gelu": "GELU",
    "silu": "SiLU",
    "max": "the largest",
    "min": "the smallest",
    **dict.fromkeys(("np.max", "np.amax"), "the largest"),
    **dict.fromkeys(("np.min", "np.amin"), "the smallest"),
    "np.maximum": "the larger",
    "np.minimum": "the smaller",
    "np.sum": "the sum",
    "np.mean": "the mean",
    "np.argmax": "where the largest is",
    "np.argmin": "where the smallest is",
    "any": "any",
    "all": "all",
    "np.any": "any",
    "np.all": "all",
    "np.floor": "rounding down",
    "np.ceil": "rounding up",
    "np.var": "the variance",
    "np.std": "the standard deviation",
    "np.sqrt": "the square root",
    "np.square": "the square",
    "np.exp": "the exponential",
    "np.log": "the logarithm",
    "np.fliplr": "columns in reverse",
    "np.flipud": "rows in reverse",
    "multiply_adds": "multiply-adds",
    "flops": "flops",
    "receptive_field": "the receptive field",
    "jump": "the jump",
    "layers_before": "the layers before",
    "layers_after": "the layers after",
    "layers_of": "the layers of this kind",
    "without": "the layers of other kinds",
    "lenet5": "LeNet-5",
    "alexnet": "AlexNet",
    "vgg16": "VGG-16",
    "vgg19": "VGG-19",
    "resnet18": "ResNet-18",
    "resnet50": "ResNet-50",
    "batch_norm": "batch norm",
    "layer_norm": "layer norm",
    "relu_backward": "the gradient of ReLU",
    "sigmoid_backward": "the gradient of the sigmoid",
    "tanh_backward": "the gradient of tanh",
}
"""Operations in words of the field. Every name is in the evaluator's table."""

METHOD_WORDS: Mapping[str, str] = {
    "max": "the largest",
    "min": "the smallest",
    "sum": "the sum",
    "mean": "the mean",
    "argmax": "where the largest is",
    "argmin": "where the smallest is",
    "any": "any",
    "all": "all",
    "var": "the variance",
    "std": "the standard deviation",
}
"""The same for methods of arrays."""


class Exchange(NamedTuple):
    """What is put in an operation's place, and an argument that must then be written (`name=…`)."""

    to: str
    adding: str = ""


def _both(one: str, other: str) -> tuple[tuple[str, Exchange], ...]:
    return (one, Exchange(other)), (other, Exchange(one))


_PAIRS: tuple[tuple[str, Exchange], ...] = (
    *(pair for axes in (1, 2, 3) for pair in _both(f"max_pool{axes}d", f"avg_pool{axes}d")),
    ("max_pool2d", Exchange("min_pool2d")),
    ("min_pool2d", Exchange("max_pool2d")),
    ("min_pool2d", Exchange("avg_pool2d")),
    *_both("adaptive_avg_pool2d", "adaptive_max_pool2d"),
    *_both("global_max_pool2d", "global_avg_pool2d"),
    *_both("max_pool2d_backward", "avg_pool2d_backward"),
    *(pair for axes in (1, 2, 3) for pair in _both(f"conv{axes}d", f"conv_transpose{axes}d")),
    ("conv2d", Exchange("convolve2d", 'mode="valid"')),
    ("conv_transpose2d", Exchange("conv2d")),
    ("depthwise_conv2d", Exchange("conv2d")),
    *_both("Conv2d", "ConvTranspose2d"),
    ("convolve2d", Exchange("correlate2d", 'mode="full"')),
    ("correlate2d", Exchange("convolve2d", 'mode="valid"')),
    ("np.convolve", Exchange("np.correlate", 'mode="full"')),
    ("np.correlate", Exchange("np.convolve", 'mode="valid"')),
    ("circular_convolve", Exchange("convolve2d", 'mode="same"')),
    *_both("relu", "sigmoid"),
    ("tanh", Exchange("sigmoid")),
    ("sigmoid", Exchange("tanh")),
    *((name, Exchange("relu")) for name in ("leaky_relu", "elu", "gelu", "silu", "tanh")),
    ("softmax", Exchange("sigmoid")),
    ("log_softmax", Exchange("softmax")),
    *_both("max", "min"),
    *_both("np.max", "np.min"),
    *_both("np.amax", "np.amin"),
    *_both("np.maximum", "np.minimum"),
    *_both("np.sum", "np.mean"),
    *_both("np.argmax", "np.argmin"),
    *_both("any", "all"),
    *_both("np.any", "np.all"),
    *_both("np.floor", "np.ceil"),
    *_both("np.var", "np.std"),
    *_both("np.sqrt", "np.square"),
    *_both("np.exp", "np.log"),
    *_both("np.fliplr", "np.flipud"),
    *_both("multiply_adds", "flops"),
    *_both("receptive_field", "jump"),
    *_both("layers_before", "layers_after"),
    *_both("layers_of", "without"),
    ("lenet5", Exchange("alexnet")),
    ("alexnet", Exchange("lenet5")),
    *_both("vgg16", "vgg19"),
    *_both("resnet18", "resnet50"),
    ("relu_backward", Exchange("sigmoid_backward")),
    ("sigmoid_backward", Exchange("tanh_backward")),
    ("tanh_backward", Exchange("sigmoid_backward")),
)


def _grouped() -> Mapping[str, tuple[Exchange, ...]]:
    found: dict[str, tuple[Exchange, ...]] = {}
    for name, exchange in _PAIRS:
        found[name] = (*dict.fromkeys((*found.get(name, ()), exchange)),)
    return found


EXCHANGES = _grouped()
"""What each operation is exchanged for."""

SAME_SHAPE = frozenset(
    name
    for name in EXCHANGES
    if "pool" in name or name in _names("relu sigmoid tanh leaky_relu elu gelu silu softmax")
) | _names("log_softmax np.fliplr np.flipud np.sqrt np.square")
"""Operations whose exchange leaves the shape as it is:
where a check looks at nothing but the shape, they are not exchanged."""

RELATIVES = _names("min_pool2d ConvTranspose2d vgg16 vgg19 resnet18 resnet50 flops multiply_adds")
"""What is so near to what it stands for that a verdict or an order need not tell them apart: only
where the answer is a number, a shape or an array are operations exchanged for one of these."""

CONNECTIONS = frozenset(("influence", "seen"))
"""Operations that look only at which inputs matter: all poolings are alike to them."""

METHOD_EXCHANGES: Mapping[str, str] = {
    "max": "min", "min": "max", "sum": "mean", "mean": "sum", "argmax": "argmin",
    "argmin": "argmax", "any": "all", "all": "any", "var": "std", "std": "var",
}  # fmt: skip
"""What each method of an array is exchanged for."""

SWAPPED = _names(
    "conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d depthwise_conv2d "
    "correlate2d deconvolve inverse_filter linear octave_conv2d "
    "max_pool2d_backward avg_pool2d_backward relu_backward sigmoid_backward tanh_backward "
    "softmax_backward conv2d_backward linear_backward Conv1d Conv2d Conv3d ConvTranspose2d "
    "Linear GroupNorm np.subtract np.divide np.floor_divide np.mod np.power np.matmul np.dot "
    "np.outer np.kron np.tensordot np.less np.less_equal np.greater np.greater_equal "
    "np.linalg.solve np.setdiff1d np.arctan2 divmod pow"
)
"""Operations whose first two arguments are of one sort, and matter in their order: they are
swapped."""

EXAMPLES = _names(
    "ramp ones zeros full normal uniform integers checkerboard dot square step_edge bars "
    "shape_anywhere dot_position random_labels edges experiment eye np.zeros np.ones np.full "
    "np.eye np.arange np.linspace round np.round learn_kernel dropout_loss range"
)
"""Operations that make example data, or say how far is searched. The numbers written there are an
author's choice of an example and no slip; where they are a question's subject they are givens,
which are changed."""

ADDED: Mapping[str, str] = {"stride": "2", "padding": "1", "dilation": "2"}
"""Settings that a mutant adds to a sliding operation that leaves them out. A pooling's stride is
its window's side by itself: there 1 is added."""

_SIZES = _names(
    "output_shape shapes summary receptive_field receptive_fields receptive_field_start jump seen "
    "forward influence jacobian grad"
)
_COSTS = _names(
    "multiply_adds multiply_adds_by_layer flops activation_count activation_count_by_layer memory "
    "comparisons"
)
_CHANNELS = _names("output_shape shapes summary forward influence jacobian grad")
_WEIGHTS = _names("parameters parameters_by_layer memory summary")

LOOKED_AT: Mapping[str, frozenset[str]] = {
    "stride": _SIZES | _COSTS - {"parameters"},
    "padding": _SIZES - {"receptive_field", "receptive_fields", "jump"} | _COSTS,
    "dilation": _SIZES - {"jump"} | _COSTS,
    "bias": _WEIGHTS | {"forward"},
    "transposed": _CHANNELS | _COSTS,
    "in_channels": _WEIGHTS | _COSTS | _CHANNELS,
    "out_channels": _WEIGHTS | _COSTS | _CHANNELS,
}
"""Of a layer's settings, which operations take notice: where a check calls none of them, changing
the setting changes nothing."""


def instead(new: str, old: str) -> str:
    """`average instead of max pooling`: what two names end in is said once.

    >>> instead("average pooling", "max pooling"), instead("the sum", "the mean")
    ('average instead of max pooling', 'the sum instead of the mean')
    """
    head, _, last = new.rpartition(" ")
    if head and old.endswith(f" {last}"):
        return f"{head} instead of {old}"
    return f"{new} instead of {old}"
