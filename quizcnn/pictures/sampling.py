"""Large arrays by a sample of their values, which is said to be one."""

from __future__ import annotations

from quizcnn.check.value import Array

AXES = ("column", "row", "slice")
"""What the axes are called, from the last one on."""


def sampled(array: Array) -> tuple[Array, str]:
    """The array that is to be drawn, and what is said of it: "" where it is the whole.

    >>> from quizcnn.check.value import Sample
    >>> some = Sample((2, 2), (4, 3), (0, 3, 24, 27))
    >>> sampled(Array((8, 6), "int64", None, 0, 47, some))[1]
    'a sample: every 4th row, every 3rd column'
    """
    some = array.sample
    if array.data is not None or some is None:
        return array, ""
    told = [
        f"every {ordinal(step)} {_name(axis, len(some.steps))}"
        for axis, step in enumerate(some.steps)
        if step > 1
    ]
    drawn = Array(some.shape, array.dtype, some.data, array.low, array.high)
    return drawn, f"a sample: {', '.join(told)}" if told else ""


def _name(axis: int, axes: int) -> str:
    return "value" if axes == 1 else AXES[min(axes - 1 - axis, 2)]


def ordinal(number: int) -> str:
    """A number's place in a row.

    >>> ordinal(2), ordinal(13), ordinal(21), ordinal(103)
    ('2nd', '13th', '21st', '103rd')
    """
    teen = number // 10 % 10 == 1
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
