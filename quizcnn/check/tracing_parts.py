"""What all readings of a call that slid a window share: arrays with four axes, pairs with two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from quizcnn.nn.arguments import Array

Parts: TypeAlias = dict[str, Any]
"""Fields of `Sliding` by name; arrays are NumPy's yet."""


def whole(array: Array, axes: int) -> Array:
    """Images with all their axes, (N, C, H, W); a signal gets one row."""
    leading = (1,) * (2 + axes - array.ndim) + array.shape[: array.ndim - axes]
    return array.reshape(*leading, *(1,) * (2 - axes), *array.shape[array.ndim - axes :])


def two(axes: int, values: Sequence[Any], along: Any) -> tuple[Any, ...]:
    """One entry for each of two axes: a signal has `along` for its one row."""
    return (*(along,) * (2 - axes), *values)
