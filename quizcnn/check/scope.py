"""Names and their values, and the lambdas that remember where they were written."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quizcnn.check.kinds import Function, Inside, admit
from quizcnn.check.limits import RaisedError

if TYPE_CHECKING:
    from quizcnn.check.evaluate import Code, Evaluator

UNSET = object()


class Scope:
    """Names and their values; a lambda and a comprehension have one of their own inside another."""

    __slots__ = ("names", "outer")

    def __init__(self, outer: Scope | None = None) -> None:
        self.names: dict[str, Inside] = {}
        self.outer = outer

    def find(self, name: str) -> Inside:
        """The value of a name, UNSET if nobody gave it one."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.outer
        return UNSET


class Closure(Function):
    """A lambda of the check, which other operations call like any function."""

    __slots__ = ("_text", "body", "defaults", "evaluator", "names", "node", "scope")

    def __init__(
        self,
        node: ast.Lambda,
        names: tuple[str, ...],
        body: Code,
        scope: Scope,
        defaults: list[Inside],
        evaluator: Evaluator,
    ) -> None:
        self.node = node
        self.names = names
        self.body = body
        self.scope = scope
        self.defaults = defaults
        self.evaluator = evaluator
        self._text: str | None = None

    @property
    def text(self) -> str:
        """The lambda as one writes it."""
        if self._text is None:
            self._text = ast.unparse(self.node)
        return self._text

    def __call__(self, /, *args: Inside, **keywords: Inside) -> Inside:
        """Evaluate the body with the arguments bound."""
        names = self.names
        if len(args) == len(names) and not keywords:
            bound = dict(zip(names, args, strict=True))
        else:
            bound = self._bound(args, keywords)
        run = self.evaluator.run
        inner = Scope(self.scope)
        # What an operation hands over for the time of the call is not kept, so it is not counted.
        inner.names = {name: admit(value, run.budget, (value,)) for name, value in bound.items()}
        run.lambdas += 1
        try:
            return self.evaluator.value(self.body, inner)
        finally:
            run.lambdas -= 1

    def _bound(self, args: tuple[Inside, ...], keywords: dict[str, Inside]) -> dict[str, Inside]:
        names = self.names
        bound = dict(zip(names[len(names) - len(self.defaults) :], self.defaults, strict=True))
        unknown = [name for name in keywords if name not in names[len(args) :]]
        bound.update(zip(names, args, strict=False), **keywords)
        if len(args) > len(names) or len(bound) < len(names) or unknown:
            raise RaisedError(
                f"`{self.text[:60]}` takes {len(names)} arguments, here are "
                f"{len(args) + len(keywords)}"
            )
        return bound
