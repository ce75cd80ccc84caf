"""Whether two values are the same answer, and an answer in words."""

from __future__ import annotations

from fractions import Fraction
from math import isfinite
from typing import TypeAlias

from quizcnn.answer.folding import folded, spelling
from quizcnn.answer.numbers import number
from quizcnn.check.value import Array, Name, Number, Value
from quizcnn.check.wording import inline
from quizcnn.deck.model import Kind, Question, Tolerance

Cells: TypeAlias = tuple[tuple[int, ...], tuple[Number, ...]]

SLACK = Fraction(1, 10**9)
"""Rounding's share: 0.4 lies within 0.1 of 0.3, though 0.4 − 0.3 is 0.10000000000000003."""
ROUNDING, DOUBT = 2.0**-50, 2e-9
"""Shares of the values and of the tolerance within which floats cannot tell what is nearer."""


def same(kind: Kind, a: Value, b: Value, tolerance: Tolerance | None = None) -> bool:
    """Whether `a` is the same answer as `b`, the value that it is held against.

    Whole numbers are the same when equal, others when equal or within the tolerance:
    |a − b| ≤ abs or ≤ rel·|b|. A truth value is not a number, a whole float equals the int, an
    array without axes is a number, and nothing equals a value that is not finite. Shapes are
    tuples of whole numbers; arrays may be `Array` or nested tuples; texts are compared by
    spelling, each side one text or a tuple of accepted ones; options of a choice in any order.

    >>> same(Kind.NUMBER, 6, 6.0), same(Kind.NUMBER, True, 1), same(Kind.TEXT, "2-D", "2d")
    (True, False, True)
    """
    match kind:
        case Kind.NUMBER:
            left, right = number_of(a), number_of(b)
            return left is not None and right is not None and _close(left, right, tolerance)
        case Kind.SHAPE:
            sides = shape_sides(a)
            return sides is not None and sides == shape_sides(b)
        case Kind.ARRAY:
            return _same_cells(cells_of(a), cells_of(b), tolerance)
        case Kind.TRUE_FALSE:
            truth = truth_of(a)
            return truth is not None and truth is truth_of(b)
        case Kind.TEXT:
            return bool(_spellings(a) & _spellings(b))
        case Kind.ORDER:
            items = item_texts(a)
            return items is not None and items == item_texts(b)
        case Kind.CHOICE:
            return _members(a) is not None and _members(a) == _members(b)
        case Kind.RECALL:
            return False


def fits(kind: Kind, value: Value) -> bool:
    """Whether `value` can be an answer to a question of this kind; nothing infinite can."""
    match kind:
        case Kind.NUMBER:
            lone = number_of(value)
            return lone is not None and _finite(lone)
        case Kind.SHAPE:
            sides = shape_sides(value)
            return sides is not None and min(sides, default=0) >= 0
        case Kind.ARRAY:
            cells = cells_of(value)
            return cells is not None and all(map(_finite, cells[1]))
        case Kind.TRUE_FALSE | Kind.RECALL:
            return truth_of(value) is not None
        case Kind.TEXT:
            return any(_spellings(value))
        case Kind.ORDER | Kind.CHOICE:
            return bool(item_texts(value))


def number_of(value: Value) -> int | float | None:
    """`value` as a number, None where it is none."""
    if type(value) is int or type(value) is float:
        return value
    if isinstance(value, Array) and value.shape == () and value.data:
        value = value.data[0]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value


def truth_of(value: Value) -> bool | None:
    """`value` as a truth value, None where it is none."""
    if isinstance(value, Array) and value.shape == () and value.data:
        value = value.data[0]
    return value if isinstance(value, bool) else None


def shape_sides(value: Value) -> tuple[int, ...] | None:
    """`value` as side lengths, None where it is no shape; a lone number is a shape of one axis."""
    items: tuple[Value, ...]
    if isinstance(value, Array):
        if len(value.shape) > 1 or value.data is None:
            return None
        items = value.data
    else:
        items = value if isinstance(value, tuple) else (value,)
    sides: list[int] = []
    for item in items:
        side = number_of(item)
        if side is None or not _finite(side) or side != int(side):
            return None
        sides.append(int(side))
    return tuple(sides)


def cells_of(value: Value) -> Cells | None:
    """The shape and values of an array, None where it is none or too large to be known."""
    if isinstance(value, Array):
        return None if value.data is None else (value.shape, value.data)
    if isinstance(value, bool | int | float):
        return (), (value,)
    if not isinstance(value, tuple):
        return None
    if all(type(item) is int or type(item) is float for item in value):
        return (len(value),), value  # type: ignore[return-value]
    inner: tuple[int, ...] | None = None
    data: list[Number] = []
    for item in value:
        row = cells_of(item)
        if row is None or row[0] != (row[0] if inner is None else inner):
            return None
        inner = row[0]
        data.extend(row[1])
    return (len(value), *(inner or ())), tuple(data)


def item_texts(value: Value) -> tuple[str, ...] | None:
    """The items of an order, made comparable; None where it is none."""
    if not isinstance(value, tuple):
        return None
    texts = tuple(_text(item) for item in value)
    return None if None in texts else tuple(folded(text) for text in texts if text is not None)


