"""Expressions as functions of the scope: each piece of a syntax tree is read once, then only run.

Nothing of a deck is executed by Python: a piece becomes one of the functions below, which does
what its node says and nothing else. Each counts a step, and how deep it stands.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

from quizcnn.check.assigning import compiled_index
from quizcnn.check.attributes import attribute, method
from quizcnn.check.calls import Operation, call, call_method
from quizcnn.check.comprehending import generator, list_comprehension
from quizcnn.check.evaluate import Code, Evaluator
from quizcnn.check.indexing import get_item
from quizcnn.check.kinds import Inside, Stream, describe, is_function, truth
from quizcnn.check.limits import RaisedError, RefusedError
from quizcnn.check.names import dotted
from quizcnn.check.operators import binary, compare, unary
from quizcnn.check.pieces import constant, inner, name, outermost, refused
from quizcnn.check.scope import Closure, Scope
from quizcnn.check.table import CONSTANTS, TABLE, did_you_mean
from quizcnn.nn.layer import Layer


def compiled(node: ast.expr) -> Code:
    """What evaluates an expression."""
    return COMPILERS[type(node)](node)


def _attribute(node: ast.Attribute) -> Code:
    path = dotted(node)
    if path is None:
        owner_of, field = compiled(node.value), node.attr

        def work(evaluator: Evaluator, scope: Scope) -> Inside:
            owner = owner_of(evaluator, scope)
            evaluator.at = node
            return attribute(owner, field, evaluator.budget)

        return inner(node, work)
    if path in CONSTANTS:
        value = CONSTANTS[path]
        return outermost(node, lambda evaluator: value)
    if path not in TABLE:
        near = did_you_mean(path, [*TABLE, *CONSTANTS])
        return refused(node, f"`{path}` is not part of a check{near}")
    return outermost(node, lambda evaluator: evaluator.operation(path))


def _subscript(node: ast.Subscript) -> Code:
    owner_of, index_of = compiled(node.value), compiled_index(node.slice, compiled)

    def work(evaluator: Evaluator, scope: Scope) -> Inside:
        owner = owner_of(evaluator, scope)
        index = index_of(evaluator, scope)
        evaluator.at = node
        return get_item(owner, index, evaluator.budget)

    return inner(node, work)


def _slice(node: ast.Slice) -> Code:
    bounds = [
        None if bound is None else compiled(bound) for bound in (node.lower, node.upper, node.step)
    ]

    def work(evaluator: Evaluator, scope: Scope) -> Inside:
        return slice(*[None if bound is None else bound(evaluator, scope) for bound in bounds])

    return inner(node, work)


def _call(node: ast.Call) -> Code:
    if isinstance(node.func, ast.Attribute) and dotted(node.func) is None:
        return _method_call(node, node.func)
    called_of, positional = compiled(node.func), [compiled(one) for one in node.args]
    named = _keywords(node)

    def work(evaluator: Evaluator, scope: Scope) -> Inside:
        called = called_of(evaluator, scope)
        args = [code(evaluator, scope) for code in positional]
        keywords = {word: code(evaluator, scope) for word, code in named} if named else {}
        evaluator.at = node
        if type(called) is Operation:
            run, tracer = evaluator.run, evaluator.tracer
            if tracer is not None and called.entry.slides and not run.lambdas:
                return tracer.call(called.entry, args, keywords, run, node)
            return call(called.entry, args, keywords, run, node)
        if is_function(called):
            return called(*args, **keywords)
        raise RaisedError(f"{describe(called)} cannot be called{_hint(called)}")

    return inner(node, work)


def _hint(called: Inside) -> str:
    if not isinstance(called, Layer):
        return ""
    return ": it has no weights; write conv2d(x, weight), or forward([layer], x) for its shape"


def _keywords(node: ast.Call) -> list[tuple[str, Code]]:
    # the syntax has no ** in a call
    return [(one.arg, compiled(one.value)) for one in node.keywords if one.arg is not None]


def _method_call(node: ast.Call, function: ast.Attribute) -> Code:
    owner_of, called = compiled(function.value), function.attr
    positional, named = [compiled(one) for one in node.args], _keywords(node)

    def work(evaluator: Evaluator, scope: Scope) -> Inside:
        owner = owner_of(evaluator, scope)
        evaluator.at = node
        entry = method(owner, called)
        args = [code(evaluator, scope) for code in positional]
        keywords = {word: code(evaluator, scope) for word, code in named} if named else {}
        evaluator.at = node
        return call_method(entry, owner, args, keywords, evaluator.run)

    return inner(node, work)


def _storable(node: ast.expr, parent: ast.expr) -> Code:
    """An expression whose value is kept in a list, a tuple or a lambda's default."""
    value_of = compiled(node)

    def code(evaluator: Evaluator, scope: Scope) -> Inside:
        value = value_of(evaluator, scope)
        if type(value) is Stream:
            evaluator.at = parent
            raise RefusedError(f"write list({value.text}): {value.text} is gone after one use")
        return value

    return code


