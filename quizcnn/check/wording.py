"""Values as text: a number, a line, the rows of an array. Imports no NumPy."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product

from quizcnn.check.value import Array, Name, Number, Record, Value
from quizcnn.display import one_line

INLINE = 40
"""Values of an array that a line may show one by one."""


def number(x: Number) -> str:
    """A number as one reads it: six significant digits, no `.0`, whole numbers in full.

    >>> number(0.30000000000000004), number(6.0), number(2**70), number(True)
    ('0.3', '6', '1180591620717411303424', 'true')
    >>> number(-0.0), number(1e-9), number(math.inf)
    ('0', '1e-09', 'inf')
    """
    if isinstance(x, bool):
        return "true" if x else "false"
    if isinstance(x, int):
        return str(x)
    if math.isfinite(x) and x == int(x) and abs(x) < 1e15:
        return str(int(x))
    return f"{x:.6g}"


def inline(value: Value, width: int = 72) -> str:
    """Any value on one line of at most `width` characters.

    >>> inline((6, 6)), inline((1,)), inline(None)
    ('(6, 6)', '(1,)', 'nothing')
    >>> inline(Array((2, 2), "float64", (1.0, 2.0, 3.0, 4.5), 1.0, 4.5))
    '[1 2; 3 4.5]'
    >>> inline(Array((3, 32, 32), "float64", None, 0.0, 1.0))
    'array (3, 32, 32), values from 0 to 1'
    >>> inline(Record("Experiment", (("train", 1.0), ("test", 0.985))))
    'Experiment(train=1, test=0.985)'
    """
    text = _line(value)
    if len(text) > width and isinstance(value, Array):
        text = _about(value)
    return one_line(text, width)


def _line(value: Value) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool | int | float):
        return number(value)
    if isinstance(value, str):
        return value
    if isinstance(value, Name):
        return value.text
    if isinstance(value, tuple):
        inside = ", ".join(map(_line, value))
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if isinstance(value, Record):
        return f"{value.type}({', '.join(f'{name}={_line(item)}' for name, item in value.fields)})"
    return _array_line(value)


def _array_line(array: Array) -> str:
    if array.data is None or not 0 < len(array.data) <= INLINE or len(array.shape) > 2:
        return _about(array)
    if not array.shape:
        return number(array.data[0])
    texts = list(map(number, array.data))
    width = array.shape[-1]
    lines = [" ".join(texts[start : start + width]) for start in range(0, len(texts), width)]
    return f"[{'; '.join(lines)}]"


def _about(array: Array) -> str:
    shape = inline(array.shape)
    if array.low is None or array.high is None:
        return f"array {shape}"
    if array.low == array.high:
        return f"array {shape}, every value {number(array.low)}"
    return f"array {shape}, values from {number(array.low)} to {number(array.high)}"


def rows(array: Array) -> list[str]:
    """An array's values in rows, aligned at the decimal point.

    A vector is one row. With more than two axes there is a heading such as `[0, 1]` before each
    image. An array whose values are not there is told in one line.

    >>> rows(Array((2, 2), "float64", (1.0, -0.25, 10.0, 3.0), -0.25, 10.0))
    [' 1 -0.25', '10  3   ']
    >>> rows(Array((2, 1, 2), "int64", (1, 2, 3, 4), 1, 4))
    ['[0]', '1 2', '[1]', '3 4']
    """
    if not array.data:
        return [_about(array)]
    texts = _aligned(list(map(number, array.data)), array.shape[-1] if array.shape else 1)
    if len(array.shape) < 3:
        return texts
    return list(_sliced(texts, array.shape))


def _sliced(texts: list[str], shape: tuple[int, ...]) -> Iterator[str]:
    height = shape[-2]
    for count, index in enumerate(product(*map(range, shape[:-2]))):
        yield f"[{', '.join(map(str, index))}]"
        yield from texts[count * height : (count + 1) * height]


def _aligned(texts: list[str], columns: int) -> list[str]:
    """Texts of numbers, `columns` to a row, with the points of each column below each other."""
    parts = [_split(text) for text in texts]
    before = [max(len(whole) for whole, _ in parts[column::columns]) for column in range(columns)]
    after = [max(len(rest) for _, rest in parts[column::columns]) for column in range(columns)]
    cells = [
        whole.rjust(before[place % columns]) + rest.ljust(after[place % columns])
        for place, (whole, rest) in enumerate(parts)
    ]
    return [" ".join(cells[start : start + columns]) for start in range(0, len(cells), columns)]


def _split(text: str) -> tuple[str, str]:
    whole, point, rest = text.partition(".")
    return (whole, point + rest) if point else (text, "")
