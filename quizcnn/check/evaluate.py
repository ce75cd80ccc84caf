"""Evaluating expressions by walking their syntax tree; nothing of a deck is ever executed."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from quizcnn.check.assigning import assign
from quizcnn.check.attributes import attribute, method
from quizcnn.check.calls import Operation, Run, call, call_method
from quizcnn.check.functions import items
from quizcnn.check.indexing import get_item
from quizcnn.check.kinds import (
    Inside,
    Stream,
    describe,
    is_function,
    truth,
)
from quizcnn.check.limits import (
    ITEMS,
    STEPS,
    CheckError,
    LimitError,
    RaisedError,
    RefusedError,
)
from quizcnn.check.names import bound_names, dotted
from quizcnn.check.operators import binary, compare, unary
from quizcnn.check.scope import UNSET, Closure, Scope
from quizcnn.check.table import CONSTANTS, TABLE, did_you_mean
from quizcnn.check.tracing import Tracer
from quizcnn.nn.layer import Layer


class Evaluator:
    """Evaluates expressions of one job."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.budget = run.budget
        self.tracer: Tracer | None = None
        self._operations: dict[str, Operation] = {}

    def value(self, node: ast.expr, scope: Scope) -> Inside:
        """The value of an expression; whatever goes wrong is a CheckError with its place."""
        if type(node) is ast.Name and self.budget.steps < STEPS:  # most are, so it is quick
            known = scope.find(node.id)
            if known is not UNSET and node.id != "seed":
                self.budget.steps += 1
                return known
        self.budget.enter()
        try:
            return HANDLERS[type(node)](self, node, scope)
        except CheckError as error:
            raise error.at(node) from error.__cause__
        except MemoryError as error:
            raise LimitError("this needs more memory than a check may use", node) from error
        except RecursionError as error:
            raise LimitError("this nests too deep", node) from error
        except Exception as error:
            raise RaisedError(_message(error), node) from error
        finally:
            self.budget.leave()

    def _constant(self, node: ast.Constant, scope: Scope) -> Inside:
        if node.value is ...:
            raise RefusedError("`...` stands only between square brackets: x[..., 0]")
        return node.value

    def _name(self, node: ast.Name, scope: Scope) -> Inside:
        return self.named(node.id, scope)

    def named(self, name: str, scope: Scope) -> Inside:
        """The value of a name, or the operation that it names."""
        value = scope.find(name)
        if value is not UNSET:
            if name == "seed":
                self.run.random = True
            return value
        if name in TABLE:
            return self._operation(name)
        if name == "np":
            raise RefusedError("`np` stands only before a dot: np.mean(...)")
        raise RaisedError(f"`{name}` has no value here yet")

    def _operation(self, name: str) -> Operation:
        if name not in self._operations:
            self._operations[name] = Operation(TABLE[name], self.run)
        return self._operations[name]

    def _attribute(self, node: ast.Attribute, scope: Scope) -> Inside:
        name = dotted(node)
        if name is not None:
            if name in CONSTANTS:
                return CONSTANTS[name]
            if name not in TABLE:
                near = did_you_mean(name, [*TABLE, *CONSTANTS])
                raise RefusedError(f"`{name}` is not part of a check{near}")
            return self._operation(name)
        return attribute(self.value(node.value, scope), node.attr, self.budget)

    def _subscript(self, node: ast.Subscript, scope: Scope) -> Inside:
        owner = self.value(node.value, scope)
        return get_item(owner, self.index(node.slice, scope), self.budget)

    def index(self, node: ast.expr, scope: Scope) -> Inside:
        """What stands between square brackets, where `...` is at home."""
        if isinstance(node, ast.Constant) and node.value is ...:
            return ...
        if isinstance(node, ast.Tuple):
            return tuple(self.index(part, scope) for part in node.elts)
        return self.value(node, scope)

    def _slice(self, node: ast.Slice, scope: Scope) -> slice:
        bounds = (node.lower, node.upper, node.step)
        return slice(*(None if bound is None else self.value(bound, scope) for bound in bounds))

    def _call(self, node: ast.Call, scope: Scope) -> Inside:
        function = node.func
        if isinstance(function, ast.Attribute) and dotted(function) is None:
            return self._method(function, node, scope)
        called = self.value(function, scope)
        args, keywords = self._arguments(node, scope)
        if isinstance(called, Operation):
            if called.entry.slides and self.tracer is not None and not self.run.lambdas:
                return self.tracer.call(called.entry, args, keywords, self.run, node)
            return call(called.entry, args, keywords, self.run, node)
        if is_function(called):
            return called(*args, **keywords)
        hint = ": it has no weights; write conv2d(x, weight), or forward([layer], x) for its shape"
        raise RaisedError(
            f"{describe(called)} cannot be called{hint if isinstance(called, Layer) else ''}"
        )

    def _method(self, function: ast.Attribute, node: ast.Call, scope: Scope) -> Inside:
        owner = self.value(function.value, scope)
        entry = method(owner, function.attr)
        args, keywords = self._arguments(node, scope)
        return call_method(entry, owner, args, keywords, self.run)

    def _arguments(self, node: ast.Call, scope: Scope) -> tuple[list[Inside], dict[str, Inside]]:
        args = [self.value(argument, scope) for argument in node.args]
        keywords: dict[str, Inside] = {}
        for keyword in node.keywords:
            assert keyword.arg is not None  # the syntax has no ** in a call
            keywords[keyword.arg] = self.value(keyword.value, scope)
        return args, keywords

    def _tuple(self, node: ast.Tuple, scope: Scope) -> Inside:
        return tuple(self._storable(item, scope) for item in node.elts)

    def _list(self, node: ast.List, scope: Scope) -> Inside:
        return [self._storable(item, scope) for item in node.elts]

    def _storable(self, node: ast.expr, scope: Scope) -> Inside:
        value = self.value(node, scope)
        if type(value) is Stream:
            raise RefusedError(f"write list({value.text}): {value.text} is gone after one use")
        return value

    def _lambda(self, node: ast.Lambda, scope: Scope) -> Inside:
        defaults = [self._storable(default, scope) for default in node.args.defaults]
        return Closure(node, scope, defaults, self)

    def _list_comprehension(self, node: ast.ListComp, scope: Scope) -> Inside:
        collected = []
        for item in self._comprehended(node, scope):
            collected.append(item)
            if len(collected) > ITEMS:
                raise LimitError(f"a list may hold {ITEMS:,} values")
        return collected

    def _generator(self, node: ast.GeneratorExp, scope: Scope) -> Inside:
        return Stream("(... for ...)", self._comprehended(node, scope))

    def _comprehended(
        self, node: ast.ListComp | ast.GeneratorExp, scope: Scope
    ) -> Iterator[Inside]:
        """The items; the first source is evaluated at once and outside, as in Python."""
        first = items(self.value(node.generators[0].iter, scope), self.budget)
        inner = Scope(scope)
        for generator in node.generators:
            for name in bound_names(generator.target):
                inner.names[name] = UNSET
        return self._generate(node, 0, first, inner)

    def _generate(
        self,
        node: ast.ListComp | ast.GeneratorExp,
        level: int,
        source: Iterator[Inside],
        scope: Scope,
    ) -> Iterator[Inside]:
        generator = node.generators[level]
        for item in source:
            assign(generator.target, item, scope, self)
            if all(truth(self.value(condition, scope)) for condition in generator.ifs):
                if level + 1 < len(node.generators):
                    following = self.value(node.generators[level + 1].iter, scope)
                    inner = items(following, self.budget)
                    yield from self._generate(node, level + 1, inner, scope)
                else:
                    yield self._storable(node.elt, scope)

    def _conditional(self, node: ast.IfExp, scope: Scope) -> Inside:
        chosen = node.body if truth(self.value(node.test, scope)) else node.orelse
        return self.value(chosen, scope)

    def _boolean(self, node: ast.BoolOp, scope: Scope) -> Inside:
        stop_at = isinstance(node.op, ast.Or)
        for part in node.values[:-1]:
            value = self.value(part, scope)
            if truth(value) is stop_at:
                return value
        return self.value(node.values[-1], scope)

    def _binary(self, node: ast.BinOp, scope: Scope) -> Inside:
        left = self.value(node.left, scope)
        return binary(type(node.op), left, self.value(node.right, scope), self.budget)

    def _unary(self, node: ast.UnaryOp, scope: Scope) -> Inside:
        return unary(type(node.op), self.value(node.operand, scope), self.budget)

    def _compare(self, node: ast.Compare, scope: Scope) -> Inside:
        left = self.value(node.left, scope)
        result: Inside = True
        for index, (kind, following) in enumerate(zip(node.ops, node.comparators, strict=True)):
            right = self.value(following, scope)
            result = compare(type(kind), left, right, self.budget)
            if index < len(node.ops) - 1 and not truth(result):
                return result
            left = right
        return result


HANDLERS: Mapping[type[ast.expr], Callable[[Evaluator, Any, Scope], Inside]] = {
    ast.Constant: Evaluator._constant,
    ast.Name: Evaluator._name,
    ast.Attribute: Evaluator._attribute,
    ast.Subscript: Evaluator._subscript,
    ast.Slice: Evaluator._slice,
    ast.Call: Evaluator._call,
    ast.Tuple: Evaluator._tuple,
    ast.List: Evaluator._list,
    ast.Lambda: Evaluator._lambda,
    ast.ListComp: Evaluator._list_comprehension,
    ast.GeneratorExp: Evaluator._generator,
    ast.IfExp: Evaluator._conditional,
    ast.BoolOp: Evaluator._boolean,
    ast.BinOp: Evaluator._binary,
    ast.UnaryOp: Evaluator._unary,
    ast.Compare: Evaluator._compare,
}
"""What evaluates each kind of expression."""


def _message(error: Exception) -> str:
    """What NumPy, nn or Python say went wrong, in a few lines at most."""
    return str(error)[:500] or type(error).__name__
