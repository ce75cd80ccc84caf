"""How many values an operation is going to make, reckoned before it makes them.

Each rule takes the arguments by name and gives an upper bound. A rule never judges whether
arguments make sense: what it cannot read counts as nothing, and the operation itself complains.
"""

from __future__ import annotations

from collections.abc import Mapping

from quizcnn.check.extents import Arguments
from quizcnn.check.sizes_convolution import CONVOLUTION_RULES
from quizcnn.check.sizes_losses import LOSS_RULES
from quizcnn.check.sizes_nn import NN_RULES
from quizcnn.check.sizes_numpy import NUMPY_RULES
from quizcnn.check.sizes_pooling import POOLING_RULES
from quizcnn.check.sizes_products import PRODUCT_RULES

RULES = {
    **NN_RULES,
    **CONVOLUTION_RULES,
    **POOLING_RULES,
    **LOSS_RULES,
    **NUMPY_RULES,
    **PRODUCT_RULES,
}
"""The rules by the names that the table uses."""

BY_SHAPE: Mapping[str, int] = {
    "": 9,
    "linear": 3,
    "upsample": 1,
    **dict.fromkeys(("pool", "pool 1d", "pool 3d"), 1),
    **{f"{kind} {axes}d": 3 for kind in ("convolution", "transposed") for axes in (1, 2, 3)},
    "full convolution": 2,
}
"""Of as many of the first arguments these rules read no more than the shape of an array."""


def estimate(rule: str, arguments: Arguments) -> int:
    """The most values that an operation with this rule makes from these arguments."""
    return RULES[rule](arguments)
