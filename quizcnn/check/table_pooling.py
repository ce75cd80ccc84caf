"""Pooling, activations and dense layers of `quizcnn.nn`, as checks may call them."""

from __future__ import annotations

from quizcnn.check.table_rows import nn_entry as _nn
from quizcnn.check.table_rows import seeded_entry as _seeded

POOLING = (
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
