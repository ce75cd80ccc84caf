"""Comprehensions, compiled: lists made item by item, and streams that are gone through once."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quizcnn.check.assigning import Put, compiled_target
from quizcnn.check.evaluate import Code, Evaluator
from quizcnn.check.functions import items
from quizcnn.check.kinds import Inside, Stream, truth
from quizcnn.check.limits import ITEMS, LimitError
from quizcnn.check.names import bound_names
from quizcnn.check.scope import UNSET, Scope

Compile = Callable[[ast.expr], Code]


@dataclass(frozen=True, slots=True)
class Level:
    """One `for` of a comprehension with its conditions."""

    source: Code
    put: Put
    conditions: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Comprehension:
    """A comprehension: its levels, the names that they bind, and what it collects."""

    levels: tuple[Level, ...]
    names: tuple[str, ...]
    item: Code

    def begin(self, evaluator: Evaluator, scope: Scope) -> Iterator[Inside]:
        """The items; the first source is evaluated at once and outside, as in Python."""
        first = items(self.levels[0].source(evaluator, scope), evaluator.budget)
        inner = Scope(scope)
        inner.names = dict.fromkeys(self.names, UNSET)
        return self._items(evaluator, 0, first, inner)

    def _items(
        self, evaluator: Evaluator, at: int, source: Iterator[Inside], scope: Scope
    ) -> Iterator[Inside]:
        level, last = self.levels[at], at == len(self.levels) - 1
        for item in source:
            outside = evaluator.at  # whoever goes through the items, at this moment
            level.put(evaluator, scope, item)
            if not all(self._holds(code, evaluator, scope, outside) for code in level.conditions):
                evaluator.at = outside
            elif last:
                value = self.item(evaluator, scope)
                evaluator.at = outside
                yield value
            else:
                following = self.levels[at + 1].source(evaluator, scope)
                evaluator.at = outside
                inner = items(following, evaluator.budget)
                yield from self._items(evaluator, at + 1, inner, scope)

    @staticmethod
    def _holds(code: Code, evaluator: Evaluator, scope: Scope, outside: ast.AST | None) -> bool:
        value = code(evaluator, scope)
        evaluator.at = outside
        return truth(value)


def _comprehension(
    node: ast.ListComp | ast.GeneratorExp, compiled: Compile, item: Code
) -> Comprehension:
    levels = tuple(
        Level(
            compiled(one.iter), compiled_target(one.target, compiled), tuple(map(compiled, one.ifs))
        )
        for one in node.generators
    )
    names = tuple(name for one in node.generators for name in bound_names(one.target))
    return Comprehension(levels, names, item)


def list_comprehension(node: ast.ListComp, compiled: Compile, item: Code) -> Code:
    """`[item for ...]`"""
    comprehension = _comprehension(node, compiled, item)

    def work(evaluator: Evaluator, scope: Scope) -> Inside:
        items_of = comprehension.begin(evaluator, scope)
        evaluator.at = node
        collected = []
        for value in items_of:
            collected.append(value)
            if len(collected) > ITEMS:
                raise LimitError(f"a list may hold {ITEMS:,} values")
        return collected

    return work


def generator(node: ast.GeneratorExp, compiled: Compile, item: Code) -> Code:
    """`(item for ...)`"""
    comprehension = _comprehension(node, compiled, item)

    def work(evaluator: Evaluator, scope: Scope) -> Inside:
        return Stream("(... for ...)", comprehension.begin(evaluator, scope))

    return work
