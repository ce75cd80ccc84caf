"""How many values products of arrays make: outer, inner, by matrices, by letters, by spectra."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from quizcnn.check.extents import (
    Arguments,
    broadcast,
    count,
    dimensions,
    extent,
    first,
    product,
    volume,
)
from quizcnn.check.limits import RaisedError

EXPANDING = 8
"""How much longer a sum may be than an array is large: its terms are not all there at once."""


def _outer(a: Arguments) -> int:
    return volume(a["a"]) * volume(a["b"])


def _outer_a_q(a: Arguments) -> int:
    return volume(a["a"]) * max(volume(a["q"]), 1)


def _rows_squared(a: Arguments) -> int:
    shape = extent(first(a))
    other = () if a.get("y") is None else extent(a["y"])
    rows = (shape[0] if len(shape) > 1 else 1) + (other[0] if len(other) > 1 else 1)
    return rows**2 + volume(first(a))


def _singular(a: Arguments) -> int:
    """A square matrix for the rows and one for the columns, for each matrix of a stack."""
    shape = extent(a["a"])
    return (sum(side**2 for side in shape[-2:]) + min(shape[-2:], default=0)) * product(shape[:-2])


def _least_squares(a: Arguments) -> int:
    """As many unknowns, or equations, as `a` has columns or rows, for each column of `b`."""
    left, right = extent(a["a"]), extent(a["b"])
    columns = right[-1] if len(right) > 1 else 1
    return product(left) + max(left, default=1) * max(columns, 1) + product(right)


def _polynomial(a: Arguments) -> int:
    return broadcast([extent(a["p"])[1:], extent(a["x"])])


def _matmul(a: Arguments) -> int:
    """The product of (…, n, m) and (…, m, k) has n·k values for each of the leading places."""
    left, right = (extent(value) for value in a.values())
    rows = left[-2] if len(left) > 1 else 1
    columns = right[-1] if len(right) > 1 else 1
    return product([rows, columns]) * broadcast([left[:-2], right[:-2]])


def _dot(a: Arguments) -> int:
    """As matmul, but stacks are paired all with all, and numbers multiply."""
    left, right = (extent(value) for value in a.values())
    if not left or not right:
        return product(left) * product(right)
    return product([*left[:-1], *right[:-2], *(right[-1:] if len(right) > 1 else ())])


def _inner(a: Arguments) -> int:
    left, right = extent(a["a"]), extent(a["b"])
    if not left or not right:
        return product(left) * product(right)
    return product(left[:-1]) * product(right[:-1])


def _tensordot(a: Arguments) -> int:
    axes = a.get("axes", 2)
    left, right = extent(a["a"]), extent(a["b"])
    if type(axes) in (list, tuple) and len(axes) == 2:
        gone = axes[0] if type(axes[0]) in (list, tuple) else [axes[0]]
        common = product(left[i] for i in gone if type(i) is int and -len(left) <= i < len(left))
    else:
        common = product(left[len(left) - count(axes) :] if 0 < count(axes) <= len(left) else ())
    return product(left) * product(right) // common**2


def _einsum(a: Arguments) -> int:
    """What comes out, or a share of all that is gone through: the space of all letters."""
    if type(a["subscripts"]) is not str:
        raise RaisedError('np.einsum begins with its letters: np.einsum("ij,jk->ik", x, y)')
    letters: dict[str, int] = {}
    spaces = 1
    inputs, arrow, output = a["subscripts"].replace(" ", "").partition("->")
    if not arrow:
        output = "".join(letter for letter in set(inputs) if inputs.count(letter) == 1)
    terms = inputs.split(",")
    for term, operand in zip(terms, a["operands"], strict=False):
        shape = extent(operand)
        first, dots, last = term.partition("...")
        if dots:  # its axes count in full
            spaces *= product(shape[len(first) : len(shape) - len(last)])
        for letter, side in (
            *zip(first, shape, strict=False),
            *zip(reversed(last), reversed(shape), strict=False),
        ):
            letters[letter] = max(letters.get(letter, 0), side)
    made = product(side for letter, side in letters.items() if letter in output)
    return spaces * max(made, product(letters.values()) // EXPANDING)


def _work(a: Arguments) -> int:
    """Convolving two vectors multiplies every value with every other."""
    one, other = volume(a["a"]), volume(a["v"])
    return max(one + other, one * other // EXPANDING**2)


def _fft(a: Arguments) -> int:
    """The wanted sides beside the longest of those that stay; -1 keeps a side."""
    shape = extent(a["a"])
    wanted = a.get("n", a.get("s"))
    if wanted is None:
        return 2 * product(shape)
    sides = [side or max(shape, default=1) for side in dimensions(wanted)]
    return product(sides) * product(sorted(shape)[len(sides) :])


PRODUCT_RULES: Mapping[str, Callable[[Arguments], int]] = {
    "outer": _outer,
    "outer of a and q": _outer_a_q,
    "rows squared": _rows_squared,
    "singular": _singular,
    "matmul": _matmul,
    "dot": _dot,
    "inner": _inner,
    "tensordot": _tensordot,
    "einsum": _einsum,
    "work": _work,
    "fft": _fft,
    "least squares": _least_squares,
    "polynomial": _polynomial,
}
