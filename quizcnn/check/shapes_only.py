"""Calls in a check of whose result nothing but the shape is looked at."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Sequence

SHAPE = frozenset(("shape", "size", "ndim"))
"""Attributes that tell of an array's shape alone."""


def shapes_only(nodes: Sequence[ast.AST]) -> frozenset[ast.AST]:
    """The calls whose values no part of the code looks at.

    >>> tree = ast.parse("a = f(x)\\nb = g(x)\\nb.sum() + a.shape[0]")
    >>> [node.func.id for node in shapes_only(list(ast.walk(tree)))]
    ['f']
    """
    asked = {
        id(node.value) for node in nodes if isinstance(node, ast.Attribute) and node.attr in SHAPE
    }
    bound: dict[str, int] = defaultdict(int)
    looked_into = set()
    for node in nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            bound[node.id] += 1
        elif isinstance(node, ast.Name) and id(node) not in asked:
            looked_into.add(node.id)
    found: set[ast.AST] = {
        node for node in nodes if isinstance(node, ast.Call) and id(node) in asked
    }
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            [*targets] = node.targets
            name = targets[0].id if isinstance(targets[0], ast.Name) else ""
            if len(targets) == 1 and bound.get(name) == 1 and name not in looked_into:
                found.add(node.value)
    return frozenset(found)