def _text(value: Value) -> str | None:
    if isinstance(value, Name):
        return value.text
    if isinstance(value, int | float):
        return str(value)
    return value if isinstance(value, str) else None


def _spellings(value: Value) -> frozenset[str]:
    accepted = value if isinstance(value, tuple) else (value,)
    return frozenset(spelling(text) for text in accepted if isinstance(text, str))


def _members(value: Value) -> frozenset[Value] | None:
    return frozenset(value) if isinstance(value, tuple) else None


def _same_cells(a: Cells | None, b: Cells | None, tolerance: Tolerance | None) -> bool:
    if a is None or b is None or a[0] != b[0]:
        return False
    return all(_same_cell(x, y, tolerance) for x, y in zip(a[1], b[1], strict=True))


def _same_cell(a: Number, b: Number, tolerance: Tolerance | None) -> bool:
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    return _close(a, b, tolerance)


def _close(a: int | float, b: int | float, tolerance: Tolerance | None) -> bool:
    if not (_finite(a) and _finite(b)):
        return False
    if a == b:
        return True
    if tolerance is None:
        return False
    if isinstance(a, float) and isinstance(b, float):
        gap, wide = abs(a - b), max(tolerance.abs, tolerance.rel * abs(b))
        doubt = ROUNDING * (abs(a) + abs(b)) + DOUBT * wide
        if abs(gap - wide) > doubt:
            return gap < wide
    # exact, for a whole number may be larger than any float
    distance = abs(Fraction(a) - Fraction(b))
    reach = max(Fraction(tolerance.abs), Fraction(tolerance.rel) * abs(Fraction(b)))
    return distance <= reach * (1 + SLACK)


def _finite(value: int | float) -> bool:
    return type(value) is int or isfinite(value)


def words(question: Question, value: Value) -> str:
    """The answer `value` as a person would type it, so that `read` gives it back.

    A number has as many digits as the question's tolerance asks for, six at least where it has as
    many. Options and items are joined by semicolons; of accepted spellings the first is taken. A
    value of the wrong kind is written as the check language shows it.
    """
    kind = question.kind
    if kind is Kind.NUMBER and (plain := number_of(value)) is not None:
        return _digits(plain, question.tolerance)
    if kind is Kind.SHAPE and (sides := shape_sides(value)) is not None:
        return _shape(sides)
    if kind is Kind.ARRAY and (cells := cells_of(value)) is not None:
        return _array(*cells, question.tolerance)
    if kind is Kind.TRUE_FALSE and (truth := truth_of(value)) is not None:
        return "true" if truth else "false"
    if isinstance(value, tuple) and all(isinstance(item, str) for item in value):
        if kind is Kind.TEXT:
            return str(value[0]) if value else ""
        if kind in (Kind.CHOICE, Kind.ORDER):
            return "; ".join(str(item) for item in value)
    return value if isinstance(value, str) else inline(value)


def shown(question: Question, value: Value) -> str:
    """The answer `value` as it is shown: as `words`, large numbers grouped, with the unit.

    An order's items are joined by arrows.
    """
    if question.kind is Kind.ORDER and (items := value) and isinstance(items, tuple):
        return " → ".join(item if isinstance(item, str) else inline(item) for item in items)
    plain = number_of(value) if question.kind is Kind.NUMBER else None
    text = words(question, value)
    if plain is None:
        return text
    text = _grouped(text)
    if not question.unit:
        return text
    return f"{text}%" if question.unit == "%" else f"{text} {question.unit}"


def _grouped(text: str) -> str:
    """Whole numbers of five and more digits in groups of three."""
    bare = text.removeprefix("-")
    if not bare.isdecimal() or len(bare) < 5:
        return text
    return text[: len(text) - len(bare)] + f"{int(bare):,}".replace(",", " ")


def _digits(value: Number, tolerance: Tolerance | None) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if not isfinite(value):
        return repr(value)
    if value == int(value) and abs(value) < 1e16:
        return str(int(value))
    short = f"{value:.6g}"
    if _close(number(short), value, tolerance):
        return short
    # the digits that Python writes of a huge float are not the number that it stands for
    return repr(value) if number(repr(value)) == value else str(int(value))


def _shape(sides: tuple[int, ...]) -> str:
    return f"({sides[0]},)" if len(sides) == 1 else "×".join(map(str, sides)) or "()"


def _array(shape: tuple[int, ...], data: tuple[Number, ...], tolerance: Tolerance | None) -> str:
    cells = [_digits(cell, tolerance) for cell in data]
    if not shape:
        return cells[0]
    if len(shape) == 1 and shape[0] > 1:
        return " ".join(cells)
    if len(shape) == 2 and shape[0] > 1 and shape[1]:
        width = shape[1]
        starts = range(0, len(cells), width)
        return "; ".join(" ".join(cells[start : start + width]) for start in starts)
    return _bracketed(shape, cells)


def _bracketed(shape: tuple[int, ...], cells: list[str]) -> str:
    if not shape:
        return cells[0]
    step = len(cells) // shape[0] if shape[0] else 0
    rows = (cells[row * step : (row + 1) * step] for row in range(shape[0]))
    return "[" + ", ".join(_bracketed(shape[1:], row) for row in rows) + "]"
