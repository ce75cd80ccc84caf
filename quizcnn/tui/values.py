"""Values of a proof in words."""

from __future__ import annotations

from quizcnn.check.value import Array, Value
from quizcnn.check.wording import inline
from quizcnn.display import one_line
from quizcnn.pictures.numerals import compact


def value_words(value: Value) -> str:
    """A value on one line; an array by its shape, its range and its dtype, unless that is usual."""
    if isinstance(value, Array):
        kind = "" if value.dtype == "float64" else f" {value.dtype}"
        return f"array of shape {inline(value.shape)}{kind}{_reach(value)}"
    return one_line(inline(value))


def _reach(array: Array) -> str:
    """From the smallest to the largest value, where there are several."""
    if array.low is None or array.high is None or len(array.shape) == 0:
        return ""
    if array.low == array.high:
        return f", all {compact(array.low)}"
    return f", {compact(array.low)} to {compact(array.high)}"
