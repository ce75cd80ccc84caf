"""Which names a program binds and which it uses, told before anything runs."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import lru_cache

from quizcnn.check.limits import RefusedError
from quizcnn.check.table import CONSTANTS, TABLE, did_you_mean

FIXED = {
    "np": "`np` is NumPy: give this another name",
    "seed": "`seed` is given to every check: give this another name",
}


@lru_cache(maxsize=4096)
def dotted(node: ast.expr) -> str | None:
    """`np.linalg.norm` as text; None for anything that does not begin with `np`.

    >>> dotted(ast.parse("np.linalg.norm", mode="eval").body)
    'np.linalg.norm'
    >>> dotted(ast.parse("x.shape", mode="eval").body) is None
    True
    """
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if parts and isinstance(node, ast.Name) and node.id == "np":
        return ".".join(["np", *reversed(parts)])
    return None


def bound_names(target: ast.AST) -> Iterator[str]:
    """The names that an assignment's target, or statements, give a value: each once, in order."""
    seen: set[str] = set()
    for node in _in_order(target):
        name = _bound(node)
        if name is not None and name not in seen:
            seen.add(name)
            yield name


def _in_order(node: ast.AST) -> Iterator[ast.AST]:
    """A tree's nodes from left to right, without what stands in scopes of their own."""
    yield node
    if not isinstance(node, ast.Lambda | ast.ListComp | ast.GeneratorExp):
        for child in ast.iter_child_nodes(node):
            yield from _in_order(child)


def _bound(node: ast.AST) -> str | None:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return node.id
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
        owner: ast.expr = node
        while isinstance(owner, ast.Subscript):
            owner = owner.value
        return owner.id if isinstance(owner, ast.Name) else None
    return None


def free_names(nodes: Iterable[ast.AST]) -> tuple[ast.Name, ...]:
    """The uses of names that neither the nodes bind nor the table has; names of `np.` checked."""
    stored: set[str] = set()
    used: list[ast.Name] = []
    for top in nodes:
        for node in ast.walk(top):
            if isinstance(node, ast.arg):
                stored.add(_assignable(node.arg, node))
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                stored.add(_assignable(node.id, node))
            elif isinstance(node, ast.Name):
                used.append(node)
        for node in _longest_attributes(top):
            _known_dotted(node)
    return tuple(
        name for name in used if name.id not in stored and name.id not in TABLE and name.id != "np"
    )


def _assignable(name: str, node: ast.AST) -> str:
    if name in FIXED:
        raise RefusedError(FIXED[name], node)
    return name


def _longest_attributes(node: ast.AST) -> Iterator[ast.Attribute]:
    """Each dotted name once, as a whole."""
    if isinstance(node, ast.Attribute):
        yield node
        while isinstance(node, ast.Attribute):
            node = node.value
    for child in ast.iter_child_nodes(node):
        yield from _longest_attributes(child)


def _known_dotted(node: ast.Attribute) -> None:
    name = dotted(node)
    if name is None:
        return
    parts = name.split(".")
    prefixes = [".".join(parts[:length]) for length in range(2, len(parts) + 1)]
    if not any(prefix in TABLE or prefix in CONSTANTS for prefix in prefixes):
        near = did_you_mean(name, [*TABLE, *CONSTANTS])
        raise RefusedError(f"`{name}` is not part of a check{near}", node)


INSTEAD = {
    "print": "the last line of a check is its value",
    "str": "a check's text is written out",
    "true": "write True",
    "false": "write False",
    "map": "write [f(x) for x in values]",
    "filter": "write [x for x in values if ...]",
    "set": "write np.unique(values)",
    "dict": "use tuples, or several names",
    "type": "a check knows what it computes",
    "isinstance": "a check knows what it computes",
    "iter": "write for x in values",
    "next": "write values[0]",
    "slice": "write values[1:3]",
    "torch": "the operations of quizcnn.nn are here by their plain names: conv2d(...)",
    "nn": "the operations of quizcnn.nn are here by their plain names: conv2d(...)",
    "numpy": "NumPy's functions are written np.name",
    "scipy": "write convolve2d(...) or correlate2d(...)",
    "math": "write np.sqrt, np.log, np.pi",
    "random": "write normal(...), uniform(...) or integers(...)",
}
"""Names that people try, and what a check has instead."""


def refuse_unknown(free: Iterable[ast.Name], given: Iterable[str], bound: Iterable[str]) -> None:
    """Refuse the first name that nothing gives a value."""
    known = {*given, "seed"}
    for node in free:
        if node.id not in known:
            if node.id in INSTEAD:
                near = f": {INSTEAD[node.id]}"
            elif f"np.{node.id}" in TABLE or f"np.{node.id}" in CONSTANTS:
                near = f": did you mean `np.{node.id}`?"
            else:
                near = did_you_mean(node.id, [*known, *bound, *TABLE])
            raise RefusedError(f"nothing here is called `{node.id}`{near}", node)
