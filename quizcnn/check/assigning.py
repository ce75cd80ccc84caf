"""Giving names, and places in arrays, their values: targets of assignments, compiled."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TypeAlias

from quizcnn.check.evaluate import Code, Evaluator
from quizcnn.check.functions import items
from quizcnn.check.indexing import get_item, set_item
from quizcnn.check.kinds import Inside, Stream
from quizcnn.check.limits import RaisedError, RefusedError
from quizcnn.check.operators import binary
from quizcnn.check.scope import UNSET, Scope

Put: TypeAlias = Callable[[Evaluator, Scope, Inside], None]
"""Gives a target its value in a scope."""


def compiled_target(target: ast.expr, compiled: Callable[[ast.expr], Code]) -> Put:
    """`target = value`, where target is a name, a place in an array, or several of these."""
    if isinstance(target, ast.Name):
        put = _name(target.id)
    elif isinstance(target, ast.Subscript):
        put = _place(target, compiled)
    else:
        assert isinstance(target, ast.Tuple | ast.List)
        put = _several(target, compiled)

    def kept(evaluator: Evaluator, scope: Scope, value: Inside) -> None:
        evaluator.at = target
        if type(value) is Stream:
            raise RefusedError(f"write list({value.text}): {value.text} is gone after one use")
        put(evaluator, scope, value)

    return kept


def _name(name: str) -> Put:
    def put(evaluator: Evaluator, scope: Scope, value: Inside) -> None:
        scope.names[name] = value

    return put


def _place(target: ast.Subscript, compiled: Callable[[ast.expr], Code]) -> Put:
    owner_of, index_of = compiled(target.value), compiled_index(target.slice, compiled)

    def put(evaluator: Evaluator, scope: Scope, value: Inside) -> None:
        owner = owner_of(evaluator, scope)
        index = index_of(evaluator, scope)
        evaluator.at = target
        set_item(owner, index, value, evaluator.budget)

    return put


def _several(target: ast.Tuple | ast.List, compiled: Callable[[ast.expr], Code]) -> Put:
    places = [compiled_target(place, compiled) for place in target.elts]

    def put(evaluator: Evaluator, scope: Scope, value: Inside) -> None:
        parts = list(items(value, evaluator.budget))
        if len(parts) != len(places):
            raise RaisedError(f"{len(parts)} values cannot go into {len(places)} names")
        for part, place in zip(parts, places, strict=True):
            place(evaluator, scope, part)

    return put


def compiled_index(node: ast.expr, compiled: Callable[[ast.expr], Code]) -> Code:
    """What stands between square brackets, where `...` is at home."""
    if isinstance(node, ast.Constant) and node.value is ...:
        return lambda evaluator, scope: ...
    if isinstance(node, ast.Tuple):
        parts = [compiled_index(part, compiled) for part in node.elts]
        return lambda evaluator, scope: tuple([part(evaluator, scope) for part in parts])
    return compiled(node)


def compiled_augment(
    node: ast.AugAssign, compiled: Callable[[ast.expr], Code]
) -> Callable[[Evaluator, Scope], None]:
    """`target += value`: arrays and lists are written to, as in Python."""
    kind, target, value_of = type(node.op), node.target, compiled(node.value)
    if isinstance(target, ast.Name):
        name = target.id

        def augment_name(evaluator: Evaluator, scope: Scope) -> None:
            before = scope.find(name)
            if before is UNSET:
                before = evaluator.unbound(name)
            after = value_of(evaluator, scope)
            evaluator.at = node
            scope.names[name] = binary(kind, before, after, evaluator.budget, in_place=True)

        return augment_name
    assert isinstance(target, ast.Subscript)
    owner_of, index_of = compiled(target.value), compiled_index(target.slice, compiled)

    def augment_place(evaluator: Evaluator, scope: Scope) -> None:
        owner = owner_of(evaluator, scope)
        index = index_of(evaluator, scope)
        evaluator.at = node
        before = get_item(owner, index, evaluator.budget)
        after = value_of(evaluator, scope)
        evaluator.at = node
        result = binary(kind, before, after, evaluator.budget, in_place=True)
        set_item(owner, index, result, evaluator.budget)

    return augment_place
