"""The slips that can be made in a piece of code, one at a time, as changes of its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from quizcnn.check.calls_altered import altered_calls
from quizcnn.check.edits import Edit, SlipKind, Source, whole
from quizcnn.check.exchanges import (
    CONNECTIONS,
    EXAMPLES,
    EXCHANGES,
    METHOD_EXCHANGES,
    METHOD_WORDS,
    RELATIVES,
    SAME_SHAPE,
    WORDS,
    instead,
)
from quizcnn.check.job import Given
from quizcnn.check.names import dotted
from quizcnn.check.shapes_only import shapes_only
from quizcnn.check.spans import Span
from quizcnn.check.table import TABLE

COMPARISONS: dict[type[ast.cmpop], tuple[str, str, str]] = {
    ast.Lt: ("<", ">=", "at least instead of less than"),
    ast.GtE: (">=", "<", "less than instead of at least"),
    ast.Gt: (">", "<=", "at most instead of more than"),
    ast.LtE: ("<=", ">", "more than instead of at most"),
    ast.Eq: ("==", "!=", "different instead of equal"),
    ast.NotEq: ("!=", "==", "equal instead of different"),
    ast.In: ("in", "not in", "not among instead of among"),
}
"""How each comparison is turned, and what that is called."""

ARITHMETIC: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "//"),
    ast.FloorDiv: ("//", "*"),
    ast.Div: ("/", "*"),
}
"""What each operator is exchanged for."""

UNTOUCHED = frozenset(("seed", "tolerance", "decimals", "digits", "dtype", "eps", "rtol", "atol"))
"""Keywords that say how a computation is done and not what is computed."""


def edits(
    nodes: Sequence[ast.stmt | ast.expr],
    source: str,
    given: Mapping[str, Given],
    fine: bool,
    beside: Sequence[ast.expr] = (),
) -> list[Edit]:
    """All slips in some code, in the order of its syntax tree.

    `beside` are expressions that look at what the code computes, and are not altered. Unless the
    answer is `fine`, numbers in the code are not moved and no settings added.
    """
    everything = [node for top in (*nodes, *beside) for node in ast.walk(top)]
    own = {node.id for node in everything if _binds(node) and isinstance(node, ast.Name)}
    own.update(node.arg for node in everything if isinstance(node, ast.arg))
    used = {node.id for node in everything if isinstance(node, ast.Name)}
    shapes = shapes_only(everything)
    walk = _Walk(
        Source(Span(source), given, frozenset(own.union(given)), frozenset(used), shapes, fine)
    )
    return [edit for top in nodes for edit in walk.visit(top)]


def _binds(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


class _Walk:
    """Goes through the tree; numbers of examples, seeds and tolerances are left as they are."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def visit(self, node: ast.AST, numbers: bool = True) -> Iterator[Edit]:
        """The slips at a node and below it; without `numbers` none that move a number."""
        match node:
            case ast.Name(ctx=ast.Load()) | ast.Attribute():
                yield from self._exchanged(node)
            case ast.Call():
                yield from altered_calls(node, self.source)
                yield from self._call(node, numbers)
                return
            case ast.BinOp():
                yield from self._operator(node)
            case ast.Compare():
                yield from self._compared(node, numbers)
                return
            case ast.BoolOp():
                yield from self._junction(node)
            case ast.UnaryOp(op=ast.Not()):
                text = self.source.span.text(node.operand)
                yield self.source.put(SlipKind.COMPARISON, "not left out", node, f"({text})")
            case ast.Subscript():
                yield from self._index(node)
                return
            case ast.List() | ast.Tuple() if numbers and _data(node):
                first = next(iter(_numbers(node)), None)
                if first is not None and self.source.fine:
                    yield from self._moved(first, (1,))
                numbers = False
            case ast.Constant() | ast.UnaryOp(op=ast.USub()) if numbers:
                yield from self._constant(node)
                if whole(node) is not None:
                    return
        for child in ast.iter_child_nodes(node):
            yield from self.visit(child, numbers)

    def _call(self, node: ast.Call, numbers: bool) -> Iterator[Edit]:
        entry = self.source.entry(node.func)
        example = entry is not None and entry.name in EXAMPLES
        layered = entry is not None and entry.room == "nn" and bool(entry.signature.names)
        same = entry is not None and entry.name in SAME_SHAPE and node in self.source.shapes
        if not same:
            yield from self.visit(node.func, numbers)
        connected = entry is not None and entry.name in CONNECTIONS
        for value in node.args:
            if connected and value is node.args[0] and isinstance(value, ast.Name):
                continue
            # a setting's number is moved by `altered_calls`, which knows the setting's name
            known = layered and whole(value) is not None
            yield from self.visit(value, numbers and not example and not known)
        for keyword in node.keywords:
            if keyword.arg in UNTOUCHED:
                continue
            known = layered and whole(keyword.value) is not None
            free = numbers and not example and not known
            yield from self.visit(keyword.value, free)

    def _exchanged(self, node: ast.expr) -> Iterator[Edit]:
        entry = self.source.entry(node)
        if entry is not None:
            for exchange in EXCHANGES.get(entry.name, ()):
                unseen = "Transpose" in exchange.to + entry.name
                if exchange.adding or (exchange.to in RELATIVES and not self.source.fine):
                    continue
                if not unseen or self.source.heeds("transposed", entry):
                    words = instead(WORDS[exchange.to], WORDS[entry.name])
                    yield self.source.put(SlipKind.EXCHANGE, words, node, exchange.to)
        elif isinstance(node, ast.Attribute) and dotted(node) not in TABLE:
            other = METHOD_EXCHANGES.get(node.attr)
            if other is not None:
                end = self.source.span.end(node)
                words = instead(METHOD_WORDS[other], METHOD_WORDS[node.attr])
                piece = (end - len(node.attr.encode()), end, other)
                yield self.source.edit(SlipKind.EXCHANGE, words, piece)

    def _operator(self, node: ast.BinOp) -> Iterator[Edit]:
        if type(node.op) not in ARITHMETIC:
            return
        old, new = ARITHMETIC[type(node.op)]
        if old not in "+-" and not self.source.fine:
            return  # a share that is ten times as large may well be on the same side of a bound
        yield from self._between(node.left, node.right, old, new, SlipKind.ARITHMETIC)

    def _between(
        self, left: ast.expr, right: ast.expr, old: str, new: str, kind: SlipKind, name: str = ""
    ) -> Iterator[Edit]:
        """The operator between two expressions, where it is plain to see there, exchanged."""
        span = self.source.span
        start, end = span.end(left), span.start(right)
        between = span.between(start, end)
        if between.count(old) != 1 or "#" in between:
            return
        at = start + len(between.partition(old)[0].encode())
        first, second = self.source.quoted(left), self.source.quoted(right)
        words = name or f"{first} {new} {second} instead of {first} {old} {second}"
        yield self.source.edit(kind, words, (at, at + len(old), new))

    def _compared(self, node: ast.Compare, numbers: bool) -> Iterator[Edit]:
        left = node.left
        for kind, right in zip(node.ops, node.comparators, strict=True):
            if type(kind) in COMPARISONS:
                old, new, name = COMPARISONS[type(kind)]
                yield from self._between(left, right, old, new, SlipKind.COMPARISON, name)
            left = right
        exact = all(isinstance(kind, ast.Eq | ast.NotEq) for kind in node.ops)
        for child in (node.left, *node.comparators):
            # a bound such as > 0.9 is chosen with room to spare: that it is turned must be noticed
            yield from self.visit(child, numbers and exact)

    def _junction(self, node: ast.BoolOp) -> Iterator[Edit]:
        old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        left = node.values[0]
        for right in node.values[1:]:
            name = f"{new} instead of {old}"
            yield from self._between(left, right, old, new, SlipKind.COMPARISON, name)
            left = right

    def _index(self, node: ast.Subscript) -> Iterator[Edit]:
        yield from self.visit(node.value)
        sides = isinstance(node.value, ast.Attribute) and node.value.attr == "shape"
        if isinstance(node.value, ast.Call):
            entry = self.source.entry(node.value.func)
            sides = entry is not None and entry.name == "seen"
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        for part in parts:
            index = whole(part)
            if index is None:
                yield from self.visit(part)
            elif not sides:  # of a square image height and width are one
                step = 1 if index >= 0 else -1
                for moved in (index + step, index - step):
                    if (moved >= 0) is (index >= 0):
                        of = self.source.quoted(node.value)
                        name = f"index {moved} in place of {index} of {of}"
                        yield self.source.put(SlipKind.INDEX, name, part, str(moved), moved=True)

    def _constant(self, node: ast.expr) -> Iterator[Edit]:
        if isinstance(node, ast.Constant) and isinstance(node.value, bool):
            name = f"{not node.value} in place of {node.value}"
            yield self.source.put(SlipKind.SETTING, name, node, str(not node.value))
        elif whole(node) is not None and self.source.fine:
            yield from self._moved(node, (1, -1))

    def _moved(self, node: ast.expr, steps: tuple[int, ...]) -> Iterator[Edit]:
        number = whole(node)
        assert number is not None
        for step in steps:
            name = f"{number + step} in place of {number}"
            yield self.source.put(SlipKind.NUMBER, name, node, str(number + step), moved=True)


def _data(node: ast.List | ast.Tuple) -> bool:
    """Whether a list is written-out data, such as a kernel's rows: three numbers or more."""
    return len(_numbers(node)) > 2


def _numbers(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.List | ast.Tuple):
        return [number for part in node.elts for number in _numbers(part)]
    return [node] if whole(node) is not None else []
