"""Giving names, and places in arrays, their values."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quizcnn.check.functions import items
from quizcnn.check.indexing import get_item, set_item
from quizcnn.check.kinds import Inside, Stream
from quizcnn.check.limits import CheckError, RaisedError, RefusedError
from quizcnn.check.operators import binary

if TYPE_CHECKING:
    from quizcnn.check.evaluate import Evaluator
    from quizcnn.check.scope import Scope


def assign(target: ast.expr, value: Inside, scope: Scope, evaluator: Evaluator) -> None:
    """`target = value`, where target is a name, a place in an array, or several of these."""
    try:
        if type(value) is Stream:
            raise RefusedError(f"write list({value.text}): {value.text} is gone after one use")
        if isinstance(target, ast.Name):
            scope.names[target.id] = value
        elif isinstance(target, ast.Subscript):
            owner = evaluator.value(target.value, scope)
            index = evaluator.index(target.slice, scope)
            set_item(owner, index, value, evaluator.budget)
        else:
            assert isinstance(target, ast.Tuple | ast.List)
            _unpack(target, value, scope, evaluator)
    except CheckError as error:
        raise error.at(target) from error.__cause__
    except (MemoryError, RecursionError):
        raise
    except Exception as error:
        raise RaisedError(str(error)[:500], target) from error


def _unpack(
    target: ast.Tuple | ast.List, value: Inside, scope: Scope, evaluator: Evaluator
) -> None:
    parts = list(items(value, evaluator.budget))
    if len(parts) != len(target.elts):
        raise RaisedError(f"{len(parts)} values cannot go into {len(target.elts)} names")
    for part, place in zip(parts, target.elts, strict=True):
        assign(place, part, scope, evaluator)


def augment(node: ast.AugAssign, scope: Scope, evaluator: Evaluator) -> None:
    """`target += value`: arrays and lists are written to, as in Python."""
    target = node.target
    kind = type(node.op)
    if isinstance(target, ast.Name):
        before = evaluator.named(target.id, scope)
        after = evaluator.value(node.value, scope)
        scope.names[target.id] = binary(kind, before, after, evaluator.budget, in_place=True)
        return
    assert isinstance(target, ast.Subscript)
    owner = evaluator.value(target.value, scope)
    index = evaluator.index(target.slice, scope)
    before = get_item(owner, index, evaluator.budget)
    after = evaluator.value(node.value, scope)
    result = binary(kind, before, after, evaluator.budget, in_place=True)
    set_item(owner, index, result, evaluator.budget)
