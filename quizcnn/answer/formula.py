"""A formula for what a check computes, found from its values on many variants.

The search is small and honest: sums of a few products of givens with whole factors, and a sum of
givens or one product divided by a given and rounded down. What it finds holds on every value that
it was shown, and it says nothing where it finds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, product
from math import prod

from quizcnn.check.value import Array, Value

Whole = Mapping[str, int]

DEGREE = 4
"""Factors of a product, at most."""

TERMS = ((1, DEGREE), (2, DEGREE), (3, 2), (4, 2))
"""Sums of so many products of so many factors are tried, the shortest first."""

PRODUCTS = 45
"""Of more products than this a sum of several is not sought."""

INNER = (-2, -1, 0, 1, 2)
"""Factors of a given within a rounded division."""

SHARED = 3
"""Factors of a product that is divided, at most."""

FACTORS = (1, 2, 3, 4)
"""Numbers by which such a product may be multiplied."""

CELLS = 36
"""Numbers of a tuple or array for which formulas are sought, at most."""

SHOWN = 2
"""Values per unknown that must be there: fewer would fit anything."""


def formula(givens: Sequence[Mapping[str, Value]], values: Sequence[Value]) -> str | None:
    """An expression over the givens that has these values; None where none is found.

    A tuple or an array has a formula for each of its numbers. Only givens that are whole numbers
    are used.

    >>> seen = [{"n": n, "f": f} for n in (5, 8, 9) for f in (2, 3)]
    >>> formula(seen, [(one["n"] - one["f"] + 1,) * 2 for one in seen])
    '(n - f + 1, n - f + 1)'
    """
    names = [name for name in (givens[0] if givens else {}) if _varies(name, givens)]
    whole = [{name: given[name] for name in names} for given in givens]
    shapes = {_shape(value) for value in values}
    if len(shapes) != 1:
        return None
    [shape] = shapes
    if shape is None:
        return _of_numbers(whole, values)
    cells = list(zip(*map(_cells, values), strict=True))
    found = [_of_numbers(whole, cell) for cell in cells] if len(cells) <= CELLS else [None]
    parts = [part for part in found if part is not None]
    if len(parts) < len(found):
        return None
    return listed(parts, shape[1]) if shape[0] == "array" else tupled(parts)


def tupled(parts: Sequence[str]) -> str:
    """Expressions as a tuple.

    >>> tupled(["n"]), tupled(["n", "k"])
    ('(n,)', '(n, k)')
    """
    return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"


def listed(parts: Sequence[str], shape: Sequence[int]) -> str:
    """Expressions as the lists of an array of this shape.

    >>> listed(["1", "2", "3", "4"], (2, 2))
    '[[1, 2], [3, 4]]'
    """
    if not shape:
        return parts[0]
    step = len(parts) // shape[0] if shape[0] else 0
    rows = [listed(parts[at * step : (at + 1) * step], shape[1:]) for at in range(shape[0])]
    return f"[{', '.join(rows)}]"


def _shape(value: Value) -> tuple[str, tuple[int, ...]] | None:
    if isinstance(value, Array) and value.data is not None:
        return "array", value.shape
    return ("tuple", (len(value),)) if isinstance(value, tuple) else None


def _cells(value: Value) -> Sequence[object]:
    if isinstance(value, Array):
        return value.data or ()
    return value if isinstance(value, tuple) else ()


def _varies(name: str, givens: Sequence[Mapping[str, Value]]) -> bool:
    """Whether a given is a whole number everywhere, and not always the same one."""
    seen = [given.get(name) for given in givens]
    return all(type(value) is int for value in seen) and len(set(map(repr, seen))) > 1


def _of_numbers(givens: Sequence[Mapping[str, Value]], values: Sequence[object]) -> str | None:
    wanted: list[int] = []
    for value in values:
        if isinstance(value, bool) or not isinstance(value, int | float) or value % 1 != 0:
            return None
        wanted.append(int(value))
    whole = [{name: int(str(value)) for name, value in given.items()} for given in givens]
    return next(_candidates(whole, wanted), None)


def _candidates(givens: Sequence[Whole], wanted: Sequence[int]) -> Iterator[str]:
    if not wanted:
        return
    if len(set(wanted)) == 1:
        yield str(wanted[0])
        return
    names = list(givens[0])
    for terms, degree in TERMS:
        products = _products(names, degree)
        if len(wanted) >= SHOWN * terms and (terms == 1 or len(products) <= PRODUCTS):
            yield from _sums(givens, wanted, products, terms)
        if terms == 2:
            yield from _divided(givens, wanted, names)
            yield from _shared(givens, wanted, names)


def _products(names: Sequence[str], degree: int) -> list[tuple[str, ...]]:
    return [
        each for count in range(degree + 1) for each in combinations_with_replacement(names, count)
    ]


def _sums(
    givens: Sequence[Whole],
    wanted: Sequence[int],
    products: Sequence[tuple[str, ...]],
    terms: int,
) -> Iterator[str]:
    """Sums of so many products, each with a whole factor that is not 0."""
    columns = {each: [prod(given[name] for name in each) for given in givens] for each in products}
    for chosen in combinations(products, terms):
        rows = [[columns[each][at] for each in chosen] for at in range(len(wanted))]
        factors = _solved(rows, wanted)
        if factors and all(
            sum(map(prod, zip(factors, row, strict=True))) == value
            for row, value in zip(rows, wanted, strict=True)
        ):
            yield _written(list(zip(factors, chosen, strict=True)))


def _solved(rows: Sequence[Sequence[int]], wanted: Sequence[int]) -> list[int] | None:
    """The factors that the first independent rows fix, if they are whole and none is 0."""
    size = len(rows[0])
    pivots: list[list[Fraction]] = []
    for row, value in zip(rows, wanted, strict=True):
        line = [Fraction(each) for each in (*row, value)]
        for at, pivot in enumerate(pivots):
            lead = _lead(pivot)
            line = [one - line[lead] * other for one, other in zip(line, pivot, strict=True)]
            pivots[at] = pivot
        lead = _lead(line)
        if lead == size:
            return None  # 0 = something
        if lead > size:
            continue
        line = [each / line[lead] for each in line]
        pivots = [
            [one - other[lead] * each for one, each in zip(other, line, strict=True)]
            for other in pivots
        ] + [line]
        if len(pivots) == size:
            break
    if len(pivots) < size:
        return None
    found = [pivot[size] for pivot in sorted(pivots, key=_lead)]
    if any(each.denominator != 1 or each == 0 for each in found):
        return None
    return [int(each) for each in found]


def _lead(line: Sequence[Fraction]) -> int:
    return next((at for at, each in enumerate(line) if each), len(line))


def _divided(givens: Sequence[Whole], wanted: Sequence[int], names: Sequence[str]) -> Iterator[str]:
    """A sum of givens divided by one of them and rounded down, perhaps with 1 more or less."""
    for divisor in names:
        if any(given[divisor] <= 0 for given in givens):
            continue
        others = [name for name in names if name != divisor]
        if not 0 < len(others) <= 3:
            continue
        for factors in sorted(product(INNER, repeat=len(others) + 1), key=_plainness):
            *each, constant = factors
            if not any(each):
                continue
            for more in (0, 1, -1):
                if all(
                    (sum(f * given[name] for f, name in zip(each, others, strict=True)) + constant)
                    // given[divisor]
                    + more
                    == value
                    for given, value in zip(givens, wanted, strict=True)
                ):
                    terms = [(f, (name,)) for f, name in zip(each, others, strict=True)]
                    inner = _written([(f, name) for f, name in (*terms, (constant, ())) if f])
                    inner = f"({inner})" if " " in inner else inner
                    tail = f" {'+' if more > 0 else '-'} {abs(more)}" if more else ""
                    yield f"{inner} // {divisor}{tail}"


def _shared(givens: Sequence[Whole], wanted: Sequence[int], names: Sequence[str]) -> Iterator[str]:
    """A product with a whole factor, divided by one given and rounded down."""
    for divisor in names:
        if any(given[divisor] <= 0 for given in givens):
            continue
        for each in _products([name for name in names if name != divisor], SHARED):
            for factor in FACTORS:
                if each and all(
                    factor * prod(given[name] for name in each) // given[divisor] == value
                    for given, value in zip(givens, wanted, strict=True)
                ):
                    yield f"{_written([(factor, each)])} // {divisor}"


def _plainness(factors: Sequence[int]) -> tuple[int, int]:
    return sum(map(abs, factors)), sum(each < 0 for each in factors)


def _written(terms: Sequence[tuple[int, tuple[str, ...]]]) -> str:
    """A sum as one writes it: what is added first, numbers last."""
    ordered = sorted(terms, key=lambda term: (not term[1], term[0] < 0))
    text = ""
    for factor, names in ordered:
        size = abs(factor)
        shown = "*".join(([str(size)] if size > 1 or not names else []) + list(names))
        if not text:
            text = shown if factor > 0 else f"-{shown}"
        else:
            text += f" {'+' if factor > 0 else '-'} {shown}"
    return text
