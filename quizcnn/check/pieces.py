"""The simplest pieces of an expression as functions of the scope, and what all others share."""

from __future__ import annotations

import ast
from collections.abc import Callable

from quizcnn.check.evaluate import Code, Evaluator
from quizcnn.check.kinds import Inside
from quizcnn.check.limits import DEPTH, STEPS, RefusedError
from quizcnn.check.scope import UNSET, Scope


def inner(node: ast.expr, work: Code) -> Code:
    """A piece with others inside it: one step, and one level deeper while it is at work."""

    def code(evaluator: Evaluator, scope: Scope) -> Inside:
        budget = evaluator.budget
        budget.steps += 1
        if budget.steps > STEPS or budget.depth >= DEPTH:
            evaluator.over(node)
        budget.depth += 1
        value = work(evaluator, scope)
        budget.depth -= 1
        return value

    return code


def outermost(node: ast.expr, value: Callable[[Evaluator], Inside]) -> Code:
    """A piece with nothing inside it."""

    def code(evaluator: Evaluator, scope: Scope) -> Inside:
        budget = evaluator.budget
        budget.steps += 1
        if budget.steps > STEPS or budget.depth >= DEPTH:
            evaluator.over(node)
        evaluator.at = node
        return value(evaluator)

    return code


def constant(node: ast.Constant) -> Code:
    """A value as it is written."""
    value = node.value
    if value is ...:
        return refused(node, "`...` stands only between square brackets: x[..., 0]")

    def code(evaluator: Evaluator, scope: Scope) -> Inside:
        budget = evaluator.budget
        budget.steps += 1
        if budget.steps > STEPS or budget.depth >= DEPTH:
            evaluator.over(node)
        return value

    return code


def refused(node: ast.expr, message: str) -> Code:
    """What is not part of the language, which is told where it would run."""

    def refuse(evaluator: Evaluator) -> Inside:
        raise RefusedError(message)

    return outermost(node, refuse)


def name(node: ast.Name) -> Code:
    """The value of a name, or the operation that it names."""
    called = node.id

    def code(evaluator: Evaluator, scope: Scope) -> Inside:
        budget = evaluator.budget
        budget.steps += 1
        if budget.steps > STEPS:
            evaluator.over(node)
        names = scope.names
        value = names[called] if called in names else scope.find(called)
        if value is not UNSET:
            return value
        if budget.depth >= DEPTH:
            evaluator.over(node)
        evaluator.at = node
        return evaluator.unbound(called)

    def seed(evaluator: Evaluator, scope: Scope) -> Inside:
        evaluator.run.random = True
        return code(evaluator, scope)

    return seed if called == "seed" else code