def _tuple(node: ast.Tuple) -> Code:
    items = [_storable(item, node) for item in node.elts]

    def work(evaluator: Evaluator, scope: Scope) -> Inside:
        return tuple([item(evaluator, scope) for item in items])

    return inner(node, work)


def _list(node: ast.List) -> Code:
    items = [_storable(item, node) for item in node.elts]

    def work(evaluator: Evaluator, scope: Scope) -> Inside:
        return [item(evaluator, scope) for item in items]

    return inner(node, work)


def _lambda(node: ast.Lambda) -> Code:
    defaults = [_storable(default, node) for default in node.args.defaults]
    names, body = tuple(argument.arg for argument in node.args.args), compiled(node.body)

    def work(evaluator: Evaluator, scope: Scope) -> Inside:
        given = [default(evaluator, scope) for default in defaults]
        return Closure(node, names, body, scope, given, evaluator)

    return inner(node, work)


def _list_comprehension(node: ast.ListComp) -> Code:
    return inner(node, list_comprehension(node, compiled, _storable(node.elt, node)))


def _generator(node: ast.GeneratorExp) -> Code:
    return inner(node, generator(node, compiled, _storable(node.elt, node)))


def _conditional(node: ast.IfExp) -> Code:
    test, then, other = compiled(node.test), compiled(node.body), compiled(node.orelse)

    def work(evaluator: Evaluator, scope: Scope) -> Inside:
        decided = test(evaluator, scope)
        evaluator.at = node
        return (then if truth(decided) else other)(evaluator, scope)

    return inner(node, work)


def _boolean(node: ast.BoolOp) -> Code:
    stop_at = isinstance(node.op, ast.Or)
    *parts, last = map(compiled, node.values)

    def work(evaluator: Evaluator, scope: Scope) -> Inside:
        for part in parts:
            value = part(evaluator, scope)
            evaluator.at = node
            if truth(value) is stop_at:
                return value
        return last(evaluator, scope)

    return inner(node, work)


def _binary(node: ast.BinOp) -> Code:
    kind, left_of, right_of = type(node.op), compiled(node.left), compiled(node.right)

    def work(evaluator: Evaluator, scope: Scope) -> Inside:
        left = left_of(evaluator, scope)
        right = right_of(evaluator, scope)
        evaluator.at = node
        return binary(kind, left, right, evaluator.budget)

    return inner(node, work)


def _unary(node: ast.UnaryOp) -> Code:
    kind, value_of = type(node.op), compiled(node.operand)

    def work(evaluator: Evaluator, scope: Scope) -> Inside:
        value = value_of(evaluator, scope)
        evaluator.at = node
        return unary(kind, value, evaluator.budget)

    return inner(node, work)


def _compare(node: ast.Compare) -> Code:
    first = compiled(node.left)
    *chain, (last_kind, last_of) = zip(
        map(type, node.ops), map(compiled, node.comparators), strict=True
    )

    def work(evaluator: Evaluator, scope: Scope) -> Inside:
        left = first(evaluator, scope)
        for kind, following in chain:
            right = following(evaluator, scope)
            evaluator.at = node
            result = compare(kind, left, right, evaluator.budget)
            if not truth(result):
                return result
            left = right
        right = last_of(evaluator, scope)
        evaluator.at = node
        return compare(last_kind, left, right, evaluator.budget)

    return inner(node, work)


COMPILERS: Mapping[type[ast.expr], Callable[[Any], Code]] = {
    ast.Constant: constant,
    ast.Name: name,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.Slice: _slice,
    ast.Call: _call,
    ast.Tuple: _tuple,
    ast.List: _list,
    ast.Lambda: _lambda,
    ast.ListComp: _list_comprehension,
    ast.GeneratorExp: _generator,
    ast.IfExp: _conditional,
    ast.BoolOp: _boolean,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.Compare: _compare,
}
"""What compiles each kind of expression."""
